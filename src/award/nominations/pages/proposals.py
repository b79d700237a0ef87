"""What was proposed in an edition, and nominating on behalf of a network."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from award.accounts.models import Account, Network
from award.accounts.states import states
from award.kit.errors import Changed, NotFound
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.kit.links import link
from award.nominations import actions, policy, queries
from award.nominations.answers import (
    COLUMNS,
    Section,
    known_values,
    sections,
    typed_values,
)
from award.nominations.audiences import NETWORK
from award.nominations.conditions import followed, narrowed
from award.nominations.forms import Propose, Seen
from award.nominations.models import Proposal
from award.nominations.pages.proposing import proposal_of
from award.nominations.queries import proposals
from award.nominations.queries.proposals import PAGE, Proposed
from award.nominations.shown import boxes, field_named, grouped, is_day, options, reading
from award.programmes import queries as programmes
from award.programmes.models import Edition
from award.web.call import Answer, Call, page, see
from award.web.forms import whole
from award.web.routes import Routes

routes = Routes()
_PATH = "/admin/editions/{slug:str}/proposals"
_ONE = f"{_PATH}/{{proposal_id:str}}"
_SECTION = f"{_ONE}/sections/{{key:str}}"
# What the network alone can give.
_NOT_PREPARED = {"files", "consent"}
_STATE = next(key for key, column in COLUMNS.items() if column == "state")
_MOST_PAGES = 10_000


@routes.get(_PATH, policy=policy.may_read_proposals)
def listed(call: Call, slug: str) -> Answer:
    call.allow(policy.may_read_proposals)
    edition = programmes.edition(call.db, slug)
    number = min(whole(call.query.get("page")) or 1, _MOST_PAGES)
    total = proposals.how_many(call.db, edition.id)
    last = max(1, -(-total // PAGE))
    path = f"/admin/editions/{slug}/proposals"
    return page(
        "nominations/proposals/list.html",
        edition=edition,
        found_all=proposals.proposals_in(call.db, edition.id, number),
        total=total,
        pages=[(one, link(path, page=one), one == number) for one in range(1, last + 1)],
        can_nominate=_can_nominate(call, edition),
        crumbs=[*_crumbs(edition)[:1], (_("Proposals"), None)],
    )


@routes.get(f"{_PATH}/new", policy=policy.may_nominate_for)
def new(call: Call, slug: str) -> Answer:
    call.allow(policy.may_nominate_for)
    edition = programmes.edition(call.db, slug)
    words = call.query.get("q").strip()[:200]
    found = proposals.writers_found(call.db, words) if words else []
    chosen = (call.query.get("network"), call.query.get("contact"))
    known = next((one for one in found if (one[0].id, one[1].id) == chosen), None)
    return page(
        "nominations/proposals/on_behalf.html",
        edition=edition,
        days=queries.days(call.db, edition.id),
        states=states(),
        words=words,
        found=found,
        known=known,
        given=_given(known),
        crumbs=[*_crumbs(edition), (_("Nominate on behalf"), None)],
    )


@routes.post(f"{_PATH}/new", policy=policy.may_nominate_for, again=new)
def propose(call: Call, slug: str) -> Answer:
    call.allow(policy.may_nominate_for)
    edition = programmes.edition(call.db, slug)
    made = proposal_of(call.form(Propose), edition, call, is_organisers=True)
    url = call.site.settings.public_url
    actions.propose(call.db, edition, made, by=call.actor, at=call.now, public_url=url)
    return see(f"/admin/editions/{slug}/proposals/{made.id}")


@routes.get(_ONE, policy=policy.may_read_proposals)
def proposal(call: Call, slug: str, proposal_id: str) -> Answer:
    call.allow(policy.may_read_proposals)
    edition = programmes.edition(call.db, slug)
    found = proposals.proposal(call.db, proposal_id, edition.id)
    form = programmes.form_definition(call.db, edition.id)
    is_open, made = found.is_undecided(call.now), found.proposal
    return page(
        "nominations/proposals/one.html",
        edition=edition,
        found=found,
        state_name={one["key"]: local(one) for one in states()}.get(found.proposal.state),
        sections=[_preparable(one) for one in sections(form)],
        most_letters=proposals.MOST_LETTERS,
        saved=call.query.get("saved"),
        can_correct=is_open
        and call.can(
            policy.may_change_proposal, made.proposed_by, is_organisers=made.is_organisers
        ),
        can_send=is_open and found.has_letters and call.can(policy.may_nominate_for),
        can_prepare=is_open
        and call.can(policy.may_prepare, is_organisers=found.proposal.is_organisers),
        crumbs=[*_crumbs(edition), (found.proposal.network_name, None)],
    )


@routes.post(f"{_ONE}/letter", policy=policy.may_nominate_for, again=proposal)
def send(call: Call, slug: str, proposal_id: str) -> Answer:
    call.allow(policy.may_nominate_for)
    edition = programmes.edition(call.db, slug)
    found = proposals.proposal(call.db, proposal_id, edition.id)
    url = call.site.settings.public_url
    actions.send_letter(call.db, found.proposal, by=call.actor, at=call.now, public_url=url)
    return see(f"/admin/editions/{slug}/proposals/{proposal_id}")


@routes.get(_SECTION, policy=policy.may_prepare)
def section(call: Call, slug: str, proposal_id: str, key: str) -> Answer:
    edition, found = _prepared(call, slug, proposal_id)
    form = programmes.form_definition(call.db, edition.id)
    here = _preparable(queries.section_named(form, key))
    kept, values = found.proposal.answers, _values(call, here, found.proposal)
    path = f"/admin/editions/{slug}/proposals/{proposal_id}"
    return page(
        "nominations/proposals/section.html",
        edition=edition,
        found=found,
        path_of=path,
        section=here,
        values=values,
        theirs=_theirs(call, form, here, kept),
        spare=min(whole(call.query.get("more")) or 1, 20),
        crumbs=[
            *_crumbs(edition),
            (found.proposal.network_name, path),
            (local(here["name"]), None),
        ],
        **_drawing(form, here, {**kept, key: values}),
    )


@routes.post(_SECTION, policy=policy.may_prepare, again=section)
def prepare(call: Call, slug: str, proposal_id: str, key: str) -> Answer:
    edition, found = _prepared(call, slug, proposal_id)
    form = programmes.form_definition(call.db, edition.id)
    here, version = _preparable(queries.section_named(form, key)), call.form(Seen).version
    values = typed_values(here, call.typed)
    actions.prepare(
        call.db, found.proposal, key, values, version=version, by=call.actor, at=call.now
    )
    path = f"/admin/editions/{slug}/proposals/{proposal_id}"
    return see(f"{path}/sections/{key}", more=3) if "_add" in call.typed else see(path)


def _given(known: tuple[Network, Account] | None) -> dict[str, str]:
    """What is known of a network with an account, to begin with."""
    if known is None:
        return {}
    network, account = known
    said = {"network": network.name, "state": network.state}
    return {**said, "name": account.name, "email": account.email}


def _prepared(call: Call, slug: str, proposal_id: str) -> tuple[Edition, Proposed]:
    """An organiser's proposal that still waits."""
    call.allow(policy.may_nominate_for)
    edition = programmes.edition(call.db, slug)
    found = proposals.proposal(call.db, proposal_id, edition.id)
    call.allow(policy.may_prepare, is_organisers=found.proposal.is_organisers)
    if not found.is_undecided(call.now):
        raise NotFound
    return edition, found


def _values(call: Call, here: Section, proposal: Proposal) -> dict[str, Any]:
    """What stands in the section: as typed, else as saved, else what is known of the network."""
    if call.refusal is not None and "version" in call.typed:
        return typed_values(here, call.typed)
    known = {"network_name": proposal.network_name, "state": proposal.state}
    return {**known_values(here, known), **proposal.answers.get(here["key"], {})}


def _preparable(section: Section) -> Section:
    """A section without what the network alone can give."""
    fields = [one for one in section["fields"] if one["kind"] not in _NOT_PREPARED]
    return {**section, "fields": fields}


def _drawing(form: Mapping[str, Any], here: Section, answered: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields' macros ask for."""
    asked = {field["key"] for field in narrowed(form, here, answered)["fields"]}
    return {
        "options": options,
        "boxes": boxes,
        "is_day": is_day,
        "places": partial(grouped, field_named(form, _STATE)),
        "follows": followed(here),
        "not_asked": {field["key"] for field in here["fields"]} - asked,
    }


def _theirs(
    call: Call, form: Mapping[str, Any], here: Section, kept: Mapping[str, Any]
) -> list[Any]:
    """What somebody else saved in between."""
    if not isinstance(call.refusal, Changed):
        return []
    return reading({**form, "sections": [here]}, kept, NETWORK)


def _can_nominate(call: Call, edition: Edition) -> bool:
    days = queries.days(call.db, edition.id)
    return call.can(policy.may_nominate_for) and days.are_open(call.now)


def _crumbs(edition: Edition) -> list[tuple[str, str | None]]:
    base = f"/admin/editions/{edition.slug}"
    return [(_("Nominations"), f"{base}/nominations"), (_("Proposals"), f"{base}/proposals")]
