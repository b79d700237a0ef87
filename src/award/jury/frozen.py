"""The hashes by which one sees later that no sheet was changed after the opening; pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any


def sheet_sha256(  # noqa: PLR0913 - what a sheet says
    *,
    assignment_id: str,
    nomination_id: str,
    seat_id: str,
    handed_in_at: datetime,
    comment: str,
    marks: Mapping[str, tuple[int | None, str]],
) -> str:
    """The hash of one sheet: whose, on what, when handed in, points and remark by criterion."""
    said: dict[str, Any] = {
        "assignment": assignment_id,
        "nomination": nomination_id,
        "seat": seat_id,
        "handed_in": handed_in_at.astimezone(UTC).isoformat(),
        "comment": comment,
        "marks": {key: list(mark) for key, mark in marks.items()},
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def list_sha256(sheets: Iterable[tuple[str, str]]) -> str:
    """The hash of the list of (assignment id, hash of its sheet), one a line, sorted by id."""
    lines = "".join(f"{sheet_id} {hashed}\n" for sheet_id, hashed in sorted(sheets))
    return hashlib.sha256(lines.encode()).hexdigest()
