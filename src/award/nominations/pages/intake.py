"""A table of nominations that came outside the form: tried first, then taken in as a whole.

Between the two its cells travel in the page, so that nothing of a trial is kept on the server;
the second step looks at all of it again.
"""

from typing import Any

import msgspec

from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.kit.tables import Unreadable, cells_of
from award.nominations import actions, intake, policy
from award.nominations.actions.importing import Outcome
from award.nominations.forms import Import
from award.programmes import queries as programmes
from award.programmes.models import Edition
from award.web.call import Answer, Call, Page, page, see
from award.web.routes import Prepare, Routes

routes = Routes()
_PATH = "/admin/editions/{slug:str}/nominations/import"
_MOST_BYTES = 1_000_000
_IN_THE_PAGE = 4 * _MOST_BYTES  # the same cells, with every sign that a form escapes


@routes.get(_PATH, policy=policy.may_import)
def show(call: Call, slug: str) -> Answer:
    call.allow(policy.may_import)
    return _shown(call, programmes.edition(call.db, slug))


def _allowed(call: Call) -> Call:
    call.allow(policy.may_import)
    return call


def _cells(call: Call) -> list[list[str]] | None:
    """None where no file came, or one that cannot be read."""
    try:
        return cells_of(call.files[0].content) if call.files else None
    except Unreadable:
        return None


@routes.post(
    _PATH,
    policy=policy.may_import,
    again=show,
    prepare=Prepare(read=_allowed, slow=_cells),
    body_limit=_MOST_BYTES + 10_000,
)
def try_out(call: Call, slug: str) -> Answer:
    call.allow(policy.may_import)
    edition, table = programmes.edition(call.db, slug), call.prepared
    if table is None:
        words = _("This file could not be read. Please save the table as CSV or XLSX.")
        missing = _("Please choose a file.")
        raise Refused("table", errors={"table": words if call.files else missing})
    return _shown(call, edition, table, _carried_out(call, edition, table, is_trial=True))


@routes.post(f"{_PATH}/confirmation", policy=policy.may_import, again=show, body_limit=_IN_THE_PAGE)
def confirm(call: Call, slug: str) -> Answer:
    call.allow(policy.may_import)
    edition = programmes.edition(call.db, slug)
    try:
        table = msgspec.json.decode(call.form(Import).table, type=list[list[str]])
    except msgspec.MsgspecError as error:
        raise Refused("table", errors={"table": _("Please choose the file again.")}) from error
    outcome = _carried_out(call, edition, table, is_trial=False)
    if outcome.amiss:
        return _shown(call, edition, table, outcome)
    return see(f"/admin/editions/{slug}/nominations", sort="-received")


def _carried_out(
    call: Call, edition: Edition, table: list[list[str]], *, is_trial: bool
) -> Outcome:
    url = call.site.settings.public_url
    return actions.import_table(
        call.db, edition, table, by=call.actor, at=call.now, public_url=url, is_trial=is_trial
    )


def _shown(call: Call, edition: Edition, table: Any = None, outcome: Outcome | None = None) -> Page:
    form = programmes.form_definition(call.db, edition.id)
    path = f"/admin/editions/{edition.slug}/nominations"
    return page(
        "nominations/import.html",
        edition=edition,
        outcome=outcome,
        table=msgspec.json.encode(table).decode() if outcome and not outcome.amiss else "",
        headings=intake.headings(form),
        crumbs=[(_("Nominations"), path), (_("Import a table"), None)],
    )
