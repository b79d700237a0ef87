"""One section of the form: its fields from the edition's data, a plain save, and two versions."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from award.kit.errors import Changed, NotFound
from award.kit.i18n import gettext as _
from award.kit.i18n import told
from award.nominations import actions, policy, queries
from award.nominations.answers import COLUMNS, Section, sections, typed_values
from award.nominations.attached import kind_and_size
from award.nominations.conditions import followed, narrowed
from award.nominations.differences import compared
from award.nominations.forms import Seen
from award.nominations.gaps import gaps
from award.nominations.models import Answers
from award.nominations.pages.colleagues import marks
from award.nominations.pages.own import saver, title_of
from award.nominations.queries import Days, Entry, attachments, colleagues, extra_time, saving
from award.nominations.queries.asking import asked_section
from award.nominations.queries.extensions import days_for
from award.nominations.shown import boxes, field_named, grouped, is_day, options
from award.programmes import queries as programmes
from award.web.call import Answer, Call, Page, page, see
from award.web.forms import whole
from award.web.routes import Routes
from award.web.saving import saved, saved_before

routes = Routes()
_PATH = "/nominations/{nomination_id:str}/sections/{key:str}"
_SPARE_ROWS = 1
_STATE = next(key for key, column in COLUMNS.items() if column == "state")


@routes.get(_PATH, policy=policy.may_read_own)
def section(call: Call, nomination_id: str, key: str) -> Answer:
    entry = queries.own(call.db, call.actor, nomination_id)
    call.allow(policy.may_read_own, entry.nomination.network_id)
    form = programmes.form_definition(call.db, entry.edition.id)
    here = queries.section_named(form, key)
    saved_rows = queries.answers(call.db, nomination_id)
    found = saved_rows.get(key)
    context = _context(call, entry, form, here, saved_rows)
    if isinstance(call.refusal, Changed) and found is not None:
        return _two_versions(call, here, found, context)
    return page("nominations/section.html", **context)


@routes.post(_PATH, policy=policy.may_write_own, again=section)
def save(call: Call, nomination_id: str, key: str) -> Answer:
    before = saving.before(call.db, nomination_id, key, call.actor.account_id)
    call.allow(policy.may_write_own, before.network_id, writes=bool(before.writes))
    form = programmes.form_definition(call.db, before.edition_id, before.form_version)
    here, seen = queries.section_named(form, key), call.form(Seen)
    values = typed_values(here, call.typed)
    with_all = attachments.with_attached(call.db, nomination_id, here, values)
    version = actions.save_section(
        call.db, before, values, version=seen.version, by=call.actor, at=call.now
    )
    if call.wants_json:
        asked = asked_section(call.db, nomination_id, form, here, values, call.now)
        return saved(version, call.now, f"{call.path}/saved", _targets(asked, with_all))
    _arrange(call, nomination_id)
    return _onwards(call, nomination_id, form, key)


@routes.get(f"{_PATH}/saved", policy=policy.may_read_own)
def saved_section(call: Call, nomination_id: str, key: str) -> Answer:
    entry = queries.own(call.db, call.actor, nomination_id)
    call.allow(policy.may_read_own, entry.nomination.network_id)
    found = queries.answers(call.db, nomination_id).get(key)
    if found is None:
        raise NotFound
    form = programmes.form_definition(call.db, entry.edition.id)
    here = queries.section_named(form, key)
    asked = asked_section(call.db, nomination_id, form, here, found.values, call.now)
    values = attachments.with_attached(call.db, nomination_id, here, found.values)
    amiss = _targets(asked, values)
    return saved_before(call, found.version, found.saved_at, call.path, amiss)


def _targets(here: Section, values: Mapping[str, Any]) -> set[str]:
    """The inputs at which something is amiss."""
    return {gap.target for gap in gaps(here, values)}


def _arrange(call: Call, nomination_id: str) -> None:
    """Take off or move the file whose button was pressed; what was typed is saved already."""
    for name, steps in (("_remove", None), ("_up", -1), ("_down", 1)):
        if name not in call.typed:
            continue
        nomination = queries.own(call.db, call.actor, nomination_id).nomination
        one = attachments.attachment(call.db, nomination_id, call.typed.get(name))
        if steps is None:
            actions.remove(call.db, nomination, one, by=call.actor, at=call.now)
        else:
            actions.move(call.db, nomination, one, steps, at=call.now)


def _onwards(call: Call, nomination_id: str, form: Mapping[str, Any], key: str) -> Answer:
    """After saving: the next section, the same again, or the same with more rows."""
    path = f"/nominations/{nomination_id}/sections/"
    if "_add" in call.typed:
        return see(path + key, more=3)
    following = _following(form, key)
    if "_next" not in call.typed:
        return see(path + key, saved=1)
    if following is None:
        return see(f"/nominations/{nomination_id}/check")
    return see(path + following["key"])


def _following(form: Mapping[str, Any], key: str) -> Section | None:
    keys = [one["key"] for one in sections(form)]
    later = sections(form)[keys.index(key) + 1 :]
    return later[0] if later else None


def _context(
    call: Call,
    entry: Entry,
    form: Mapping[str, Any],
    here: Section,
    rows: Mapping[str, Answers],
) -> dict[str, Any]:
    typing = call.refusal is not None and "version" in call.typed
    found = rows.get(here["key"])
    values = typed_values(here, call.typed) if typing else found.values if found else {}
    written = attachments.with_attached(call.db, entry.nomination.id, here, values)
    answered = {key: row.values for key, row in rows.items()} | {here["key"]: dict(written)}
    if entry.opened:
        answered = extra_time.as_it_stays(call.db, entry.nomination.id, answered, call.now)
    with_all = answered.get(here["key"], {})
    days = days_for(call.db, entry)
    writes = entry.takes_text(days, call.now) and entry.opens(here["key"], days, call.now)
    asked = narrowed(form, here, answered)
    return {
        "edition": entry.edition,
        "entry": entry,
        "days": days,
        "section": here,
        "sections": sections(form),
        "following": _following(form, here["key"]),
        "values": with_all,
        **_dependent(here, asked),
        "version": found.version if found else 0,
        "saved_at": found.saved_at if found and not typing else None,
        "saved_by": saver(call, found, queries.savers(call.db, [found] if found else [])),
        "just_saved": _just_saved(call, found),
        "can_write": writes,
        **_company(call, entry, days),
        "spare": _spare(call),
        "options": options,
        "kind_and_size": kind_and_size,
        "boxes": boxes,
        "is_day": is_day,
        "places": partial(grouped, field_named(form, _STATE)),
        "criteria": _criteria(call, entry, here),
        # Where nothing can be changed any more, nothing is asked for.
        "errors": _errors(call, asked, with_all, is_saved=found is not None) if writes else {},
        "crumbs": section_crumbs(entry, here),
    }


def _just_saved(call: Call, found: Answers | None) -> bool:
    """Whether this page comes after the person's own save; then the time alone says it."""
    return "saved" in call.query and found is not None and found.saved_by == call.actor.account_id


def _company(call: Call, entry: Entry, days: Days) -> dict[str, Any]:
    """Who else is writing, where there can be anybody."""
    nomination = entry.nomination
    is_shared = entry.is_open(days, call.now) and colleagues.has_colleagues(
        call.db, nomination.network_id
    )
    return {"is_shared": is_shared, "marks": marks(call, nomination.id) if is_shared else []}


def _dependent(here: Section, asked: Section) -> dict[str, Any]:
    """Which fields are not asked now, and what decides on those of this page."""
    keys = {field["key"] for field in asked["fields"]}
    follows = followed(here)
    return {
        "follows": follows,
        "leads": {leader for leader, _wanted in follows.values()},
        "not_asked": {field["key"] for field in here["fields"]} - keys,
    }


def _spare(call: Call) -> int:
    more = whole(call.query.get("more"))
    return _SPARE_ROWS if more is None else min(more, 20)


def _errors(
    call: Call, here: Section, values: Mapping[str, Any], *, is_saved: bool
) -> dict[str, str]:
    """What is too long or cannot be read is always said; what is missing when one asks for it."""
    if not is_saved and "check" not in call.query and call.refusal is None:
        return {}
    is_checked = "check" in call.query
    found = [gap for gap in gaps(here, values) if is_checked or gap.kind in {"over", "wrong"}]
    files = {field["key"] for field in here["fields"] if field["kind"] == "files"}
    refused = call.refusal.errors if call.refusal else {}
    return {gap.target: gap.message for gap in found} | {
        name: words for name, words in refused.items() if name in files
    }


def _criteria(call: Call, entry: Entry, here: Section) -> list[Any]:
    """The criteria that the fields of this section bear on, for "what the jury looks at"."""
    wanted = {key for field in here["fields"] for key in field.get("bears_on", ())}
    if not wanted:
        return []
    return [one for one in programmes.criteria(call.db, entry.edition.id) if one.key in wanted]


def section_crumbs(entry: Entry, here: Section) -> list[tuple[str, str | None]]:
    own = f"/nominations/{entry.nomination.id}"
    return [
        (_("My nominations"), "/nominations"),
        (title_of(entry), own),
        (told(here["name"]), None),
    ]


def _two_versions(call: Call, here: Section, theirs: Answers, context: dict[str, Any]) -> Page:
    names = queries.savers(call.db, [theirs])
    context |= {
        "compared": compared(here, context["values"], theirs.values),
        "is_own": theirs.saved_by == call.actor.account_id,
        "by": names.get(theirs.saved_by or "", ""),
        "at": theirs.saved_at,
        "sent": [
            (name, value)
            for name in call.typed
            if not name.startswith("_") and name != "version"
            for value in call.typed.all(name)
        ],
        "errors": {},
    }
    return page("nominations/two_versions.html", **context)
