"""The hash of exactly what a second person confirms; pure, so that anyone can recompute it."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec


class Choice(msgspec.Struct, frozen=True):
    """A winner as proposed: `reason` is published, `deviation` stays in the records."""

    nomination: str
    reason: str
    deviation: str = ""


def proposal_sha256(
    edition: str, run_sha256: str, embargo_until: datetime, winners: Sequence[Choice]
) -> str:
    """Edition, the ranking's input, the instant of publication and the winners in their order."""
    told = {
        "edition": edition,
        "ranking": run_sha256,
        "embargo_until": embargo_until.astimezone(UTC).isoformat(timespec="microseconds"),
        "winners": [msgspec.structs.asdict(one) for one in winners],
    }
    return hashlib.sha256(
        json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()
