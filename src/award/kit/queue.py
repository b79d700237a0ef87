"""Jobs are rows written with the change that needs them, and run by the worker when due.

A job is safe to run twice: its function does its work in one transaction with the row's end. One
that would hold the writer up is a `SlowJob`: it is claimed for a while, read, worked out without
a transaction, and written with the row's end. A server that dies meanwhile lets the claim lapse.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import Select, select
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
CLAIM = timedelta(minutes=1)  # how long nobody else takes a claimed job, unless it is renewed


class SlowJob(msgspec.Struct, frozen=True):
    """`read` in a transaction that cannot write, `work` in none, and `write` what it gave."""

    read: Callable[[Session, Turn], Any]
    work: Callable[[Any], Any]
    write: Callable[[Session, Turn, Any], None]


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


def ask_once(
    db: Session, kind: str, about: str, payload: dict[str, Any], *, due_at: datetime
) -> None:
    """Write a job that there is one of for each thing; while it waits, asking changes nothing."""
    job = db.get(Job, f"{kind}:{about}", with_for_update=True)
    if job is None:
        db.add(Job(id=f"{kind}:{about}", kind=kind, payload=payload, due_at=due_at))
    elif job.done_at is not None:
        job.payload, job.due_at, job.done_at = payload, due_at, None
        job.tries, job.last_error = 0, ""


def waiting(db: Session, kind: str, about: str) -> Job | None:
    """The job that was asked for this thing and is not done."""
    job = db.get(Job, f"{kind}:{about}")
    return job if job is not None and job.done_at is None else None


def any_due(db: Session, now: datetime, *, slow: Collection[str], is_slow: bool) -> bool:
    """Whether a job waits to be run, one of the `slow` kinds or another one."""
    return db.scalar(_due(now, slow, is_slow=is_slow).limit(1)) is not None


def due(db: Session, now: datetime, *, slow: Collection[str], limit: int = 20) -> list[Job]:
    """Quick jobs whose time has come, oldest first; another process's are passed over."""
    query = _due(now, slow, is_slow=False).limit(limit)
    return list(db.scalars(query.with_for_update(skip_locked=True)))


def claim(db: Session, now: datetime, *, slow: Collection[str]) -> Job | None:
    """The slow job that waits longest, so that nobody else takes it for a while."""
    query = _due(now, slow, is_slow=True).limit(1)
    job = db.scalar(query.with_for_update(skip_locked=True))
    if job is not None:  # one that ends the whole process must not do so every minute
        job.due_at = now + max(CLAIM, _patience(job.tries))
        job.tries += 1
    return job


def claimed(db: Session, job_id: str) -> Job | None:
    """The job once more, locked to be written; None if another process was quicker."""
    job = db.get(Job, job_id, with_for_update=True, populate_existing=True)
    return job if job is not None and job.done_at is None else None


def _due(now: datetime, slow: Collection[str], *, is_slow: bool) -> Select[Job]:
    of_kind = Job.kind.in_(slow) if is_slow else Job.kind.not_in(slow)
    query = select(Job).where(Job.done_at.is_(None), Job.due_at <= now, of_kind)
    return query.order_by(Job.due_at, Job.id)


def end(job: Job, now: datetime, *, again_after: timedelta | None) -> None:
    """After a run that went well: done for good, or due again after some time."""
    if again_after is None:
        job.done_at = now
    else:
        job.tries, job.last_error = 0, ""
        job.due_at = now + again_after


def put_off(job: Job, now: datetime, error: str) -> None:
    """After a failure: again in 1, 2, 4 … 64 minutes."""
    job.last_error = error[:500]
    job.due_at = now + _patience(job.tries)
    job.tries += 1


def _patience(tries: int) -> timedelta:
    """After so many tries that came to nothing."""
    return timedelta(minutes=2 ** min(tries, 6))
