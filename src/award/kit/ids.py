"""Random public ids and tokens."""

import hashlib
import secrets

# No vowels and no look-alikes, so that an id spells no word and can be read out.
_LETTERS = "23456789bcdfghjkmnpqrstvwxz"


def new_id() -> str:
    """Twelve letters, 57 random bits: short enough to read out, too many to guess."""
    return "".join(secrets.choice(_LETTERS) for _ in range(12))


def new_token(bits: int = 256) -> str:
    """A secret for a cookie or a link, safe in URLs."""
    return secrets.token_urlsafe(bits // 8)


def token_hash(token: str) -> str:
    """What of a token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()
