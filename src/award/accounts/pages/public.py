"""Pages for everybody: what the law wants told, how it is computed, and a way to answer."""

from urllib.parse import urlsplit

from award.accounts import actions
from award.accounts.forms import Report
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()


@routes.public_get("/accessibility")
def accessibility(_call: Call) -> Answer:
    return page("accounts/public/accessibility.html")


@routes.public_get("/privacy")
def privacy(_call: Call) -> Answer:
    return page("accounts/public/privacy.html")


@routes.public_get("/imprint")
def imprint(_call: Call) -> Answer:
    return page("accounts/public/imprint.html")


@routes.public_get("/plain-language")
def plain_language(_call: Call) -> Answer:
    return page("accounts/public/plain_language.html")


@routes.public_get("/method")
def method(_call: Call) -> Answer:
    return page("accounts/public/method.html")


@routes.public_get("/feedback")
def feedback(call: Call) -> Answer:
    sent = "sent" in call.query and not call.refusal
    return page("accounts/feedback.html", sent=sent, about=_page_before(call))


@routes.public_post("/feedback", again=feedback)
def report(call: Call) -> Answer:
    form = call.form(Report)
    actions.count_form(call.db, call.address, call.now)
    actions.report_barrier(
        call.db,
        page=form.page,
        text=form.text,
        email=form.email or "",
        contact=call.site.contact(call.db),
        public_url=call.site.settings.public_url,
        at=call.now,
    )
    return see("/feedback", sent=1)


def _page_before(call: Call) -> str:
    """The page of ours from which somebody came, as a proposal for the form."""
    path = urlsplit(call.headers.get("referer", "")).path[:500]
    return path if path.startswith("/") and not path.endswith("/feedback") else ""
