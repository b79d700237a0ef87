"""What the world sees: winners and the archive."""
