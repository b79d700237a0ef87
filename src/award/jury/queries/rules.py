"""By what rules rounds are ranked: as they stand, as they were fixed, and as was proposed."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from award.accounts.models import Account
from award.jury.models import Opening
from award.programmes import queries as programmes
from award.programmes.models import Criterion, Edition, Phase, RankingRules, Round, RulesAmendment
from award.programmes.rules import METHOD, Amended, amendment_sha256


class RulesTold(msgspec.Struct, frozen=True):
    """Since when the rules of a round stand, and what was amended since the call, newest first.

    `fixed_at` is None before judging opens. `hashes` are those of the rules each time that they
    were fixed, by the amendment, and under "" as they were fixed first.
    """

    fixed_at: datetime | None
    hashes: dict[str, str]
    amendments: list[Amended]


def rules_now(db: Session, round_id: str) -> dict[str, Any]:
    """The rules of a round as its rows have them; read past what the session may still hold."""
    query = (
        select(Round.__table__, Edition.winners)
        .join(Edition, Edition.id == Round.edition_id)
        .where(Round.id == round_id)
    )
    row = db.execute(query).one()
    of_edition = (
        select(Criterion.key, Criterion.weight, Criterion.tie_break)
        .where(Criterion.edition_id == row.edition_id)
        .order_by(Criterion.position)
    )
    criteria = db.execute(of_edition).all()
    breakers = sorted((one.tie_break, one.key) for one in criteria if one.tie_break is not None)
    return {
        "method": METHOD,
        "criteria": [{"key": one.key, "weight": float(one.weight)} for one in criteria],
        "scale": {"low": row.scale_min, "high": row.scale_max},
        "tie_breakers": [key for _, key in breakers],
        "min_sheets": row.min_sheets,
        "min_weight_present": float(row.min_weight_present),
        "carries_earlier_sheets": row.carries_earlier_sheets,
        "places": row.shortlist_size or row.winners,
    }


def fixed_rules(db: Session, round_id: str) -> list[RankingRules]:
    """The rules of a round each time they were fixed, the first first."""
    query = select(RankingRules).where(RankingRules.round_id == round_id)
    return list(db.scalars(query.order_by(RankingRules.number)))


def rules_told(db: Session, round_: Round) -> RulesTold:
    """What the ranking's pages and others say of a round's rules."""
    fixed = fixed_rules(db, round_.id)
    return RulesTold(
        fixed_at=fixed[0].at if fixed else None,
        hashes={one.amendment_id or "": one.sha256 for one in fixed},
        amendments=[
            one for one in programmes.amendments(db, round_.edition_id) if round_.id in one.rounds
        ],
    )


def unfixed_rounds(db: Session, now: datetime) -> list[Round]:
    """The rounds of public calls whose judging has begun while their rules are not yet fixed."""
    fixed = select(RankingRules.number).where(RankingRules.round_id == Round.id)
    query = (
        select(Round)
        .join(Edition, Edition.id == Round.edition_id)
        .join(Phase, Phase.round_id == Round.id)
        .where(Edition.published_at <= now, Phase.starts_at <= now, ~fixed.exists())
    )
    return list(db.scalars(query.order_by(Round.id)))


def rounds_with_rules(db: Session, edition_id: str) -> list[Round]:
    """The rounds of an edition whose rules were fixed, by their position."""
    fixed = select(RankingRules.number).where(RankingRules.round_id == Round.id)
    query = select(Round).where(Round.edition_id == edition_id, fixed.exists())
    return list(db.scalars(query.order_by(Round.position)))


def waiting_amendment(db: Session, edition_id: str) -> RulesAmendment | None:
    """The amendment that was proposed and is neither confirmed nor dropped."""
    return db.scalar(
        select(RulesAmendment).where(
            RulesAmendment.edition_id == edition_id,
            RulesAmendment.confirmed_at.is_(None),
            RulesAmendment.dropped_at.is_(None),
        )
    )


def opened_positions(db: Session, edition_id: str) -> list[int]:
    """The positions of the rounds whose scores are open."""
    query = (
        select(Round.position)
        .join(Opening, Opening.round_id == Round.id)
        .where(Round.edition_id == edition_id, Opening.confirmed_at.is_not(None))
    )
    return list(db.scalars(query.distinct().order_by(Round.position)))


def amenders(db: Session, edition_id: str) -> dict[str, str]:
    """The names of who proposed and who confirmed amendments, by account."""
    took_part = select(RulesAmendment.id).where(
        RulesAmendment.edition_id == edition_id,
        or_(RulesAmendment.proposed_by == Account.id, RulesAmendment.confirmed_by == Account.id),
    )
    query = select(Account.id, Account.name).where(took_part.exists())
    return {row.id: row.name for row in db.execute(query)}


def still_fits(db: Session, amendment: RulesAmendment) -> bool:
    """Whether the rules, and which scores are open, are as they were when it was proposed."""
    now = amendment_sha256(
        round_id=amendment.round_id,
        before=rules_now(db, amendment.round_id),
        after=amendment.after,
        opened=opened_positions(db, amendment.edition_id),
        reason=amendment.reason,
    )
    return now == amendment.sha256
