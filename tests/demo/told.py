"""A database in which the story was told, made once and copied for each test."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from award.decisions.models import Decision
from award.demo.loading import load
from award.jury.models import Assignment, Conflict, Opening, Score, SheetSubmission
from award.kit.models import Base
from award.nominations.models import FormalCheck, Submission, Withdrawal
from award.programmes.models import Edition
from award.ranking.models import Run
from tests.world import World

# Submissions, formal checks, withdrawals, conflicts, assignments, scores, sheets handed in,
# openings, runs and decisions, as the story has them by then.
NUMBERS = {
    "call": (20, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    "check": (62, 4, 0, 0, 0, 0, 0, 0, 0, 0),
    "judging": (62, 62, 1, 11, 311, 1209, 201, 0, 0, 0),
    "deliberation": (62, 62, 1, 12, 455, 2667, 444, 2, 2, 0),
    "announced": (62, 62, 1, 12, 455, 2667, 444, 2, 2, 1),
}
TABLES = (
    Submission,
    FormalCheck,
    Withdrawal,
    Conflict,
    Assignment,
    Score,
    SheetSubmission,
    Opening,
    Run,
    Decision,
)


def telling(world: World, phase: str = "") -> World:
    """Load the demonstration into a world's empty database."""
    world.write(lambda db: load(db, world.settings, phase, now=world.now))
    return world


def number(db: Session, table: type[Base], *conditions: Any) -> int:
    return db.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def edition(world: World, slug: str = "practice") -> Edition:
    return world.read(lambda db: db.scalars(select(Edition).where(Edition.slug == slug)).one())


def count(world: World, *tables: type[Base]) -> dict[str, int]:
    work: Callable[[Session], dict[str, int]] = lambda db: {  # noqa: E731
        table.__tablename__: number(db, table) for table in tables
    }
    return world.read(work)
