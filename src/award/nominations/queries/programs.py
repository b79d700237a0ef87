"""What programs read of nominations: the facts of many, and of one."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from award.kit.actor import Actor
from award.kit.db import rows
from award.kit.errors import NotFound
from award.nominations.models import FormalCheck, Nomination, Submission, Withdrawal
from award.nominations.queries import EXTENDED_UNTIL, all_days
from award.nominations.queries.lists import STATUS
from award.nominations.resource import Asked, Facts
from award.programmes.models import Edition

_FACTS = (
    select(
        Nomination.id,
        Nomination.network_id,
        Nomination.network_name,
        Nomination.edition_id,
        Edition.slug.label("edition"),
        Nomination.reference,
        Nomination.title,
        Nomination.state,
        Nomination.field_of_action,
        STATUS.label("status"),
        Nomination.saved_at,
        Submission.at.label("submitted_at"),
        Withdrawal.at.label("withdrawn_at"),
        FormalCheck.at.label("checked_at"),
        EXTENDED_UNTIL.label("extended_until"),
        Submission.form_version,
        Submission.sha256,
    )
    .join(Edition, Edition.id == Nomination.edition_id)
    .outerjoin(Submission, Submission.nomination_id == Nomination.id)
    .outerjoin(Withdrawal, Withdrawal.nomination_id == Nomination.id)
    .outerjoin(FormalCheck, FormalCheck.nomination_id == Nomination.id)
)
_ONE = _FACTS.where(Nomination.id == bindparam("nomination_id"))


def listed(db: Session, actor: Actor, asked: Asked, now: datetime) -> list[Facts]:
    """The page that is asked for and, if there is more, one nomination of the next.

    In the order of their ids, which says nothing of who wrote when.
    """
    checked = checked_editions(db, now) if actor.has("auditor") else ()
    query = _FACTS.where(_seen_by(actor, checked), *_narrowed(actor, asked))
    found = rows(db, query.order_by(Nomination.id).limit(asked.limit + 1), {})
    return [Facts(**row) for row in found.mappings()]


def facts(db: Session, actor: Actor, nomination_id: str) -> Facts:
    """One nomination, unless a conflict of interest hides it; raises NotFound."""
    if nomination_id in actor.hidden:
        raise NotFound
    found = rows(db, _ONE, {"nomination_id": nomination_id}).mappings().one_or_none()
    if found is None:
        raise NotFound
    return Facts(**found)


def checked_editions(db: Session, now: datetime) -> list[str]:
    """The editions whose formal check has begun."""
    return [one for one, days in all_days(db).items() if days.are_checked(now)]


def _seen_by(actor: Actor, checked: Collection[str]) -> ColumnElement[bool]:
    """As `policy.may_see` says it of one."""
    seen = Nomination.id.not_in(actor.hidden)
    if actor.has("administrator"):
        return seen
    handed_in = and_(Submission.id.is_not(None), Nomination.edition_id.in_(checked))
    return and_(seen, or_(_is_own(actor), handed_in))


def _is_own(actor: Actor) -> ColumnElement[bool]:
    return Nomination.network_id.in_(actor.memberships)


def _narrowed(actor: Actor, asked: Asked) -> list[Any]:
    wanted: list[Any] = []
    if asked.edition is not None:
        wanted.append(Edition.slug == asked.edition)
    if asked.status is not None:
        wanted.append(STATUS.is_not_distinct_from(asked.status))
    if asked.state is not None:
        wanted.append(Nomination.state == asked.state)
    if asked.updated_since is not None:
        wanted.append(_updated_since(actor, asked.updated_since))
    if asked.cursor is not None:
        wanted.append(Nomination.id > asked.cursor)
    return wanted


def _updated_since(actor: Actor, since: datetime) -> ColumnElement[bool]:
    """As `Facts.updated_at` says it of one."""
    known = [one >= since for one in (Submission.at, Withdrawal.at, FormalCheck.at)]
    return or_(*known, and_(_is_own(actor), Nomination.saved_at >= since))
