"""Random public ids and tokens."""

import hashlib
import secrets
import string

# No vowels and no look-alikes, so that an id spells no word and can be read out.
_LETTERS = "23456789bcdfghjkmnpqrstvwxz"
_SIGNS = string.ascii_letters + string.digits
_LENGTH = 43  # of 62 signs each: 256 bits


def new_id() -> str:
    """Twelve letters, 57 random bits: short enough to read out, too many to guess."""
    return "".join(secrets.choice(_LETTERS) for _ in range(12))


def new_token(bits: int = 256) -> str:
    """A secret for a cookie or a link, safe in URLs."""
    return secrets.token_urlsafe(bits // 8)


def new_access_token(prefix: str) -> str:
    """A secret for a program: known by its prefix, and taken whole by a double click."""
    return prefix + "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))


def token_hash(token: str) -> str:
    """What of a token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()
