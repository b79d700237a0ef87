"""What administrators do with the list."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from award.audit.actions import record
from award.kit.actor import Actor
from award.nominations.folded import folded
from award.nominations.queries.lists import Filters
from award.programmes.models import Edition


def export(  # noqa: PLR0913 - what was taken along, by whom, when
    db: Session,
    edition: Edition,
    filters: Filters,
    *,
    rows: int,
    kind: str,
    by: Actor,
    at: datetime,
) -> None:
    """Write down that the list was taken along as a file, how many rows of it and which.

    What was searched may be a name, so that its hash is written.
    """
    named = {"status": filters.status, "state": filters.state, "field": filters.field}
    narrowed = {name: value for name, value in named.items() if value}
    if filters.search:
        narrowed["search_sha256"] = hashlib.sha256(folded(filters.search).encode()).hexdigest()
    record(
        db, "nominations.exported", edition.id, by=by, at=at, edition=edition.id,
        kind=kind, rows=rows, **narrowed,
    )  # fmt: skip
