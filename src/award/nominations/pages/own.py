"""The network's nominations: their list, a new one, and the page of each."""

from collections.abc import Mapping
from typing import Any

from award.kit.errors import NotFound
from award.kit.i18n import gettext as _
from award.kit.i18n import local, ngettext, pgettext, told
from award.kit.links import link
from award.nominations import actions, policy, queries
from award.nominations.answers import sections
from award.nominations.attached import with_files
from award.nominations.audiences import NETWORK
from award.nominations.conditions import applicable
from award.nominations.forms import Start
from award.nominations.gaps import Gap, gaps
from award.nominations.models import Answers
from award.nominations.pages.colleagues import marks, people
from award.nominations.pages.stations import stations
from award.nominations.queries import Days, Entry, attachments, extra_time, proposals
from award.nominations.queries.extensions import days_for, extensions
from award.nominations.shown import in_short, reading
from award.programmes import queries as programmes
from award.programmes.policy import is_published
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()


@routes.get("/nominations", policy=policy.may_nominate)
def nominations(call: Call) -> Answer:
    call.allow(policy.may_nominate)
    return page(
        "nominations/own.html",
        entries=queries.all_own(call.db, call.actor),
        editions=queries.open_editions(call.db, call.now),
        networks=[one for one, writes in queries.networks(call.db, call.actor) if writes],
    )


@routes.post("/nominations/new", policy=policy.may_start, again=nominations)
def start(call: Call) -> Answer:
    call.allow(policy.may_nominate)
    form = call.form(Start)
    known = {one.id: (one, writes) for one, writes in queries.networks(call.db, call.actor)}
    network, writes = known.get(form.network, (None, False))
    call.allow(policy.may_start, form.network, writes=writes)
    edition = programmes.edition(call.db, form.edition)
    if network is None or not is_published(edition, call.now):
        raise NotFound
    nomination = actions.start(call.db, edition, network, by=call.actor, at=call.now)
    return see(f"/nominations/{nomination.id}")


@routes.get("/nominations/{nomination_id:str}", policy=policy.may_read_own)
def nomination(call: Call, nomination_id: str) -> Answer:
    entry = queries.own(call.db, call.actor, nomination_id)
    call.allow(policy.may_read_own, entry.nomination.network_id)
    days = days_for(call.db, entry)
    shown = {"entry": entry, "edition": entry.edition, "days": days, "crumbs": _crumbs(entry)}
    shown |= _extra_time(call, entry)
    if entry.submission is not None and not entry.is_open(days, call.now):
        form = programmes.form_definition(call.db, entry.edition.id, entry.form_version)
        return page(
            "nominations/submitted.html",
            **shown,
            stations=stations(entry, days, call.now),
            reading=reading(form, entry.submission.answers, NETWORK),
        )
    form = programmes.form_definition(call.db, entry.edition.id)
    who = people(call, entry, form)
    return page(
        "nominations/draft.html",
        **shown,
        **_tasks(call, entry, days, form),
        people=who,
        marks=marks(call, nomination_id) if len(who) > 1 else [],
        behind=proposals.proposal_behind(call.db, nomination_id),
    )


def opened_parts(form: Mapping[str, Any], entry: Entry) -> str:
    """The names of the sections that the extra time of the formal check opens."""
    opened = entry.opened or ()
    return ", ".join(local(one["name"]) for one in sections(form) if one["key"] in opened)


def title_of(entry: Entry) -> str:
    """The title in a path, or what stands for it."""
    return entry.nomination.title or entry.nomination.network_name or _("Without a title yet")


def _extra_time(call: Call, entry: Entry) -> dict[str, Any]:
    """What the formal check misses, and in which parts it can be supplied."""
    if entry.opened is None:
        return {"extra": None}
    form = programmes.form_definition(call.db, entry.edition.id)
    given = extensions(call.db, entry.nomination.id)
    extra = next(one for one in given if one.sections)
    return {"extra": extra, "opened_parts": opened_parts(form, entry)}


def _crumbs(entry: Entry) -> list[tuple[str, str | None]]:
    return [(_("My nominations"), "/nominations"), (title_of(entry), None)]


def _tasks(call: Call, entry: Entry, days: Days, form: Mapping[str, Any]) -> dict[str, Any]:
    """The sections with the state of each, and how much is missing in all."""
    saved = queries.answers(call.db, entry.nomination.id)
    files = attachments.attached(call.db, entry.nomination.id)
    written = {key: row.values for key, row in saved.items()}
    values = with_files(sections(form), written, files)
    if entry.opened:
        values = extra_time.as_it_stays(call.db, entry.nomination.id, values, call.now)
    names = queries.savers(call.db, saved.values())
    tasks, amiss = [], 0
    for section in applicable(form, values):
        row = saved.get(section["key"])
        is_left = not entry.opens(section["key"], days, call.now)
        found = [] if is_left else gaps(section, values.get(section["key"], {}))
        is_asked = row is not None or any(field["required"] for field in section["fields"])
        amiss += len(found)
        tasks.append(
            {
                "key": section["key"],
                "label": told(section["name"]),
                "href": link(f"/nominations/{entry.nomination.id}/sections/{section['key']}"),
                "short": in_short(section, values.get(section["key"], {})) if row else "",
                "saved_at": row.saved_at if row else None,
                "saved_by": saver(call, row, names),
                "tag": _tag(row, found, is_asked=is_asked, is_left=is_left),
                "is_asked": is_asked,
                "done": bool(row and not found),
            }
        )
    return {"tasks": tasks, "amiss": amiss}


def saver(call: Call, row: Answers | None, names: dict[str, str]) -> str:
    """By whom a section was saved last, as it stands after "by"; empty if that is not known."""
    if row is None or row.saved_by is None:
        return ""
    return _("you") if row.saved_by == call.actor.account_id else names.get(row.saved_by, "")


def _tag(
    row: Answers | None, found: list[Gap], *, is_asked: bool, is_left: bool
) -> tuple[str, ...]:
    """The state of a section: open, begun, too long, done."""
    if is_left:
        return ("", _("stays as handed in"))
    if not is_asked:
        return ("", pgettext("section", "optional"))
    if row is None:
        return ("", _("open"))
    over = sum(gap.over for gap in found)
    if over:
        said = ngettext("%(num)s character too long", "%(num)s characters too long", over)
        return ("bad", said, "alert")
    if any(gap.kind == "over" for gap in found):
        return ("bad", _("too long"), "alert")
    return ("info", _("begun")) if found else ("ok", _("done"), "check")
