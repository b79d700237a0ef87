"""What programs can read of this award, as an OpenAPI document and as a page for people."""

from award.accounts.policy import may_use_api
from award.home.interface import operations, words
from award.kit import openapi
from award.kit.i18n import gettext as _
from award.web.call import Answer, Call, page
from award.web.interface import answer, asked
from award.web.routes import Routes

routes = Routes()


@routes.get("/account/api", policy=may_use_api)
def described(call: Call) -> Answer:
    call.allow(may_use_api)
    return page(
        "home/api.html",
        words=words(),
        operations=[(one, openapi.parameters(one)) for one in operations()],
        example=_example(call),
        crumbs=[(_("My account"), "/account"), (_("What programs can read"), None)],
    )


# A program asks with its token, a person's browser with its session.
@routes.get("/api/v1/openapi.json", policy=may_use_api)
@routes.get("/account/api/openapi.json", policy=may_use_api)
def document(call: Call) -> Answer:
    call.allow(may_use_api)
    asked(call, openapi.Nothing)
    return answer(call, openapi.document(operations(), words(), call.site.settings.public_url))


def _example(call: Call) -> str:
    first = operations()[0].address
    return f'curl -H "Authorization: Bearer $AWARD_TOKEN" {call.site.settings.public_url}{first}'
