"""Runs and standings of an opened round."""

from typing import Any

import msgspec

from award.accounts.states import states
from award.jury import queries as jury
from award.jury.models import Seat
from award.kit.errors import NotFound
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.kit.tables import CSV_TYPE
from award.programmes import queries as programmes
from award.programmes.models import Edition, Round
from award.programmes.policy import may_oversee
from award.ranking import actions, plot, queries
from award.ranking.explained import explained
from award.ranking.export import STANDING_COLUMNS, as_csv, as_json, standing_rows
from award.ranking.forms import Compute
from award.ranking.models import Run
from award.ranking.policy import may_compute, may_export, may_see_ranking
from award.web.call import Answer, Call, page, see
from award.web.files import download
from award.web.forms import whole
from award.web.routes import Routes

routes = Routes()
_BASE = "/admin/editions/{slug:str}/ranking"


class _Found(msgspec.Struct, frozen=True):
    """The edition of the address, its opened rounds (latest first) and the reader's seat."""

    edition: Edition
    opened: list[Round]
    seat: Seat | None

    def round_at(self, position: int) -> Round:
        found = next((one for one in self.opened if one.position == position), None)
        if found is None:
            raise NotFound
        return found


@routes.get(_BASE, policy=may_see_ranking)
def show(call: Call, slug: str) -> Answer:
    found = _find(call, slug)
    call.allow(may_see_ranking, found.seat, is_opened=bool(found.opened))
    asked = whole(call.query.get("round"))
    round_ = found.opened[0] if asked is None else found.round_at(asked)
    all_runs = queries.runs(call.db, found.opened)
    run = next((one for one in all_runs if one.round_id == round_.id), None)
    if run is not None:
        return _shown(call, found, run, all_runs)
    return page("ranking/none.html", **_frame(call, found, round_, all_runs))


@routes.get(_BASE + "/{run_id:str}", policy=may_see_ranking)
def show_run(call: Call, slug: str, run_id: str) -> Answer:
    found = _find(call, slug)
    call.allow(may_see_ranking, found.seat, is_opened=bool(found.opened))
    run = queries.run(call.db, found.edition.id, run_id)
    return _shown(call, found, run, queries.runs(call.db, found.opened))


@routes.post(_BASE, policy=may_compute, again=show)
def compute(call: Call, slug: str) -> Answer:
    found = _find(call, slug)
    call.allow(may_compute, found.seat, is_opened=bool(found.opened))
    round_ = found.round_at(call.form(Compute).round)
    run = actions.compute_run(call.db, round_, by=call.actor, at=call.now)
    return see(f"/admin/editions/{slug}/ranking/{run.id}")


@routes.get(_BASE + "/{run_id:str}/standings.csv", policy=may_export)
def standings_csv(call: Call, slug: str, run_id: str) -> Answer:
    run = _exported(call, slug, run_id)
    named = queries.nominations(call.db, run.input["nominations"])
    rows = standing_rows(run.result, named)
    return download(as_csv(STANDING_COLUMNS, rows), CSV_TYPE, f"ranking-{run.id}.csv")


@routes.get(_BASE + "/{run_id:str}/run.json", policy=may_export)
def run_json(call: Call, slug: str, run_id: str) -> Answer:
    run = _exported(call, slug, run_id)
    told: dict[str, Any] = {
        name: getattr(run, name)
        for name in ("id", "method", "software", "parameters", "input_sha256", "input", "result")
    }
    content = as_json({**told, "computed_at": run.at.isoformat()})
    return download(content, "application/json", f"ranking-{run.id}.json")


def _exported(call: Call, slug: str, run_id: str) -> Run:
    found = _find(call, slug)
    hidden = queries.hidden_from(call.db, found.seat)
    call.allow(may_export, found.seat, hidden, is_opened=bool(found.opened))
    return queries.run(call.db, found.edition.id, run_id)


def _find(call: Call, slug: str) -> _Found:
    edition = programmes.edition(call.db, slug)
    seat = jury.seat_of(call.db, edition.id, call.actor.account_id)
    return _Found(edition, queries.opened_rounds(call.db, edition.id), seat)


def _frame(call: Call, found: _Found, round_: Round, all_runs: list[Run]) -> dict[str, Any]:
    """What the pages have in common."""
    base = f"/admin/editions/{found.edition.slug}"
    above = base if call.can(may_oversee) else None
    return {
        "edition": found.edition,
        "round": round_,
        "rounds": {one.id: one for one in found.opened},
        "runs": all_runs,
        "can_compute": call.can(may_compute, found.seat, is_opened=True),
        "base": f"{base}/ranking",
        "crumbs": [(local(found.edition.name), above), (_("Ranking"), None)],
    }


def _shown(call: Call, found: _Found, run: Run, all_runs: list[Run]) -> Answer:
    """The page of a run, without the nominations that a conflict hides from the reader."""
    ranked = set(run.input["nominations"])
    hidden = queries.hidden_from(call.db, found.seat) & ranked
    named = queries.nominations(call.db, ranked - hidden)
    rows = [one for one in run.result["standings"] if one["nomination"] in named]
    chosen = call.query.get("nomination") or next((one["nomination"] for one in rows), "")
    round_ = next(one for one in found.opened if one.id == run.round_id)
    winners = found.edition.winners
    drawn = [(o["place"], named[o["nomination"]].title, o["mean"]) for o in rows]
    return page(
        "ranking/run.html",
        **_frame(call, found, round_, all_runs),
        run=run,
        rows=rows,
        named=named,
        hidden=len(hidden),
        winners=winners,
        gap=None if hidden else _gap(run, winners),
        plot=plot.dots(drawn, winners),
        explained=explained(run.input, run.result, chosen) if chosen in named else None,
        jurors=queries.jurors(call.db, {one["juror"] for one in run.input["sheets"]}),
        criteria={one.key: one for one in programmes.criteria(call.db, found.edition.id)},
        states={one["key"]: local(one) for one in states()},
        can_export=call.can(may_export, found.seat, hidden, is_opened=True),
    )


def _gap(run: Run, winners: int) -> float | None:
    """How far the last winner stands before the next one; None where nobody comes next."""
    means = [one["mean"] for one in run.result["standings"]]
    return means[winners - 1] - means[winners] if len(means) > winners else None
