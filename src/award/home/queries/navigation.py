"""The ways in a role's navigation: at most seven, by where one is and what one may see there."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from award.decisions.models import Decision
from award.home.queries.ways import ways
from award.jury.models import Opening, RoundEntry, Seat
from award.kit.actor import Actor
from award.kit.db import rows
from award.kit.i18n import gettext as _
from award.programmes.models import Edition, Round

_IS_OPENED = (
    select(Opening.id)
    .where(Opening.round_id == Round.id, Opening.confirmed_at.is_not(None))
    .exists()
)
_IS_FILLED = select(RoundEntry.round_id).where(RoundEntry.round_id == Round.id).exists()
_OPENED = (
    select(_IS_OPENED).where(Round.edition_id == bindparam("edition_id")).order_by(Round.position)
)
_CHAIRED = (
    select(Edition.slug, Round.position, _IS_OPENED, _IS_FILLED)
    .join(Seat, Seat.edition_id == Edition.id)
    .join(Round, Round.edition_id == Edition.id)
    .where(Seat.account_id == bindparam("account_id"), Seat.is_chair)
    .order_by(Edition.year.desc(), Edition.created_at.desc(), Round.position)
)
_CHAIRED_ONE = _CHAIRED.where(Edition.id == bindparam("edition_id"))

_IS_DECIDED = (
    select(Decision.id)
    .where(
        Decision.edition_id == Edition.id,
        Decision.confirmed_at.is_not(None),
        Decision.dropped_at.is_(None),
    )
    .exists()
)
_SEATS = (
    select(Edition.slug, Seat.is_chair, _IS_DECIDED.label("is_decided"))
    .join(Seat, Seat.edition_id == Edition.id)
    .where(Seat.account_id == bindparam("account_id"))
    .order_by(Edition.year.desc(), Edition.created_at.desc())
)


class Entry(msgspec.Struct, frozen=True):
    """A place in the navigation."""

    label: str
    href: str
    current: bool


def public_nav(path: str, edition: Edition) -> list[tuple[str, str, str]]:
    """The public pages of an edition; the start page is the call of the current one."""
    base = f"/editions/{edition.slug}"
    winners = (_("Winners"), f"{base}/winners", "winners")
    every = (_("All editions"), "/editions", "all")
    if edition.kind == "archive":
        return [winners, every]
    call = (_("Call"), "/" if path == "/" else base, "call")
    return [call, (_("Criteria"), f"{base}/criteria", "criteria"), winners, every]


def role_nav(db: Session, actor: Actor, path: str, edition: Edition | None) -> list[Entry]:
    """The navigation of the role whose pages these are; empty on the public ones.

    One's account belongs to no role: from there lead the ways to all that one has.
    `edition` is the one that the page is about, if it is about one.
    """
    first = path.split("/")[1]
    oversees = actor.has("administrator") or actor.has("auditor")
    if first in {"admin", "demo"} and oversees:
        return _of_edition(db, path, edition) if edition else _of_house(path)
    if first in {"admin", "jury", "sheets"}:
        return _jury(db, actor, path, edition)
    if first == "networks" and oversees and not actor.memberships:
        return _of_house(path)
    if first in {"nominations", "networks"}:
        return [_entry(_("My nominations"), "/nominations", path)]
    if first != "account":
        return []
    return [_entry(way.label, way.href, path) for way in ways(db, actor)]


def _of_house(path: str) -> list[Entry]:
    return [
        _entry(_("Editions"), "/admin/editions", path),
        _entry(_("People"), "/admin/people", path, also=("/admin/networks", "/admin/feedback")),
        _entry(_("Mails"), "/admin/mails", path),
        _entry(_("Log"), "/admin/audit", path),
    ]


def _of_edition(db: Session, path: str, edition: Edition) -> list[Entry]:
    """An edition's ways; ranking and decision only once their rounds are opened."""
    base = f"/admin/editions/{edition.slug}"
    opened = _opened(db, edition)
    ways = [
        _entry(_("Overview"), base, path, exact=True),
        _entry(_("Nominations"), f"{base}/nominations", path, also=(f"{base}/proposals",)),
        _entry(_("Jury"), f"{base}/jury", path, also=(f"{base}/rounds", f"{base}/conflicts")),
    ]
    if any(opened):
        ways.append(_entry(_("Ranking"), f"{base}/ranking", path))
    if opened and opened[-1]:
        ways.append(_entry(_("Decision"), f"{base}/decisions", path))
    return [
        *ways,
        _entry(_("Set-up"), f"{base}/setup", path, also=(f"{base}/phases", f"{base}/form")),
        _entry(_("All editions"), "/admin/editions", path, exact=True),
    ]


def _jury(db: Session, actor: Actor, path: str, edition: Edition | None) -> list[Entry]:
    """A juror's ways, to the winners too once they are decided; and those of a chair.

    Of this edition, else of the newest. Beside a sheet a chair is one juror among others.
    """
    seats = rows(db, _SEATS, {"account_id": actor.account_id}).all()
    seats = [one for one in seats if edition is None or one.slug == edition.slug]
    ways = [
        _entry(_("Nominations"), "/jury", path, exact=True, also=("/sheets",)),
        _entry(_("Conflicts of interest"), "/jury/conflicts", path),
    ]
    decided = [one.slug for one in seats if one.is_decided][:1]
    ways += [_entry(_("Winners"), f"/jury/editions/{slug}/winners", path) for slug in decided]
    if path.startswith("/sheets") or not any(one.is_chair for one in seats):
        return ways
    return [*ways, *_chair(db, actor, path, edition)]


def _chair(db: Session, actor: Actor, path: str, edition: Edition | None) -> list[Entry]:
    """To conflicts, progress and what was opened."""
    found = _chaired(db, actor, edition)
    if found is None:
        return []
    base, rounds = f"/admin/editions/{found[0]}", found[1]
    watched = _watched(rounds)
    entries = [
        _entry(_("Cases"), f"{base}/conflicts", path),
        _entry(_("Progress"), f"{base}/rounds/{watched}/progress", path, also=(f"{base}/rounds",)),
    ]
    if any(is_opened for _position, is_opened, _filled in rounds):
        entries.append(_entry(_("Ranking"), f"{base}/ranking", path))
    if rounds and rounds[-1][1]:
        entries.append(_entry(_("Decision"), f"{base}/decisions", path))
    return entries


def _watched(rounds: Sequence[tuple[int, bool, bool]]) -> int:
    """The round whose progress counts now: the first that is sealed, else the first opened.

    A sealed round with nothing in it, before one that has something, was left out.
    """
    last = max((place for place, _opened, is_filled in rounds if is_filled), default=0)
    sealed = [
        place
        for place, is_opened, is_filled in rounds
        if not is_opened and (is_filled or place > last)
    ]
    opened = [place for place, is_opened, _filled in rounds if is_opened]
    return (sealed or opened)[0]  # never both empty: what was left out stands before another


def _opened(db: Session, edition: Edition) -> list[bool]:
    """Whether each round of an edition is opened, in the order of the rounds."""
    return list(rows(db, _OPENED, {"edition_id": edition.id}).scalars())


def _chaired(
    db: Session, actor: Actor, edition: Edition | None
) -> tuple[str, list[tuple[int, bool, bool]]] | None:
    """The edition that this person chairs (this one, else the newest) and its rounds.

    Of each round its place, whether it is opened, and whether it judges anything.
    """
    ids = {"account_id": actor.account_id}
    if edition is None:
        found = rows(db, _CHAIRED, ids).all()
    else:
        found = rows(db, _CHAIRED_ONE, {**ids, "edition_id": edition.id}).all()
    if not found:
        return None
    slug = found[0].slug
    return slug, [(row[1], row[2], row[3]) for row in found if row.slug == slug]


def _entry(
    label: str, href: str, path: str, *, exact: bool = False, also: tuple[str, ...] = ()
) -> Entry:
    below = path.startswith(f"{href}/") and not exact
    return Entry(label, href, path == href or below or path.startswith(also))
