"""When each session was last seen: in memory, written by the worker once a minute."""

import threading
from datetime import datetime


class Presence:
    """The instants since the last writing; a GET changes nothing in the database."""

    def __init__(self) -> None:
        self._seen: dict[str, datetime] = {}
        self._lock = threading.Lock()

    def saw(self, session_id: str, now: datetime) -> None:
        self._seen[session_id] = now

    def last(self, session_id: str, stored: datetime) -> datetime:
        """The later of what is remembered and what is stored."""
        return max(self._seen.get(session_id, stored), stored)

    def taken(self) -> dict[str, datetime]:
        """All that was seen since the last call, for the worker to write."""
        with self._lock:
            seen, self._seen = self._seen, {}
            return seen
