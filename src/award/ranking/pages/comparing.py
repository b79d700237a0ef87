"""Two runs side by side: what differs, and the places."""

from typing import Any

import msgspec

from award.kit.i18n import gettext as _
from award.programmes import queries as programmes
from award.ranking import difference, queries
from award.ranking.difference import Pair, Sheets, Told
from award.ranking.models import Run
from award.ranking.pages.finding import BASE, Found, find, frame
from award.ranking.pages.seen import visible
from award.ranking.policy import may_see_ranking
from award.ranking.standings import standings
from award.web.call import Answer, Call, page
from award.web.routes import Routes

_FIRST = 25  # rows

routes = Routes()


class Difference(msgspec.Struct, frozen=True):
    """What the two come from; of nominations and sheets only those that the reader may know of."""

    rules: list[Told]
    weights: list[Told]
    sheets: Sheets
    more: int
    fewer: int
    is_other_input: bool
    is_other_software: bool

    def __bool__(self) -> bool:
        return bool(
            self.rules
            or self.weights
            or self.sheets
            or self.more
            or self.fewer
            or self.is_other_software
        )


@routes.get(BASE + "/compare", policy=may_see_ranking)
def compare(call: Call, slug: str) -> Answer:
    found = find(call, slug)
    call.allow(may_see_ranking, found.seat, is_opened=bool(found.opened))
    asked = [call.query.get(name) for name in ("a", "b")]
    chosen = [queries.run(call.db, found.edition.id, one) for one in asked if one]
    round_ = found.round_of(chosen[-1]) if chosen else found.opened[0]
    context = frame(call, found, round_, queries.runs(call.db, found.opened))
    crumbs = [*context["crumbs"][:-1], (_("Ranking"), found.base), (_("Side by side"), None)]
    pair = _pair(call, found, *chosen) if len(set(chosen)) == len(asked) else None
    return page("ranking/compare.html", **{**context, "crumbs": crumbs, "pair": pair})


def _pair(call: Call, found: Found, before: Run, after: Run) -> dict[str, Any]:
    named, hidden = visible(call, found, [before, after])
    rows = [
        one
        for one in difference.pairs(standings(before.result), standings(after.result))
        if one.id in named
    ]
    is_all = len(rows) <= _FIRST or call.query.get("all") == "1"
    return {
        "before": before,
        "after": after,
        "named": named,
        "hidden": hidden,
        "criteria": {one.key: one for one in programmes.criteria(call.db, found.edition.id)},
        "rows": rows if is_all else rows[:_FIRST],
        "count": len(rows),
        "is_all": is_all,
        "moved": sum(_is_moved(one) for one in rows),
        "differs": _difference(before, after, named),
    }


def _is_moved(one: Pair) -> bool:
    return one.up != 0 or one.before is None or one.after is None


def _difference(before: Run, after: Run, named: dict[str, queries.Ranked]) -> Difference:
    old, new = (set(run.input["nominations"]) & named.keys() for run in (before, after))
    return Difference(
        rules=difference.rules(before.parameters, after.parameters),
        weights=difference.weights(before.input, after.input),
        sheets=difference.sheets(before.input, after.input, named),
        more=len(new - old),
        fewer=len(old - new),
        is_other_input=before.input_sha256 != after.input_sha256,
        is_other_software=before.software != after.software,
    )
