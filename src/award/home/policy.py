"""Who has a first page of their own."""

from award.kit.actor import Actor
from award.kit.verdict import Verdict, visible_if


def may_enter(actor: Actor) -> Verdict:
    """Everybody who is signed in."""
    return visible_if(actor.is_signed_in)


def may_see_overview(actor: Actor) -> Verdict:
    """Where an edition stands, for those who run it and those who audit it."""
    return visible_if(actor.has("administrator") or actor.has("auditor"))
