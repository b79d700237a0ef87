"""Proposing a network, and what became of what one proposed."""

from award.accounts.states import states
from award.kit import i18n
from award.kit.errors import Changed, NotFound
from award.kit.i18n import gettext as _
from award.nominations import actions, forms, policy, queries
from award.nominations.models import Proposal
from award.nominations.queries import proposals
from award.nominations.queries.proposals import Proposed
from award.programmes import queries as programmes
from award.programmes.models import Edition
from award.programmes.policy import is_published
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()
_OWN = "/account/proposals"
_ONE = f"{_OWN}/{{proposal_id:str}}"


@routes.get(_OWN, policy=policy.may_propose)
def own(call: Call, **_ids: str) -> Answer:
    call.allow(policy.may_propose)
    return page(
        "nominations/proposals/own.html",
        found_all=proposals.own_proposals(call.db, call.actor.account_id),
        editions=queries.open_editions(call.db, call.now),
        saved=call.query.get("saved"),
        crumbs=[(_("My account"), "/account"), (_("What you proposed"), None)],
    )


@routes.post(f"{_ONE}/letter", policy=policy.may_send_again, again=own)
def send_again(call: Call, proposal_id: str) -> Answer:
    found = proposals.proposal(call.db, proposal_id)
    call.allow(policy.may_send_again, found.proposal.proposed_by)
    url = call.site.settings.public_url
    actions.send_letter(call.db, found.proposal, by=call.actor, at=call.now, public_url=url)
    return see(_OWN)


@routes.get("/editions/{slug:str}/proposal", policy=policy.may_propose)
def new(call: Call, slug: str) -> Answer:
    call.allow(policy.may_propose)
    edition = _published(call, slug)
    i18n.zone.set(edition.time_zone)
    return page(
        "nominations/proposals/new.html",
        edition=edition,
        days=queries.days(call.db, edition.id),
        states=states(),
        crumbs=[(i18n.local(edition.name), f"/editions/{slug}"), (_("Propose a network"), None)],
    )


@routes.post("/editions/{slug:str}/proposal", policy=policy.may_propose, again=new)
def propose(call: Call, slug: str) -> Answer:
    call.allow(policy.may_propose)
    edition = _published(call, slug)
    made = proposal_of(forms.proposal(call.typed), edition, call)
    url = call.site.settings.public_url
    actions.propose(call.db, edition, made, by=call.actor, at=call.now, public_url=url)
    return see(_OWN)


@routes.get(_ONE, policy=policy.may_change_proposal)
def correction(call: Call, proposal_id: str) -> Answer:
    """What was proposed, to correct or withdraw; only to read once the network has answered."""
    found = _changed(call, proposal_id)
    proposal = found.proposal
    return page(
        "nominations/proposals/correction.html",
        found=found,
        given={
            "network": proposal.network_name,
            "state": proposal.state,
            "reason": proposal.reason,
            "name": proposal.contact_name,
            "email": proposal.contact_email,
        },
        states=states(),
        is_open=found.is_undecided(call.now),
        is_changed=isinstance(call.refusal, Changed),
        back=_back(found),
        crumbs=[
            (_("My account"), "/account"),
            (_("What you proposed"), _OWN),
            (proposal.network_name, None),
        ],
    )


@routes.post(_ONE, policy=policy.may_change_proposal, again=correction)
def correct(call: Call, proposal_id: str) -> Answer:
    found = _changed(call, proposal_id)
    asked, was = call.form(forms.Correct), found.proposal
    actions.correct_proposal(
        call.db,
        was,
        proposal_of(asked, found.edition, call, is_organisers=was.is_organisers),
        version=asked.version,
        by=call.actor,
        at=call.now,
        public_url=call.site.settings.public_url,
    )
    return see(_back(found), saved="correction")


@routes.post(f"{_ONE}/withdrawal", policy=policy.may_change_proposal, again=correction)
def withdraw(call: Call, proposal_id: str) -> Answer:
    found = _changed(call, proposal_id)
    url = call.site.settings.public_url
    actions.withdraw_proposal(call.db, found.proposal, by=call.actor, at=call.now, public_url=url)
    return see(_back(found))


def _changed(call: Call, proposal_id: str) -> Proposed:
    found = proposals.proposal(call.db, proposal_id)
    made = found.proposal
    call.allow(policy.may_change_proposal, made.proposed_by, is_organisers=made.is_organisers)
    i18n.zone.set(found.edition.time_zone)
    return found


def _back(found: Proposed) -> str:
    """Where one came from: one's own list, for the organiser's the page of the proposal."""
    if not found.proposal.is_organisers:
        return _OWN
    return f"/admin/editions/{found.edition.slug}/proposals/{found.proposal.id}"


def proposal_of(
    asked: forms.Propose, edition: Edition, call: Call, *, is_organisers: bool = False
) -> Proposal:
    """The row of what was typed."""
    return Proposal(
        edition_id=edition.id,
        network_name=asked.network,
        state=asked.state,
        reason=asked.reason,
        contact_name=asked.name,
        contact_email=asked.email,
        is_organisers=is_organisers,
        proposed_by=call.actor.account_id,
        proposed_at=call.now,
    )


def _published(call: Call, slug: str) -> Edition:
    edition = programmes.edition(call.db, slug)
    if edition.kind == "archive" or not is_published(edition, call.now):
        raise NotFound
    return edition
