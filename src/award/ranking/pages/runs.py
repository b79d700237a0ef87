"""Computing the ranking of an opened round, and the page of a run."""

from markupsafe import Markup

from award.audit.actions import HOUSE
from award.audit.queries import head
from award.kit import i18n
from award.kit.lately import Lately
from award.kit.links import link
from award.kit.templates import render
from award.ranking import actions, queries
from award.ranking.actions import Computed, computed
from award.ranking.forms import Compute
from award.ranking.models import Run
from award.ranking.pages.finding import BASE, Found, find, frame, rules_of
from award.ranking.pages.shown import asked, shown
from award.ranking.policy import may_compute, may_export, may_see_ranking
from award.ranking.queries import Given
from award.web.call import Answer, Call, Data, Fragment, Page, page, see
from award.web.forms import whole
from award.web.render import plain_surroundings
from award.web.routes import Prepare, Routes

routes = Routes()
_BODIES: Lately[Markup] = Lately(32)


@routes.get(BASE, policy=may_see_ranking)
def show(call: Call, slug: str) -> Answer:
    found = find(call, slug)
    call.allow(may_see_ranking, found.seat, is_opened=bool(found.opened))
    asked = whole(call.query.get("round") or call.typed.get("round"))
    round_ = found.opened[0] if asked is None else found.round_at(asked)
    all_runs = queries.runs(call.db, found.opened)
    run = next((one for one in all_runs if one.round_id == round_.id), None)
    if run is not None:
        return _page(call, found, run, all_runs)
    return page(
        "ranking/none.html",
        **frame(call, found, round_, all_runs),
        **rules_of(call, found, round_),
    )


@routes.get(BASE + "/{run_id:str}", policy=may_see_ranking)
def show_run(call: Call, slug: str, run_id: str) -> Answer:
    found = find(call, slug)
    call.allow(may_see_ranking, found.seat, is_opened=bool(found.opened))
    run = queries.run(call.db, found.edition.id, run_id)
    return _page(call, found, run, queries.runs(call.db, found.opened))


@routes.get(BASE + "/computing", policy=may_see_ranking)
def computing(call: Call, slug: str) -> Answer:
    """How a job stands; once it is done, the page of its result."""
    found = find(call, slug)
    call.allow(may_see_ranking, found.seat, is_opened=bool(found.opened))
    round_ = found.round_at(whole(call.query.get("round")) or found.opened[0].position)
    waiting = queries.waiting(call.db, round_.id)
    here = link(found.base, round=round_.position)
    if waiting is None and call.is_htmx:
        return Data(b"", "text/html; charset=utf-8", {"HX-Redirect": here})
    shown = {"base": found.base, "round": round_, "waiting": waiting}
    return Fragment("ranking/_computing.html", here, shown)


def _given(call: Call) -> Given | int:
    """What is computed from at once, or how many sheets there are for a job."""
    found = find(call, call.params["slug"])
    call.allow(may_compute, found.seat, is_opened=bool(found.opened))
    round_ = found.round_at(call.form(Compute).round)
    sheets = queries.sheet_count(call.db, round_)
    return sheets if sheets > queries.LARGE else queries.given(call.db, round_)


def _computed(found: Given | int) -> Computed | int:
    return found if isinstance(found, int) else computed(found)


@routes.post(BASE, policy=may_compute, again=show, prepare=Prepare(read=_given, slow=_computed))
def compute(call: Call, slug: str) -> Answer:
    found = find(call, slug)
    call.allow(may_compute, found.seat, is_opened=bool(found.opened))
    round_ = found.round_at(call.form(Compute).round)
    result: Computed | int = call.prepared
    if isinstance(result, int):
        actions.ask(call.db, round_, sheets=result, by=call.actor, at=call.now)
        return see(found.base, round=round_.position)
    run = actions.keep_run(call.db, round_, result, by=call.actor, at=call.now)
    return see(f"{found.base}/{run.id}")


def _page(call: Call, found: Found, run: Run, all_runs: list[Run]) -> Answer:
    """What depends on nothing but the run, its reader and the address is drawn once.

    Whatever else it shows, such as a name, was changed by an act that stands in the log: the
    number of entries there is its version.
    """
    hidden = queries.hidden_from(call.db, found.seat)
    framed = {
        **frame(call, found, found.round_of(run), all_runs),
        "can_export": call.can(may_export, found.seat, hidden, is_opened=True),
    }
    key = (
        *(run.id, i18n.language.get(), i18n.zone.get(), hidden, framed["can_compute"]),
        *asked(call),
        *(head(call.db, chain)[0] for chain in (found.edition.id, HOUSE)),
    )

    def draw() -> Markup:
        context = {
            **plain_surroundings(call),
            **framed,
            **shown(call, found, queries.whole(run), hidden),
        }
        return Markup(render("ranking/_run.html", **context))  # noqa: S704 - a template's own

    # All rows of a large round are megabytes, and seldom looked at twice.
    body = draw() if call.query.get("all") else _BODIES.get(key, draw)
    return Page("ranking/run.html", {**framed, "run": run, "body": body}, is_tagged=True)
