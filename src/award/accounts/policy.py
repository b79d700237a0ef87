"""Who may see and change people, networks, mails and the own account."""

from datetime import datetime, timedelta

from award.accounts.models import Membership, Network, RoleGrant
from award.kit.actor import Actor
from award.kit.i18n import gettext as _
from award.kit.verdict import ALLOWED, HIDDEN, Verdict, refused, visible_if

WAITING = timedelta(hours=72)


def may_use_account(actor: Actor) -> Verdict:
    """The own account is everybody's who is signed in."""
    return visible_if(actor.is_signed_in)


def may_use_api(actor: Actor) -> Verdict:
    """Whoever has anything that programs can read: networks, administrators, auditors."""
    return visible_if(actor.memberships or may_read_house(actor))


def may_read_house(actor: Actor) -> Verdict:
    """People, networks, mails and feedback are read by administrators and auditors."""
    return visible_if(actor.has("administrator") or actor.has("auditor"))


def may_run_house(actor: Actor) -> Verdict:
    """Inviting people and making networks is an administrator's."""
    return visible_if(actor.has("administrator"))


def may_see_members(actor: Actor, network: Network) -> Verdict:
    """The own network's, or anyone's for administrators and auditors."""
    return visible_if(network.id in actor.memberships or may_read_house(actor))


def may_change_members(actor: Actor, network: Network, own: Membership | None) -> Verdict:
    """Whoever writes for the network invites and removes; administrators help out."""
    if not may_see_members(actor, network):
        return HIDDEN
    if actor.has("administrator") or (own is not None and own.may_write):
        return ALLOWED
    return refused("reads_only", _("You may read for this network. Ask a colleague who writes."))


def may_end_membership(
    actor: Actor, network: Network, own: Membership | None, *, is_own: bool
) -> Verdict:
    """One's own everybody may end; another's is for those who may change members."""
    if is_own and own is not None:
        return ALLOWED
    return may_change_members(actor, network, own)


def may_confirm_grant(
    actor: Actor, grant: RoleGrant, own: RoleGrant | None, now: datetime
) -> Verdict:
    """A second administrator, neither the proposer nor the person, and not a new one."""
    if not actor.has("administrator"):
        return HIDDEN
    if actor.account_id == grant.proposed_by:
        return refused("own_proposal", _("You proposed this. Another administrator confirms it."))
    if actor.account_id == grant.account_id:
        return refused("own_role", _("Nobody confirms the own role."))
    return may_be_second(own, now)


def may_be_second(own: RoleGrant | None, now: datetime) -> Verdict:
    """Whether an administrator with this grant may be the second person who confirms.

    Not within 72 hours after being granted in the browser; the operator's own may at once.
    """
    if own is None or own.confirmed_at is None:
        return HIDDEN
    if own.is_operators or now - own.confirmed_at >= WAITING:
        return ALLOWED
    return refused(
        "new_administrator",
        _("You are an administrator for less than 72 hours and cannot confirm yet."),
    )
