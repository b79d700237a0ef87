"""The people of a network, for the network's own writers."""

from award.accounts import actions, queries
from award.accounts.forms import Access, Invited
from award.accounts.models import Membership, Network
from award.accounts.policy import may_change_members, may_end_membership, may_see_members
from award.kit import i18n
from award.kit.errors import NotFound
from award.kit.i18n import gettext as _
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()
_PATH = "/networks/{network_id:str}/members"
_LONGEST_BACK = 200


@routes.get(_PATH, policy=may_see_members)
def members(call: Call, network_id: str) -> Answer:
    network = queries.network(call.db, network_id)
    call.allow(may_see_members, network)
    own = _own(call, network)
    return page(
        "accounts/members.html",
        network=network,
        members=queries.members(call.db, network.id),
        is_member=own is not None,
        may_change=call.can(may_change_members, network, own),
        spoken=i18n.language.get(),
        back=_back(call),
        done=_done(call),
        crumbs=[(network.name, None)],
    )


@routes.post(_PATH, policy=may_change_members, again=members)
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
    return _list(call, network, "invited")


def _members_again(call: Call, network_id: str, account_id: str) -> Answer:  # noqa: ARG001 - of its address
    return members(call, network_id)


@routes.post(
    f"{_PATH}/{{account_id:str}}/invitation", policy=may_change_members, again=_members_again
)
def invite_again(call: Call, network_id: str, account_id: str) -> Answer:
    network = queries.network(call.db, network_id)
    call.allow(may_change_members, network, _own(call, network))
    member = _member(call, network, account_id)
    url = call.site.settings.public_url
    actions.invite_again(call.db, network, member, public_url=url, by=call.actor, at=call.now)
    return _list(call, network, "invited")


@routes.post(f"{_PATH}/{{account_id:str}}/access", policy=may_change_members, again=_members_again)
def change_access(call: Call, network_id: str, account_id: str) -> Answer:
    network = queries.network(call.db, network_id)
    call.allow(may_change_members, network, _own(call, network))
    member = _member(call, network, account_id)
    writes = call.form(Access).access == "write"
    actions.change_access(call.db, network, member, may_write=writes, by=call.actor, at=call.now)
    return _list(call, network, "changed")


@routes.post(f"{_PATH}/{{account_id:str}}/removal", policy=may_end_membership, again=_members_again)
def remove_member(call: Call, network_id: str, account_id: str) -> Answer:
    network = queries.network(call.db, network_id)
    is_own = account_id == call.actor.account_id
    call.allow(may_end_membership, network, _own(call, network), is_own=is_own)
    member = _member(call, network, account_id)
    actions.remove_member(call.db, network, member, by=call.actor, at=call.now)
    if is_own and not call.actor.has("administrator"):
        return see("/account", done="left")
    return _list(call, network, "removed")


def _own(call: Call, network: Network) -> Membership | None:
    return queries.membership(call.db, network.id, call.actor.account_id)


def _member(call: Call, network: Network, account_id: str) -> Membership:
    """One of its people; raises NotFound."""
    found = queries.membership(call.db, network.id, account_id)
    if found is None:
        raise NotFound
    return found


def _list(call: Call, network: Network, done: str) -> Answer:
    return see(f"/networks/{network.id}/members", done=done, back=_back(call))


def _back(call: Call) -> str:
    """The page of ours from which one came to this list; empty without one."""
    return call.query.get("back")[:_LONGEST_BACK]


def _done(call: Call) -> str:
    said = {
        "invited": _("The invitation is on its way."),
        "changed": _("That is changed, and the person gets a letter about it."),
        "removed": _("The person is no longer on this list, and gets a letter about it."),
    }
    return said.get(call.query.get("done"), "") if not call.refusal else ""
