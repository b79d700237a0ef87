"""What is compared to find nominations that may be the same one twice; nothing of it is kept."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from award.kit.db import rows
from award.nominations.alike import Pair, Sketch, pairs, text_runs
from award.nominations.models import Nomination, Submission

_TITLES = (
    select(Nomination.id, Nomination.network_id, Nomination.network_name, Nomination.title)
    .where(Nomination.edition_id == bindparam("edition_id"))
    .order_by(Nomination.created_at, Nomination.id)
)
_SUBMITTED_TITLES = _TITLES.join(Submission, Submission.nomination_id == Nomination.id)
_TEXTS = (
    select(Submission.nomination_id, Submission.answers)
    .join(Nomination, Nomination.id == Submission.nomination_id)
    .where(Nomination.edition_id == bindparam("edition_id"))
)


def by_title(db: Session, edition_id: str, *, drafts: bool) -> list[Pair]:
    """Those of one network or with titles alike, the earliest first; quick enough for a list."""
    return pairs(_sketches(db, edition_id, {}, drafts=drafts))


def by_text(db: Session, edition_id: str, form: Mapping[str, Any], *, drafts: bool) -> list[Pair]:
    """The same, and those of which a good part of what was handed in is alike."""
    texts = {
        nomination_id: text_runs(form, answers)
        for nomination_id, answers in rows(db, _TEXTS, {"edition_id": edition_id})
    }
    return pairs(_sketches(db, edition_id, texts, drafts=drafts))


def _sketches(
    db: Session, edition_id: str, texts: Mapping[str, frozenset[int]], *, drafts: bool
) -> tuple[Sketch, ...]:
    titles = rows(db, _TITLES if drafts else _SUBMITTED_TITLES, {"edition_id": edition_id})
    return tuple(
        Sketch(id_, network_id, network_name, title, texts.get(id_, frozenset()))
        for id_, network_id, network_name, title in titles
    )
