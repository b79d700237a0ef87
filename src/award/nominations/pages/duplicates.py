"""Nominations that may be the same one twice, side by side."""

from award.kit.i18n import gettext as _
from award.nominations import policy, queries
from award.nominations.alike import NETWORK, TEXT, TITLE
from award.nominations.answers import needed
from award.nominations.pages.administration import lines, scope_of
from award.nominations.queries import duplicates, lists
from award.nominations.queries.lists import Filters
from award.programmes import queries as programmes
from award.web.call import Answer, Call, page
from award.web.routes import Routes

routes = Routes()
_MOST = 100


@routes.get("/admin/editions/{slug:str}/nominations/duplicates", policy=policy.may_list)
def show(call: Call, slug: str) -> Answer:
    call.allow(policy.may_list)
    edition = programmes.edition(call.db, slug)
    form = programmes.form_definition(call.db, edition.id)
    scope = scope_of(call, edition)
    checking = queries.days(call.db, edition.id).are_checked(call.now)
    found = []
    if call.can(policy.may_read_submitted, submitted=True, checking=checking):
        found = duplicates.by_text(call.db, scope, form)
    elif scope.drafts:  # the texts are not to be read yet, nor compared
        found = duplicates.by_title(call.db, scope)
    rows = lists.all_listed(call.db, scope, Filters(), needed(form))
    by_id = dict(zip((row.id for row in rows), lines(rows, form, slug), strict=True))
    return page(
        "nominations/duplicates.html",
        edition=edition,
        pairs=[
            (by_id[pair.first], by_id[pair.second], [_why()[one] for one in pair.reasons])
            for pair in found[:_MOST]
        ],
        total=len(found),
        checking=checking,
        crumbs=[(_("Nominations"), f"/admin/editions/{slug}/nominations"), (_("Duplicates"), None)],
    )


def _why() -> dict[str, str]:
    return {NETWORK: _("Same network"), TITLE: _("Titles alike"), TEXT: _("Texts alike")}
