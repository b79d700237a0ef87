"""By what rules a round is ranked: fixed when judging opens, amended by two persons."""

from typing import Any

from award.jury import actions, forms, policy, queries
from award.jury.models import Seat
from award.jury.pages.rounds import PATH, about, found
from award.kit.errors import Changed, NotFound
from award.kit.i18n import gettext as _
from award.programmes import queries as programmes
from award.programmes.models import Edition, Round, RulesAmendment
from award.programmes.policy import is_published
from award.programmes.rules import rules_sha256, shown
from award.web.again import AGAIN, require_password
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()
_RULES = f"{PATH}/rules"


@routes.get(_RULES, policy=policy.may_watch)
def show_rules(call: Call, slug: str, n: int) -> Answer:
    edition, round_, seat = found(call, slug, n)
    call.allow(policy.may_watch, seat)
    waiting = queries.waiting_amendment(call.db, edition.id)
    return page(
        "jury/rules.html",
        **about(call, edition, round_, _("Rules")),
        **_rules(call, edition, round_),
        **_waiting(call, edition, waiting, seat),
        is_published=is_published(edition, call.now),
        can_amend=call.can(policy.may_amend_rules, edition, waiting, call.now),
    )


@routes.get(f"{_RULES}/amendment", policy=policy.may_amend_rules)
def show_amendment(call: Call, slug: str, n: int) -> Answer:
    edition, round_ = _to_amend(call, slug, n)
    base = f"/admin/editions/{slug}/rounds/{n}/rules"
    told = about(call, edition, round_, _("Rules"))
    crumbs = [*told["crumbs"][:-1], (_("Rules"), base), (_("Amendment"), None)]
    return page(
        "jury/amendment.html",
        **{**told, "crumbs": crumbs},
        **_rules(call, edition, round_),
        opened=_opened(call, edition),
        conflict=isinstance(call.refusal, Changed),
    )


@routes.post(f"{_RULES}/amendment", policy=policy.may_amend_rules, again=show_amendment)
def propose(call: Call, slug: str, n: int) -> Answer:
    _edition, round_ = _to_amend(call, slug, n)
    new, asked = forms.amendment(call.typed, queries.rules_now(call.db, round_.id))
    actions.propose_amendment(
        call.db,
        round_,
        new,
        reason=asked.reason,
        seen_sha256=asked.seen,
        by=call.actor,
        at=call.now,
    )
    return see(f"/admin/editions/{slug}/rounds/{n}/rules")


@routes.post(
    f"{_RULES}/confirmation",
    policy=policy.may_confirm_amendment,
    again=show_rules,
    prepare=AGAIN,
)
def confirm(call: Call, slug: str, n: int) -> Answer:
    edition, _round, seat = found(call, slug, n)
    call.allow(policy.may_watch, seat)
    typed = call.form(forms.Confirming)
    proposal = _proposal(call, edition, typed.proposal)
    own = queries.own_grant(call.db, call.actor.account_id)
    call.allow(policy.may_confirm_amendment, proposal, seat, own, call.now)
    require_password(call)
    actions.confirm_amendment(
        call.db, proposal, seen_sha256=typed.sha256, by=call.actor, at=call.now
    )
    return see(f"/admin/editions/{slug}/rounds/{n}/rules")


@routes.post(f"{_RULES}/withdrawal", policy=policy.may_drop_amendment, again=show_rules)
def drop(call: Call, slug: str, n: int) -> Answer:
    edition, _round, seat = found(call, slug, n)
    call.allow(policy.may_drop_amendment, seat)
    proposal = _proposal(call, edition, call.form(forms.Confirming).proposal)
    actions.drop_amendment(call.db, proposal, by=call.actor, at=call.now)
    return see(f"/admin/editions/{slug}/rounds/{n}/rules")


def _to_amend(call: Call, slug: str, n: int) -> tuple[Edition, Round]:
    """The edition and round whose rules this person may amend now."""
    edition, round_, _seat = found(call, slug, n)
    waiting = queries.waiting_amendment(call.db, edition.id)
    call.allow(policy.may_amend_rules, edition, waiting, call.now)
    return edition, round_


def _proposal(call: Call, edition: Edition, proposal_id: str) -> RulesAmendment:
    proposal = call.db.get(RulesAmendment, proposal_id)
    if proposal is None or proposal.edition_id != edition.id:
        raise NotFound
    return proposal


def _rules(call: Call, edition: Edition, round_: Round) -> dict[str, Any]:
    """The rules that hold, since when, and with what hash."""
    rules = queries.rules_now(call.db, round_.id)
    return {
        "rules": rules,
        "sha256": rules_sha256(rules),
        "told": queries.rules_told(call.db, round_),
        "criteria": {one.key: one for one in programmes.criteria(call.db, edition.id)},
        "is_last": round_.shortlist_size is None,
    }


def _opened(call: Call, edition: Edition) -> list[dict[str, str]]:
    """The names of the rounds whose scores are open."""
    open_ = queries.opened_positions(call.db, edition.id)
    return [one.name for one in programmes.rounds(call.db, edition.id) if one.position in open_]


def _waiting(
    call: Call, edition: Edition, waiting: RulesAmendment | None, seat: Seat | None
) -> dict[str, Any]:
    """The amendment that waits, and what this person may do about it; and everybody's names."""
    own = queries.own_grant(call.db, call.actor.account_id)
    rounds = programmes.rounds(call.db, edition.id)
    criteria = programmes.criteria(call.db, edition.id)
    return {
        "waiting": shown(waiting, rounds, criteria) if waiting else None,
        "waiting_sha256": waiting.sha256 if waiting else "",
        "fits": waiting is not None and queries.still_fits(call.db, waiting),
        "is_own": waiting is not None and waiting.proposed_by == call.actor.account_id,
        "can_drop": call.can(policy.may_drop_amendment, seat),
        "confirming": policy.may_confirm_amendment(call.actor, waiting, seat, own, call.now)
        if waiting
        else None,
        "names": queries.amenders(call.db, edition.id),
    }
