"""One decision for many nominations: all of it happens, or nothing does."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.errors import Problem, Refused
from award.kit.i18n import gettext as _
from award.kit.ids import new_id
from award.nominations import mails
from award.nominations.actions.checking import check
from award.nominations.actions.extending import extend
from award.nominations.models import Nomination
from award.programmes.models import Edition


def admit_all(  # noqa: PLR0913 - which with their checks, who, when
    db: Session,
    edition: Edition,
    checks: Mapping[str, Mapping[str, bool]],
    *,
    by: Actor,
    at: datetime,
    public_url: str,
) -> None:
    """Admit each of these nominations with its checks, all of which are met."""
    for nomination in _chosen(db, edition, list(checks)):
        with _named(nomination):
            check(
                db, nomination, is_admitted=True, checks=checks[nomination.id], reason="",
                version=0, by=by, at=at, public_url=public_url,
            )  # fmt: skip


def extend_all(  # noqa: PLR0913 - which, until when, why, who, when
    db: Session,
    edition: Edition,
    ids: Sequence[str],
    *,
    ends_at: datetime,
    reason: str,
    by: Actor,
    at: datetime,
    public_url: str,
) -> None:
    """Give each of these nominations more time."""
    for nomination in _chosen(db, edition, ids):
        with _named(nomination):
            extend(
                db, nomination, ends_at=ends_at, reason=reason, by=by, at=at,
                public_url=public_url,
            )  # fmt: skip


def write_to_all(  # noqa: PLR0913 - to whom, what, who, when
    db: Session,
    edition: Edition,
    ids: Sequence[str],
    *,
    subject: str,
    text: str,
    by: Actor,
    at: datetime,
    public_url: str,
) -> None:
    """Send a letter to those who write for each of these nominations' networks."""
    letter_id = new_id()
    for nomination in _chosen(db, edition, ids):
        mails.written(
            db, nomination, letter_id=letter_id, subject=subject, text=text,
            public_url=public_url, at=at,
        )  # fmt: skip
        record(
            db, "nominations.written_to", nomination.id, by=by, at=at, edition=edition.id,
            letter=letter_id,
        )  # fmt: skip


def _chosen(db: Session, edition: Edition, ids: Sequence[str]) -> list[Nomination]:
    """The nominations of this edition that were ticked; raises Refused if there is none."""
    query = select(Nomination).where(Nomination.edition_id == edition.id, Nomination.id.in_(ids))
    found = list(db.scalars(query.order_by(Nomination.reference, Nomination.id)))
    if not found:
        raise Refused("none", _("Please tick at least one nomination."))
    return found


@contextmanager
def _named(nomination: Nomination) -> Iterator[None]:
    """Say in a refusal which nomination it is about, for nothing is done with the others either."""
    try:
        yield
    except Problem as problem:
        name = nomination.reference or nomination.title or nomination.network_name
        message = f"{name}: {problem.message}" if problem.message else ""
        errors = {key: f"{name}: {words}" for key, words in problem.errors.items()}
        raise Refused(problem.code, message, errors=errors) from problem
