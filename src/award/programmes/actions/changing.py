"""Setting an edition up until its call is published; what was promised then stays."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import available_timezones

import msgspec
from sqlalchemy import delete
from sqlalchemy.orm import Session

from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.kit.i18n import number
from award.programmes import queries
from award.programmes.actions.versions import take
from award.programmes.calendar import is_over
from award.programmes.models import Criterion, Edition, Round
from award.programmes.policy import is_published, locked_words

_ALL = 100
_NEARLY = 1e-6


class CriterionPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A criterion as it shall be; `anchors` are the words of the levels, lowest first."""

    key: str
    name: dict[str, str]
    question: dict[str, str]
    weight: float
    anchors: list[dict[str, str]]
    tie_break: int | None = None


class RoundChange(msgspec.Struct, frozen=True, kw_only=True):
    """A round as it shall be."""

    position: int
    name: dict[str, str]
    jurors_per_nomination: int
    min_sheets: int


def change_edition(  # noqa: PLR0913 - these can be changed
    db: Session,
    edition: Edition,
    *,
    name: dict[str, str],
    winners: int,
    time_zone: str,
    seen: int,
    by: Actor,
    at: datetime,
) -> None:
    """Change what an edition is called and how many win; once published the name only.

    `seen` is the version that the person had before them. Raises Changed, Refused.
    """
    if (winners, time_zone) != (edition.winners, edition.time_zone):
        check_open(db, edition, at)
    if time_zone not in available_timezones():
        raise Refused("zone", errors={"time_zone": _("This time zone is not known.")})
    take(db, edition, edition.id, seen)
    edition.name, edition.winners, edition.time_zone = name, winners, time_zone
    record(db, "programmes.change_edition", edition.id, by=by, at=at, edition=edition.id)


def change_criteria(  # noqa: PLR0913 - these are needed
    db: Session,
    edition: Edition,
    plans: Sequence[CriterionPlan],
    *,
    seen: int,
    by: Actor,
    at: datetime,
) -> None:
    """Replace the criteria by these, in this order. Raises Changed, Refused."""
    check_open(db, edition, at)
    total = check_sum([one.weight for one in plans])
    take(db, edition, edition.id, seen)
    known = {one.key: one for one in queries.criteria(db, edition.id)}
    gone = known.keys() - {one.key for one in plans}
    db.execute(delete(Criterion).where(Criterion.edition_id == edition.id, Criterion.key.in_(gone)))
    for position, plan in enumerate(plans, 1):
        row = known.get(plan.key) or Criterion(edition_id=edition.id, key=plan.key)
        row.position, row.name, row.question = position, plan.name, plan.question
        row.weight, row.tie_break = plan.weight, plan.tie_break
        row.anchors = [{"points": n, **words} for n, words in enumerate(plan.anchors, 1)]
        db.add(row)
    details = {"criteria": len(plans), "weights": total}
    record(
        db, "programmes.change_criteria", edition.id, by=by, at=at, edition=edition.id, **details
    )


def change_rounds(  # noqa: PLR0913 - these are needed
    db: Session,
    edition: Edition,
    changes: Sequence[RoundChange],
    *,
    seen: int,
    by: Actor,
    at: datetime,
) -> None:
    """Change names and numbers of the rounds there are. Raises Changed, Refused."""
    check_open(db, edition, at)
    rows = {one.position: one for one in queries.rounds(db, edition.id)}
    wrong = {
        f"min_sheets-{one.position}": _(
            "Not more than the sheets that each nomination gets (%(jurors)s).",
            jurors=number(one.jurors_per_nomination),
        )
        for one in changes
        if one.min_sheets > one.jurors_per_nomination
    }
    if wrong:
        raise Refused("sheets", errors=wrong)
    take(db, edition, edition.id, seen)
    for one in changes:
        _change_round(rows[one.position], one)
    record(db, "programmes.change_rounds", edition.id, by=by, at=at, edition=edition.id)


def publish(db: Session, edition: Edition, *, by: Actor, at: datetime) -> None:
    """Show the call to everybody from now on; from now on its promises stand.

    Raises Refused when the edition is not ready for it.
    """
    if edition.published_at is not None:
        raise Refused("published", _("This call is published already."))
    check_sum([one.weight for one in queries.criteria(db, edition.id)])
    phase = queries.phase(db, edition.id, "nominations")
    if phase is None or is_over(phase, at):
        raise Refused(
            "over",
            _("Nominations would be over already. Please move them first, then publish the call."),
        )
    edition.published_at = at
    edition.version += 1
    record(db, "programmes.publish", edition.id, by=by, at=at, edition=edition.id)


def check_sum(weights: Sequence[float]) -> float:
    """The sum of the weights; raises Refused that names it when it is not 100."""
    total = sum(weights)
    if abs(total - _ALL) <= _NEARLY:
        return total
    said = number(total, 0 if total == int(total) else 1)
    raise Refused(
        "weights",
        errors={
            "weight-1": _(
                "The weights add up to %(sum)s. Please change them so that they make 100.",
                sum=said,
            )
        },
    )


def check_open(db: Session, edition: Edition, at: datetime) -> None:
    """Raises Refused once the call is published, or judging has begun without it."""
    if is_published(edition, at):
        raise Refused("locked", locked_words())
    if queries.is_judged(db, edition.id, at):
        raise Refused(
            "judged",
            _(
                "By its dates judging has begun, so the rules stay as they are. "
                "If that is not meant, please move the judging first."
            ),
        )


def _change_round(row: Round, change: RoundChange) -> None:
    row.name = change.name
    row.jurors_per_nomination = change.jurors_per_nomination
    row.min_sheets = change.min_sheets
