"""Doing one thing with many nominations: each page shows first what will change, and for which.

They work on what the list shows, with the same filters in the address.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import msgspec

from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.nominations import actions, policy, queries
from award.nominations.answers import needed
from award.nominations.forms import WriteLetter, extension
from award.nominations.pages.administration import (
    address,
    asked_filters,
    in_address,
    scope_of,
    words_of_state,
)
from award.nominations.queries import Days, extra_time, lists, together
from award.nominations.queries.lists import Row
from award.nominations.queries.together import ToCheck
from award.programmes import queries as programmes
from award.programmes.calendar import has_begun
from award.programmes.models import Edition
from award.web.call import Answer, Call, page, see
from award.web.routes import Routes

routes = Routes()
MOST = 200  # each letter takes some milliseconds, in which nobody else can save
_PATH = "/admin/editions/{slug:str}/nominations/together"


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A nomination of the list: what will change of it, or why it is left out."""

    row: Row
    change: str = ""
    left_out: str = ""


class _Shown(msgspec.Struct, frozen=True):
    """The edition and what the list shows of it."""

    edition: Edition
    days: Days
    form: Mapping[str, Any]
    rows: list[Row]
    total: int


@routes.get(f"{_PATH}/admission", policy=policy.may_check)
def admission(call: Call, slug: str) -> Answer:
    shown = _shown(call, slug)
    call.allow(policy.may_check, submitted=True, checking=shown.days.are_checked(call.now))
    found = _to_check(call, shown)
    by_hand = {one.label for some in found.values() for one in some.checks if one.is_met is None}
    says = partial(_admitted, found=found)
    return _page(call, shown, "admission", says, by_hand=sorted(by_hand))


@routes.post(f"{_PATH}/admission", policy=policy.may_check, again=admission)
def admit(call: Call, slug: str) -> Answer:
    shown = _shown(call, slug)
    call.allow(policy.may_check, submitted=True, checking=shown.days.are_checked(call.now))
    if "looked" not in call.typed:
        words = _("Please confirm that you have looked at every one of them.")
        raise Refused("looked", errors={"looked": words})
    found = _to_check(call, shown)
    items = _items(shown, partial(_admitted, found=found))
    ids = _ticked(call, {one.row.id for one in items if one.change})
    actions.admit_all(
        call.db,
        shown.edition,
        {one: {check.key: True for check in found[one].checks} for one in ids},
        by=call.actor,
        at=call.now,
        public_url=call.site.settings.public_url,
    )
    return _back(call, shown, len(ids))


@routes.get(f"{_PATH}/extension", policy=policy.may_extend)
def more_time(call: Call, slug: str) -> Answer:
    shown = _shown(call, slug)
    call.allow(policy.may_extend, judged=shown.days.are_judged(call.now))
    extra = extra_time.given_in(call.db, shown.edition.id)
    says = partial(_extended, extra=extra, days=shown.days, now=call.now)
    return _page(call, shown, "extension", says)


@routes.post(f"{_PATH}/extension", policy=policy.may_extend, again=more_time)
def extend(call: Call, slug: str) -> Answer:
    shown = _shown(call, slug)
    call.allow(policy.may_extend, judged=shown.days.are_judged(call.now))
    ends_at, reason = extension(call.typed, shown.edition.time_zone)
    ids = _ticked(call, {row.id for row in shown.rows})
    actions.extend_all(
        call.db,
        shown.edition,
        ids,
        ends_at=ends_at,
        reason=reason,
        by=call.actor,
        at=call.now,
        public_url=call.site.settings.public_url,
    )
    return _back(call, shown, len(ids))


@routes.get(f"{_PATH}/letter", policy=policy.may_write_letters)
def letter(call: Call, slug: str) -> Answer:
    call.allow(policy.may_write_letters)
    return _page(call, _shown(call, slug), "letter", lambda _row: (_("gets the letter"), ""))


@routes.post(f"{_PATH}/letter", policy=policy.may_write_letters, again=letter)
def write(call: Call, slug: str) -> Answer:
    call.allow(policy.may_write_letters)
    shown, letter = _shown(call, slug), call.form(WriteLetter)
    ids = _ticked(call, {row.id for row in shown.rows})
    actions.write_to_all(
        call.db,
        shown.edition,
        ids,
        subject=letter.subject,
        text=letter.text,
        by=call.actor,
        at=call.now,
        public_url=call.site.settings.public_url,
    )
    return _back(call, shown, len(ids))


def _shown(call: Call, slug: str) -> _Shown:
    """The first rows of the list on all of its pages, as the address narrows it."""
    call.allow(policy.may_list_drafts)
    edition = programmes.edition(call.db, slug)
    form = programmes.form_definition(call.db, edition.id)
    filters = asked_filters(call, form)
    rows = lists.all_listed(call.db, scope_of(call, edition), filters, needed(form))
    return _Shown(edition, queries.days(call.db, edition.id), form, rows[:MOST], len(rows))


def _to_check(call: Call, shown: _Shown) -> dict[str, ToCheck]:
    ids = [row.id for row in shown.rows if row.status == "submitted"]
    return together.to_check(call.db, shown.edition.id, ids, shown.days, call.now)


def _admitted(row: Row, found: Mapping[str, ToCheck]) -> tuple[str, str]:
    one = found.get(row.id)
    if one is None:
        return "", words_of_state()[row.status][1]
    if one.is_awaited:
        return "", _("has extra time to supply what is missing")
    unmet = [check.label for check in one.checks if check.is_met is False]
    if unmet:
        return "", _("not met: %(checks)s", checks=", ".join(unmet))
    return _("will be admitted"), ""


def _extended(row: Row, extra: set[str], days: Days, now: datetime) -> tuple[str, str]:
    if not has_begun(days.nominations, now):
        return "", _("Nominations are not open yet.")
    if row.status not in {"draft", "submitted"}:
        return "", words_of_state()[row.status][1]
    if row.id in extra:
        return _("gets more time for what is missing"), ""
    return _("gets more time"), ""


def _items(shown: _Shown, says: Callable[[Row], tuple[str, str]]) -> list[Item]:
    items = []
    for row in shown.rows:
        change, left_out = says(row)
        items.append(Item(row=row, change=change, left_out=left_out))
    return items


def _page(
    call: Call, shown: _Shown, what: str, says: Callable[[Row], tuple[str, str]], **more: Any
) -> Answer:
    items, base = _items(shown, says), f"/admin/editions/{shown.edition.slug}/nominations"
    filters = asked_filters(call, shown.form)
    ticked = set(call.typed.all("id")) if call.refusal else {one.row.id for one in items}
    return page(
        f"nominations/together_{what}.html",
        edition=shown.edition,
        days=shown.days,
        changed=[one for one in items if one.change],
        left_out=[one for one in items if one.left_out],
        total=shown.total,
        most=MOST,
        ticked=ticked,
        base=base,
        action=address(f"{base}/together/{what}", filters),
        back=address(base, filters),
        crumbs=[(_("Nominations"), base), (_("Several at once"), None)],
        **more,
    )


def _ticked(call: Call, known: set[str]) -> list[str]:
    """Those that were ticked; raises Refused for one that is no longer among what can be done."""
    chosen = list(dict.fromkeys(call.typed.all("id")))
    if not known.issuperset(chosen):
        words = _("Something has changed in the meantime. Please look at the list once more.")
        raise Refused("changed", words)
    return chosen


def _back(call: Call, shown: _Shown, done: int) -> Answer:
    """To the list as it was narrowed, with how many it was."""
    base = f"/admin/editions/{shown.edition.slug}/nominations"
    filters = asked_filters(call, shown.form)
    return see(base, **in_address(filters), done=done)
