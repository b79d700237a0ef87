"""Where an edition stands, for those who run it."""

from award.home import policy
from award.programmes import queries as programmes
from award.web.call import Answer, Call, page
from award.web.routes import Routes

routes = Routes()


@routes.get("/admin/editions/{slug:str}", policy=policy.may_see_overview)
def overview(call: Call, slug: str) -> Answer:
    call.allow(policy.may_see_overview)
    edition = programmes.edition(call.db, slug)
    return page("home/overview.html", edition=edition)
