"""Other weights on trial: nothing of it is stored."""

from collections.abc import Mapping
from typing import Any

import msgspec

from award.kit.i18n import gettext as _
from award.ranking import hanging, queries
from award.ranking.changes import Change, change
from award.ranking.hanging import Line, Similar
from award.ranking.pages.finding import BASE, find
from award.ranking.pages.seen import Seen, beside, seen
from award.ranking.policy import may_see_ranking
from award.ranking.reweighted import Moved, reweighted
from award.web.call import Answer, Call, Page
from award.web.forms import Typed, number_within
from award.web.routes import Routes

MOST = 100
_BEYOND = 3  # places behind the last winner that are shown

routes = Routes()


class Slider(msgspec.Struct, frozen=True):
    """The weight of a criterion on trial; what cannot be read stays as it was typed."""

    key: str
    declared: float
    value: float
    typed: str
    error: str = ""


class Trial(msgspec.Struct, frozen=True):
    """The first places by the weights on trial, none if all are 0.

    `shares` is what each criterion then has of the whole weight.
    """

    is_declared: bool
    moved: list[Moved]
    change: Change
    shares: list[tuple[str, float]]


class Weighing(msgspec.Struct, frozen=True):
    """How far the weights decide, and a trial; without one if a weight cannot be read."""

    lines: list[Line]
    similar: Similar
    sliders: list[Slider]
    trial: Trial | None

    @property
    def errors(self) -> dict[str, str]:
        return {one.key: one.error for one in self.sliders if one.error}


@routes.get(BASE + "/{run_id:str}/weights", policy=may_see_ranking)
def show_weights(call: Call, slug: str, run_id: str) -> Answer:
    found = find(call, slug)
    call.allow(may_see_ranking, found.seat, is_opened=bool(found.opened))
    of = seen(call, found, queries.run(call.db, found.edition.id, run_id))
    shown = weighing(of, call.query)
    errors = shown.errors if shown else {}
    context = {**beside(call, found, of, _("Other weights")), "weighing": shown, "errors": errors}
    template = "ranking/_weighing.html" if shown and call.is_htmx else "ranking/weights.html"
    return Page(template, context, status=422 if errors else 200)


def weighing(of: Seen, asked: Typed) -> Weighing | None:
    """By the weights that the address asks for; None where nothing can be told to the reader."""
    if of.hidden or not of.ranked:
        return None
    frozen, result = of.run.input, of.run.result
    sliders = [_slider(one, asked) for one in frozen["criteria"]]
    is_read = not any(one.error for one in sliders)
    return Weighing(
        lines=hanging.lines(frozen, result, of.ranked),
        similar=hanging.similar(result, of.ranked),
        sliders=sliders,
        trial=_trial(of, sliders) if is_read else None,
    )


def _slider(criterion: Mapping[str, Any], asked: Typed) -> Slider:
    key, declared = criterion["key"], criterion["weight"]
    if key not in asked:
        return Slider(key, declared, declared, f"{declared:g}")
    raw = asked.get(key).strip()
    try:
        value = number_within(raw, 0, MOST)
    except ValueError as error:
        return Slider(key, declared, declared, raw, str(error))
    return Slider(key, declared, value, f"{value:g}")


def _trial(of: Seen, sliders: list[Slider]) -> Trial:
    whole = sum(one.value for one in sliders)
    moved = reweighted(of.ranked, {one.key: one.value for one in sliders})
    winners = [one.standing.id for one in moved if one.wins]
    return Trial(
        is_declared=all(one.value == one.declared for one in sliders),
        moved=moved[: len(winners) + _BEYOND],
        change=change(of.ranked, winners),
        shares=[(one.key, one.value / whole) for one in sliders] if whole else [],
    )
