"""Searches of the list that an administrator keeps under a name."""

from award.nominations import actions, policy
from award.nominations.forms import SaveFilter
from award.nominations.pages.administration import address, asked_filters, nominations
from award.nominations.queries import lists
from award.programmes import queries as programmes
from award.web.call import Answer, Call, See, see
from award.web.routes import Routes

routes = Routes()
_LIST = "/admin/editions/{slug:str}/nominations"


@routes.post(f"{_LIST}/filters", policy=policy.may_save_filter, again=nominations)
def save_filter(call: Call, slug: str) -> Answer:
    call.allow(policy.may_save_filter)
    edition = programmes.edition(call.db, slug)
    filters = asked_filters(call, programmes.form_definition(call.db, edition.id))
    name = call.form(SaveFilter).name
    actions.save_filter(call.db, edition, name, filters, by=call.actor, at=call.now)
    return See(address(f"/admin/editions/{slug}/nominations", filters))


@routes.post(f"{_LIST}/filters/{{filter_id:str}}/removal", policy=policy.may_delete_filter)
def delete_filter(call: Call, slug: str, filter_id: str) -> Answer:
    edition = programmes.edition(call.db, slug)
    found = lists.saved_filter(call.db, edition.id, filter_id)
    call.allow(policy.may_delete_filter, found.account_id)
    actions.delete_filter(call.db, found, by=call.actor, at=call.now)
    return see(f"/admin/editions/{slug}/nominations")
