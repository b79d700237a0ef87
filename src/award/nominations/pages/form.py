"""The whole form, for everybody to read and to print before they begin."""

from award.kit.errors import NotFound
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.nominations.asked import asked
from award.programmes import policy as programmes_policy
from award.programmes import queries as programmes
from award.web.call import Answer, Call, page
from award.web.routes import Routes

routes = Routes()


@routes.public_get("/editions/{slug:str}/form")
def form(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(programmes_policy.may_see_edition, edition, call.now)
    if edition.kind == "archive":
        raise NotFound
    return page(
        "nominations/form.html",
        edition=edition,
        sections=asked(programmes.form_definition(call.db, edition.id)),
        crumbs=[(local(edition.name), f"/editions/{slug}"), (_("The form"), None)],
    )
