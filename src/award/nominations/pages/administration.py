"""All nominations of an edition, searched, filtered and sorted by what the address says."""

from collections.abc import Container, Mapping
from datetime import datetime
from typing import Any

import msgspec

from award.kit.i18n import day, local, ngettext, number
from award.kit.i18n import gettext as _
from award.kit.links import link
from award.nominations import policy, queries
from award.nominations.answers import COLUMNS, needed
from award.nominations.queries import Counts, Days, lists, proposals
from award.nominations.queries.lists import PAGE, SORTS, STATES, Filters, Row, Scope
from award.nominations.shown import TitlePart, field_named, title_parts
from award.programmes import queries as programmes
from award.programmes.calendar import LAST_SECOND
from award.programmes.models import Edition
from award.web.call import Answer, Call, page
from award.web.forms import whole
from award.web.routes import Routes

routes = Routes()
_MOST_PAGES = 10_000
_KEYS = {column: key for key, column in COLUMNS.items()}


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list, ready to be printed; `status` are the words of its tag."""

    href: str
    reference: str | None
    title: str
    title_parts: tuple[TitlePart, ...]
    network_name: str
    state: str
    received_at: datetime | None
    how_far: str
    size: str
    more_time: str
    status: tuple[str, ...]


class SavedSearch(msgspec.Struct, frozen=True):
    """A saved filter as a link, and the address that deletes it."""

    name: str
    href: str
    remove: str
    is_current: bool


@routes.get("/admin/editions/{slug:str}/nominations", policy=policy.may_list)
def nominations(call: Call, slug: str) -> Answer:
    call.allow(policy.may_list)
    edition = programmes.edition(call.db, slug)
    form = programmes.form_definition(call.db, edition.id)
    days, filters = queries.days(call.db, edition.id), asked_filters(call, form)
    scope = scope_of(call, edition)
    is_read = call.can(policy.may_export, checking=days.are_checked(call.now))
    counts = _counts(call, scope) if is_read else None
    rows = lists.listed(call.db, scope, filters, needed(form)) if counts else []
    total = _total(call, scope, filters, counts)
    return page(
        "nominations/list.html",
        edition=edition,
        days=days,
        drafts=scope.drafts,
        proposed=proposals.how_many(call.db, edition.id),
        lines=lines(rows, form, slug),
        total=total,
        counts=counts,
        saved=_saved(call, edition, filters) if call.can(policy.may_save_filter) else None,
        **_with_all(call, days, slug, filters, rows),
        **_shape(form, slug, filters, total),
    )


def scope_of(call: Call, edition: Edition, *, drafts: bool = True) -> Scope:
    """What this person sees of an edition's nominations; drafts only where wanted and allowed."""
    seen = drafts and call.can(policy.may_list_drafts)
    return Scope(edition.id, call.actor.hidden, drafts=seen)


def _counts(call: Call, scope: Scope) -> Counts:
    counts = queries.counts(call.db, scope.edition_id, scope.hidden)
    return counts if scope.drafts else counts.without_drafts()


def _total(call: Call, scope: Scope, filters: Filters, counts: Counts | None) -> int:
    """How many rows the list has; the usual list need not be counted twice."""
    if counts is None:
        return 0
    if scope.drafts and not filters.are_set:
        return counts.total
    return lists.total(call.db, scope, filters)


def _with_all(
    call: Call, days: Days, slug: str, filters: Filters, rows: list[Row]
) -> dict[str, Any]:
    """What can be done with all that is shown, and for how many something just was."""
    return {
        "together": _together(call, days, slug, filters),
        "package": _package(call, days, slug, filters, rows),
        "done": whole(call.query.get("done")),
    }


def _together(call: Call, days: Days, slug: str, filters: Filters) -> list[tuple[str, str]]:
    """What this person may do with all that is shown, each with its address."""
    path = f"/admin/editions/{slug}/nominations/together"
    ways = []
    if call.can(policy.may_check, submitted=True, checking=days.are_checked(call.now)):
        ways.append((_("Admit"), address(f"{path}/admission", filters)))
    if call.can(policy.may_extend, judged=days.are_judged(call.now)):
        ways.append((_("Give more time"), address(f"{path}/extension", filters)))
    if call.can(policy.may_write_letters):
        ways.append((_("Write a letter"), address(f"{path}/letter", filters)))
    return ways


def _package(call: Call, days: Days, slug: str, filters: Filters, rows: list[Row]) -> str | None:
    """Where what is handed in is taken along whole, if any of it is shown."""
    checking = days.are_checked(call.now)
    if not call.can(policy.may_read_submitted, submitted=True, checking=checking):
        return None
    path = f"/admin/editions/{slug}/nominations/package"
    return address(path, filters) if any(row.received_at for row in rows) else None


def _saved(call: Call, edition: Edition, present: Filters) -> list[SavedSearch]:
    """One's own saved filters; the one that is shown now is the current one."""
    path = f"/admin/editions/{edition.slug}/nominations"
    kept = []
    for row in lists.saved_filters(call.db, edition.id, call.actor.account_id):
        names = ("search", "status", "state", "field", "sort")
        filters = Filters(**{name: getattr(row, name) for name in names})
        is_current = filters == msgspec.structs.replace(present, page=1)
        remove = link(f"{path}/filters/{row.id}/removal")
        kept.append(SavedSearch(row.name, address(path, filters), remove, is_current))
    return kept


def asked_filters(call: Call, form: Mapping[str, Any]) -> Filters:
    """What the address narrows the list to; what the form does not know narrows nothing."""
    asked = call.query
    wanted_page, sort = whole(asked.get("page")), asked.get("sort")
    states, fields = (dict(choices(form, one)) for one in ("state", "field_of_action"))
    return Filters(
        search=asked.get("q").strip()[:200],
        status=_one_of(STATES, asked.get("status")),
        state=_one_of(states, asked.get("state")),
        field=_one_of(fields, asked.get("field")),
        sort=sort if sort.removeprefix("-") in SORTS else "reference",
        page=wanted_page if wanted_page and wanted_page <= _MOST_PAGES else 1,
    )


def _one_of(known: Container[str], given: str) -> str:
    return given if given in known else ""


def lines(rows: list[Row], form: Mapping[str, Any], slug: str) -> list[Line]:
    """The rows in words."""
    here, words = link(f"/admin/editions/{slug}/nominations/"), words_of_state()
    states, in_all = dict(choices(form, "state")), len(needed(form))
    return [
        Line(
            href=here + row.id,
            reference=row.reference,
            title=row.title,
            title_parts=title_parts(row.title_parts),
            network_name=row.network_name,
            state=states.get(row.state, row.state),
            received_at=row.received_at,
            how_far=_how_far(row, in_all),
            size=_size(row),
            more_time=_more_time(row),
            status=words[row.status],
        )
        for row in rows
    ]


def _how_far(row: Row, sections_in_all: int) -> str:
    """How much of a draft is complete, or how much of the formal check it met."""
    if row.status == "draft":
        done, of = number(row.complete), number(sections_in_all)
        return _("%(value)s of %(max)s sections", value=done, max=of)
    if row.checks:
        met, of = number(sum(row.checks.values())), number(len(row.checks))
        return _("%(value)s of %(max)s", value=met, max=of)
    return "–"


def _size(row: Row) -> str:
    if row.status != "draft":
        return ""
    return ngettext("%(num)s character", "%(num)s characters", row.size)


def _more_time(row: Row) -> str:
    """Until when a single nomination is still awaited."""
    if row.extended_until is None or row.status not in {"draft", "submitted"}:
        return ""
    return _("time until %(day)s", day=day(row.extended_until - LAST_SECOND, year=False))


def words_of_state() -> dict[str, tuple[str, ...]]:
    """Each status as a tag: kind, words, sign."""
    return {
        "draft": ("", _("draft")),
        "submitted": ("info", _("to be checked"), "clock"),
        "admitted": ("ok", _("admitted"), "check"),
        "not_admitted": ("bad", _("not admitted"), "alert"),
        "withdrawn": ("warn", _("withdrawn"), "back"),
    }


def _shape(form: Mapping[str, Any], slug: str, filters: Filters, total: int) -> dict[str, Any]:
    path = f"/admin/editions/{slug}/nominations"
    return {
        "filters": filters,
        "tags": words_of_state(),
        "states": choices(form, "state"),
        "fields": choices(form, "field_of_action"),
        "columns": _columns(path, filters),
        "export": address(f"{path}/export", filters),
        "keep": address(f"{path}/filters", filters),
        "pages": _pages(path, filters, total),
        "last_page": max(1, -(-total // PAGE)),
        "first": (filters.page - 1) * PAGE + 1,
        "is_narrowed": filters.are_set,
    }


def choices(form: Mapping[str, Any], column: str) -> list[tuple[str, str]]:
    """The choices of the field that a column repeats, each with its words."""
    field = field_named(form, _KEYS[column])
    return [(one["key"], str(local(one))) for one in (field or {}).get("choices", ())]


def _columns(path: str, filters: Filters) -> list[dict[str, Any]]:
    labels = {
        "reference": _("Reference"),
        "title": _("Nomination"),
        "state": _("Federal state"),
        "received": _("Received"),
        "": _("Form"),
        "status": _("Status"),
    }
    return [_column(path, filters, key, label) for key, label in labels.items()]


def _column(path: str, filters: Filters, key: str, label: str) -> dict[str, Any]:
    if not key:
        return {"label": label}
    is_up = filters.sort == key
    column = {"label": label, "href": address(path, filters, sort=f"-{key}" if is_up else key)}
    if filters.sort.removeprefix("-") == key:
        column["sort"] = "ascending" if is_up else "descending"
    return column


def _pages(path: str, filters: Filters, total: int) -> list[tuple[int | None, str | None, bool]]:
    """The first, the last, and those around the present one; a gap where some are left out."""
    last = max(1, -(-total // PAGE))
    near = {1, last, *range(filters.page - 2, filters.page + 3)}
    shown: list[tuple[int | None, str | None, bool]] = []
    before = 0
    for one in sorted(one for one in near if 1 <= one <= last):
        if one > before + 1:
            shown.append((None, None, False))
        href = address(path, filters, page=one)
        shown.append((one, href, one == filters.page))
        before = one
    return shown


def address(path: str, filters: Filters, *, sort: str = "", page: int = 1) -> str:
    """A link that asks for the same again, of this path."""
    return link(path, **in_address(filters, sort=sort, page=page))


def in_address(filters: Filters, *, sort: str = "", page: int = 1) -> dict[str, Any]:
    """The filters as they stand in an address."""
    wanted = sort or filters.sort
    return {
        "q": filters.search,
        "status": filters.status,
        "state": filters.state,
        "field": filters.field,
        "sort": "" if wanted == "reference" else wanted,
        "page": page if page > 1 else "",
    }
