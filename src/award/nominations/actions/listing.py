"""What administrators do with the list."""

import hashlib
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.nominations.folded import folded
from award.nominations.models import SavedFilter
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
    """Write down that the list was taken along as a file, how many rows of it and which."""
    record(
        db, "nominations.exported", edition.id, by=by, at=at, edition=edition.id,
        kind=kind, rows=rows, **_narrowed(filters),
    )  # fmt: skip


def take_along(  # noqa: PLR0913 - what was taken along, by whom, when
    db: Session,
    edition: Edition,
    filters: Filters,
    *,
    rows: int,
    missing: int,
    by: Actor,
    at: datetime,
) -> None:
    """Write down that nominations were taken along, how many, which, and what was missing."""
    amiss = {"missing": missing} if missing else {}
    record(
        db, "nominations.taken_along", edition.id, by=by, at=at, edition=edition.id,
        rows=rows, **amiss, **_narrowed(filters),
    )  # fmt: skip


def _narrowed(filters: Filters) -> dict[str, str]:
    """What a list was narrowed to. What was searched may be a name, so that its hash is written."""
    named = {"status": filters.status, "state": filters.state, "field": filters.field}
    narrowed = {name: value for name, value in named.items() if value}
    if filters.search:
        narrowed["search_sha256"] = hashlib.sha256(folded(filters.search).encode()).hexdigest()
    return narrowed


def save_filter(  # noqa: PLR0913 - what is kept, under which name, for whom
    db: Session, edition: Edition, name: str, filters: Filters, *, by: Actor, at: datetime
) -> SavedFilter:
    """Keep a search under a name; refused for one that shows all, and for a name that is taken."""
    if not filters.are_set:
        raise Refused("no_filter", errors={"name": _("Please search or choose a filter first.")})
    assert by.account_id is not None  # noqa: S101 - the policy lets administrators only
    kept = {one: getattr(filters, one) for one in ("search", "status", "state", "field", "sort")}
    row = SavedFilter(account_id=by.account_id, edition_id=edition.id, name=name, at=at, **kept)
    try:
        with db.begin_nested():
            db.add(row)
    except IntegrityError as error:
        words = _("You already have a filter with this name. Please choose another one.")
        raise Refused("name_taken", errors={"name": words}) from error
    record(db, "nominations.saved_filter", row.id, by=by, at=at, edition=edition.id)
    return row


def delete_filter(db: Session, row: SavedFilter, *, by: Actor, at: datetime) -> None:
    """Drop a kept search."""
    db.delete(row)
    record(db, "nominations.deleted_filter", row.id, by=by, at=at, edition=row.edition_id)
