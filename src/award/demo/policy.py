"""Who may move the demonstration's clock."""

from award.kit.actor import Actor
from award.kit.verdict import Verdict, visible_if


def may_move_clock(actor: Actor) -> Verdict:
    """The clock is everybody's, so administrators move it."""
    return visible_if(actor.has("administrator"))
