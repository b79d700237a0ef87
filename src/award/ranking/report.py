"""A run as a document to be read and kept: the data of `ranking.typ`; pure."""

from collections.abc import Sequence
from typing import Any

from award.kit import i18n
from award.kit.i18n import gettext as _
from award.kit.i18n import moment, ngettext, number, percent
from award.ranking import said
from award.ranking.exported import Exported
from award.ranking.methods import METHODS, compared
from award.ranking.recomputable import command
from award.ranking.standings import Standing

_MOST = 100  # places in the table; a spreadsheet holds them all
_CERTAIN = 0.99


def report(run: Exported, drawing: str) -> dict[str, Any]:
    """Of the drawing the SVG; no juror is told of."""
    ranked = run.ranked
    notice = _("Practice round: all nominations, people and scores are invented.")
    return {
        "title": _("Ranking: %(round)s", round=run.round),
        "author": run.programme,
        "edition": run.edition,
        "lang": i18n.language.get(),
        "notices": [notice] if run.is_invented else [],
        "facts": _facts(run),
        "foot": f"SHA-256 {run.input_sha256}",
        "pages": _("Page {page} of {pages}"),
        "answer": said.answered(run.result, run.ranked),
        "advice": _("The ranking is advice. People decide who wins, and give reasons."),
        "drawing": _drawing(drawing) if ranked else None,
        "tables": [_places(run, ranked), _methods(run, ranked), _weights(run)] if ranked else [],
        "unranked": _unranked(run),
        "computed": _computed(run),
    }


def _facts(run: Exported) -> list[tuple[str, str]]:
    return [
        (_("Computed"), moment(run.at)),
        (_("Score sheets"), number(run.result["sheets"])),
        (_("Nominations"), number(len(run.input["nominations"]))),
    ]


def _drawing(svg: str) -> dict[str, str]:
    return {
        "heading": _("How certain are the places?"),
        "svg": svg,
        "alt": _("Scores of the first nominations with their ranges; the same numbers follow."),
        "words": _(
            "Point: the corrected score, 0 to 100. Line: in nine of ten cases the score would lie "
            "here if other equally able jurors had been drawn."
        ),
        "key": _(
            "Blue and filled: clearly among the first. Brown: chance may decide. Grey: clearly "
            "behind."
        ),
    }


def _places(run: Exported, ranked: Sequence[Standing]) -> dict[str, Any]:
    rows = []
    for one in ranked[:_MOST]:
        who = run.named[one.id]
        cells = (
            *(number(one.rank), f"{who.title}\n{who.network_name}", number(one.sheets)),
            *(number(one.mean, 1), number(one.score, 1)),
            *(f"{number(one.rank_low)} – {number(one.rank_high)}", _chance(one)),
        )
        rows.append({"cells": cells, "is_last": one.rank == run.winners})
    headings = (
        *(_("Place"), _("Nomination"), _("Sheets"), _("Mean"), _("Corrected")),
        _("Place lies between"),
        ngettext("Chance of the first place", "Among the first %(num)s", run.winners),
    )
    notes = [
        ngettext(
            "The strong line is below the first place.",
            "The strong line is below place %(num)s, the last one that wins.",
            run.winners,
        )
    ]
    if len(ranked) > _MOST:
        notes.append(_("Only the first %(count)s places stand here.", count=number(_MOST)))
    return _table(_("All places"), headings, rows, wide=1, note=" ".join(notes))


def _chance(one: Standing) -> str:
    if one.p_winner > _CERTAIN:
        return f"> {percent(_CERTAIN)}"
    return f"< {percent(1 - _CERTAIN)}" if one.p_winner < 1 - _CERTAIN else percent(one.p_winner)


def _methods(run: Exported, ranked: Sequence[Standing]) -> dict[str, Any]:
    names = said.methods()
    rows = [
        {
            "cells": (run.named[row.standing.id].title, *map(number, row.places)),
            "is_last": row.standing.rank == run.winners,
        }
        for row in compared(ranked)
    ]
    headings = (_("Nomination"), *(names[one] for one in METHODS))
    note = _("What decides is the corrected score, as it was fixed before judging began.")
    return _table(_("The same scores by other methods"), headings, rows, wide=0, note=note)


def _weights(run: Exported) -> dict[str, Any]:
    given = run.input["criteria"]
    whole = sum(one["weight"] for one in given)
    stable = run.result["weights"]["stability"]
    rows = []
    for one in given:
        low, high = stable[one["key"]]
        cells = (
            f"{one['key']} {run.criteria.get(one['key'], '')}".strip(),
            percent(one["weight"] / whole),
            f"{percent(low)} – {percent(high)}",
        )
        rows.append({"cells": cells, "is_last": False})
    headings = (_("Criterion"), _("Weight"), _("The same nominations win between"))
    return _table(_("Weights"), headings, rows, wide=0)


def _unranked(run: Exported) -> dict[str, Any] | None:
    """Who has too few sheets for a place."""
    found = run.result["not_ranked"]
    if not found:
        return None
    return {
        "heading": _("Not ranked"),
        "words": ngettext(
            "Not enough scores: at least %(num)s score sheet is needed.",
            "Not enough scores: at least %(num)s score sheets are needed.",
            run.parameters["min_sheets"],
        ),
        "names": [f"{run.named[one['id']].title} ({number(one['sheets'])})" for one in found],
    }


def _table(
    heading: str, headings: Sequence[str], rows: list[dict[str, Any]], *, wide: int, note: str = ""
) -> dict[str, Any]:
    """`wide` is the column that holds words; the others hold numbers."""
    return {"heading": heading, "headings": headings, "rows": rows, "wide": wide, "note": note}


def _computed(run: Exported) -> dict[str, Any]:
    rules = run.parameters
    return {
        "heading": _("How it was computed"),
        "words": [
            _(
                "Who judges mildly has that taken off, who judges strictly gets it added. It is "
                "measured only on nominations that others read too. All jurors count equally."
            ),
            _(
                "A nomination with few sheets stays nearer to the middle of the field than one "
                "with many, because few sheets cannot say all."
            ),
            _(
                "What was left open was drawn %(draws)s times anew. The chance says in how many "
                "of these a nomination was among the winners.",
                draws=number(rules["draws"]),
            ),
        ],
        "facts": [
            (_("Winners"), number(rules["winners"])),
            (_("Least number of sheets"), number(rules["min_sheets"])),
            (_("Least share of the weight on a sheet"), percent(rules["min_weight_present"])),
            (_("Among equals decide"), ", ".join(rules["tie_breakers"]) or "–"),
            (_("Software"), run.software),
            (_("Hash of the input"), run.input_sha256),
            (_("Hash in the result"), run.result["sha256"]),
        ],
        "again": _("With the files of this run anybody can compute it again:"),
        "command": command(run) if run.result["nominations"] else "",
    }
