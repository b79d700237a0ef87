"""Beginning a nomination and writing its sections."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from award.accounts.models import Network
from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.db import rows
from award.kit.errors import Changed, NotFound, Problem, Refused
from award.kit.i18n import gettext as _
from award.kit.i18n import time_of_day
from award.nominations import queries
from award.nominations.actions.deadline import check_in_time, check_writable
from award.nominations.answers import Section, Values, answerable, columns, size
from award.nominations.canonical import normal
from award.nominations.conditions import leading
from award.nominations.differences import changed_field
from award.nominations.folded import folded
from award.nominations.gaps import all_gaps, gaps
from award.nominations.keeping import begins_stretch, loses_much
from award.nominations.models import Answers, EarlierAnswers, Nomination
from award.nominations.queries import saving
from award.nominations.queries.asking import asked_section
from award.nominations.queries.attachments import with_attached
from award.nominations.queries.saving import Before, Saved
from award.programmes import queries as programmes
from award.programmes.models import Edition

_KEPT = ("version", "values", "size", "saved_by", "saved_at", "field")
# A form saves itself every few seconds: the statements are written once, and for the tables
# themselves, since objects made of rows take thrice the time.
_NOMINATIONS = cast("Table", Nomination.__table__)
_ANSWERS = cast("Table", Answers.__table__)
_BEGIN = insert(_ANSWERS)
_WRITTEN = [one.name for one in _ANSWERS.c if not one.primary_key]
_GO_ON = (
    update(_ANSWERS)
    .where(
        _ANSWERS.c.nomination_id == bindparam("new_nomination_id"),
        _ANSWERS.c.section == bindparam("new_section"),
        _ANSWERS.c.version == bindparam("seen"),
    )
    .values({name: bindparam(f"new_{name}") for name in _WRITTEN})
)
_TOUCH = (
    update(_NOMINATIONS)
    .where(_NOMINATIONS.c.id == bindparam("nomination"))
    .values(saved_at=bindparam("at"))
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
    before: Before,
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
    `keeps_old`. Rows of the session do not show what was saved until they are refreshed. Raises
    Changed when somebody else saved in between, NotFound for a section that the form does not have.
    """
    is_reopened = _check_writable(db, before, at)
    form = programmes.form_definition(db, before.edition_id, before.form_version)
    section = queries.section_named(form, before.section)
    saved = _with_what_is_kept(before.saved, section, values)
    if before.saved is not None and (before.version, before.saved.values) == (version, saved):
        return version
    if before.version != version:
        raise _changed(db, before.saved, by)
    since = _begin_or_go_on(db, before, size(saved), by, at, keeps_old=keeps_old)
    asked = asked_section(db, before.nomination_id, form, section, saved, at)
    _write(db, before, asked, saved, by=by, at=at, since=since)
    if leading(form, section):
        _complete_others(db, before.nomination_id, form, {section["key"]: saved}, at)
    # Until it is handed in again, the lists show what was.
    _touch(db, before, at, {} if is_reopened else columns(section, saved))
    record(
        db, "nominations.saved", before.nomination_id, by=by, at=at, edition=before.edition_id,
        section=section["key"], version=version + 1,
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
    before = saving.before(db, nomination.id, key)
    return save_section(db, before, found.values, version=version, by=by, at=at, keeps_old=True)


def _check_writable(db: Session, before: Before, at: datetime) -> bool:
    """Refuse where nothing may be changed; a draft in time needs no further question."""
    if before.is_open(at):
        return False
    nomination = db.get_one(Nomination, before.nomination_id)
    return check_writable(db, nomination, before.section, at)


def _with_what_is_kept(
    before: Saved | None, section: Section, values: Mapping[str, Any]
) -> dict[str, Any]:
    """The answers of a section, and those to questions that the form does not ask any more."""
    now: dict[str, Any] = normal(
        {one["key"]: values.get(one["key"]) for one in answerable(section)}
    )
    return {**(before.values if before else {}), **now}


def _begin_or_go_on(  # noqa: PLR0913 - from which text to which, who, when
    db: Session, before: Before, after: int, by: Actor, at: datetime, *, keeps_old: bool
) -> datetime:
    """Since when the text is being written; keeps the one before where that is worth it."""
    saved = before.saved
    if saved is None:
        return at
    since = saved.written_since or saved.saved_at
    begins = begins_stretch(since, same_person=saved.saved_by == by.account_id, at=at)
    if begins or keeps_old or loses_much(saved.size, after):
        where = {"nomination_id": before.nomination_id, "section": before.section}
        kept = {name: getattr(saved, name) for name in _KEPT}
        db.execute(insert(EarlierAnswers), [where | kept])
    return at if begins else since


def _write(  # noqa: PLR0913 - a saved section has these parts
    db: Session,
    before: Before,
    section: Section,
    saved: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
    since: datetime,
) -> None:
    nomination_id, old = before.nomination_id, before.saved
    row = {
        "nomination_id": nomination_id,
        "section": before.section,
        "values": saved,
        "version": before.version + 1,
        "is_complete": not gaps(section, with_attached(db, nomination_id, section, saved)),
        "size": size(saved),
        "saved_by": by.account_id,
        "saved_at": at,
        "written_since": since,
        "field": changed_field(old.values if old else {}, saved),
    }
    if old is None:
        rows(db, _BEGIN, row)
        return
    new = {f"new_{name}": value for name, value in row.items()}
    if not rows(db, _GO_ON, {"seen": old.version, **new}).rowcount:
        now = saving.before(db, nomination_id, before.section)
        raise _changed(db, now.saved, by)


def _touch(db: Session, before: Before, at: datetime, repeated: Mapping[str, str]) -> None:
    """Say in the nomination's row when it was saved, and what of it the lists repeat."""
    statement, values = _TOUCH, {"nomination": before.nomination_id, "at": at}
    if repeated:
        names = (repeated.get(name, getattr(before, name)) for name in ("title", "network_name"))
        statement = _TOUCH.values(**repeated, folded=folded(*names, before.reference))
    rows(db, statement, values)


def _complete_others(
    db: Session,
    nomination_id: str,
    form: Mapping[str, Any],
    now: Mapping[str, Values],
    at: datetime,
) -> None:
    """Say of the other sections again whether they are complete: they may ask otherwise now."""
    rows = queries.answers(db, nomination_id)
    amiss = all_gaps(form, {**queries.saved_values(db, nomination_id, form, at), **now})
    for key in rows.keys() - now.keys():
        rows[key].is_complete = key not in amiss


def _changed(db: Session, found: Saved | None, by: Actor) -> Problem:
    """Who changed the text when; both versions are shown by the page."""
    if found is None:  # no save can have made the version that is said to have been seen
        return NotFound()
    when = time_of_day(found.saved_at)
    if found.saved_by == by.account_id or found.saved_by is None:
        words = _("This text was changed in another window at %(when)s. Both versions are here.")
        return Changed("changed", words % {"when": when})
    name = queries.savers(db, [found]).get(found.saved_by, "")
    words = _("%(name)s changed this text at %(when)s. Both versions are here.")
    return Changed("changed", words % {"name": name, "when": when})


def repeat(nomination: Nomination, answered: Iterable[tuple[Section, Mapping[str, Any]]]) -> None:
    """Keep in the nomination's own row what the lists show."""
    for section, values in answered:
        for column, text in columns(section, values).items():
            setattr(nomination, column, text)
    nomination.folded = folded(nomination.title, nomination.network_name, nomination.reference)
