"""What the pages beside that of a run look up: the run without what a conflict hides."""

from collections.abc import Sequence
from typing import Any

import msgspec

from award.kit.i18n import gettext as _
from award.programmes import queries as programmes
from award.ranking import queries
from award.ranking.models import Run
from award.ranking.pages.finding import Found, frame
from award.ranking.standings import Standing, standings
from award.web.call import Call


class Seen(msgspec.Struct, frozen=True):
    """A run, its order, and the nominations that the reader may know of."""

    run: Run
    ranked: list[Standing]
    named: dict[str, queries.Ranked]
    hidden: int


def seen(call: Call, found: Found, run: Run) -> Seen:
    named, hidden = visible(call, found, [queries.whole(run)])
    return Seen(run, standings(run.result), named, hidden)


def visible(call: Call, found: Found, some: Sequence[Run]) -> tuple[dict[str, queries.Ranked], int]:
    """The nominations of runs by id, and how many a conflict hides from the reader."""
    ids = {one for run in some for one in run.input["nominations"]}
    hidden = queries.hidden_from(call.db, found.seat) & ids
    return queries.nominations(call.db, ids - hidden), len(hidden)


def beside(call: Call, found: Found, of: Seen, title: str) -> dict[str, Any]:
    """What such a page has in common with that of its run."""
    above = frame(call, found, found.round_of(of.run), [])
    crumbs = [*above["crumbs"][:-1], (_("Ranking"), f"{found.base}/{of.run.id}"), (title, None)]
    return {
        **above,
        "crumbs": crumbs,
        "run": of.run,
        "named": of.named,
        "hidden": of.hidden,
        "winners": sum(one.winner for one in of.ranked),
        "criteria": {one.key: one for one in programmes.criteria(call.db, found.edition.id)},
    }
