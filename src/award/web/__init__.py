"""The web machinery; it knows no award word."""
