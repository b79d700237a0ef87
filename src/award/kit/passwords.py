"""argon2id, slow on purpose: call it in the executor for slow work, never in a transaction."""

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 128


class Checked(msgspec.Struct, frozen=True):
    """What a check found: `against` is the stored hash that it was compared with."""

    is_right: bool
    against: str
    rehashed: str | None = None


class Passwords:
    """Hashing with the parameters of the settings (memory in KiB, number of passes)."""

    def __init__(self, memory_kib: int, passes: int) -> None:
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1)
        self._dummy = self._hasher.hash("nobody's password")

    def hashed(self, password: str) -> str:
        return self._hasher.hash(password)

    def check(self, stored: str | None, password: str) -> Checked:
        """Compare; for an unknown account the same time is spent on a dummy."""
        try:
            self._hasher.verify(stored or self._dummy, password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return Checked(is_right=False, against=stored or "")
        if stored is None:
            return Checked(is_right=False, against="")
        stale = self._hasher.check_needs_rehash(stored)
        return Checked(True, stored, self._hasher.hash(password) if stale else None)
