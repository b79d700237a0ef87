"""Conflicts of interest of an edition: the list, a hint, and the decision on one."""

from typing import Any

from award.jury import actions, forms, kinds, policy, queries
from award.jury.models import Seat
from award.jury.queries import Reported
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.nominations import queries as nominations
from award.programmes import queries as programmes
from award.programmes.models import Edition
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()
PATH = "/admin/editions/{slug:str}/conflicts"


@routes.get(PATH, policy=policy.may_read_conflicts)
def show_conflicts(call: Call, slug: str) -> Answer:
    edition, seat = _found(call, slug)
    call.allow(policy.may_read_conflicts, seat)
    found = queries.reported(call.db, edition.id, _reader(seat))
    can_run = call.can(policy.may_run_panel)
    return page(
        "jury/conflicts.html",
        **_about(call, edition),
        conflicts=[(one, _decides(call, seat, one)) for one in found],
        undecided=sum(one.is_excluded is None for one in found),
        words=kinds.words,
        kinds=[(kind, kinds.words(kind)) for kind in kinds.KINDS],
        members=queries.panel(call.db, edition.id) if can_run else [],
        nominations=list(call.db.scalars(nominations.admitted(edition.id))) if can_run else [],
        can_run=can_run,
    )


@routes.post(PATH, policy=policy.may_run_panel, again=show_conflicts)
def enter_hint(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_run_panel)
    typed = call.form(forms.Hinted)
    _check_kind(typed.kind, kinds.KINDS)
    actions.hint(
        call.db,
        queries.seat_in(call.db, edition.id, typed.seat),
        nominations.entry(call.db, edition.id, typed.nomination).nomination,
        kind=typed.kind,
        statement=typed.statement,
        by=call.actor,
        at=call.now,
    )
    return see(f"/admin/editions/{slug}/conflicts")


@routes.get(f"{PATH}/{{conflict_id:str}}", policy=policy.may_read_conflicts)
def show_conflict(call: Call, slug: str, conflict_id: str) -> Answer:
    edition, seat = _found(call, slug)
    call.allow(policy.may_read_conflicts, seat)
    conflict = queries.conflict_in(call.db, edition.id, conflict_id, _reader(seat))
    return page(
        "jury/conflict.html",
        **_about(call, edition, conflict.juror),
        conflict=conflict,
        words=kinds.words,
        verdict=policy.may_decide_conflict(call.actor, seat, conflict),
    )


@routes.post(
    f"{PATH}/{{conflict_id:str}}/decision", policy=policy.may_decide_conflict, again=show_conflict
)
def decide(call: Call, slug: str, conflict_id: str) -> Answer:
    edition, seat = _found(call, slug)
    conflict = queries.conflict_in(call.db, edition.id, conflict_id, _reader(seat))
    call.allow(policy.may_decide_conflict, seat, conflict)
    typed = call.form(forms.Decided)
    actions.decide(
        call.db,
        conflict_id,
        edition.id,
        is_excluded=typed.decision == "excluded",
        reason=typed.reason,
        by=call.actor,
        at=call.now,
    )
    return see(f"/admin/editions/{slug}/conflicts")


def _check_kind(kind: str, known: tuple[str, ...]) -> None:
    if kind not in known:
        raise Refused("kind", errors={"kind": _("Please choose one of the options.")})


def _found(call: Call, slug: str) -> tuple[Edition, Seat | None]:
    edition = programmes.edition(call.db, slug)
    return edition, queries.seat_of(call.db, edition.id, call.actor.account_id)


def _reader(seat: Seat | None) -> str | None:
    return seat.id if seat else None


def _decides(call: Call, seat: Seat | None, conflict: Reported) -> bool:
    open_ = conflict.is_excluded is None
    return open_ and call.can(policy.may_decide_conflict, seat, conflict)


def _about(call: Call, edition: Edition, juror: str = "") -> dict[str, Any]:
    base = f"/admin/editions/{edition.slug}"
    runs = call.can(policy.may_oversee_panel)
    above = (_("Jury"), f"{base}/jury") if runs else (_("Jury"), "/jury")
    here = (_("Conflicts of interest"), f"{base}/conflicts" if juror else None)
    crumbs = [(local(edition.name), base if runs else None), above, here]
    return {"edition": edition, "crumbs": crumbs + ([(juror, None)] if juror else [])}
