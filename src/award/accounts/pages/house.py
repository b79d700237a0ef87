"""Networks, the outbox and what visitors reported, for administrators and auditors."""

import re

from award.accounts import actions, queries
from award.accounts.forms import NewNetwork
from award.accounts.pages.people import start_at, turned
from award.accounts.policy import may_read_house, may_run_house
from award.accounts.secrets import is_cut, without_tokens
from award.accounts.states import states
from award.kit import i18n
from award.kit.i18n import gettext as _
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()

_SPOKEN = re.compile(r"<html lang=\"([a-z]{2,3})\"")


@routes.get("/admin/networks", policy=may_read_house)
def networks(call: Call) -> Answer:
    call.allow(may_read_house)
    words, after = call.query.get("q").strip(), start_at(call)
    found = queries.networks(call.db, words, after)
    return page(
        "accounts/networks.html",
        words=words,
        networks=found[: queries.PAGE],
        states={state["key"]: state for state in states()},
        turn=turned(call, after, len(found)),
        may_run=call.can(may_run_house),
    )


@routes.get("/admin/networks/new", policy=may_run_house)
def new_network(call: Call) -> Answer:
    call.allow(may_run_house)
    crumbs = [(_("Networks"), "/admin/networks"), (_("New network"), None)]
    return page(
        "accounts/new_network.html",
        states=states(),
        spoken=i18n.language.get(),
        crumbs=crumbs,
    )


@routes.post("/admin/networks", policy=may_run_house, again=new_network)
def invite_network(call: Call) -> Answer:
    call.allow(may_run_house)
    form = call.form(NewNetwork)
    made = actions.invite_network(
        call.db,
        network=form.network,
        state=form.state,
        email=form.email,
        name=form.name,
        language=form.language,
        public_url=call.site.settings.public_url,
        by=call.actor,
        at=call.now,
    )
    return see(f"/networks/{made.id}/members")


@routes.get("/admin/mails", policy=may_read_house)
def mails(call: Call) -> Answer:
    call.allow(may_read_house)
    after = start_at(call)
    found = queries.mails(call.db, after)
    return page(
        "accounts/mails.html",
        mails=found[: queries.PAGE],
        turn=turned(call, after, len(found)),
        sends=bool(call.site.settings.smtp),
    )


@routes.get("/admin/mails/{mail_id:str}", policy=may_read_house)
def mail(call: Call, mail_id: str) -> Answer:
    call.allow(may_read_house)
    found = queries.mail(call.db, mail_id)
    text = found.text if call.site.settings.demo else without_tokens(found.text)
    crumbs = [(_("Mails"), "/admin/mails"), (found.subject, None)]
    return page(
        "accounts/mail.html",
        mail=found,
        text=text,
        hidden=is_cut(text),
        spoken=language_of(found.html),
        crumbs=crumbs,
    )


@routes.get("/admin/feedback", policy=may_read_house)
def reports(call: Call) -> Answer:
    call.allow(may_read_house)
    after = start_at(call)
    found = queries.feedback(call.db, after)
    turn = turned(call, after, len(found))
    return page("accounts/reports.html", reports=found[: queries.PAGE], turn=turn)


def language_of(html: str) -> str | None:
    """The language that a letter was written in, which need not be that of the page."""
    found = _SPOKEN.search(html)
    return found[1] if found else None
