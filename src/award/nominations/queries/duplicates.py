"""What is compared to find nominations that may be the same one twice; nothing of it is kept."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from award.kit.db import rows
from award.nominations.alike import Pair, Sketch, pairs, text_runs
from award.nominations.models import Nomination, Submission
from award.nominations.queries.lists import Scope

_TITLES = (
    select(Nomination.id, Nomination.network_id, Nomination.network_name, Nomination.title)
    .where(
        Nomination.edition_id == bindparam("edition_id"),
        Nomination.id.not_in(bindparam("hidden", expanding=True)),
    )
    .order_by(Nomination.created_at, Nomination.id)
)
_SUBMITTED_TITLES = _TITLES.join(Submission, Submission.nomination_id == Nomination.id)
_TEXTS = (
    select(Submission.nomination_id, Submission.answers)
    .join(Nomination, Nomination.id == Submission.nomination_id)
    .where(
        Nomination.edition_id == bindparam("edition_id"),
        Nomination.id.not_in(bindparam("hidden", expanding=True)),
    )
)


def by_title(db: Session, scope: Scope) -> list[Pair]:
    """Those of one network or with titles alike, the earliest first; quick enough for a list."""
    return pairs(_sketches(db, scope, {}))


def by_text(db: Session, scope: Scope, form: Mapping[str, Any]) -> list[Pair]:
    """The same, and those of which a good part of what was handed in is alike."""
    texts = {
        nomination_id: text_runs(form, answers)
        for nomination_id, answers in rows(db, _TEXTS, scope.asked)
    }
    return pairs(_sketches(db, scope, texts))


def _sketches(db: Session, scope: Scope, texts: Mapping[str, frozenset[int]]) -> tuple[Sketch, ...]:
    titles = rows(db, _TITLES if scope.drafts else _SUBMITTED_TITLES, scope.asked)
    return tuple(
        Sketch(id_, network_id, network_name, title, texts.get(id_, frozenset()))
        for id_, network_id, network_name, title in titles
    )
