"""Nominations for programs: read only, by the same policies as the pages."""

from typing import Any

from award.accounts.policy import may_use_api
from award.kit.i18n import local
from award.kit.links import link
from award.kit.openapi import Nothing
from award.nominations import policy, queries, resource
from award.nominations.queries import programs
from award.nominations.resource import Facts
from award.nominations.schema import schema
from award.programmes import queries as programmes
from award.web.call import Answer, Call
from award.web.interface import address, answer, asked, same_with
from award.web.routes import Routes

routes = Routes()


@routes.get(resource.LIST, policy=may_use_api)
def nominations(call: Call) -> Answer:
    call.allow(may_use_api)
    wanted = asked(call, resource.Asked)
    found = programs.listed(call.db, call.actor, wanted, call.now)
    shown = found[: wanted.limit]
    following = same_with(call, cursor=shown[-1].id) if len(found) > wanted.limit else None
    items = [resource.Nomination(**_told(call, one)) for one in shown]
    return answer(call, resource.Nominations(items=items, next=following), following=following)


@routes.get(resource.ONE, policy=policy.may_see)
def nomination(call: Call, nomination_id: str) -> Answer:
    asked(call, Nothing)
    facts, state = _found(call, nomination_id)
    can_read = call.can(policy.may_read_text, facts.network_id, **state)
    told = resource.NominationWithAnswers(
        **_told(call, facts),
        schema=address(call, f"{resource.LIST}/{facts.id}/schema"),
        form_version=facts.form_version,
        sha256=facts.sha256 if can_read else None,
        answers=_answers(call, facts) if can_read else None,
    )
    return answer(call, told)


@routes.get(resource.SCHEMA, policy=policy.may_see)
def nomination_schema(call: Call, nomination_id: str) -> Answer:
    asked(call, Nothing)
    facts, _state = _found(call, nomination_id)
    edition = programmes.edition(call.db, facts.edition)
    form = programmes.form_definition(call.db, facts.edition_id, facts.form_version)
    described = schema(form, local(edition.name))
    return answer(call, described, media_type="application/schema+json")


def _found(call: Call, nomination_id: str) -> tuple[Facts, dict[str, bool]]:
    """The facts, if this person may see any, and what else the policies ask for."""
    facts = programs.facts(call.db, call.actor, nomination_id)
    days = queries.days(call.db, facts.edition_id).extended(facts.extended_until)
    state = {"submitted": facts.is_submitted, "checking": days.are_checked(call.now)}
    call.allow(policy.may_see, facts.network_id, **state)
    return facts, state


def _told(call: Call, facts: Facts) -> dict[str, Any]:
    is_own = call.can(policy.may_read_own, facts.network_id)
    area = "" if is_own else f"/admin/editions/{facts.edition}"
    return facts.told(
        is_own=is_own,
        url=address(call, f"{resource.LIST}/{facts.id}"),
        page=call.site.settings.public_url + link(f"{area}/nominations/{facts.id}"),
    )


def _answers(call: Call, facts: Facts) -> dict[str, dict[str, Any]]:
    """What was handed in, of a draft what was saved last."""
    if facts.is_submitted:
        return queries.submitted(call.db, facts.id).answers
    form = programmes.form_definition(call.db, facts.edition_id)
    return queries.saved_values(call.db, facts.id, form, call.now)
