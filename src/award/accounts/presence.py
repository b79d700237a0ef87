"""When each session was last seen and each access token used: in memory, written by the worker.

Once a minute; a GET changes nothing in the database.
"""

import threading
from datetime import datetime

import msgspec


class Seen(msgspec.Struct, frozen=True):
    """The last instants, by the ids of sessions and of access tokens."""

    sessions: dict[str, datetime]
    tokens: dict[str, datetime]


class Presence:
    """The instants since the last writing."""

    def __init__(self) -> None:
        self._seen = Seen({}, {})
        self._lock = threading.Lock()

    def saw(self, session_id: str, now: datetime) -> None:
        self._seen.sessions[session_id] = now

    def used(self, token_id: str, now: datetime) -> None:
        self._seen.tokens[token_id] = now

    def last(self, session_id: str, stored: datetime) -> datetime:
        """The later of what is remembered of a session and what is stored."""
        return max(self._seen.sessions.get(session_id, stored), stored)

    def taken(self) -> Seen:
        """All that was seen since the last call, for the worker to write."""
        with self._lock:
            seen, self._seen = self._seen, Seen({}, {})
            return seen
