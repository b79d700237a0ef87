"""One nomination as administrators and auditors see it, and the formal check."""

from collections.abc import Mapping
from typing import Any

from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.nominations import actions, policy, queries
from award.nominations.answers import COLUMNS, needed
from award.nominations.audiences import ADMINISTRATOR
from award.nominations.eligibility import Check, Facts, computed
from award.nominations.forms import Decide, Look, extension
from award.nominations.pages.administration import words_of_state
from award.nominations.pages.own import opened_parts, title_of
from award.nominations.queries import Days, Entry, lists
from award.nominations.queries.extensions import (
    arrivals,
    can_have_extra_time,
    days_for,
    extensions,
    is_awaited,
)
from award.nominations.shown import choice, field_named, reading
from award.programmes import queries as programmes
from award.programmes.calendar import has_begun
from award.programmes.models import Edition
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()
_PATH = "/admin/editions/{slug:str}/nominations/{nomination_id:str}"
_KEYS = {column: key for key, column in COLUMNS.items()}


@routes.get(_PATH, policy=policy.may_see_entry)
def nomination(call: Call, slug: str, nomination_id: str) -> Answer:
    entry, days = found(call, slug, nomination_id)
    state = {"submitted": entry.submission is not None, "checking": days.are_checked(call.now)}
    call.allow(policy.may_see_entry, **state)
    form = programmes.form_definition(call.db, entry.edition.id, entry.form_version)
    can_read = call.can(policy.may_read_submitted, **state)
    answers = entry.submission.answers if can_read and entry.submission else {}
    return page(
        "nominations/entry.html",
        **about(call, entry, form),
        can_read=can_read,
        can_check=call.can(policy.may_check, **state) and entry.withdrawal is None,
        days=days,
        extensions=extensions(call.db, nomination_id),
        opened_parts=opened_parts(form, entry),
        can_extend=call.can(policy.may_extend, judged=days.are_judged(call.now))
        and entry.state in {"draft", "submitted"}
        and has_begun(days.nominations, call.now),
        can_look=call.can(policy.may_look, submitted=entry.submission is not None),
        reading=reading(form, answers, ADMINISTRATOR) if can_read else [],
        checks=_checks(call, form, entry) if can_read else [],
    )


@routes.post(f"{_PATH}/look", policy=policy.may_look, again=nomination)
def look(call: Call, slug: str, nomination_id: str) -> Answer:
    entry, _days = found(call, slug, nomination_id)
    call.allow(policy.may_look, submitted=entry.submission is not None)
    reason = call.form(Look).reason
    actions.look(call.db, entry.nomination, reason, by=call.actor, at=call.now)
    return see(f"/admin/editions/{slug}/nominations/{nomination_id}/draft")


@routes.post(f"{_PATH}/extension", policy=policy.may_extend, again=nomination)
def extend(call: Call, slug: str, nomination_id: str) -> Answer:
    entry, days = found(call, slug, nomination_id)
    call.allow(policy.may_extend, judged=days.are_judged(call.now))
    ends_at, reason = extension(call.typed, entry.edition.time_zone)
    actions.extend(
        call.db,
        entry.nomination,
        ends_at=ends_at,
        reason=reason,
        by=call.actor,
        at=call.now,
        public_url=call.site.settings.public_url,
    )
    return see(f"/admin/editions/{slug}/nominations/{nomination_id}")


@routes.get(f"{_PATH}/draft", policy=policy.may_read_draft)
def draft(call: Call, slug: str, nomination_id: str) -> Answer:
    entry, _days = found(call, slug, nomination_id)
    looked = lists.has_looked(call.db, nomination_id, call.actor.account_id, call.now)
    call.allow(policy.may_read_draft, looked=looked and entry.submission is None)
    form = programmes.form_definition(call.db, entry.edition.id, entry.form_version)
    saved = queries.saved_values(call.db, nomination_id, form, call.now)
    return page(
        "nominations/looked.html",
        **about(call, entry, form),
        reading=reading(form, saved, ADMINISTRATOR),
    )


@routes.get(f"{_PATH}/formal-check", policy=policy.may_check)
def formal_check(call: Call, slug: str, nomination_id: str) -> Answer:
    entry, days = found(call, slug, nomination_id)
    submitted = entry.submission is not None
    call.allow(policy.may_check, submitted=submitted, checking=days.are_checked(call.now))
    form = programmes.form_definition(call.db, entry.edition.id, entry.form_version)
    shown = about(call, entry, form)
    shown["crumbs"] = [
        *shown["crumbs"][:-1],
        (title_of(entry), _path(entry)),
        (_("Formal check"), None),
    ]
    return page(
        "nominations/formal_check.html",
        **shown,
        days=days,
        checks=_checks(call, form, entry),
        version=entry.check.version if entry.check else 0,
        can_give_extra_time=can_have_extra_time(entry, days, call.now),
        is_awaited=is_awaited(entry, days, call.now),
        extra=next((one for one in extensions(call.db, nomination_id) if one.sections), None),
    )


@routes.post(f"{_PATH}/formal-check", policy=policy.may_check, again=formal_check)
def decide(call: Call, slug: str, nomination_id: str) -> Answer:
    entry, days = found(call, slug, nomination_id)
    submitted = entry.submission is not None
    call.allow(policy.may_check, submitted=submitted, checking=days.are_checked(call.now))
    form = programmes.form_definition(call.db, entry.edition.id, entry.form_version)
    decided = call.form(Decide)
    actions.check(
        call.db,
        entry.nomination,
        is_admitted=decided.decision == "admit",
        checks=_by_hand(call, _checks(call, form, entry)),
        reason=decided.reason,
        version=decided.version,
        by=call.actor,
        at=call.now,
        public_url=call.site.settings.public_url,
    )
    return see(f"/admin/editions/{slug}/nominations/{nomination_id}")


def found(call: Call, slug: str, nomination_id: str) -> tuple[Entry, Days]:
    """A nomination of the edition, and its days."""
    call.allow(policy.may_list)
    edition: Edition = programmes.edition(call.db, slug)
    entry = queries.overseen(call.db, call.actor, edition.id, nomination_id)
    return entry, days_for(call.db, entry)


def _path(entry: Entry) -> str:
    return f"/admin/editions/{entry.edition.slug}/nominations/{entry.nomination.id}"


def about(call: Call, entry: Entry, form: Mapping[str, Any]) -> dict[str, Any]:
    """What one may know of every nomination, a draft too."""
    complete, size = lists.facts(call.db, entry.nomination.id, needed(form))
    fields = {column: field_named(form, _KEYS[column]) for column in ("state", "field_of_action")}
    return {
        "entry": entry,
        "edition": entry.edition,
        "path_of": _path(entry),
        "tag_of": words_of_state()[entry.state],
        "state_name": choice(fields["state"], entry.nomination.state),
        "field_name": choice(fields["field_of_action"], entry.nomination.field_of_action),
        "complete": complete,
        "sections_in_all": len(needed(form)),
        "size": size,
        "crumbs": [
            (_("Nominations"), f"/admin/editions/{entry.edition.slug}/nominations"),
            (title_of(entry), None),
        ],
    }


def _checks(call: Call, form: Mapping[str, Any], entry: Entry) -> list[Check]:
    if entry.submission is None:
        return []
    arrival = arrivals(call.db, [entry.nomination.id])[entry.nomination.id]
    days = queries.days(call.db, entry.edition.id).extended(arrival.extended_until)
    return computed(
        Facts(
            definition=form,
            answers=entry.submission.answers,
            received_at=arrival.at,
            deadline=days.nominations.ends_at if days.nominations else None,
        )
    )


def _by_hand(call: Call, checks: list[Check]) -> dict[str, bool]:
    """The automatic results with those that were ticked; raises Refused for one left open."""
    results, errors = {}, {}
    for check in checks:
        answer = call.typed.get(f"check-{check.key}")
        if check.is_met is not None:
            results[check.key] = check.is_met
        elif answer in {"yes", "no"}:
            results[check.key] = answer == "yes"
        else:
            errors[f"check-{check.key}"] = _(
                "Please say whether this is met: %(label)s", label=check.label
            )
    if errors:
        raise Refused("checks", errors=errors)
    return results
