"""Jobs are rows written with the change that needs them, and run by the worker when due.

A job is safe to run twice: its function does its work in one transaction with the row's end.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from award.kit.files import Files
from award.kit.ids import new_id
from award.kit.models import Base


class Turn(msgspec.Struct, frozen=True):
    """What a job is told: its payload, the time, what links in letters begin with, the files."""

    payload: dict[str, Any]
    at: datetime
    public_url: str
    files: Files


JobFunction: TypeAlias = Callable[[Session, Turn], None]


class Job(Base):
    """Something to do at or after `due_at`."""

    __tablename__ = "job"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    due_at: Mapped[datetime] = mapped_column(index=True)
    done_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")


def enqueue(db: Session, kind: str, payload: dict[str, Any], *, due_at: datetime) -> None:
    """Write a job in the caller's transaction."""
    db.add(Job(kind=kind, payload=payload, due_at=due_at))


def begin_regular(db: Session, kinds: Iterable[str], now: datetime) -> None:
    """Write the one row of each regular job, whose id is its kind, if it is not there yet."""
    for kind in kinds:
        if db.get(Job, kind) is None:
            db.add(Job(id=kind, kind=kind, payload={}, due_at=now))


def any_due(db: Session, now: datetime) -> bool:
    """Whether a job waits to be run."""
    return (
        db.scalar(select(Job.id).where(Job.done_at.is_(None), Job.due_at <= now).limit(1))
        is not None
    )


def due(db: Session, now: datetime, limit: int = 20) -> list[Job]:
    """Jobs whose time has come, oldest first; another process's are passed over."""
    query = (
        select(Job)
        .where(Job.done_at.is_(None), Job.due_at <= now)
        .order_by(Job.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(db.scalars(query))


def end(job: Job, now: datetime, *, again_after: timedelta | None) -> None:
    """After a run that went well: done for good, or due again after some time."""
    if again_after is None:
        job.done_at = now
    else:
        job.tries, job.last_error = 0, ""
        job.due_at = now + again_after


def put_off(job: Job, now: datetime, error: str) -> None:
    """After a failure: again in 1, 2, 4 … 64 minutes."""
    job.tries += 1
    job.last_error = error[:500]
    job.due_at = now + timedelta(minutes=2 ** min(job.tries - 1, 6))
