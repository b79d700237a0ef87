"""One click per role, the clock moved forward, the gallery: in a demonstration only."""

from datetime import datetime, timedelta

from award.accounts import queries as accounts
from award.accounts.actions import sign_in
from award.demo import actions, queries
from award.demo.forms import STEPS, ChosenRole, ClockMove
from award.demo.people import ROLES
from award.demo.policy import may_move_clock
from award.kit.errors import NotFound, Refused
from award.kit.i18n import gettext as _
from award.kit.links import link
from award.web.call import Answer, Call, See, page, see
from award.web.routes import Routes
from award.web.security import session_cookie

routes = Routes()


@routes.public_post("/demo/sign-in")
def sign_in_as(call: Call) -> Answer:
    account = accounts.account_by_email(call.db, ROLES[call.form(ChosenRole).role])
    if account is None:
        raise NotFound
    token = sign_in(
        call.db,
        account,
        at=call.now,
        browser=_("the demonstration"),
        instead_of=call.actor.session_id,
    )
    return See(link("/home"), {"Set-Cookie": session_cookie(call.site.settings, token)})


@routes.public_get("/_gallery")
def gallery(_call: Call) -> Answer:
    """Every component in each of its states, for those who build pages."""
    return page("gallery.html")


@routes.get("/demo/clock", policy=may_move_clock)
def clock(call: Call) -> Answer:
    call.allow(may_move_clock)
    return page(
        "demo/clock.html",
        milestones=queries.milestones(call.db, call.now),
        crumbs=[(_("Demonstration"), None), (_("Clock"), None)],
    )


@routes.post("/demo/clock", policy=may_move_clock, again=clock)
def move_clock(call: Call) -> Answer:
    call.allow(may_move_clock)
    to = _wanted(call.form(ClockMove), call.now)
    call.site.clock.ahead += actions.move_clock(call.db, to, by=call.actor, at=call.now)
    return see("/demo/clock")


def _wanted(form: ClockMove, now: datetime) -> datetime:
    if form.step is not None:
        return now + timedelta(seconds=STEPS[form.step])
    if form.to is None:
        raise Refused("nothing", errors={"to": _("Please choose a day and a time.")})
    return form.to
