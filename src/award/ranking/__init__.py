"""From scores to an order one can defend."""
