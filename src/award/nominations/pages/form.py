"""The whole form, for everybody to read and to print before they begin."""

import json

from award.kit.errors import NotFound
from award.kit.i18n import gettext as _
from award.kit.i18n import local, told
from award.nominations.asked import asked
from award.nominations.audiences import is_blind
from award.nominations.schema import schema
from award.programmes import policy as programmes_policy
from award.programmes import queries as programmes
from award.programmes.models import Edition
from award.web.call import Answer, Call, Data, page
from award.web.routes import Routes

routes = Routes()


@routes.public_get("/editions/{slug:str}/form")
def form(call: Call, slug: str) -> Answer:
    edition = _edition(call, slug)
    definition = programmes.form_definition(call.db, edition.id)
    return page(
        "nominations/form.html",
        edition=edition,
        sections=asked(definition),
        is_blind=is_blind(definition),
        crumbs=[(told(edition.name), f"/editions/{slug}"), (_("The form"), None)],
    )


@routes.public_get("/editions/{slug:str}/form.schema.json")
def form_schema(call: Call, slug: str) -> Answer:
    edition = _edition(call, slug)
    described = schema(programmes.form_definition(call.db, edition.id), local(edition.name))
    body = json.dumps(described, ensure_ascii=False, indent=1).encode()
    return Data(body, "application/schema+json")


def _edition(call: Call, slug: str) -> Edition:
    edition = programmes.edition(call.db, slug)
    call.allow(programmes_policy.may_see_edition, edition, call.now)
    if edition.kind == "archive":
        raise NotFound
    return edition
