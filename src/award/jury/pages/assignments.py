"""Who reads what in a round, by hand: all nominations, and one with its jurors to tick."""

from collections import Counter, defaultdict
from typing import Any

import msgspec

from award.jury import actions, forms, policy, queries
from award.jury.models import Assignment
from award.jury.pages.rounds import PATH, about
from award.jury.queries import Assigned, Entered, Member
from award.kit.errors import Changed, NotFound, Refused
from award.kit.i18n import gettext as _
from award.programmes import queries as programmes
from award.programmes.calendar import has_begun
from award.programmes.models import Round
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()
_READS = {"open", "begun", "handed_in"}


class Reader(msgspec.Struct, frozen=True):
    """A juror on the page of one nomination. `state` is empty for one who does not read it."""

    member: Member
    load: int
    state: str
    is_ticked: bool
    is_blocked: bool


@routes.get(f"{PATH}/assignments", policy=policy.may_oversee_panel)
def show_assignments(call: Call, slug: str, n: int) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_oversee_panel)
    round_ = programmes.round_at(call.db, edition.id, n)
    assigned = queries.assignments(call.db, round_.id)
    readers: dict[str, list[Assigned]] = defaultdict(list)
    for one in assigned:
        readers[one.nomination_id].append(one)
    entries = queries.entries(call.db, round_.id)
    return page(
        "jury/assignments.html",
        **about(call, edition, round_, _("Assignments")),
        rows=[(one, readers[one.nomination_id]) for one in entries],
        loads=_loads(queries.panel(call.db, edition.id), assigned),
        can_run=call.can(policy.may_run_panel),
    )


@routes.get(f"{PATH}/assignments/{{nomination_id:str}}", policy=policy.may_run_panel)
def show_readers(call: Call, slug: str, n: int, nomination_id: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_run_panel)
    round_ = programmes.round_at(call.db, edition.id, n)
    shown = about(call, edition, round_, _("Assignments"))
    readers = _readers(call, round_, nomination_id)
    return page(
        "jury/readers.html",
        **shown,
        entry=_entry(call, round_, nomination_id),
        readers=readers,
        seen=" ".join(_ticked(readers)),
        needs_reason=has_begun(shown["phase"], call.now),
    )


@routes.post(
    f"{PATH}/assignments/{{nomination_id:str}}", policy=policy.may_run_panel, again=show_readers
)
def set_readers(call: Call, slug: str, n: int, nomination_id: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_run_panel)
    round_ = programmes.round_at(call.db, edition.id, n)
    _entry(call, round_, nomination_id)
    _change(call, round_, nomination_id, call.form(forms.Readers))
    return see(f"/admin/editions/{slug}/rounds/{n}/assignments")


def _change(call: Call, round_: Round, nomination_id: str, typed: forms.Readers) -> None:
    """Assign who was ticked newly, and take it from those who are ticked no more."""
    now = _ticked(_readers(call, round_, nomination_id))
    if typed.seen.split() != now:
        message = _("Somebody else changed these assignments meanwhile. Please look again.")
        raise Changed("changed", message)
    who: dict[str, Any] = {"reason": typed.reason, "by": call.actor, "at": call.now}
    for seat_id in sorted(set(typed.seats) - set(now)):
        _assign(call, round_, nomination_id, seat_id, who)
    for seat_id in sorted(set(now) - set(typed.seats)):
        known = queries.assignment_of(call.db, round_.id, nomination_id, seat_id)
        assert isinstance(known, Assignment)  # noqa: S101 - it was ticked
        actions.unassign(call.db, round_, known, **who)


def _assign(call: Call, round_: Round, nomination_id: str, seat_id: str, who: Any) -> None:
    """As the action does; its refusal at the juror becomes one at the list."""
    try:
        actions.assign(call.db, round_, nomination_id, seat_id, **who)
    except Refused as refusal:
        if "seat" not in refusal.errors:
            raise
        raise Refused(refusal.code, errors={"seats": refusal.errors["seat"]}) from refusal


def _entry(call: Call, round_: Round, nomination_id: str) -> Entered:
    for one in queries.entries(call.db, round_.id):
        if one.nomination_id == nomination_id:
            return one
    raise NotFound


def _readers(call: Call, round_: Round, nomination_id: str) -> list[Reader]:
    assigned = queries.assignments(call.db, round_.id)
    states = {one.seat_id: one.state for one in assigned if one.nomination_id == nomination_id}
    blocked = queries.blocked_seats(call.db, nomination_id)
    return [
        Reader(
            member,
            load,
            states.get(member.seat_id, ""),
            states.get(member.seat_id) in _READS,
            member.seat_id in blocked or states.get(member.seat_id) in {"recused", "removed"},
        )
        for member, load in _loads(queries.panel(call.db, round_.edition_id), assigned)
    ]


def _loads(panel: list[Member], assigned: list[Assigned]) -> list[tuple[Member, int]]:
    """How many nominations each juror has to read in the round."""
    loads = Counter(one.seat_id for one in assigned if one.state in _READS)
    return [(member, loads[member.seat_id]) for member in panel]


def _ticked(readers: list[Reader]) -> list[str]:
    return sorted(reader.member.seat_id for reader in readers if reader.is_ticked)
