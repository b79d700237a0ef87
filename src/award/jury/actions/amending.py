"""Fixing the rules of a ranking when judging opens, and amending them by two persons."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from award.audit.actions import record
from award.jury import queries
from award.kit.actor import Actor
from award.kit.errors import Changed, NotAllowed, Refused
from award.kit.i18n import gettext as _
from award.kit.i18n import number
from award.programmes import queries as programmes
from award.programmes.actions import check_sum
from award.programmes.models import RankingRules, Round, RulesAmendment
from award.programmes.rules import amendment_sha256, rules_sha256, weights


class NewRules(msgspec.Struct, frozen=True, kw_only=True):
    """What can be amended; weights by the criterion's key, and the order among equals."""

    weights: dict[str, float]
    tie_breakers: list[str]
    min_sheets: int
    min_weight_present: float
    carries_earlier_sheets: bool


def fix_rules(db: Session, round_: Round, *, at: datetime) -> None:
    """Write down by what rules a round is ranked, if that does not stand already."""
    programmes.hold(db, round_.edition_id)
    if not queries.fixed_rules(db, round_.id):
        _fix(db, round_, by=None, at=at)


def fix_begun(db: Session, *, at: datetime, edition_id: str | None = None) -> None:
    """Write it down for every round whose judging has begun, or for those of one edition."""
    for round_ in queries.unfixed_rounds(db, at):
        if edition_id in (round_.edition_id, None):
            fix_rules(db, round_, at=at)


def propose_amendment(  # noqa: PLR0913 - what, why, what was seen, by whom and when
    db: Session,
    round_: Round,
    new: NewRules,
    *,
    reason: str,
    seen_sha256: str,
    by: Actor,
    at: datetime,
) -> RulesAmendment:
    """Propose other rules; nothing changes before another person has confirmed them.

    `seen_sha256` is the hash of the rules that the form was filled with. Raises Changed where they
    are no longer those, and Refused while another proposal waits or where nothing would change.
    """
    _begin(db, round_.edition_id, at)
    before = queries.rules_now(db, round_.id)
    if rules_sha256(before) != seen_sha256:
        raise Changed("changed", _("The rules were amended in the meantime. Both are here."))
    after = _after(before, new)
    _check(round_, before, after)
    content: dict[str, Any] = {
        "round_id": round_.id,
        "before": before,
        "after": after,
        "opened": queries.opened_positions(db, round_.edition_id),
        "reason": reason,
    }
    made = RulesAmendment(
        edition_id=round_.edition_id,
        sha256=amendment_sha256(**content),
        proposed_by=by.account_id,
        proposed_at=at,
        **content,
    )
    _add(db, made)
    code = "jury.propose_amendment_opened" if made.opened else "jury.propose_amendment"
    _record(db, code, made, by, at)
    return made


def confirm_amendment(
    db: Session, amendment: RulesAmendment, *, seen_sha256: str, by: Actor, at: datetime
) -> None:
    """Let the proposed rules hold from now on, and fix them anew for every round they concern.

    Runs that were computed before keep their own. Raises Refused where the rules, or which scores
    are open, are no longer what was proposed and seen.
    """
    _begin(db, amendment.edition_id, at)
    if by.account_id == amendment.proposed_by:
        raise NotAllowed("own_proposal", _("Nobody confirms the own proposal."))
    if seen_sha256 != amendment.sha256 or not queries.still_fits(db, amendment):
        raise Refused("proposal_over", _over())
    _end(db, amendment, confirmed_by=by.account_id, confirmed_at=at)
    _apply(db, amendment)
    code = "jury.confirm_amendment_opened" if amendment.opened else "jury.confirm_amendment"
    _record(db, code, amendment, by, at)
    for round_ in queries.rounds_with_rules(db, amendment.edition_id):
        _fix(db, round_, by=by, at=at, amendment=amendment)


def drop_amendment(db: Session, amendment: RulesAmendment, *, by: Actor, at: datetime) -> None:
    """Withdraw or refuse a proposal; the rules stay. Raises Refused when it has ended already."""
    _end(db, amendment, dropped_by=by.account_id, dropped_at=at)
    _record(db, "jury.drop_amendment", amendment, by, at)


def _begin(db: Session, edition_id: str, at: datetime) -> None:
    """Fix what has begun, and make sure that an amendment covers up no other change."""
    programmes.hold(db, edition_id)
    fix_begun(db, at=at, edition_id=edition_id)
    for round_ in queries.rounds_with_rules(db, edition_id):
        if queries.rules_now(db, round_.id) != queries.fixed_rules(db, round_.id)[-1].rules:
            raise Refused(
                "not_fixed",
                _(
                    "The rules that hold are not those that were fixed. "
                    "Please have that looked into before anything is amended."
                ),
            )


def _after(before: dict[str, Any], new: NewRules) -> dict[str, Any]:
    criteria = [
        {"key": one["key"], "weight": new.weights.get(one["key"], one["weight"])}
        for one in before["criteria"]
    ]
    return {
        **before,
        "criteria": criteria,
        "tie_breakers": new.tie_breakers,
        "min_sheets": new.min_sheets,
        "min_weight_present": new.min_weight_present,
        "carries_earlier_sheets": new.carries_earlier_sheets,
    }


def _check(round_: Round, before: dict[str, Any], after: dict[str, Any]) -> None:
    check_sum(list(weights(after).values()))
    if after["min_sheets"] > round_.jurors_per_nomination:
        words = _(
            "Not more than the sheets that each nomination gets (%(jurors)s).",
            jurors=number(round_.jurors_per_nomination),
        )
        raise Refused("sheets", errors={"min_sheets": words})
    if after == before:
        raise Refused("same", _("These are the rules that hold already. Nothing was proposed."))


def _add(db: Session, made: RulesAmendment) -> None:
    """The database lets only one wait in an edition."""
    try:
        with db.begin_nested():
            db.add(made)
    except IntegrityError as error:
        words = _("An amendment waits already. First it is confirmed, refused or withdrawn.")
        raise Refused("waits", words) from error


def _over() -> str:
    return _(
        "The rules, or which scores are open, changed since this was proposed. "
        "Please withdraw it and propose it anew."
    )


def _end(db: Session, amendment: RulesAmendment, **ended: Any) -> None:
    """Write how a proposal ended, unless it has ended."""
    claim = update(RulesAmendment).where(
        RulesAmendment.id == amendment.id,
        RulesAmendment.confirmed_at.is_(None),
        RulesAmendment.dropped_at.is_(None),
    )
    if db.execute(claim.values(**ended)).rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("ended", _("This proposal was confirmed or withdrawn already."))


def _apply(db: Session, amendment: RulesAmendment) -> None:
    """Change the rows that runs read their rules from."""
    after = amendment.after
    weight, breakers = weights(after), after["tie_breakers"]
    for one in programmes.criteria(db, amendment.edition_id):
        one.weight = weight[one.key]
        one.tie_break = breakers.index(one.key) + 1 if one.key in breakers else None
    round_ = db.get_one(Round, amendment.round_id)
    round_.min_sheets = after["min_sheets"]
    round_.min_weight_present = after["min_weight_present"]
    round_.carries_earlier_sheets = after["carries_earlier_sheets"]
    db.flush()


def _fix(
    db: Session,
    round_: Round,
    *,
    by: Actor | None,
    at: datetime,
    amendment: RulesAmendment | None = None,
) -> None:
    """Fix the rules as they are now, unless they are those that were fixed last."""
    earlier = queries.fixed_rules(db, round_.id)
    rules = queries.rules_now(db, round_.id)
    digest = rules_sha256(rules)
    if earlier and earlier[-1].sha256 == digest:
        return
    made = RankingRules(
        round_id=round_.id,
        number=len(earlier) + 1,
        rules=rules,
        sha256=digest,
        amendment_id=amendment.id if amendment else None,
        at=at,
    )
    db.add(made)
    db.flush()
    what = {"sha256": digest, "number": made.number}
    record(db, "jury.fix_rules", round_.id, by=by, at=at, edition=round_.edition_id, **what)


def _record(db: Session, code: str, amendment: RulesAmendment, by: Actor, at: datetime) -> None:
    where = {"edition": amendment.edition_id, "round": amendment.round_id}
    record(db, code, amendment.id, by=by, at=at, sha256=amendment.sha256, **where)
