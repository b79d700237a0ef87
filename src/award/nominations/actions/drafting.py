"""Beginning a nomination and writing its sections."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from award.accounts.models import Network
from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.db import rows
from award.kit.errors import Changed, NotFound, Refused
from award.kit.i18n import gettext as _
from award.kit.i18n import time_of_day
from award.nominations import queries
from award.nominations.actions.deadline import check_in_time, check_open, check_section_open
from award.nominations.answers import Section, Values, answerable, columns, size
from award.nominations.canonical import normal
from award.nominations.conditions import leading
from award.nominations.differences import changed_field
from award.nominations.folded import folded
from award.nominations.gaps import all_gaps, gaps
from award.nominations.keeping import begins_stretch, loses_much
from award.nominations.models import Answers, EarlierAnswers, Nomination
from award.nominations.queries.asking import asked_section
from award.nominations.queries.attachments import with_attached
from award.nominations.queries.extensions import days_of
from award.programmes import queries as programmes
from award.programmes.models import Edition

_KEPT = ("nomination_id", "section", "version", "values", "size", "saved_by", "saved_at", "field")
_WRITTEN = (
    "values",
    "version",
    "is_complete",
    "size",
    "saved_by",
    "saved_at",
    "written_since",
    "field",
)
_ANSWERS = cast("Table", Answers.__table__)
# Written once: making a statement anew costs more than running it.
_SAVE = (
    update(_ANSWERS)
    .where(
        _ANSWERS.c.nomination_id == bindparam("in_nomination_id"),
        _ANSWERS.c.section == bindparam("in_section"),
        _ANSWERS.c.version == bindparam("seen"),
    )
    .values({name: bindparam(f"new_{name}") for name in _WRITTEN})
)
_BOTH_SIDES = "cannot both nominate and judge"  # what the database's trigger says


def start(
    db: Session, edition: Edition, network: Network, *, by: Actor, at: datetime
) -> Nomination:
    """Begin an empty draft; refused outside the time, and for a network with a juror's seat."""
    check_in_time(db, edition, queries.days(db, edition.id), at)
    nomination = Nomination(
        edition_id=edition.id,
        network_id=network.id,
        network_name=network.name,
        state=network.state,
        created_by=by.account_id,
        created_at=at,
        saved_at=at,
    )
    add_nomination(db, nomination)
    record(
        db, "nominations.started", nomination.id, by=by, at=at, edition=edition.id,
        network=network.id,
    )  # fmt: skip
    return nomination


def add_nomination(db: Session, nomination: Nomination) -> None:
    """Write the row; refused for a network with a juror's seat."""
    try:
        with db.begin_nested():
            db.add(nomination)
    except DBAPIError as error:
        if _BOTH_SIDES not in str(error.orig):
            raise
        raise Refused(
            "both_sides",
            _("Somebody of this network judges in this edition, so it cannot nominate here."),
        ) from error


def save_section(  # noqa: PLR0913 - what, where, which version, who, when
    db: Session,
    nomination: Nomination,
    key: str,
    values: Mapping[str, Any],
    *,
    version: int,
    by: Actor,
    at: datetime,
    keeps_old: bool = False,
) -> int:
    """Save the answers of a section as they are and return its new version.

    `version` is the one that was seen, 0 for a section never saved. The same answers once more are
    no new version. What was there is kept where somebody may want it back, and always with
    `keeps_old`. Raises Changed when somebody else saved in between, NotFound for a section that
    the form does not have.
    """
    edition = db.get_one(Edition, nomination.edition_id)
    check_in_time(db, edition, days_of(db, nomination, at), at)
    is_reopened = check_open(db, nomination)
    if is_reopened:
        check_section_open(db, nomination, key)
    form = programmes.form_definition(db, edition.id)
    section = queries.section_named(form, key)
    before = db.get(Answers, (nomination.id, key))
    saved = _with_what_is_kept(before, section, values)
    if before is not None and (before.version, before.values) == (version, saved):
        return version
    if before is not None and before.version != version:
        raise _changed(db, before, by)
    since = _begin_or_go_on(db, before, size(saved), by, at, keeps_old=keeps_old)
    asked = asked_section(db, nomination.id, form, section, saved)
    field = changed_field(before.values if before else {}, saved)
    _write(db, nomination, asked, saved, version=version, by=by, at=at, since=since, field=field)
    if leading(form, section):
        _complete_others(db, nomination.id, form, {key: saved})
    nomination.saved_at = at
    if not is_reopened:  # until it is handed in again, the lists show what was
        repeat(nomination, [(section, saved)])
    record(
        db, "nominations.saved", nomination.id, by=by, at=at, edition=edition.id,
        section=key, version=version + 1,
    )  # fmt: skip
    return version + 1


def restore(  # noqa: PLR0913 - what, where, from which to which version, who, when
    db: Session,
    nomination: Nomination,
    key: str,
    earlier: int,
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> int:
    """Save an earlier version of a section as the newest; the present one is kept.

    Raises NotFound for a version that was not kept, and what `save_section` raises.
    """
    found = db.get(EarlierAnswers, (nomination.id, key, earlier))
    if found is None:
        raise NotFound
    return save_section(
        db, nomination, key, found.values, version=version, by=by, at=at, keeps_old=True
    )


def _with_what_is_kept(
    before: Answers | None, section: Section, values: Mapping[str, Any]
) -> dict[str, Any]:
    """The answers of a section, and those to questions that the form does not ask any more."""
    now: dict[str, Any] = normal(
        {one["key"]: values.get(one["key"]) for one in answerable(section)}
    )
    return {**(before.values if before else {}), **now}


def _begin_or_go_on(  # noqa: PLR0913 - from which text to which, who, when
    db: Session, before: Answers | None, after: int, by: Actor, at: datetime, *, keeps_old: bool
) -> datetime:
    """Since when the text is being written; keeps the one before where that is worth it."""
    if before is None:
        return at
    since = before.written_since or before.saved_at
    begins = begins_stretch(since, same_person=before.saved_by == by.account_id, at=at)
    if begins or keeps_old or loses_much(before.size, after):
        db.execute(insert(EarlierAnswers), [{name: getattr(before, name) for name in _KEPT}])
    return at if begins else since


def _write(  # noqa: PLR0913 - a saved section has these parts
    db: Session,
    nomination: Nomination,
    section: Section,
    saved: dict[str, Any],
    *,
    version: int,
    by: Actor,
    at: datetime,
    since: datetime,
    field: str,
) -> None:
    row = {
        "values": saved,
        "version": version + 1,
        "is_complete": not gaps(section, with_attached(db, nomination.id, section, saved)),
        "size": size(saved),
        "saved_by": by.account_id,
        "saved_at": at,
        "written_since": since,
        "field": field,
    }
    where = {"nomination_id": nomination.id, "section": section["key"]}
    done = _insert_answers(db, where | row) if version == 0 else _update(db, where, version, row)
    if not done:  # of two that came at once
        found = db.get_one(Answers, (nomination.id, section["key"]), populate_existing=True)
        raise _changed(db, found, by)


def _complete_others(
    db: Session, nomination_id: str, form: Mapping[str, Any], now: Mapping[str, Values]
) -> None:
    """Say of the other sections again whether they are complete: they may ask otherwise now."""
    rows = queries.answers(db, nomination_id)
    amiss = all_gaps(form, {**queries.saved_values(db, nomination_id, form), **now})
    for key in rows.keys() - now.keys():
        rows[key].is_complete = key not in amiss


def _changed(db: Session, found: Answers, by: Actor) -> Changed:
    """Who changed the text when; both versions are shown by the page."""
    when = time_of_day(found.saved_at)
    if found.saved_by == by.account_id or found.saved_by is None:
        words = _("This text was changed in another window at %(when)s. Both versions are here.")
        return Changed("changed", words % {"when": when})
    name = queries.savers(db, [found]).get(found.saved_by, "")
    words = _("%(name)s changed this text at %(when)s. Both versions are here.")
    return Changed("changed", words % {"name": name, "when": when})


def _insert_answers(db: Session, row: dict[str, Any]) -> bool:
    try:
        with db.begin_nested():
            db.execute(insert(Answers), [row])
    except IntegrityError:
        return False
    return True


def _update(db: Session, where: dict[str, str], version: int, row: dict[str, Any]) -> bool:
    seen = {"seen": version} | {f"in_{name}": value for name, value in where.items()}
    done = rows(db, _SAVE, seen | {f"new_{name}": value for name, value in row.items()})
    return bool(done.rowcount)


def repeat(nomination: Nomination, answered: Iterable[tuple[Section, Mapping[str, Any]]]) -> None:
    """Keep in the nomination's own row what the lists show."""
    for section, values in answered:
        for column, text in columns(section, values).items():
            setattr(nomination, column, text)
    nomination.folded = folded(nomination.title, nomination.network_name, nomination.reference)
