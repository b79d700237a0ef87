"""The winners of an edition, one by one, and the archive."""

from award.announcing import queries
from award.kit.errors import NotFound
from award.kit.i18n import gettext as _
from award.programmes import queries as programmes
from award.programmes.models import Edition
from award.programmes.policy import may_see_edition
from award.web.call import Answer, Call, page
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


def _crumbs(slug: str, name: str) -> list[tuple[str, str | None]]:
    return [(_("Winners"), f"/editions/{slug}/winners"), (name, None)]


def _facts(edition: Edition) -> dict[str, object]:
    """What an archive edition tells of its ceremony; empty for one that was run here."""
    known = {"ceremony", "summary", "quote"}
    return {**dict.fromkeys(known, ""), **edition.facts}
