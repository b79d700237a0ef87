"""A table of nominations that came outside the form: tried first, then taken in by portions.

Between the two its cells travel in the page, so that nothing of a trial is kept on the server. Both
look at all of it in a thread of their own; only what is confirmed is written down.
"""

from typing import Any, TypeAlias

import msgspec

from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.kit.tables import Unreadable, cells_of
from award.nominations import actions, intake, policy
from award.nominations.actions.importing import Outcome
from award.nominations.forms import Import
from award.nominations.queries import intake as queries
from award.nominations.queries.intake import Known
from award.programmes import queries as programmes
from award.programmes.models import Edition
from award.web.call import Answer, Call, Page, page, see
from award.web.routes import Prepare, Routes

routes = Routes()
_PATH = "/admin/editions/{slug:str}/nominations/import"
_MOST_BYTES = 2_000_000
_IN_THE_PAGE = 4 * _MOST_BYTES  # the same cells, with every sign that a form escapes
_SECONDS = "3"  # until the page of an intake looks again
_Table: TypeAlias = list[list[str]]
_Looked: TypeAlias = tuple[_Table, Outcome]


@routes.get(_PATH, policy=policy.may_import)
def show(call: Call, slug: str) -> Answer:
    call.allow(policy.may_import)
    return _shown(call, programmes.edition(call.db, slug))


def _known(call: Call) -> tuple[Call, Known]:
    """Also refuses at a time at which nothing is taken in."""
    call.allow(policy.may_import)
    edition = programmes.edition(call.db, call.params["slug"])
    actions.begin_receiving(call.db, edition, call.now)
    return call, queries.known(call.db, edition)


def _chosen(found: tuple[Call, Known]) -> _Looked | None:
    """None where no file came, or one that cannot be read."""
    call, known = found
    try:
        table = cells_of(call.files[0].content) if call.files else None
    except Unreadable:
        return None
    return None if table is None else (table, actions.look_at(table, known, call.now))


@routes.post(
    _PATH,
    policy=policy.may_import,
    again=show,
    prepare=Prepare(read=_known, slow=_chosen),
    body_limit=_MOST_BYTES + 10_000,
)
def try_out(call: Call, slug: str) -> Answer:
    call.allow(policy.may_import)
    if call.prepared is None:
        words = _("This file could not be read. Please save the table as CSV or XLSX.")
        missing = _("Please choose a file.")
        raise Refused("table", errors={"table": words if call.files else missing})
    return _shown(call, programmes.edition(call.db, slug), *call.prepared)


def _sent_again(found: tuple[Call, Known]) -> _Looked:
    call, known = found
    try:
        table = msgspec.json.decode(call.form(Import).table, type=_Table)
    except msgspec.MsgspecError as error:
        raise Refused("table", errors={"table": _("Please choose the file again.")}) from error
    return table, actions.look_at(table, known, call.now)


@routes.post(
    f"{_PATH}/confirmation",
    policy=policy.may_import,
    again=show,
    prepare=Prepare(read=_known, slow=_sent_again),
    body_limit=_IN_THE_PAGE,
)
def confirm(call: Call, slug: str) -> Answer:
    call.allow(policy.may_import)
    edition = programmes.edition(call.db, slug)
    table, outcome = call.prepared
    if outcome.amiss:
        return _shown(call, edition, table, outcome)
    row = actions.begin_intake(call.db, edition, table, by=call.actor, at=call.now)
    return see(f"/admin/editions/{slug}/nominations/import/{row.id}")


@routes.get(f"{_PATH}/{{intake_id:str}}", policy=policy.may_import)
def progress(call: Call, slug: str, intake_id: str) -> Answer:
    call.allow(policy.may_import)
    edition = programmes.edition(call.db, slug)
    row = queries.intake(call.db, edition.id, intake_id)
    turn = queries.next_turn(call.db, row)
    context = {
        "edition": edition,
        "intake": row,
        "tried_again": turn.due_at if turn and turn.tries else None,
        "refused": [intake.Amiss(*one) for one in row.refused],
        "crumbs": _crumbs(edition),
    }
    is_under_way = row.ended_at is None and not row.stopped
    headers = {"Refresh": _SECONDS} if is_under_way else {}
    return Page("nominations/intake.html", context, headers=headers)


@routes.post(f"{_PATH}/{{intake_id:str}}/continuation", policy=policy.may_import, again=progress)
def go_on(call: Call, slug: str, intake_id: str) -> Answer:
    call.allow(policy.may_import)
    edition = programmes.edition(call.db, slug)
    row = queries.intake(call.db, edition.id, intake_id)
    actions.go_on(call.db, row, by=call.actor, at=call.now)
    return see(f"/admin/editions/{slug}/nominations/import/{intake_id}")


def _shown(
    call: Call, edition: Edition, table: _Table | None = None, outcome: Outcome | None = None
) -> Page:
    form = programmes.form_definition(call.db, edition.id)
    return page(
        "nominations/import.html",
        edition=edition,
        outcome=outcome,
        table=msgspec.json.encode(table).decode() if outcome and not outcome.amiss else "",
        most_rows=intake.MOST_ROWS,
        unfinished=queries.unfinished(call.db, edition.id),
        headings=intake.headings(form),
        crumbs=_crumbs(edition),
    )


def _crumbs(edition: Edition) -> list[Any]:
    path = f"/admin/editions/{edition.slug}/nominations"
    return [(_("Nominations"), path), (_("Import a table"), None)]
