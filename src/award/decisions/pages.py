"""Proposing and confirming the winners."""

from collections.abc import Iterator
from typing import Any

import msgspec

from award.accounts.queries import names
from award.decisions import actions, queries
from award.decisions.forms import Confirmation, parsed
from award.decisions.models import Decision
from award.decisions.policy import may_confirm, may_propose, may_see_decision
from award.jury import queries as jury
from award.jury.models import Seat
from award.kit.errors import NotFound
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.programmes import queries as programmes
from award.programmes.calendar import wall_clock
from award.programmes.models import Edition, Round
from award.programmes.policy import may_oversee
from award.ranking import queries as ranking
from award.ranking.models import Run
from award.ranking.standings import Standing, standings
from award.web.again import AGAIN, require_password
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()
_BASE = "/admin/editions/{slug:str}/decisions"


class _Found(msgspec.Struct, frozen=True):
    """The edition of the address, its last round, what stands, and the reader's seat."""

    edition: Edition
    round: Round | None
    is_opened: bool
    decision: Decision | None
    seat: Seat | None

    @property
    def base(self) -> str:
        return f"/admin/editions/{self.edition.slug}"


@routes.get(_BASE, policy=may_see_decision)
def show(call: Call, slug: str, **_of_the_form: str) -> Answer:
    found = _find(call, slug)
    call.allow(may_see_decision, found.seat, is_opened=found.is_opened)
    shown = _frame(call, found)
    if found.decision is None:
        return page("decisions/none.html", **shown)
    return page("decisions/decision.html", **shown, **_decision(call, found, found.decision))


@routes.get(_BASE + "/proposal", policy=may_propose)
def show_proposal(call: Call, slug: str) -> Answer:
    found = _find(call, slug)
    call.allow(may_propose, *_first(call, found), is_opened=found.is_opened)
    run = _run(call, found)
    if run is None:
        raise NotFound
    return page("decisions/proposal.html", **_frame(call, found), **_form(call, found, run))


@routes.post(_BASE + "/proposal", policy=may_propose, again=show_proposal)
def propose(call: Call, slug: str) -> Answer:
    found = _find(call, slug)
    call.allow(may_propose, *_first(call, found), is_opened=found.is_opened)
    edition = found.edition
    form, winners, embargo = parsed(call.typed, edition.winners, edition.time_zone)
    actions.propose(
        call.db,
        edition,
        ranking.run(call.db, edition.id, form.run),
        winners=winners,
        embargo_until=embargo,
        seen_version=form.version,
        by=call.actor,
        at=call.now,
    )
    return see(f"{found.base}/decisions")


@routes.post(
    _BASE + "/{decision_id:str}/confirmation", policy=may_confirm, again=show, prepare=AGAIN
)
def confirm(call: Call, slug: str, decision_id: str) -> Answer:
    found = _find(call, slug)
    call.allow(may_see_decision, found.seat, is_opened=found.is_opened)
    decision = queries.standing_decision(call.db, found.edition.id, decision_id)
    call.allow(may_confirm, *_second(call, found, decision), is_opened=found.is_opened)
    require_password(call)
    actions.confirm(
        call.db,
        found.edition,
        decision,
        seen_sha256=call.form(Confirmation).sha256,
        public_url=call.site.settings.public_url,
        by=call.actor,
        at=call.now,
    )
    return see(f"{found.base}/decisions")


def _find(call: Call, slug: str) -> _Found:
    edition = programmes.edition(call.db, slug)
    last = queries.last_round(call.db, edition.id)
    return _Found(
        edition,
        last,
        last is not None and jury.is_opened(call.db, last.id),
        queries.decision(call.db, edition.id),
        jury.seat_of(call.db, edition.id, call.actor.account_id),
    )


def _run(call: Call, found: _Found) -> Run | None:
    return ranking.latest_run(call.db, found.round.id) if found.round else None


def _frame(call: Call, found: _Found) -> dict[str, Any]:
    """What the pages have in common."""
    above = found.base if call.can(may_oversee) else None
    may = call.can(may_propose, *_first(call, found), is_opened=found.is_opened)
    return {
        "edition": found.edition,
        "awards": found.edition.winners,
        "base": f"{found.base}/decisions",
        "ranking": f"{found.base}/ranking",
        "newest": _run(call, found),
        "can_propose": may,
        "crumbs": [(local(found.edition.name), above), (_("Decision"), None)],
    }


def _first(call: Call, found: _Found) -> tuple[Any, ...]:
    """What the policy of proposing looks at."""
    return found.seat, found.decision, ranking.hidden_from(call.db, found.seat)


def _second(call: Call, found: _Found, decision: Decision) -> tuple[Any, ...]:
    """What the policy of confirming looks at."""
    chosen = {one.nomination_id for one in queries.winners(call.db, decision.id)}
    hidden = ranking.hidden_from(call.db, found.seat) & chosen
    own = jury.own_grant(call.db, call.actor.account_id)
    return found.seat, decision, own, hidden, call.now


def _decision(call: Call, found: _Found, decision: Decision) -> dict[str, Any]:
    """The proposal or decision as this reader may see it, and whether it is theirs to confirm."""
    awards = found.edition.winners
    run = ranking.run(call.db, found.edition.id, decision.run_id or "")
    hidden = ranking.hidden_from(call.db, found.seat)
    named = ranking.nominations(call.db, set(run.input["nominations"]) - hidden)
    rows = queries.winners(call.db, decision.id)
    chosen = {one.nomination_id for one in rows}
    first = [one for one in standings(run.result) if one.rank <= awards]
    verdict = may_confirm(call.actor, *_second(call, found, decision), is_opened=found.is_opened)
    return {
        "decision": decision,
        "run": run,
        "proposed": queries.proposed(rows, run, named, awards),
        "left_out": len(chosen & hidden),
        "passed_over": [
            (one.rank, named[one.id]) for one in first if one.id in named and one.id not in chosen
        ],
        "people": names(call.db, [decision.proposed_by, decision.confirmed_by]),
        "second": verdict,
        "letters": queries.letters(call.db, found.edition.id),
    }


def _form(call: Call, found: _Found, run: Run) -> dict[str, Any]:
    """The form's choices, filled with what stands, else with the first places."""
    named = ranking.nominations(call.db, run.input["nominations"])
    ranked = standings(run.result)
    standing = queries.winners(call.db, found.decision.id) if found.decision else []
    filled = [(one.nomination_id, one.reason, one.deviation_reason) for one in standing]
    filled += [(one.id, "", "") for one in ranked][len(filled) :]
    planned = programmes.phase(call.db, found.edition.id, "announcement")
    day = planned.starts_at if planned else None
    embargo = found.decision.embargo_until if found.decision else day
    return {
        "run": run,
        "decision": found.decision,
        "options": [("", _("Please choose")), *_options(ranked, named)],
        "filled": filled[: found.edition.winners],
        "embargo": wall_clock(embargo, found.edition.time_zone),
    }


def _options(ranked: list[Standing], named: dict[str, ranking.Ranked]) -> Iterator[tuple[str, str]]:
    """The ranked nominations to choose from, the first place first."""
    for one in ranked:
        who = named[one.id]
        place = _("place %(place)s", place=one.rank)
        yield who.id, f"{place}: {who.title} ({who.network_name})"
