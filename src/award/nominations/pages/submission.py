"""Looking it over, handing it in, the receipt, and taking it back."""

from collections.abc import Mapping
from typing import Any

from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.nominations import actions, policy, queries
from award.nominations.answers import sections
from award.nominations.attached import handed_in
from award.nominations.audiences import NETWORK
from award.nominations.canonical import canonical_text
from award.nominations.forms import Withdraw
from award.nominations.gaps import all_gaps
from award.nominations.naming import Place
from award.nominations.pages.own import nomination, title_of
from award.nominations.queries import Days, Entry, replaced
from award.nominations.queries.extensions import days_for
from award.nominations.queries.naming import naming_places
from award.nominations.shown import reading
from award.programmes import queries as programmes
from award.web.call import Answer, Call, page, see
from award.web.files import download
from award.web.routes import Routes

routes = Routes()


@routes.get("/nominations/{nomination_id:str}/check", policy=policy.may_read_own)
def check(call: Call, nomination_id: str) -> Answer:
    entry = queries.own(call.db, call.actor, nomination_id)
    call.allow(policy.may_read_own, entry.nomination.network_id)
    days = days_for(call.db, entry)
    return page(
        "nominations/check.html",
        entry=entry,
        edition=entry.edition,
        days=days,
        **_all_of_it(call, entry),
        can_submit=entry.takes_text(days, call.now),
        errors={},
        crumbs=_crumbs(entry, _("Check and hand in")),
    )


@routes.post(
    "/nominations/{nomination_id:str}/submission", policy=policy.may_write_own, again=check
)
def submit(call: Call, nomination_id: str) -> Answer:
    entry = queries.own(call.db, call.actor, nomination_id)
    call.allow(policy.may_write_own, entry.nomination.network_id, writes=entry.writes)
    url = call.site.settings.public_url
    actions.submit(call.db, entry.nomination, by=call.actor, at=call.now, public_url=url)
    return see(f"/nominations/{nomination_id}/receipt")


@routes.post(
    "/nominations/{nomination_id:str}/reopening", policy=policy.may_write_own, again=nomination
)
def reopen(call: Call, nomination_id: str) -> Answer:
    entry = queries.own(call.db, call.actor, nomination_id)
    call.allow(policy.may_write_own, entry.nomination.network_id, writes=entry.writes)
    actions.reopen(call.db, entry.nomination, by=call.actor, at=call.now)
    return see(f"/nominations/{nomination_id}")


@routes.post(
    "/nominations/{nomination_id:str}/reopening/end", policy=policy.may_write_own, again=nomination
)
def keep(call: Call, nomination_id: str) -> Answer:
    entry = queries.own(call.db, call.actor, nomination_id)
    call.allow(policy.may_write_own, entry.nomination.network_id, writes=entry.writes)
    actions.keep_submission(call.db, entry.nomination, by=call.actor, at=call.now)
    return see(f"/nominations/{nomination_id}")


@routes.get("/nominations/{nomination_id:str}/receipt", policy=policy.may_see_receipt)
def receipt(call: Call, nomination_id: str) -> Answer:
    entry = queries.own(call.db, call.actor, nomination_id)
    is_submitted = entry.submission is not None
    call.allow(policy.may_see_receipt, entry.nomination.network_id, submitted=is_submitted)
    return page(
        "nominations/receipt.html",
        entry=entry,
        edition=entry.edition,
        submission=entry.submission,
        files=list(handed_in(entry.submission.answers)) if entry.submission else [],
        earlier=replaced.earlier_submissions(call.db, nomination_id),
        crumbs=_crumbs(entry, _("Receipt")),
    )


@routes.get("/nominations/{nomination_id:str}/submission.json", policy=policy.may_see_receipt)
def canonical(call: Call, nomination_id: str) -> Answer:
    """Exactly the bytes whose hash the receipt names; `of` asks for an earlier submission."""
    entry = queries.own(call.db, call.actor, nomination_id)
    is_submitted = entry.submission is not None
    call.allow(policy.may_see_receipt, entry.nomination.network_id, submitted=is_submitted)
    earlier = call.query.get("of")
    answers = (
        replaced.earlier_submission(call.db, nomination_id, earlier).answers
        if earlier
        else queries.submitted(call.db, nomination_id).answers
    )
    body = canonical_text(answers).encode()
    return download(body, "application/json", f"{entry.nomination.reference}.json")


@routes.get("/nominations/{nomination_id:str}/withdrawal", policy=policy.may_write_own)
def withdrawal(call: Call, nomination_id: str) -> Answer:
    entry = queries.own(call.db, call.actor, nomination_id)
    call.allow(policy.may_write_own, entry.nomination.network_id, writes=entry.writes)
    days = days_for(call.db, entry)
    return page(
        "nominations/withdrawal.html",
        entry=entry,
        edition=entry.edition,
        is_possible=entry.withdrawal is None and not days.are_judged(call.now),
        crumbs=_crumbs(entry, _("Withdraw")),
    )


@routes.post(
    "/nominations/{nomination_id:str}/withdrawal", policy=policy.may_write_own, again=withdrawal
)
def withdraw(call: Call, nomination_id: str) -> Answer:
    entry = queries.own(call.db, call.actor, nomination_id)
    call.allow(policy.may_write_own, entry.nomination.network_id, writes=entry.writes)
    reason, url = call.form(Withdraw).reason, call.site.settings.public_url
    actions.withdraw(call.db, entry.nomination, reason, by=call.actor, at=call.now, public_url=url)
    return see(f"/nominations/{nomination_id}")


def _all_of_it(call: Call, entry: Entry) -> dict[str, Any]:
    """Every answer as last saved, and every gap under the name of its section."""
    form = programmes.form_definition(call.db, entry.edition.id)
    saved = queries.saved_values(call.db, entry.nomination.id, form, call.now)
    names = {one["key"]: local(one["name"]) for one in sections(form)}
    days = days_for(call.db, entry)
    amiss = {
        key: found
        for key, found in all_gaps(form, saved).items()
        if entry.opens(key, days, call.now)
    }
    return {
        "gaps": [(key, names[key], found) for key, found in amiss.items()],
        "missing": sum(len(found) for found in amiss.values()),
        "naming": _naming(call, entry, days, form, saved),
        "reading": reading(form, saved, NETWORK),
    }


def _naming(
    call: Call, entry: Entry, days: Days, form: Mapping[str, Any], saved: Mapping[str, Any]
) -> list[Place]:
    """The places that tell a blind jury who nominates, as long as they can be changed."""
    if not entry.is_open(days, call.now):
        return []
    found = naming_places(call.db, entry.nomination, form, saved)
    return [place for place in found if entry.opens(place.section, days, call.now)]


def _crumbs(entry: Entry, here: str) -> list[tuple[str, str | None]]:
    own = f"/nominations/{entry.nomination.id}"
    return [(_("My nominations"), "/nominations"), (title_of(entry), own), (here, None)]
