"""Time, once, to supply what the formal check found missing."""

from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.nominations import actions, forms, policy
from award.nominations.answers import sections
from award.nominations.pages.checking import about, found
from award.nominations.pages.own import title_of
from award.nominations.queries.extensions import can_have_extra_time
from award.programmes import queries as programmes
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()
_PATH = "/admin/editions/{slug:str}/nominations/{nomination_id:str}/extra-time"


@routes.get(_PATH, policy=policy.may_check)
def extra_time(call: Call, slug: str, nomination_id: str) -> Answer:
    entry, days = found(call, slug, nomination_id)
    submitted = entry.submission is not None
    call.allow(policy.may_check, submitted=submitted, checking=days.are_checked(call.now))
    form = programmes.form_definition(call.db, entry.edition.id)
    shown = about(call, entry, form)
    shown["crumbs"] = [
        *shown["crumbs"][:-1],
        (title_of(entry), shown["path_of"]),
        (_("Formal check"), f"{shown['path_of']}/formal-check"),
        (_("Extra time"), None),
    ]
    parts = [(one["key"], local(one["name"])) for one in sections(form)]
    return page(
        "nominations/extra_time.html",
        **shown,
        days=days,
        parts=parts,
        can_give=can_have_extra_time(entry, days, call.now),
    )


@routes.post(_PATH, policy=policy.may_check, again=extra_time)
def give(call: Call, slug: str, nomination_id: str) -> Answer:
    entry, days = found(call, slug, nomination_id)
    submitted = entry.submission is not None
    call.allow(policy.may_check, submitted=submitted, checking=days.are_checked(call.now))
    opened, ends_at, missing = forms.extra_time(call.typed, entry.edition.time_zone)
    actions.give_extra_time(
        call.db,
        entry.nomination,
        sections=opened,
        ends_at=ends_at,
        missing=missing,
        by=call.actor,
        at=call.now,
        public_url=call.site.settings.public_url,
    )
    return see(f"/admin/editions/{slug}/nominations/{nomination_id}")
