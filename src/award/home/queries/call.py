"""The call of an edition as visitors read it: when, what for, who, and who won before."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from award.announcing import queries as announcing
from award.announcing.queries import Winner
from award.decisions.models import Decision
from award.home.queries.steps import Step, call_steps
from award.kit import i18n
from award.kit.i18n import local, told
from award.programmes import queries as programmes
from award.programmes.models import Criterion, Edition, Phase, PhaseMove, Round
from award.programmes.rules import Amended


class Moved(msgspec.Struct, frozen=True):
    """A phase that was moved, and what it is called."""

    name: str
    move: PhaseMove


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """Everything on the page of a call."""

    hero: str
    intro: str
    who: list[str]
    needs: list[str]
    texts: int
    most_characters: int
    questions: int
    steps: list[Step]
    dates: list[tuple[str, Phase]]
    moves: list[Moved]
    criteria: list[Criterion]
    amendments: list[Amended]
    rounds: list[Round]
    nominations: Phase | None
    announced_at: datetime | None


class Awarded(msgspec.Struct, frozen=True):
    """An announced edition and its winners."""

    edition: Edition
    winners: list[Winner]


def call(db: Session, edition: Edition, now: datetime) -> Shown:
    """What the page of a call shows."""
    words = programmes.words_of(programmes.programme(db))
    phases, rounds = programmes.phases(db, edition.id), programmes.rounds(db, edition.id)
    names = programmes.phase_names(phases, rounds)
    by_round = {one.id: told(one.name) for one in rounds}
    names |= {one.id: by_round[one.round_id] for one in phases if one.round_id}
    definition = programmes.form_definition(db, edition.id)
    texts, most = size(definition)
    announced = announcing.announced_at(db, edition)
    announced = announced if announced and announced <= now else None
    return Shown(
        hero=_counted(words, "hero", edition.winners),
        intro=_counted(words, "intro", edition.winners),
        who=[told(one) for one in words["who"]],
        needs=[told(one) for one in words["needs"]],
        texts=texts,
        most_characters=most,
        questions=len(definition.get("questions", ())),
        steps=call_steps(phases, now, announced),
        dates=[(names[one.id], one) for one in phases],
        moves=[Moved(names[one.phase_id], one) for one in programmes.moves(db, edition)],
        criteria=programmes.criteria(db, edition.id),
        amendments=programmes.amendments(db, edition.id),
        rounds=rounds,
        nominations=next((one for one in phases if one.kind == "nominations"), None),
        announced_at=announced,
    )


def size(definition: dict[str, Any]) -> tuple[int, int]:
    """How many long texts a form asks for, and how many characters fit into them together."""
    fields = [field for section in definition["sections"] for field in section["fields"]]
    limits = [field.get("max_length", 0) for field in fields if field["kind"] == "long_text"]
    return len(limits), sum(limits)


def last_awarded(db: Session, about: Edition | None, now: datetime) -> Awarded | None:
    """The newest announced edition with its winners; invented ones only beside invented ones."""
    query = select(Edition).where(Edition.published_at <= now, is_announced(now))
    if about is not None and not about.is_synthetic:
        query = query.where(Edition.is_synthetic.is_(False))
    query = query.order_by(Edition.year.desc(), Edition.created_at.desc()).limit(1)
    found = db.scalar(query)
    return Awarded(found, announcing.winners(db, found, now)) if found else None


def announced_ids(db: Session, editions: Iterable[Edition], now: datetime) -> set[str]:
    """Which of these editions have winners that everybody may read."""
    ids = [one.id for one in editions]
    return set(db.scalars(select(Edition.id).where(Edition.id.in_(ids), is_announced(now))))


def open_ids(db: Session, editions: Iterable[Edition], now: datetime) -> dict[str, Phase]:
    """The running phase of nominations of these editions."""
    ids = [one.id for one in editions]
    query = select(Phase).where(
        Phase.edition_id.in_(ids),
        Phase.kind == "nominations",
        Phase.starts_at <= now,
        Phase.ends_at > now,
    )
    return {one.edition_id: one for one in db.scalars(query)}


def is_announced(now: datetime) -> Any:
    """The condition that an edition's winners are public."""
    decided = exists().where(
        and_(
            Decision.edition_id == Edition.id,
            Decision.confirmed_at.is_not(None),
            Decision.dropped_at.is_(None),
            Decision.embargo_until <= now,
        )
    )
    return or_(Edition.kind == "archive", decided)


def _counted(words: dict[str, Any], key: str, winners: int) -> str:
    """A text with the number of winners in words; one winner has a text of its own."""
    if winners == 1 and f"{key}_one" in words:
        return str(local(words[f"{key}_one"]))
    numbers = local(words["numbers"])
    said = numbers[winners] if winners < len(numbers) else i18n.number(winners)
    text = str(local(words[key])).replace("{winners}", said)
    return text[:1].upper() + text[1:]
