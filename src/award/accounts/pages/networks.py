"""The people of a network, for the network's own writers."""

from award.accounts import actions, queries
from award.accounts.forms import Invited
from award.accounts.models import Membership, Network
from award.accounts.policy import may_change_members, may_see_members
from award.kit import i18n
from award.kit.errors import NotFound
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()


@routes.get("/networks/{network_id:str}/members", policy=may_see_members)
def members(call: Call, network_id: str) -> Answer:
    network = queries.network(call.db, network_id)
    call.allow(may_see_members, network)
    return page(
        "accounts/members.html",
        network=network,
        members=queries.members(call.db, network.id),
        may_change=call.can(may_change_members, network, _own(call, network)),
        spoken=i18n.language.get(),
        crumbs=[(network.name, None)],
    )


@routes.post("/networks/{network_id:str}/members", policy=may_change_members, again=members)
def invite_member(call: Call, network_id: str) -> Answer:
    network = queries.network(call.db, network_id)
    call.allow(may_change_members, network, _own(call, network))
    form = call.form(Invited)
    actions.invite_member(
        call.db,
        network,
        email=form.email,
        name=form.name,
        may_write=form.access == "write",
        language=form.language,
        public_url=call.site.settings.public_url,
        by=call.actor,
        at=call.now,
    )
    return see(f"/networks/{network.id}/members")


def _members_again(call: Call, network_id: str, account_id: str) -> Answer:  # noqa: ARG001 - of its address
    return members(call, network_id)


@routes.post(
    "/networks/{network_id:str}/members/{account_id:str}/removal",
    policy=may_change_members,
    again=_members_again,
)
def remove_member(call: Call, network_id: str, account_id: str) -> Answer:
    network = queries.network(call.db, network_id)
    call.allow(may_change_members, network, _own(call, network))
    member = queries.membership(call.db, network.id, account_id)
    if member is None:
        raise NotFound
    actions.remove_member(call.db, network, member, by=call.actor, at=call.now)
    is_own = account_id == call.actor.account_id and not call.actor.has("administrator")
    return see("/account" if is_own else f"/networks/{network.id}/members")


def _own(call: Call, network: Network) -> Membership | None:
    return queries.membership(call.db, network.id, call.actor.account_id)
