"""Which assignments count and exist for their jurors: the conditions that all queries share."""

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import InstrumentedAttribute

from award.jury.models import Assignment, Conflict, ConflictDecision, Recusal, SheetExclusion
from award.nominations.models import Withdrawal


def is_active() -> tuple[ColumnElement[bool], ...]:
    """No recusal, no exclusion, no conflict that hides the nomination, and not withdrawn."""
    recused = select(Recusal.assignment_id).where(Recusal.assignment_id == Assignment.id)
    excluded = select(SheetExclusion.assignment_id).where(
        SheetExclusion.assignment_id == Assignment.id
    )
    return (
        ~recused.exists(),
        ~excluded.exists(),
        ~in_conflict(Assignment.seat_id, Assignment.nomination_id),
        ~withdrawn(Assignment.nomination_id),
    )


def in_conflict(
    seat_id: InstrumentedAttribute[str] | ColumnElement[str] | str,
    nomination_id: InstrumentedAttribute[str] | ColumnElement[str] | str,
) -> ColumnElement[bool]:
    """A conflict that excludes, or on which nobody has decided yet."""
    return (
        select(Conflict.id)
        .outerjoin(ConflictDecision, ConflictDecision.conflict_id == Conflict.id)
        .where(
            Conflict.seat_id == seat_id,
            Conflict.nomination_id == nomination_id,
            func.coalesce(ConflictDecision.is_excluded, true()),
        )
        .exists()
    )


def withdrawn(nomination_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """The network took the nomination back."""
    return (
        select(Withdrawal.nomination_id).where(Withdrawal.nomination_id == nomination_id).exists()
    )
