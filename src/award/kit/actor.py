"""Who acts."""

import msgspec


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A person with what was granted to them, or the visitor.

    `memberships` are the ids of the groups (networks) that the person belongs to, `hidden` the ids
    of what a conflict of interest hides from them, whatever their roles let them read.
    """

    account_id: str | None = None
    session_id: str | None = None
    name: str = ""
    email: str = ""
    language: str = "de"
    theme: str = "auto"
    roles: frozenset[str] = frozenset()
    memberships: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()

    @property
    def is_signed_in(self) -> bool:
        return self.account_id is not None

    @property
    def initials(self) -> str:
        """Two letters for the account menu, from the first and the last word of the name."""
        words = [word for word in self.name.split() if not word.endswith(".")] or ["?"]
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    def has(self, role: str) -> bool:
        return role in self.roles


VISITOR = Actor()
