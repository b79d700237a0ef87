"""The list as a file: what the address narrows it to, on all of its pages."""

from collections.abc import Mapping
from typing import Any

import msgspec

from award.kit.i18n import gettext as _
from award.kit.i18n import local_time
from award.kit.tables import CSV_TYPE, XLSX_TYPE, Cell, Table, as_csv, as_xlsx
from award.nominations import actions, policy, queries
from award.nominations.answers import needed
from award.nominations.folded import folded
from award.nominations.forms import Export
from award.nominations.pages.administration import (
    asked_filters,
    choices,
    scope_of,
    words_of_state,
)
from award.nominations.queries import lists
from award.nominations.queries.lists import Filters, Row
from award.programmes import queries as programmes
from award.programmes.models import Edition
from award.web.call import Answer, Call
from award.web.files import download
from award.web.routes import Prepare, Routes

routes = Routes()
_WRITERS = {"csv": (CSV_TYPE, as_csv), "xlsx": (XLSX_TYPE, as_xlsx)}


class _Listed(msgspec.Struct, frozen=True):
    """What is asked for, as it was read."""

    kind: str
    filters: Filters
    table: Table


class _Made(msgspec.Struct, frozen=True):
    listed: _Listed
    body: bytes


def _listed(call: Call) -> _Listed:
    edition = _found(call)
    form = programmes.form_definition(call.db, edition.id)
    kind, filters = call.form(Export).kind, asked_filters(call, form)
    rows = lists.all_listed(call.db, scope_of(call, edition), filters, needed(form))
    return _Listed(kind, filters, _table(rows, form))


def _made(listed: _Listed) -> _Made:
    _media_type, write = _WRITERS[listed.kind]
    return _Made(listed, write(listed.table))


@routes.post(
    "/admin/editions/{slug:str}/nominations/export",
    policy=policy.may_export,
    prepare=Prepare(read=_listed, slow=_made),
)
def export(call: Call, slug: str) -> Answer:
    edition = _found(call)
    made: _Made = call.prepared
    kind, rows = made.listed.kind, len(made.listed.table.rows)
    actions.export(
        call.db, edition, made.listed.filters, rows=rows, kind=kind, by=call.actor, at=call.now
    )
    day = local_time(call.now).date().isoformat()
    name = f"{folded(_('Nominations'))}-{slug}-{day}.{kind}"
    return download(made.body, _WRITERS[kind][0], name)


def _found(call: Call) -> Edition:
    edition = programmes.edition(call.db, call.params["slug"])
    checking = queries.days(call.db, edition.id).are_checked(call.now)
    call.allow(policy.may_export, checking=checking)
    return edition


def _table(rows: list[Row], form: Mapping[str, Any]) -> Table:
    """What the list says of each nomination, with its numbers as numbers."""
    states, fields = dict(choices(form, "state")), dict(choices(form, "field_of_action"))
    status, in_all = words_of_state(), len(needed(form))
    headings = (
        *(_("Reference"), _("Title"), _("Network"), _("Federal state"), _("Field of action")),
        *(
            _("Received"),
            _("Status"),
            _("Complete sections"),
            _("Sections"),
            _("Length in characters"),
        ),
        *(_("Checks met"), _("Checks")),
    )
    cells = [
        (
            *(row.reference, row.title, row.network_name),
            *(states.get(row.state, row.state), fields.get(row.field_of_action)),
            *(row.received_at, status[row.status][1]),
            *_how_far(row, in_all),
        )
        for row in rows
    ]
    return Table(_("Nominations"), headings, cells)


def _how_far(row: Row, sections_in_all: int) -> tuple[Cell, ...]:
    """Of a draft how much is written, of the others how much of the formal check is met."""
    checks = row.checks or {}
    met = (sum(checks.values()), len(checks)) if checks else (None, None)
    is_draft = row.status == "draft"
    written = (row.complete, sections_in_all, row.size) if is_draft else (None, None, None)
    return (*written, *met)
