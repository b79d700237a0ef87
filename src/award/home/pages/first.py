"""After signing in: to the one place where one works, or a choice of several."""

from award.home import policy, queries
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()


@routes.get("/home", policy=policy.may_enter)
def first(call: Call) -> Answer:
    call.allow(policy.may_enter)
    ways = queries.ways(call.db, call.actor)
    if len(ways) == 1:
        return see(ways[0].href)
    return page("home/first.html", ways=ways)
