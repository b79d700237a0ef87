"""What the page of a run shows, from the answer in words down to each juror."""

from collections.abc import Mapping, Sequence
from typing import Any

from award.accounts.states import states
from award.kit.i18n import local
from award.programmes import queries as programmes
from award.programmes.models import Criterion
from award.ranking import agreement, drawn, heat, methods, queries, said
from award.ranking.explained import explained
from award.ranking.models import Run
from award.ranking.pages.finding import Found, rules_of
from award.ranking.pages.seen import Seen
from award.ranking.pages.supposing import supposing
from award.ranking.pages.weighing import weighing
from award.ranking.standings import Standing, standings
from award.web.call import Call
from award.web.forms import Typed

_SORTS = ("rank", "sheets", "mean", "score", "p_winner")
_FIRST = 25  # rows of the table
_USEFUL = 5  # nominations that one more sheet is proposed for


def asked(call: Call) -> tuple[str, str]:
    """What of the address changes the first rows of a run's page."""
    return _sort(call), call.query.get("nomination")


def shown(call: Call, found: Found, run: Run, conflicts: frozenset[str]) -> dict[str, Any]:
    """Without the nominations that a conflict hides from the reader."""
    hidden = conflicts & set(run.input["nominations"])
    ranked = standings(run.result)
    rows = [one for one in ranked if one.id not in hidden]
    named = queries.nominations(call.db, set(run.input["nominations"]) - hidden)
    of = Seen(run, ranked, named, len(hidden))
    criteria = {one.key: one for one in programmes.criteria(call.db, found.edition.id)}
    return {
        "run": run,
        "rows": rows,
        "named": named,
        "hidden": len(hidden),
        "winners": sum(one.winner for one in ranked) or run.parameters["winners"],
        "ranked": len(ranked),
        "answer": said.answered(run.result, ranked),
        "criteria": criteria,
        "states": {one["key"]: local(one) for one in states()},
        **rules_of(call, found, found.round_of(run)),
        "weighing": weighing(of, Typed()),
        "supposing": supposing(of, Typed()),
        **(_details(call, of, rows, criteria) if rows else {}),
    }


def _details(
    call: Call, of: Seen, rows: list[Standing], criteria: Mapping[str, Criterion]
) -> dict[str, Any]:
    result, first, table = of.run.result, rows[: drawn.MOST], _table(call, rows)
    words = {key: local(one.name) for key, one in criteria.items()}
    by_mean = methods.places_by(of.ranked, "mean")
    compared = [one for one in methods.compared(of.ranked) if one.standing.id in of.named]
    return {
        **table,
        "otherwise": {
            one.id: said.otherwise(one, by_mean[one.id], words) for one in table["table"]
        },
        **_jury(call, of.run, first),
        "plot": drawn.places(first, of.named),
        "explained": explained(of.run.input, result, _asked(call, rows)),
        "methods": said.methods(),
        "compared": compared,
        "agreeing": methods.agreeing(compared),
        "reliability": agreement.reliability(result),
        "useful": [one for one in result["sharpen"] if one["id"] in of.named][:_USEFUL],
    }


def _jury(call: Call, run: Run, first: list[Standing]) -> dict[str, Any]:
    """The jurors from strict to mild; `names` has those too of whom no sheet counts."""
    result, names = run.result, queries.jurors(call.db, {s["juror"] for s in run.input["sheets"]})
    jurors = drawn.by_effect(result)
    return {
        "names": names,
        "initials": {one: _initials(name) for one, name in names.items()},
        "jurors": jurors,
        "half": drawn.HALF,
        "strictness": drawn.jurors(jurors, names),
        "heat": heat.rows(result, first, [one["id"] for one in jurors]),
    }


def _initials(name: str) -> str:
    parts = [one for one in name.split() if one[0].isalpha() and not one.endswith(".")]
    return "".join(one[0] for one in (parts[0], parts[-1])) if parts else "–"


def _table(call: Call, rows: Sequence[Standing]) -> dict[str, Any]:
    """The rows in the order that the address asks for, the first ones or all."""
    key = _sort(call)
    ordered = sorted(rows, key=lambda one: getattr(one, key), reverse=key != "rank")
    is_all = len(rows) <= _FIRST or call.query.get("all") == "1"
    return {"sort": key, "is_all": is_all, "table": ordered if is_all else ordered[:_FIRST]}


def _sort(call: Call) -> str:
    key = call.query.get("sort")
    return key if key in _SORTS else "rank"


def _asked(call: Call, rows: Sequence[Standing]) -> Standing:
    asked = call.query.get("nomination")
    return next((row for row in rows if row.id == asked), rows[0])
