"""People and their roles, for administrators; auditors read."""

import re
from typing import Any

from award.accounts import actions, queries
from award.accounts.actions import proposal_hash
from award.accounts.forms import Given, InvitedToRole
from award.accounts.models import RoleGrant
from award.accounts.policy import may_confirm_grant, may_read_house, may_run_house
from award.kit import i18n
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.web.again import AGAIN, require_password
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()


@routes.get("/admin/people", policy=may_read_house)
def people(call: Call) -> Answer:
    call.allow(may_read_house)
    words, after = call.query.get("q").strip(), start_at(call)
    found = queries.people(call.db, words, after)
    return page(
        "accounts/people.html",
        words=words,
        people=found[: queries.PAGE],
        turn=turned(call, after, len(found)),
        may_run=call.can(may_run_house),
    )


@routes.get("/admin/people/new", policy=may_run_house)
def new_person(call: Call) -> Answer:
    call.allow(may_run_house)
    crumbs = _crumbs(_("Invite somebody"))
    return page("accounts/new_person.html", spoken=i18n.language.get(), crumbs=crumbs)


@routes.post("/admin/people", policy=may_run_house, again=new_person)
def invite(call: Call) -> Answer:
    call.allow(may_run_house)
    form = call.form(InvitedToRole)
    made = actions.invite_to_role(
        call.db,
        form.role,
        email=form.email,
        name=form.name,
        language=form.language,
        public_url=call.site.settings.public_url,
        by=call.actor,
        at=call.now,
    )
    return see(f"/admin/people/{made.id}")


@routes.get("/admin/people/{account_id:str}", policy=may_read_house)
def person(call: Call, account_id: str) -> Answer:
    call.allow(may_read_house)
    found = queries.person(call.db, account_id)
    names = queries.names(call.db, [grant.proposed_by for grant in found.grants])
    return page(
        "accounts/person.html",
        person=found,
        names=names,
        may_run=call.can(may_run_house),
        crumbs=_crumbs(found.name),
    )


@routes.get("/admin/people/{account_id:str}/administrator", policy=may_read_house)
def proposal(call: Call, account_id: str) -> Answer:
    """What a second administrator confirms, or why this one may not."""
    call.allow(may_read_house)
    grant = _proposed(call, account_id)
    found = queries.account(call.db, account_id)
    verdict = may_confirm_grant(call.actor, grant, _own(call), call.now)
    return page(
        "accounts/proposal.html",
        person=found,
        grant=grant,
        fits=grant.sha256 == proposal_hash(grant, found),
        verdict=verdict,
        names=queries.names(call.db, [grant.proposed_by]),
        crumbs=_crumbs(found.name, f"/admin/people/{account_id}", _("Administrator")),
    )


@routes.post(
    "/admin/people/{account_id:str}/administrator",
    policy=may_confirm_grant,
    again=proposal,
    prepare=AGAIN,
)
def confirm(call: Call, account_id: str) -> Answer:
    grant = _proposed(call, account_id)
    call.allow(may_confirm_grant, grant, _own(call), call.now)
    require_password(call)
    seen = call.typed.get("sha256")
    actions.confirm_administrator(call.db, grant, seen=seen, by=call.actor, at=call.now)
    return see(f"/admin/people/{account_id}")


@routes.post("/admin/people/{account_id:str}/roles", policy=may_run_house, again=person)
def give_role(call: Call, account_id: str) -> Answer:
    call.allow(may_run_house)
    found = queries.account(call.db, account_id)
    is_auditor = call.form(Given).role == "auditor"
    give = actions.make_auditor if is_auditor else actions.propose_administrator
    give(call.db, found, by=call.actor, at=call.now)
    return see(f"/admin/people/{account_id}")


def _person_again(call: Call, account_id: str, role: str) -> Answer:  # noqa: ARG001 - of its address
    return person(call, account_id)


@routes.post(
    "/admin/people/{account_id:str}/roles/{role:str}/end",
    policy=may_run_house,
    again=_person_again,
)
def end_role(call: Call, account_id: str, role: str) -> Answer:
    call.allow(may_run_house)
    grant = queries.open_grant(call.db, account_id, role)
    if grant is None:
        raise Refused("no_role", _("This role has already ended."))
    actions.end_role(call.db, grant, by=call.actor, at=call.now)
    return see("/home" if account_id == call.actor.account_id else f"/admin/people/{account_id}")


def _proposed(call: Call, account_id: str) -> RoleGrant:
    return queries.proposal(call.db, account_id)


def _own(call: Call) -> RoleGrant | None:
    return queries.open_grant(call.db, call.actor.account_id, "administrator")


def start_at(call: Call) -> int:
    """Where the wanted page of a list begins; the first one for anything else."""
    given = call.query.get("after")
    return int(given) if re.fullmatch(r"[0-9]{1,9}", given) else 0


def turned(call: Call, after: int, found: int) -> dict[str, Any]:
    """The links to the page before and the one after, for `accounts/_turn.html`."""
    more = found > queries.PAGE
    return {
        "words": call.query.get("q"),
        "before": max(after - queries.PAGE, 0) if after else None,
        "after": after + queries.PAGE if more else None,
    }


def _crumbs(*labels: str) -> list[tuple[str, str | None]]:
    if len(labels) == 1:
        return [(_("People"), "/admin/people"), (labels[0], None)]
    return [(_("People"), "/admin/people"), (labels[0], labels[1]), (labels[2], None)]
