"""Opening a round's scores by two persons."""

from typing import Any

from award.jury import actions, forms, policy, queries
from award.jury.models import Opening, Seat
from award.jury.pages.rounds import PATH, about, found
from award.kit.errors import NotFound
from award.kit.i18n import gettext as _
from award.programmes.models import Round
from award.web.again import AGAIN, require_password
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()


@routes.get(f"{PATH}/opening", policy=policy.may_watch)
def show_opening(call: Call, slug: str, n: int) -> Answer:
    edition, round_, seat = found(call, slug, n)
    call.allow(policy.may_watch, seat)
    return page(
        "jury/opening.html",
        **about(call, edition, round_, _("Opening")),
        **_state(call, round_, seat),
    )


@routes.post(f"{PATH}/opening", policy=policy.may_propose_opening, again=show_opening)
def propose(call: Call, slug: str, n: int) -> Answer:
    _edition, round_, _seat = found(call, slug, n)
    call.allow(policy.may_propose_opening)
    reason = call.form(forms.Proposed).reason
    actions.propose_opening(call.db, round_, reason=reason, by=call.actor, at=call.now)
    return see(f"/admin/editions/{slug}/rounds/{n}/opening")


@routes.post(
    f"{PATH}/opening/confirmation",
    policy=policy.may_confirm_opening,
    again=show_opening,
    prepare=AGAIN,
)
def confirm(call: Call, slug: str, n: int) -> Answer:
    _edition, round_, seat = found(call, slug, n)
    call.allow(policy.may_watch, seat)
    proposal = _proposal(call, round_, call.form(forms.Confirmed).proposal)
    _allow(call, proposal, seat)
    require_password(call)
    url = call.site.settings.public_url
    actions.confirm_opening(call.db, round_, proposal, url=url, by=call.actor, at=call.now)
    return see(f"/admin/editions/{slug}/rounds/{n}/opening")


def _state(call: Call, round_: Round, seat: Seat | None) -> dict[str, Any]:
    """How many sheets there are, the hash of the list, and what one may do; never a score."""
    jurors = queries.progress(call.db, round_.id)
    sheets, sha256 = queries.state_sha256(call.db, round_)
    proposal = queries.proposal(call.db, round_.id)
    own = queries.own_grant(call.db, call.actor.account_id)
    return {
        "sheets": sheets,
        "missing": sum(one.assigned - one.handed_in for one in jurors),
        "sha256": sha256,
        "proposal": proposal,
        "names": queries.names(call.db, proposal, queries.opening(call.db, round_.id)),
        "fits": proposal is not None and proposal.sheets_sha256 == sha256,
        "can_propose": call.can(policy.may_propose_opening),
        "confirming": policy.may_confirm_opening(call.actor, proposal, seat, own, call.now)
        if proposal
        else None,
    }


def _proposal(call: Call, round_: Round, proposal_id: str) -> Opening:
    proposal = call.db.get(Opening, proposal_id)
    if proposal is None or proposal.round_id != round_.id:
        raise NotFound
    return proposal


def _allow(call: Call, proposal: Opening, seat: Seat | None) -> None:
    own = queries.own_grant(call.db, call.actor.account_id)
    call.allow(policy.may_confirm_opening, proposal, seat, own, call.now)
