"""Declaring conflicts of interest before any text is shown: title, network, place, partners."""

from typing import Any

from award.accounts.states import states
from award.jury import actions, forms, kinds, policy, queries
from award.jury.models import Seat
from award.jury.queries import Listed
from award.kit.errors import NotFound, Refused
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.nominations import queries as nominations
from award.programmes import queries as programmes
from award.programmes.calendar import has_begun
from award.programmes.models import Edition
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()
PATH = "/jury/conflicts"


@routes.get(PATH, policy=policy.may_judge)
def show_list(call: Call) -> Answer:
    seats = queries.own_seats(call.db, call.actor.account_id)
    call.allow(policy.may_judge, seats=len(seats))
    seat, edition = _chosen(seats, call)
    phase = programmes.phase(call.db, edition.id, "conflicts")
    return page(
        "jury/own_conflicts.html",
        edition=edition,
        seats=seats,
        begins_at=phase.starts_at if phase and not has_begun(phase, call.now) else None,
        rows=_listed(call, seat, edition),
        words=kinds.words,
        states={one["key"]: local(one) for one in states()},
    )


@routes.get(f"{PATH}/{{nomination_id:str}}", policy=policy.may_judge)
def show_declaration(call: Call, nomination_id: str) -> Answer:
    seats = queries.own_seats(call.db, call.actor.account_id)
    call.allow(policy.may_judge, seats=len(seats))
    _seat, edition, row = _on(call, seats, nomination_id)
    return page(
        "jury/declaration.html",
        edition=edition,
        row=row,
        crumbs=[(_("Conflicts of interest"), PATH), (row.network_name, None)],
        kinds=[(kind, kinds.words(kind)) for kind in kinds.DECLARED],
        states={one["key"]: local(one) for one in states()},
    )


@routes.post(f"{PATH}/{{nomination_id:str}}", policy=policy.may_judge, again=show_declaration)
def declare(call: Call, nomination_id: str) -> Answer:
    seats = queries.own_seats(call.db, call.actor.account_id)
    call.allow(policy.may_judge, seats=len(seats))
    seat, edition, _row = _on(call, seats, nomination_id)
    typed = call.form(forms.Declared)
    if typed.kind not in kinds.DECLARED:
        raise Refused("kind", errors={"kind": _("Please choose one of the options.")})
    nomination = nominations.entry(call.db, edition.id, nomination_id).nomination
    what = {"kind": typed.kind, "statement": typed.statement}
    actions.declare(call.db, seat, nomination, **what, by=call.actor, at=call.now)
    return see(PATH, edition=edition.slug)


def _chosen(seats: list[tuple[Seat, Edition]], call: Call) -> tuple[Seat, Edition]:
    """The edition asked for, else the newest in which declaring has begun, else the newest."""
    for seat, edition in seats:
        if edition.slug == call.query.get("edition"):
            return seat, edition
    for seat, edition in seats:
        if has_begun(programmes.phase(call.db, edition.id, "conflicts"), call.now):
            return seat, edition
    return seats[0]


def _on(call: Call, seats: list[Any], nomination_id: str) -> tuple[Seat, Edition, Listed]:
    """The nomination in one of the person's lists; raises NotFound."""
    for seat, edition in seats:
        for row in _listed(call, seat, edition):
            if row.nomination_id == nomination_id:
                return seat, edition, row
    raise NotFound


def _listed(call: Call, seat: Seat, edition: Edition) -> list[Listed]:
    """All nominations while declaring; from the first round on the own ones and declarations."""
    if not has_begun(programmes.phase(call.db, edition.id, "conflicts"), call.now):
        return []
    definition = programmes.form_definition(call.db, edition.id)
    rows = queries.list_for_declaring(call.db, edition.id, seat.id, _partner_fields(definition))
    if not has_begun(programmes.phase(call.db, edition.id, "judging"), call.now):
        return rows
    own = queries.own_nominations(call.db, seat.id)
    return [row for row in rows if row.nomination_id in own or row.is_own]


def _partner_fields(definition: dict[str, Any]) -> dict[str, list[str]]:
    """The form's fields that name organisations, by section."""
    fields: dict[str, list[str]] = {}
    for section in definition["sections"]:
        for field in section["fields"]:
            if field["kind"] in {"organisation", "organisations"}:
                fields.setdefault(section["key"], []).append(field["key"])
    return fields
