"""The juror's first page: the pile of a round, what comes next, and the own levels so far."""

from typing import Any

import msgspec

from award.accounts.states import states
from award.jury import points, policy, queries
from award.jury.queries import OwnRound, PileRow
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.kit.links import link
from award.nominations.shown import TitlePart, title_parts
from award.programmes import queries as programmes
from award.web.call import Answer, Call, page
from award.web.routes import Routes

routes = Routes()
FILTERS = ("open", "begun", "done")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the pile, ready to be printed: whose, how far, and where the juror is with it."""

    href: str
    title: str
    title_parts: tuple[TitlePart, ...]
    whose: str
    note: str
    state: str


@routes.get("/jury", policy=policy.may_judge)
def show_pile(call: Call) -> Answer:
    seats = queries.own_seats(call.db, call.actor.account_id)
    call.allow(policy.may_judge, seats=len(seats))
    rounds = queries.own_rounds(call.db, call.actor.account_id)
    chosen = _chosen(rounds, call)
    seat, edition = next(
        ((seat, one) for seat, one in seats if chosen and seat.id == chosen.seat_id), seats[0]
    )
    return page(
        "jury/pile.html",
        edition=edition,
        seat=seat,
        rounds=_by_edition(rounds, seats) if len(rounds) > 1 else [],
        round=chosen,
        amendments=programmes.amendments(call.db, edition.id),
        stepped_back=bool(call.query.get("stepped_back")),
        **_pile(call, chosen),
    )


def _chosen(rounds: list[OwnRound], call: Call) -> OwnRound | None:
    """The round asked for, else the one that is judged now, else the next, else the last."""
    for one in rounds:
        if one.id == call.query.get("round"):
            return one
    judging = [one for one in rounds if policy.is_judging(one, call.now)]
    coming = [one for one in rounds if one.starts_at and one.starts_at > call.now]
    return next(iter(judging + coming + rounds[::-1]), None)


def _by_edition(rounds: list[OwnRound], seats: list[Any]) -> list[tuple[str, list[OwnRound]]]:
    """The rounds under the names of their editions, an edition that begins first on top."""
    names = {seat.id: local(one.name) for seat, one in seats}
    found: dict[str, list[OwnRound]] = {}
    for one in rounds:
        found.setdefault(one.seat_id, []).append(one)
    return [(names.get(seat_id, ""), own) for seat_id, own in found.items()]


def _pile(call: Call, round_: OwnRound | None) -> dict[str, Any]:
    """The rows of the pile, and what the page says about them; nothing before the round begins."""
    begun = round_ is not None and policy.has_begun(round_, call.now)
    rows = queries.pile(call.db, round_.seat_id, round_.id) if round_ and begun else []
    wanted = call.query.get("show") if call.query.get("show") in FILTERS else ""
    given = queries.levels_given(call.db, round_.seat_id, round_.id) if round_ and rows else {}
    scale = (round_.scale_min, round_.scale_max) if round_ else (0, 1)
    lines = _lines(rows, scale, round_, blind=bool(rows) and _is_blind(call, round_))
    return {
        "begun": begun,
        "judging": round_ is not None and policy.is_judging(round_, call.now),
        "total": len(rows),
        "counts": {name: sum(line.state == name for line in lines) for name in FILTERS},
        "wanted": wanted,
        "lines": [line for line in lines if wanted in (line.state, "")],
        "following": _following(rows),
        "bars": points.bars(given, *scale) if given else [],
    }


def _is_blind(call: Call, round_: OwnRound | None) -> bool:
    return round_ is not None and queries.hides_networks(
        call.db, round_.edition_id, opened=round_.opened_at
    )


def _lines(
    rows: list[PileRow], scale: tuple[int, int], round_: OwnRound | None, *, blind: bool
) -> list[Line]:
    """The rows in words; the sentences are looked up once for the whole pile."""
    names = {one["key"]: local(one) for one in states()}
    value_words = _("Your value %(value)s", value="{}")
    begun_words = _("%(done)s of %(all)s criteria", done="{}", all=round_.criteria if round_ else 0)
    sheets = link("/sheets/")
    lines = []
    for row in rows:
        where = state(row)
        value = row.value(*scale) if where == "done" else None
        place = names.get(row.state, row.state)
        note = "" if value is None else value_words.format(round(value))
        lines.append(
            Line(
                href=sheets + row.id,
                title=row.title,
                title_parts=title_parts(row.title_parts),
                whose=place if blind else f"{row.network_name} · {place}",
                note=begun_words.format(row.done) if where == "begun" else note,
                state=where,
            )
        )
    return lines


def state(row: PileRow) -> str:
    """Where the juror is with a nomination: open, begun or done."""
    if row.handed_in_at is not None:
        return "done"
    return "begun" if row.done else "open"


def _following(rows: list[PileRow]) -> tuple[int, str] | None:
    """Number and id of the first nomination that is not handed in."""
    places = ((number, row.id) for number, row in enumerate(rows, 1) if not row.handed_in_at)
    return next(places, None)
