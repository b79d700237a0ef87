"""The form of an edition: every change is a version of its own, and each can be brought back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.errors import NotFound, Refused
from award.kit.i18n import gettext as _
from award.programmes import queries
from award.programmes.actions.versions import take
from award.programmes.formdefinition import Fault, changed_kinds, faults, fields
from award.programmes.models import Edition, FormDefinition, FormVersion
from award.programmes.policy import is_published


def begin_form(
    db: Session, edition: Edition, definition: dict[str, Any], *, by: Actor, at: datetime
) -> None:
    """Give a new edition its form."""
    db.add(FormDefinition(edition_id=edition.id, definition=definition))
    db.add(_version(edition, 1, definition, "", by, at))


def change_form(  # noqa: PLR0913 - from what to what, why, who, when
    db: Session,
    edition: Edition,
    definition: Mapping[str, Any],
    *,
    reason: str,
    seen: int,
    by: Actor,
    at: datetime,
) -> int:
    """Let this be the form from now on, and return the number of its version.

    What was handed in stays with the version that it was handed in under, and answers to what is
    not asked any more are kept. Raises Changed; Refused, whose `detail` has the `faults`.
    """
    form = queries.form(db, edition.id)
    found = faults(definition) or _changed_kinds(db, edition, definition)
    if found:
        raise Refused("faults", _in_words(found[0]), detail={"faults": found})
    if definition == form.definition:
        raise Refused("same", _("This is the form as it is. Nothing was changed."))
    _check_stays_blind(db, edition, form.definition, definition, at)
    if is_published(edition, at) and not reason.strip():
        words = _("The call is published. Please say why the form changes; it is kept with it.")
        raise Refused("reason", errors={"reason": words})
    take(db, form, edition.id, seen)
    form.definition = dict(definition)
    db.add(_version(edition, form.version, form.definition, reason.strip(), by, at))
    count = len(list(fields(definition)))
    details = {"version": form.version, "fields": count}
    record(db, "programmes.change_form", form.id, by=by, at=at, edition=edition.id, **details)
    return form.version


def restore_form(  # noqa: PLR0913 - which one, why, who, when
    db: Session,
    edition: Edition,
    number: int,
    *,
    reason: str,
    seen: int,
    by: Actor,
    at: datetime,
) -> int:
    """Let an earlier version be the newest one again; raises NotFound, and what a change raises."""
    found = db.get(FormVersion, (edition.id, number))
    if found is None:
        raise NotFound
    return change_form(db, edition, found.definition, reason=reason, seen=seen, by=by, at=at)


def _version(  # noqa: PLR0913 - a version has these parts
    edition: Edition, number: int, definition: dict[str, Any], reason: str, by: Actor, at: datetime
) -> FormVersion:
    return FormVersion(
        edition_id=edition.id,
        number=number,
        definition=definition,
        reason=reason,
        by=by.account_id,
        at=at,
    )


def _check_stays_blind(
    db: Session, edition: Edition, old: Mapping[str, Any], new: Mapping[str, Any], at: datetime
) -> None:
    """Once jurors may read, some would know names and others not."""
    is_switched = bool(old.get("blind")) != bool(new.get("blind"))
    if is_switched and queries.is_judged(db, edition.id, at):
        words = _("The jury has begun to read. Whether it judges blind stays as it is.")
        raise Refused("judged", words)


def _changed_kinds(db: Session, edition: Edition, definition: Mapping[str, Any]) -> list[Fault]:
    """A key keeps its kind for ever: there may be answers under it, also of an earlier version."""
    query = select(FormVersion.definition).where(FormVersion.edition_id == edition.id)
    earlier = db.scalars(query.order_by(FormVersion.number.desc()))
    found = (changed_kinds(one, definition) for one in earlier)
    return next((some for some in found if some), [])


def _in_words(fault: Fault) -> str:
    return f"{fault.place}: {fault.message}" if fault.place else fault.message
