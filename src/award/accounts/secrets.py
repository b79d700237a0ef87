"""What of a letter nobody else may read: the links that work once."""

import re

_PLACE = r"(/(?:invitations|password-resets|proposals)/)"
_TOKEN = re.compile(_PLACE + r"[\w-]+")
_CUT = re.compile(_PLACE + "…")


def without_tokens(text: str) -> str:
    """A letter as others may read it: whoever has a one-use link could use it."""
    return _TOKEN.sub(r"\1…", text)


def is_cut(text: str) -> bool:
    """Whether a link was left out of a letter."""
    return bool(_CUT.search(text))
