"""Who may see a ranking: nobody before the round is opened, not even that there is one."""

from collections.abc import Collection

from award.jury.models import Seat
from award.kit.actor import Actor
from award.kit.i18n import gettext as _
from award.kit.verdict import ALLOWED, HIDDEN, Verdict, refused, visible_if


def may_see_ranking(actor: Actor, seat: Seat | None, *, is_opened: bool) -> Verdict:
    """Administrators, auditors and the chair, from the opening of a round on."""
    is_chair = seat is not None and seat.is_chair
    reads = actor.has("administrator") or actor.has("auditor") or is_chair
    return visible_if(is_opened and reads)


def may_compute(actor: Actor, seat: Seat | None, *, is_opened: bool) -> Verdict:
    """An administrator's; the others who see it are told so."""
    if not may_see_ranking(actor, seat, is_opened=is_opened):
        return HIDDEN
    if actor.has("administrator"):
        return ALLOWED
    return refused("administrators_compute", _("An administrator computes the ranking."))


def may_export(
    actor: Actor, seat: Seat | None, hidden: Collection[str], *, is_opened: bool
) -> Verdict:
    """Whoever sees the ranking, unless a nomination in it is hidden from them by a conflict."""
    if not may_see_ranking(actor, seat, is_opened=is_opened):
        return HIDDEN
    if not hidden:
        return ALLOWED
    return refused(
        "conflict",
        _(
            "The files hold a nomination that you do not see because of a conflict of interest. "
            "An administrator or the auditor can download them."
        ),
    )
