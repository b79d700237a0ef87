"""Who learns of the winners before the world does."""

from award.jury.models import Seat
from award.kit.actor import Actor
from award.kit.verdict import Verdict, visible_if


def may_see_decided(_actor: Actor, seat: Seat | None, *, is_decided: bool) -> Verdict:
    """Whoever sits on the panel, from the moment on that the winners are confirmed.

    Administrators and auditors read the decision itself.
    """
    return visible_if(seat is not None and is_decided)
