"""The call of the current edition, of each edition, and the list of all."""

from award.home.queries import call as calls
from award.kit import i18n
from award.programmes import queries as programmes
from award.programmes.calendar import is_running
from award.programmes.models import Edition
from award.programmes.policy import may_see_edition
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()


@routes.public_get("/")
def start(call: Call) -> Answer:
    edition = programmes.current_edition(call.db, call.now)
    if edition is None or edition.kind == "archive":
        awarded = calls.last_awarded(call.db, None, call.now)
        return page("home/nothing.html", awarded=awarded)
    return _shown(call, edition)


@routes.public_get("/editions")
def editions(call: Call) -> Answer:
    shown = programmes.published(call.db, call.now)
    return page(
        "home/editions.html",
        editions=shown,
        announced=calls.announced_ids(call.db, shown, call.now),
        open=calls.open_ids(call.db, shown, call.now),
    )


@routes.public_get("/editions/{slug:str}")
def edition(call: Call, slug: str) -> Answer:
    found = programmes.edition(call.db, slug)
    call.allow(may_see_edition, found, call.now)
    if found.kind == "archive":
        return see(f"/editions/{slug}/winners")
    return _shown(call, found)


def _shown(call: Call, edition: Edition) -> Answer:
    i18n.zone.set(edition.time_zone)
    shown = calls.call(call.db, edition, call.now)
    return page(
        "home/call.html",
        edition=edition,
        shown=shown,
        is_open=is_running(shown.nominations, call.now),
        nominates=bool(call.actor.memberships),
        awarded=calls.last_awarded(call.db, edition, call.now),
    )
