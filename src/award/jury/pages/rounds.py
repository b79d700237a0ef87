"""What a round judges; and how the other pages find a round by its address."""

from typing import Any

from award.accounts.states import states
from award.jury import actions, policy, queries
from award.jury.models import Seat
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.programmes import queries as programmes
from award.programmes.models import Edition, Round
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()
PATH = "/admin/editions/{slug:str}/rounds/{n:int}"


@routes.get(PATH, policy=policy.may_oversee_panel)
def show_round(call: Call, slug: str, n: int) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_oversee_panel)
    round_ = programmes.round_at(call.db, edition.id, n)
    return page(
        "jury/round.html",
        **about(call, edition, round_, _("Nominations")),
        entries=queries.entries(call.db, round_.id),
        waiting=queries.unentered(call.db, edition.id, round_.id),
        can_run=call.can(policy.may_run_panel),
        states={one["key"]: local(one) for one in states()},
    )


@routes.post(f"{PATH}/nominations", policy=policy.may_run_panel, again=show_round)
def take_over(call: Call, slug: str, n: int) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(policy.may_run_panel)
    round_ = programmes.round_at(call.db, edition.id, n)
    actions.take_over_admitted(call.db, round_, by=call.actor, at=call.now)
    return see(f"/admin/editions/{slug}/rounds/{n}")


def found(call: Call, slug: str, n: int) -> tuple[Edition, Round, Seat | None]:
    """Edition and round of an address, and the seat of who asks."""
    edition = programmes.edition(call.db, slug)
    seat = queries.seat_of(call.db, edition.id, call.actor.account_id)
    return edition, programmes.round_at(call.db, edition.id, n), seat


def about(call: Call, edition: Edition, round_: Round, here: str) -> dict[str, Any]:
    """What every page about a round shows: where one is, and the ways between its pages.

    The ways to sheets and ranking appear with the opening; jurors who lead see their share.
    """
    base = f"/admin/editions/{edition.slug}"
    opening = queries.opening(call.db, round_.id)
    runs = call.can(policy.may_oversee_panel)
    address = f"{base}/rounds/{round_.position}"
    ways = [
        (_("Nominations"), address, runs),
        (_("Assignments"), f"{address}/assignments", runs),
        (_("Progress"), f"{address}/progress", True),
        (_("Rules"), f"{address}/rules", True),
        (_("Opening"), f"{address}/opening", True),
        (_("Sheets"), f"{address}/sheets", opening is not None),
    ]
    above = (_("Jury"), f"{base}/jury") if runs else (_("Jury"), "/jury")
    return {
        "edition": edition,
        "round": round_,
        "opening": opening,
        "phase": programmes.phase(call.db, edition.id, "judging", round_.id),
        "base": address,
        "ways": [(label, href) for label, href, shown in ways if shown],
        "here": here,
        "crumbs": [(local(edition.name), base if runs else None), above, (here, None)],
    }
