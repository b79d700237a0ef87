"""Moving a phase: audited, and once the call is published with a reason that everybody reads."""

from datetime import datetime

from sqlalchemy.orm import Session

from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.programmes.actions.versions import take
from award.programmes.models import Edition, Phase, PhaseMove
from award.programmes.policy import is_published


def move_phase(  # noqa: PLR0913 - from when until when, why, who
    db: Session,
    edition: Edition,
    phase: Phase,
    *,
    starts_at: datetime,
    ends_at: datetime | None,
    reason: str,
    ends_at_once: bool,
    seen: int,
    by: Actor,
    at: datetime,
) -> None:
    """Give a phase other times; `ends_at` is the first instant that is too late.

    Before the call is published no reason is needed and nothing is shown. After that an end that
    lies in the past shuts the door on people who are writing, so it has to be meant:
    `ends_at_once`. Raises Changed, Refused.
    """
    span = (starts_at, ends_at)
    published = is_published(edition, at)
    errors = _amiss(phase, span)
    if published and not reason:
        errors["reason"] = _("Please say why. Everybody who reads the call will see it.")
    if published and not ends_at_once and _is_past(phase, ends_at, at):
        errors["ends_at_once"] = _("This end lies in the past: the phase would be over at once.")
    if errors:
        raise Refused("phase", errors=errors)
    if span == (phase.starts_at, phase.ends_at):
        raise Refused("same", _("These are the times it has already. Nothing was changed."))
    take(db, phase, edition.id, seen)
    old = (phase.starts_at, phase.ends_at)
    phase.starts_at, phase.ends_at = starts_at, ends_at
    if published:
        db.add(_shown_to_all(phase, old, reason, by, at))
    times = {"old": _stamps(*old), "new": _stamps(starts_at, ends_at)}
    record(db, "programmes.move_phase", phase.id, by=by, at=at, edition=edition.id, **times)


def _amiss(phase: Phase, span: tuple[datetime, datetime | None]) -> dict[str, str]:
    starts_at, ends_at = span
    if ends_at is None and phase.kind != "announcement":
        return {"ends_at": _("Please say until when.")}
    if ends_at is not None and ends_at <= starts_at:
        return {"ends_at": _("The end must come after the beginning.")}
    return {}


def _is_past(phase: Phase, ends_at: datetime | None, at: datetime) -> bool:
    return ends_at is not None and ends_at <= at and ends_at != phase.ends_at


def _shown_to_all(
    phase: Phase, old: tuple[datetime, datetime | None], reason: str, by: Actor, at: datetime
) -> PhaseMove:
    return PhaseMove(
        phase_id=phase.id,
        edition_id=phase.edition_id,
        old_starts_at=old[0],
        old_ends_at=old[1],
        new_starts_at=phase.starts_at,
        new_ends_at=phase.ends_at,
        reason=reason,
        at=at,
        by=by.account_id,
    )


def _stamps(starts_at: datetime, ends_at: datetime | None) -> list[int | None]:
    """Seconds since 1970: the log holds numbers only."""
    return [int(starts_at.timestamp()), int(ends_at.timestamp()) if ends_at else None]
