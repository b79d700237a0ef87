"""All nominations of an edition, searched, filtered and sorted by what the address says."""

from collections.abc import Mapping
from typing import Any

from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.kit.links import link
from award.nominations import policy, queries
from award.nominations.answers import COLUMNS, sections
from award.nominations.queries import lists
from award.nominations.queries.lists import PAGE, SORTS, STATES, Filters
from award.nominations.shown import field_named
from award.programmes import queries as programmes
from award.web.call import Answer, Call, page
from award.web.forms import whole
from award.web.routes import Routes

routes = Routes()
_MOST_PAGES = 10_000
_KEYS = {column: key for key, column in COLUMNS.items()}


@routes.get("/admin/editions/{slug:str}/nominations", policy=policy.may_list)
def nominations(call: Call, slug: str) -> Answer:
    call.allow(policy.may_list)
    edition = programmes.edition(call.db, slug)
    days, filters = queries.days(call.db, edition.id), _filters(call)
    drafts = call.can(policy.may_list_drafts)
    checking = days.are_checked(call.now)
    rows, total = lists.listed(
        call.db, edition.id, filters, drafts=drafts, submitted=drafts or checking
    )
    return page(
        "nominations/list.html",
        edition=edition,
        days=days,
        drafts=drafts,
        rows=rows,
        total=total,
        counts=queries.counts(call.db, edition.id) if drafts or checking else None,
        filters=filters,
        **_shape(programmes.form_definition(call.db, edition.id), slug, filters, total),
    )


def _filters(call: Call) -> Filters:
    asked = call.query
    number, sort = whole(asked.get("page")), asked.get("sort")
    status = asked.get("status")
    return Filters(
        search=asked.get("q").strip()[:200],
        status=status if status in STATES else "",
        state=asked.get("state"),
        field=asked.get("field"),
        sort=sort if sort.removeprefix("-") in SORTS else "reference",
        page=number if number and number <= _MOST_PAGES else 1,
    )


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
    states, fields = _choices(form, "state"), _choices(form, "field_of_action")
    return {
        "tags": words_of_state(),
        "states": states,
        "fields": fields,
        "state_names": dict(states),
        "sections_in_all": len(sections(form)),
        "columns": _columns(path, filters),
        "pages": _pages(path, filters, total),
        "last_page": max(1, -(-total // PAGE)),
        "first": (filters.page - 1) * PAGE + 1,
        "is_narrowed": any((filters.search, filters.status, filters.state, filters.field)),
    }


def _choices(form: Mapping[str, Any], column: str) -> list[tuple[str, str]]:
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
    column = {"label": label, "href": _address(path, filters, sort=f"-{key}" if is_up else key)}
    if filters.sort.removeprefix("-") == key:
        column["sort"] = "ascending" if is_up else "descending"
    return column


def _pages(path: str, filters: Filters, total: int) -> list[tuple[int | None, str | None, bool]]:
    """The first, the last, and those around the present one; a gap where some are left out."""
    last = max(1, -(-total // PAGE))
    near = {1, last, *range(filters.page - 2, filters.page + 3)}
    shown: list[tuple[int | None, str | None, bool]] = []
    before = 0
    for number in sorted(one for one in near if 1 <= one <= last):
        if number > before + 1:
            shown.append((None, None, False))
        href = _address(path, filters, page=number)
        shown.append((number, href, number == filters.page))
        before = number
    return shown


def _address(path: str, filters: Filters, *, sort: str = "", page: int = 1) -> str:
    wanted = sort or filters.sort
    return link(
        path,
        q=filters.search,
        status=filters.status,
        state=filters.state,
        field=filters.field,
        sort="" if wanted == "reference" else wanted,
        page=page if page > 1 else "",
    )
