"""What was handed in, as one file: of each nomination of the list its PDF, its text, its files."""

import threading
from pathlib import Path

import msgspec

from award.kit import pdf
from award.kit.errors import Refused, TooMany
from award.kit.files import Files
from award.kit.i18n import gettext as _
from award.kit.i18n import local, local_time, number
from award.nominations import actions, policy, printed, queries
from award.nominations.answers import needed
from award.nominations.attached import handed_in
from award.nominations.audiences import ADMINISTRATOR
from award.nominations.canonical import canonical_text
from award.nominations.folded import folded
from award.nominations.packing import MOST, MOST_BYTES, Nominated, Packed, pack
from award.nominations.pages.administration import (
    asked_filters,
    nominations,
    scope_of,
    words_of_state,
)
from award.nominations.queries import lists, packing
from award.nominations.queries.lists import Filters, Row
from award.nominations.shown import reading, title_parts
from award.programmes import queries as programmes
from award.programmes.models import Edition
from award.web.call import Answer, Call
from award.web.files import sent
from award.web.routes import Prepare, Routes

routes = Routes()
_PATIENCE = 60  # seconds until one may try again
# Signing in waits for the same threads: only one of them ever packs.
_one_at_a_time = threading.Lock()


class _Wanted(msgspec.Struct, frozen=True):
    """What is asked for, as it was read, and where it is."""

    filters: Filters
    nominations: list[Nominated]
    files: Files
    templates: Path


class _Made(msgspec.Struct, frozen=True):
    filters: Filters
    count: int
    packed: Packed


def _wanted(call: Call) -> _Wanted:
    edition = _found(call)
    form = programmes.form_definition(call.db, edition.id)
    filters = asked_filters(call, form)
    rows = lists.all_listed(call.db, scope_of(call, edition, drafts=False), filters, needed(form))
    if not rows:
        raise Refused("nothing", _("Nothing of this list is handed in."))
    if len(rows) > MOST:
        raise _too_much()
    read = _read(call, edition, rows)
    if sum(file["size"] for one in read for file in one.files) > MOST_BYTES:
        raise _too_much()
    settings = call.site.settings
    return _Wanted(filters, read, call.site.files, settings.templates / "documents")


def _packed(wanted: _Wanted) -> _Made:
    if not _one_at_a_time.acquire(blocking=False):
        words = _("Another such file is being made. Please try again in a minute.")
        raise TooMany("busy", words, retry_after=_PATIENCE)
    try:
        made = pack(wanted.nominations, wanted.files, lambda one: _typeset(wanted.templates, one))
    finally:
        _one_at_a_time.release()
    return _Made(wanted.filters, len(wanted.nominations), made)


@routes.post(
    "/admin/editions/{slug:str}/nominations/package",
    policy=policy.may_read_submitted,
    again=nominations,
    prepare=Prepare(read=_wanted, slow=_packed),
)
def package(call: Call, slug: str) -> Answer:
    edition = _found(call)
    made: _Made = call.prepared
    counts = {"rows": made.count, "missing": made.packed.missing}
    actions.take_along(call.db, edition, made.filters, **counts, by=call.actor, at=call.now)
    day = local_time(call.now).date().isoformat()
    return sent(made.packed.file, "application/zip", f"{folded(_('Nominations'))}-{slug}-{day}.zip")


def _found(call: Call) -> Edition:
    call.allow(policy.may_list)
    edition = programmes.edition(call.db, call.params["slug"])
    checking = queries.days(call.db, edition.id).are_checked(call.now)
    call.allow(policy.may_read_submitted, submitted=True, checking=checking)
    return edition


def _too_much() -> Refused:
    words = _(
        "At most %(most)s nominations and %(size)s GB fit into one file. Please narrow the list.",
        most=number(MOST),
        size=number(MOST_BYTES / 1e9),
    )
    return Refused("too_much", words)


def _read(call: Call, edition: Edition, rows: list[Row]) -> list[Nominated]:
    """All that is packed, but for the files: texts are small."""
    found = packing.submissions(call.db, [row.id for row in rows])
    programme, states = programmes.programme_name(call.db), words_of_state()
    read = []
    for row in rows:
        answers, version, sha256 = found[row.id]
        form = programmes.form_definition(call.db, edition.id, version)
        about = printed.About(
            programme=programme,
            edition=local(edition.name),
            title=row.title,
            title_parts=title_parts(row.title_parts),
            network=row.network_name,
            facts=((_("Reference"), row.reference),) if row.reference else (),
            received_at=row.received_at,
            sha256=sha256,
            is_invented=edition.is_synthetic,
        )
        read.append(
            Nominated(
                reference=row.reference or row.id,
                title=row.title,
                network=row.network_name,
                status=states[row.status][1],
                received_at=row.received_at or call.now,
                document=printed.nomination(about, reading(form, answers, ADMINISTRATOR)),
                text=canonical_text(answers).encode(),
                files=list(handed_in(answers)),
            )
        )
    return read


def _typeset(templates: Path, one: Nominated) -> bytes:
    return pdf.typeset(templates, "nomination", one.document, at=one.received_at)
