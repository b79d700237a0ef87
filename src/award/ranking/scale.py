"""Points on the scale of their round as 0 to 100; pure."""

LOW, HIGH = 0.0, 100.0


def share(points: float, low: float, high: float) -> float:
    """The share of the declared scale, never of the points that were given."""
    return HIGH * (points - low) / (high - low)
