"""Whether a nomination makes sense, asked before anybody signs in; nothing is stored."""

from award.kit.errors import NotFound
from award.kit.i18n import gettext as _
from award.kit.i18n import told
from award.nominations import queries
from award.nominations.questions import questions
from award.programmes import policy as programmes_policy
from award.programmes import queries as programmes
from award.web.call import Answer, Call, page
from award.web.routes import Routes

routes = Routes()


@routes.public_get("/editions/{slug:str}/eligibility")
def eligibility(call: Call, slug: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    call.allow(programmes_policy.may_see_edition, edition, call.now)
    definition = programmes.form_definition(call.db, edition.id)
    given = {key: call.query.get(key) for key in call.query}
    asked = questions(definition, given)
    if edition.kind == "archive" or not asked:
        raise NotFound
    missing = {one.key: _("Please choose an answer.") for one in asked if one.is_met is None}
    return page(
        "nominations/eligibility.html",
        edition=edition,
        days=queries.days(call.db, edition.id),
        questions=asked,
        is_answered=bool(given) and not missing,
        against=[one for one in asked if one.is_met is False],
        nominates=bool(call.actor.memberships),
        errors=missing if given else {},
        crumbs=[(told(edition.name), f"/editions/{slug}"), (_("Can we take part?"), None)],
    )
