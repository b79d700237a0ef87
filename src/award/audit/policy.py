"""Who may read the log."""

from award.kit.actor import Actor
from award.kit.verdict import Verdict, visible_if


def may_read_log(actor: Actor) -> Verdict:
    """Administrators and auditors: all of it."""
    return visible_if(actor.has("administrator") or actor.has("auditor"))


def may_read_own_entries(actor: Actor) -> Verdict:
    """Everybody who is signed in: what they did themselves."""
    return visible_if(actor.is_signed_in)
