"""Who proposes and who confirms the winners: never the same person."""

from collections.abc import Collection
from datetime import datetime

from award.accounts.models import RoleGrant
from award.accounts.policy import may_be_second
from award.decisions.models import Decision
from award.jury.models import Seat
from award.kit.actor import Actor
from award.kit.i18n import gettext as _
from award.kit.verdict import ALLOWED, HIDDEN, Verdict, refused
from award.ranking.policy import may_see_ranking


def may_see_decision(actor: Actor, seat: Seat | None, *, is_opened: bool) -> Verdict:
    """Whoever sees the ranking of the last round, from its opening on."""
    return may_see_ranking(actor, seat, is_opened=is_opened)


def may_propose(
    actor: Actor,
    seat: Seat | None,
    decision: Decision | None,
    hidden: Collection[str],
    *,
    is_opened: bool,
) -> Verdict:
    """An administrator's, as long as nothing is confirmed.

    `hidden` are the nominations with which the person, on the panel too, is in conflict.
    """
    if not may_see_decision(actor, seat, is_opened=is_opened):
        return HIDDEN
    if not actor.has("administrator"):
        return refused("administrators_propose", _("An administrator proposes the winners."))
    if hidden:
        return refused(
            "conflict",
            _("You have a conflict of interest with a nomination. Another administrator proposes."),
        )
    if decision is not None and decision.confirmed_at is not None:
        return refused("decided", _("The winners are decided."))
    return ALLOWED


def may_confirm(  # noqa: PLR0913 - who, what, and all that speaks against it
    actor: Actor,
    seat: Seat | None,
    decision: Decision,
    own: RoleGrant | None,
    hidden: Collection[str],
    now: datetime,
    *,
    is_opened: bool,
) -> Verdict:
    """Another administrator, not a new one, or the chair who is not in conflict; not the proposer.

    `hidden` are the proposed nominations with which the person has a conflict of interest.
    """
    if not may_see_decision(actor, seat, is_opened=is_opened):
        return HIDDEN
    if decision.proposed_by == actor.account_id:
        return refused(
            "own_proposal", _("You proposed this. Another administrator or the chair confirms it.")
        )
    if hidden:
        return refused(
            "conflict",
            _("You have a conflict of interest with a proposed winner. Somebody else confirms."),
        )
    if seat is not None and seat.is_chair:
        return ALLOWED
    if actor.has("administrator"):
        return may_be_second(own, now)
    return refused("not_second", _("An administrator or the chair confirms the winners."))
