"""What networks hand in, and its formal check."""
