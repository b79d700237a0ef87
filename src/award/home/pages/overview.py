"""Where an edition stands, for those who run it."""

from award.home import policy, queries
from award.kit import i18n
from award.programmes import queries as programmes
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()


@routes.get("/admin/editions/{slug:str}", policy=policy.may_see_overview)
def overview(call: Call, slug: str) -> Answer:
    call.allow(policy.may_see_overview)
    edition = programmes.edition(call.db, slug)
    if edition.kind == "archive":
        return see(f"/editions/{slug}/winners")
    i18n.zone.set(edition.time_zone)
    return page(
        "home/overview.html",
        edition=edition,
        shown=queries.overview(call.db, edition, call.actor, call.now),
    )
