"""The hash of an entry; pure, so that anyone can recompute it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

FIRST = "0" * 64


def entry_hash(previous: str, entry: Mapping[str, Any]) -> str:
    """h_n = sha256(h_(n-1) || canonical_json(entry_n)), in hexadecimal."""
    return hashlib.sha256(previous.encode() + canonical_json(entry)).hexdigest()


def canonical_json(value: object) -> bytes:
    """UTF-8, keys in order, no blanks: the same value always gives the same bytes."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def as_hashed(  # noqa: PLR0913 - an entry has these parts
    chain: str,
    number: int,
    at: datetime,
    actor_id: str | None,
    action: str,
    object_id: str,
    details: Mapping[str, Any],
) -> dict[str, Any]:
    """What of an entry goes into its hash."""
    return {
        "chain": chain,
        "number": number,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": actor_id,
        "action": action,
        "object": object_id,
        "details": dict(details),
    }
