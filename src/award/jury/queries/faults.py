"""What must never be: scores out of place, and sheets or rules that changed unseen."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from award.jury.models import Assignment, Opening, RoundEntry, Score, Seat
from award.jury.queries.counted import state_sha256
from award.jury.queries.rules import rules_now
from award.programmes.models import Criterion, RankingRules, Round, RulesAmendment
from award.programmes.rules import amendment_sha256, rules_sha256


def outside_scale(db: Session) -> list[str]:
    """The sheets with points beyond their round's scale, or on another edition's criterion."""
    query = (
        select(Score.assignment_id)
        .join(Assignment, Assignment.id == Score.assignment_id)
        .join(Round, Round.id == Assignment.round_id)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .where(
            or_(
                Score.points < Round.scale_min,
                Score.points > Round.scale_max,
                Criterion.edition_id != Round.edition_id,
            )
        )
    )
    return list(db.scalars(query.distinct().order_by(Score.assignment_id)))


def out_of_place(db: Session) -> list[str]:
    """The assignments of a nomination that the round does not judge, or to another panel."""
    entered = select(RoundEntry.round_id).where(
        RoundEntry.round_id == Assignment.round_id,
        RoundEntry.nomination_id == Assignment.nomination_id,
    )
    query = (
        select(Assignment.id)
        .join(Round, Round.id == Assignment.round_id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .where(or_(~entered.exists(), Seat.edition_id != Round.edition_id))
    )
    return list(db.scalars(query.order_by(Assignment.id)))


def changed_openings(db: Session) -> list[str]:
    """The openings whose sheets are not those that two persons opened."""
    query = (
        select(Opening, Round)
        .join(Round, Round.id == Opening.round_id)
        .where(Opening.confirmed_at.is_not(None))
    )
    return [
        opening.id
        for opening, round_ in db.execute(query.order_by(Opening.id)).all()
        if opening.confirmed_by == opening.proposed_by
        or state_sha256(db, round_) != (opening.sheets, opening.sheets_sha256)
    ]


def changed_rules(db: Session) -> list[str]:
    """The rounds whose fixed rules are not what their hash was made of, or hold no longer."""
    newest: dict[str, RankingRules] = {}
    wrong: set[str] = set()
    for one in db.scalars(select(RankingRules).order_by(RankingRules.number)):
        newest[one.round_id] = one
        if rules_sha256(one.rules) != one.sha256:
            wrong.add(one.round_id)
    return sorted(
        round_id
        for round_id, one in newest.items()
        if round_id in wrong or rules_now(db, round_id) != one.rules
    )


def changed_amendments(db: Session) -> list[str]:
    """The amendments that do not say what their hash was made of, or had one person only."""
    return [
        one.id
        for one in db.scalars(select(RulesAmendment).order_by(RulesAmendment.id))
        if one.confirmed_by == one.proposed_by
        or one.sha256
        != amendment_sha256(
            round_id=one.round_id,
            before=one.before,
            after=one.after,
            opened=one.opened,
            reason=one.reason,
        )
    ]
