"""A run as files: to be read, for spreadsheets, and for whoever wants to compute it again."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from award.kit import pdf
from award.kit.i18n import gettext as _
from award.kit.i18n import local, ngettext
from award.kit.tables import CSV_TYPE, XLSX_TYPE
from award.kit.templates import render
from award.nominations.folded import folded
from award.programmes import queries as programmes
from award.ranking import actions, drawn, queries, report
from award.ranking.export import STANDING_COLUMNS, as_csv, as_json, standing_rows
from award.ranking.exported import Exported
from award.ranking.forms import Export
from award.ranking.models import Run
from award.ranking.pages.finding import BASE, Found, exported
from award.ranking.plot import Plot
from award.ranking.policy import may_export
from award.ranking.recomputable import pack, whole
from award.ranking.workbook import workbook
from award.web.call import Answer, Call
from award.web.files import download
from award.web.routes import Prepare, Routes

routes = Routes()
_SVG = "image/svg+xml"


class _Wanted(msgspec.Struct, frozen=True):
    """What is asked for, as it was read, and where the documents' templates are."""

    kind: str
    run: Exported
    documents: Path


class _Made(msgspec.Struct, frozen=True):
    kind: str
    body: bytes


def _wanted(call: Call) -> _Wanted:
    found, run = exported(call, call.params["slug"], call.params["run_id"])
    kind, documents = call.form(Export).kind, call.site.settings.templates / "documents"
    return _Wanted(kind, _told(call, found, run), documents)


def _made(wanted: _Wanted) -> _Made:
    return _Made(wanted.kind, _WRITERS[wanted.kind][1](wanted))


@routes.post(
    BASE + "/{run_id:str}/export",
    policy=may_export,
    prepare=Prepare(read=_wanted, slow=_made),
)
def export(call: Call, slug: str, run_id: str) -> Answer:
    found, run = exported(call, slug, run_id)
    made: _Made = call.prepared
    actions.export(call.db, found.edition, run, kind=made.kind, by=call.actor, at=call.now)
    return download(made.body, _WRITERS[made.kind][0], _name(found, run, made.kind))


@routes.get(BASE + "/{run_id:str}/places.svg", policy=may_export)
def places_svg(call: Call, slug: str, run_id: str) -> Answer:
    found, run = exported(call, slug, run_id)
    picture = _places_drawn(_told(call, found, run))
    return download(picture.encode(), _SVG, _name(found, run, "svg"))


@routes.get(BASE + "/{run_id:str}/jurors.svg", policy=may_export)
def jurors_svg(call: Call, slug: str, run_id: str) -> Answer:
    found, run = exported(call, slug, run_id)
    ordered = drawn.by_effect(run.result)
    plot = drawn.jurors(ordered, queries.jurors(call.db, [one["id"] for one in ordered]))
    picture = _drawn(plot, _("Jurors from strict to mild."), is_signed=True)
    return download(picture.encode(), _SVG, _name(found, run, "svg", _("Jurors")))


def _told(call: Call, found: Found, run: Run) -> Exported:
    criteria = programmes.criteria(call.db, found.edition.id)
    return Exported(
        **{name: getattr(run, name) for name in _STORED},
        programme=programmes.programme_name(call.db),
        edition=local(found.edition.name),
        round=local(found.round_of(run).name),
        is_invented=found.edition.is_synthetic,
        source_url=call.site.settings.source_url,
        named=queries.nominations(call.db, run.input["nominations"]),
        criteria={one.key: local(one.name) for one in criteria},
    )


_STORED = (
    *("id", "method", "software", "at"),
    *("parameters", "input", "input_sha256", "result"),
)


def _name(found: Found, run: Run, ending: str, what: str = "") -> str:
    words = folded(_("Ranking"), what).replace(" ", "-")
    return f"{words}-{found.edition.slug}-{run.id}.{ending}"


def _csv(wanted: _Wanted) -> bytes:
    run = wanted.run
    return as_csv(STANDING_COLUMNS, standing_rows(run.ranked, run.named))


def _pdf(wanted: _Wanted) -> bytes:
    data = report.report(wanted.run, _places_drawn(wanted.run, on_paper=True))
    return pdf.typeset(wanted.documents, "ranking", data, at=wanted.run.at)


def _places_drawn(run: Exported, *, on_paper: bool = False) -> str:
    title = _("Scores of the first nominations with their ranges.")
    line = ngettext("%(num)s place", "%(num)s places", run.winners)
    plot = drawn.places(run.ranked, run.named, on_paper=on_paper)
    return _drawn(plot, title, line)


def _drawn(plot: Plot, title: str, line: str = "", *, is_signed: bool = False) -> str:
    shown = {"title": title, "cut_label": line, "width": 40, "is_signed": is_signed}
    return render("ranking/plot.svg", plot=plot, **shown)


_WRITERS: dict[str, tuple[str, Callable[[_Wanted], bytes]]] = {
    "zip": ("application/zip", lambda wanted: pack(wanted.run)),
    "xlsx": (XLSX_TYPE, lambda wanted: workbook(wanted.run)),
    "csv": (CSV_TYPE, _csv),
    "json": ("application/json", lambda wanted: as_json(whole(wanted.run))),
    "pdf": ("application/pdf", _pdf),
}
