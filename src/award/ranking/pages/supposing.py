"""What if a juror or a criterion were left out, or winners were capped: nothing of it is stored."""

from collections.abc import Mapping
from typing import Any

import msgspec

from award.accounts.states import states
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.nominations.shown import field_named
from award.programmes import queries as programmes
from award.programmes.models import Edition
from award.ranking import queries
from award.ranking.capped import Capped, capped
from award.ranking.changes import Change, change
from award.ranking.pages.finding import BASE, find
from award.ranking.pages.seen import Seen, beside, seen
from award.ranking.policy import may_see_ranking
from award.web.call import Answer, Call, Page
from award.web.forms import Typed, number_within
from award.web.routes import Routes

MOST = 99  # winners of a group
_CAPS = ("state", "field")

routes = Routes()


class Without(msgspec.Struct, frozen=True):
    """A juror or criterion that can be left out, and what changes then."""

    id: str
    change: Change


class Cap(msgspec.Struct, frozen=True):
    """At most `most` winners of each state or field of action; `found` is None if unreadable."""

    kind: str
    typed: str
    error: str = ""
    most: int = 1
    found: Capped | None = None
    change: Change | None = None


class Supposing(msgspec.Struct, frozen=True):
    """What can be left out, and what of it the address asks for."""

    jurors: list[Without]
    criteria: list[Without]
    juror: Without | None
    criterion: Without | None
    caps: list[str]
    cap: Cap

    @property
    def is_asked(self) -> bool:
        return bool(self.juror or self.criterion or self.cap.kind)


@routes.get(BASE + "/{run_id:str}/what-if", policy=may_see_ranking)
def show_what_if(call: Call, slug: str, run_id: str) -> Answer:
    found = find(call, slug)
    call.allow(may_see_ranking, found.seat, is_opened=bool(found.opened))
    of = seen(call, found, queries.run(call.db, found.edition.id, run_id))
    shown = supposing(of, call.query)
    errors = {"most": shown.cap.error} if shown and shown.cap.error else {}
    context = {
        **beside(call, found, of, _("What if?")),
        "names": queries.jurors(call.db, {one["id"] for one in of.run.result["jurors"]}),
        "supposing": shown,
        "groups": _words(call, found.edition, shown),
        "errors": errors,
    }
    template = "ranking/_supposing.html" if shown and call.is_htmx else "ranking/what_if.html"
    return Page(template, context, status=422 if errors else 200)


def supposing(of: Seen, asked: Typed) -> Supposing | None:
    """What the address asks for; None where nothing can be told to the reader."""
    if of.hidden or not of.ranked:
        return None
    jurors = [
        Without(one["id"], _change(of, one["winners_without"])) for one in of.run.result["jurors"]
    ]
    found = of.run.result["weights"]["winners_without"]
    criteria = [Without(key, _change(of, winners)) for key, winners in found.items() if winners]
    caps = [kind for kind in _CAPS if any(_groups(of, kind).values())]
    return Supposing(
        jurors=jurors,
        criteria=criteria,
        juror=next((one for one in jurors if one.id == asked.get("without_juror")), None),
        criterion=next((one for one in criteria if one.id == asked.get("without_criterion")), None),
        caps=caps,
        cap=_cap(of, asked, caps),
    )


def _change(of: Seen, winners: list[str] | None) -> Change:
    """None of them is: the same ones win."""
    return Change([], []) if winners is None else change(of.ranked, winners)


def _groups(of: Seen, kind: str) -> dict[str, str]:
    if kind == "state":
        return {one.id: of.named[one.id].state for one in of.ranked}
    return {one.id: of.named[one.id].field_of_action for one in of.ranked}


def _cap(of: Seen, asked: Typed, caps: list[str]) -> Cap:
    kind, typed = asked.get("cap"), asked.get("most", "1").strip()
    if kind not in caps:
        return Cap("", typed)
    try:
        most = int(number_within(typed, 1, MOST))
    except ValueError as error:
        return Cap(kind, typed, str(error))
    found = capped(of.ranked, _groups(of, kind), most)
    changed = change(of.ranked, [one.id for one in found.winners])
    return Cap(kind, str(most), most=most, found=found, change=changed)


def _words(call: Call, edition: Edition, shown: Supposing | None) -> Mapping[str, Any]:
    """What the groups of the cap are called."""
    if shown is None or not shown.cap.kind:
        return {}
    if shown.cap.kind == "state":
        return {one["key"]: local(one) for one in states()}
    form = programmes.form_definition(call.db, edition.id)
    field = field_named(form, "fieldOfAction") or {}
    return {one["key"]: local(one) for one in field.get("choices", ())}
