"""Who wins, proposed by one person and confirmed by another."""
