"""Seats, conflicts, assignments and score sheets."""
