"""What a policy answers: allowed, refused with a reason, or hidden."""

import msgspec


class Verdict(msgspec.Struct, frozen=True):
    """`hidden` means that for this person the thing does not exist."""

    allowed: bool
    code: str = ""
    reason: str = ""
    hidden: bool = False

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(allowed=True)
HIDDEN = Verdict(allowed=False, hidden=True)


def refused(code: str, reason: str) -> Verdict:
    """Seen, but not to be done; `reason` is in the reader's language."""
    return Verdict(allowed=False, code=code, reason=reason)


def visible_if(condition: object) -> Verdict:
    """Allowed when the condition holds, else hidden."""
    return ALLOWED if condition else HIDDEN
