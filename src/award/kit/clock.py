"""The one source of "now". Actions never ask it: they are given the instant."""

from datetime import UTC, datetime, timedelta


class Clock:
    """The server's clock, which a demonstration may set ahead."""

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        self.ahead = ahead

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC) + self.ahead
