"""Moving a phase: audited, and once the call is published with a reason that everybody reads."""

from datetime import datetime

from sqlalchemy.orm import Session

from award.audit.actions import record
from award.kit import i18n
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.programmes import queries
from award.programmes.actions.versions import take
from award.programmes.calendar import Clash, Placed, Span, clashes
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
    promised: datetime | None,
    by: Actor,
    at: datetime,
) -> None:
    """Give a phase other times; `ends_at` is the first instant that is too late.

    Before the call is published no reason is needed and nothing is shown. After that an end that
    lies in the past shuts the door on people who are writing, so it has to be meant:
    `ends_at_once`. Refused where it would be in the wrong order to another phase, where a judging
    that has begun would begin again, and where it would begin before `promised`, the latest
    deadline that anybody was given for themselves. Raises Changed, Refused.
    """
    span = (starts_at, ends_at)
    published = is_published(edition, at)
    errors = _amiss(phase, span) or _out_of_order(db, phase, span) or _broken(phase, span, promised)
    if published:
        errors |= _unpromised(phase, span, reason, at, ends_at_once=ends_at_once)
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


def _amiss(phase: Phase, span: Span) -> dict[str, str]:
    starts_at, ends_at = span
    if ends_at is None and phase.kind != "announcement":
        return {"ends_at": _("Please say until when.")}
    if ends_at is not None and ends_at <= starts_at:
        return {"ends_at": _("The end must come after the beginning.")}
    return {}


def _out_of_order(db: Session, phase: Phase, span: Span) -> dict[str, str]:
    """A message at each new time that does not go with another phase."""
    rounds = queries.rounds(db, phase.edition_id)
    phases = queries.phases(db, phase.edition_id)
    names = queries.phase_names(phases, rounds)
    turns = {one.id: one.position for one in rounds}
    moved = _placed(phase, span, turns)
    others = [_placed(one, (one.starts_at, one.ends_at), turns) for one in phases if one != phase]
    errors: dict[str, str] = {}
    for clash in clashes(moved, others):
        field = "ends_at" if clash.earlier is moved and clash.is_end else "starts_at"
        if getattr(moved, field) != getattr(phase, field):
            errors.setdefault(field, _told(clash, moved, names))
    return errors


def _placed(phase: Phase, span: Span, turns: dict[str, int]) -> Placed:
    turn = turns.get(phase.round_id or "", 0)
    return Placed(id=phase.id, kind=phase.kind, turn=turn, starts_at=span[0], ends_at=span[1])


def _told(clash: Clash, moved: Placed, names: dict[str, str]) -> str:
    """What is in the way and when, seen from the phase that is moved."""
    if clash.earlier is moved:
        said = {"name": names[clash.later.id], "moment": i18n.moment(clash.later.starts_at)}
        if clash.is_end:
            words = _("This has to be over when “%(name)s” begins: %(moment)s.", **said)
        else:
            words = _("This has to begin before “%(name)s” begins: %(moment)s.", **said)
    elif clash.is_end:
        said = {"name": names[clash.earlier.id], "moment": i18n.deadline(clash.instant)}
        words = _("This cannot begin before “%(name)s” is over: %(moment)s.", **said)
    else:
        said = {"name": names[clash.earlier.id], "moment": i18n.moment(clash.instant)}
        words = _("This cannot begin before “%(name)s” begins: %(moment)s.", **said)
    return words + " " + _("Please choose another time, or move that phase first.")


def _broken(phase: Phase, span: Span, promised: datetime | None) -> dict[str, str]:
    """What is promised to one network is not taken back by moving the judging before it."""
    if phase.kind != "judging" or promised is None or not span[0] < min(phase.starts_at, promised):
        return {}
    words = _("A nomination was given time until %(deadline)s. The jury cannot read before that.")
    return {"starts_at": words % {"deadline": i18n.deadline(promised)}}


def _unpromised(
    phase: Phase, span: Span, reason: str, at: datetime, *, ends_at_once: bool
) -> dict[str, str]:
    """What is amiss because the call is published and people rely on it."""
    errors = {}
    if not reason:
        errors["reason"] = _("Please say why. Everybody who reads the call will see it.")
    if not ends_at_once and _is_past(phase, span[1], at):
        errors["ends_at_once"] = _("This end lies in the past: the phase would be over at once.")
    if phase.kind == "judging" and phase.starts_at <= at < span[0]:
        errors["starts_at"] = _(
            "Judging has begun, and what jurors have read cannot be unread. "
            "Please leave the beginning as it is."
        )
    return errors


def _is_past(phase: Phase, ends_at: datetime | None, at: datetime) -> bool:
    return ends_at is not None and ends_at <= at and ends_at != phase.ends_at


def _shown_to_all(phase: Phase, old: Span, reason: str, by: Actor, at: datetime) -> PhaseMove:
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
