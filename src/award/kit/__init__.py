"""Tools that know no award word."""
