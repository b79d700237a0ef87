"""Who may judge, watch, open and read; a round is sealed until two persons opened it."""

from datetime import datetime
from typing import Protocol

from award.accounts.models import RoleGrant
from award.accounts.policy import may_be_second
from award.jury.models import Opening, Seat
from award.kit.actor import Actor
from award.kit.i18n import gettext as _
from award.kit.verdict import ALLOWED, HIDDEN, Verdict, refused, visible_if
from award.programmes.models import Edition, RulesAmendment
from award.programmes.policy import is_published


class Judged(Protocol):
    """A sheet or a round, with what decides whether it is open for scores."""

    @property
    def starts_at(self) -> datetime | None: ...
    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def opened_at(self) -> datetime | None: ...


class Handed(Judged, Protocol):
    """A sheet, and whether it was handed in."""

    @property
    def account_id(self) -> str: ...
    @property
    def handed_in_at(self) -> datetime | None: ...


class Concerned(Protocol):
    """A conflict, by the person whom it is about."""

    @property
    def account_id(self) -> str: ...
    @property
    def affects_chair(self) -> bool: ...


def has_begun(judged: Judged, now: datetime) -> bool:
    return judged.starts_at is not None and judged.starts_at <= now


def is_judging(judged: Judged, now: datetime) -> bool:
    """Whether scores are taken: begun, not over, and not opened."""
    is_over = judged.ends_at is not None and judged.ends_at <= now
    return has_begun(judged, now) and not is_over and judged.opened_at is None


def may_judge(actor: Actor, *, seats: int) -> Verdict:
    """The pile and the list for declaring are for those who sit on a panel."""
    return visible_if(actor.is_signed_in and seats)


def may_see_sheet(actor: Actor, sheet: Handed, now: datetime) -> Verdict:
    """The own sheet, from the beginning of the round on."""
    return visible_if(sheet.account_id == actor.account_id and has_begun(sheet, now))


def may_change_sheet(actor: Actor, sheet: Handed, now: datetime) -> Verdict:
    """Until it is handed in, the time is over or the round is opened, whichever comes first."""
    if not may_see_sheet(actor, sheet, now):
        return HIDDEN
    if sheet.handed_in_at is not None:
        return refused("handed_in", _("You have handed in this sheet. It is final."))
    if sheet.opened_at is not None:
        return refused("opened", _("The scores of this round were opened. Sheets are frozen now."))
    if not is_judging(sheet, now):
        return refused("judging_over", _("The time for judging is over. Nothing was changed."))
    return ALLOWED


def may_recuse(actor: Actor, sheet: Handed, now: datetime) -> Verdict:
    """Stepping back is possible as long as the round is sealed, also after handing in."""
    if not may_see_sheet(actor, sheet, now):
        return HIDDEN
    if sheet.opened_at is not None:
        return refused("opened", _("The scores of this round were opened. Sheets are frozen now."))
    return ALLOWED


def may_oversee_panel(actor: Actor) -> Verdict:
    """The panel, what a round judges and who reads what: administrators and auditors read it."""
    return visible_if(actor.has("administrator") or actor.has("auditor"))


def may_run_panel(actor: Actor) -> Verdict:
    """Inviting jurors, filling rounds and assigning is an administrator's."""
    return visible_if(actor.has("administrator"))


def may_watch(actor: Actor, seat: Seat | None) -> Verdict:
    """Progress and opening: administrators, auditors and the chair."""
    return visible_if(may_oversee_panel(actor) or (seat is not None and seat.is_chair))


def may_read_conflicts(actor: Actor, seat: Seat | None) -> Verdict:
    """Conflicts: administrators and auditors read, chair and deputy decide."""
    leads = seat is not None and (seat.is_chair or seat.is_deputy)
    return visible_if(may_oversee_panel(actor) or leads)


def may_decide_conflict(actor: Actor, seat: Seat | None, conflict: Concerned) -> Verdict:
    """The chair, or the deputy where the chair is affected; never the person concerned."""
    if not may_read_conflicts(actor, seat):
        return HIDDEN
    if conflict.account_id == actor.account_id:
        return refused("own_conflict", _("Nobody decides on the own conflict of interest."))
    if seat is None or not (seat.is_deputy if conflict.affects_chair else seat.is_chair):
        reason = _("The chair decides, or the deputy when the chair is affected.")
        return refused("not_yours", reason)
    return ALLOWED


def may_propose_opening(actor: Actor) -> Verdict:
    """An administrator proposes to open a round's scores."""
    return visible_if(actor.has("administrator"))


def may_confirm_opening(
    actor: Actor, proposal: Opening, seat: Seat | None, own: RoleGrant | None, now: datetime
) -> Verdict:
    """Another administrator, not a new one, or the chair; never who proposed it."""
    return _second(actor, proposal, seat, own, now)


def may_amend_rules(
    actor: Actor, edition: Edition, waiting: RulesAmendment | None, now: datetime
) -> Verdict:
    """An administrator proposes other rules once the call is published, one proposal at a time."""
    if not actor.has("administrator"):
        return HIDDEN
    if not is_published(edition, now):
        reason = _("The call is not published yet. Until then the rules are changed in the set-up.")
        return refused("not_published", reason)
    if waiting is not None:
        reason = _("An amendment waits already. First it is confirmed, refused or withdrawn.")
        return refused("waits", reason)
    return ALLOWED


def may_confirm_amendment(
    actor: Actor, proposal: RulesAmendment, seat: Seat | None, own: RoleGrant | None, now: datetime
) -> Verdict:
    """Another administrator, not a new one, or the chair; never who proposed it."""
    return _second(actor, proposal, seat, own, now)


def may_drop_amendment(actor: Actor, seat: Seat | None) -> Verdict:
    """Withdrawing the own proposal or refusing another's: an administrator's, or the chair's."""
    return visible_if(actor.has("administrator") or (seat is not None and seat.is_chair))


def may_read_sheets(actor: Actor, seat: Seat | None, *, is_opened: bool) -> Verdict:
    """The sheets of a round for administrators, auditors and the chair, once it is opened."""
    return visible_if(is_opened and may_watch(actor, seat))


def _second(
    actor: Actor,
    proposal: Opening | RulesAmendment,
    seat: Seat | None,
    own: RoleGrant | None,
    now: datetime,
) -> Verdict:
    """Whether this person may confirm what another one proposed."""
    is_chair = seat is not None and seat.is_chair
    if not (actor.has("administrator") or is_chair):
        return HIDDEN
    if proposal.proposed_by == actor.account_id:
        return refused("own_proposal", _("You proposed this. Somebody else confirms it."))
    return ALLOWED if is_chair else may_be_second(own, now)
