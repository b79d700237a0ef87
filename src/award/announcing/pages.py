"""The winners of an edition, one by one, and the archive; the jury reads them a little earlier."""

from award.announcing import policy, queries
from award.jury import queries as jury
from award.kit.errors import NotFound
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.programmes import queries as programmes
from award.programmes.models import Edition
from award.programmes.policy import may_see_edition
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()


@routes.public_get("/editions/{slug:str}/winners")
def winners(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(may_see_edition, edition, call.now)
    shown = queries.winners(call.db, edition, call.now)
    return page(
        "announcing/winners.html",
        edition=edition,
        facts=_facts(edition),
        winners=shown,
        map=queries.drawn(shown) if shown else None,
        planned=None if shown else queries.planned_for(call.db, edition, call.now),
    )


@routes.public_get("/editions/{slug:str}/winners/{position:int}")
def winner(call: Call, slug: str, position: int) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(may_see_edition, edition, call.now)
    shown = queries.winners(call.db, edition, call.now)
    found = next((one for one in shown if one.position == position), None)
    if found is None:
        raise NotFound
    return page(
        "announcing/winner.html",
        edition=edition,
        winner=found,
        winners=shown,
        map=queries.drawn([found]),
        crumbs=_crumbs(edition.slug, found.name),
    )


@routes.get("/jury/editions/{slug:str}/winners", policy=policy.may_see_decided)
def decided(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    seat = jury.seat_of(call.db, edition.id, call.actor.account_id)
    embargo = queries.announced_at(call.db, edition)
    call.allow(policy.may_see_decided, seat, is_decided=embargo is not None)
    if seat is None or embargo is None:
        raise NotFound
    if embargo <= call.now:
        return see(f"/editions/{slug}/winners")
    return page(
        "announcing/decided.html",
        edition=edition,
        embargo=embargo,
        winners=queries.decided(call.db, edition.id, seat.id),
        crumbs=[(_("Jury"), "/jury"), (local(edition.name), None)],
    )


def _crumbs(slug: str, name: str) -> list[tuple[str, str | None]]:
    return [(_("Winners"), f"/editions/{slug}/winners"), (name, None)]


def _facts(edition: Edition) -> dict[str, object]:
    """What an archive edition tells of its ceremony; empty for one that was run here."""
    known = {"ceremony", "summary", "quote"}
    return {**dict.fromkeys(known, ""), **edition.facts}
