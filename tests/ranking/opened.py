"""A round whose sheets are in, written as rows, sealed or opened by two persons.

Nomination n has the place n by its mean, unless a test gives other points.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy.orm import Session

from award.accounts.models import Account, Membership, Network
from award.jury import queries as jury
from award.jury.models import (
    Assignment,
    Opening,
    RoundEntry,
    Score,
    Sheet,
    SheetSubmission,
)
from award.kit.actor import Actor
from award.nominations.models import Answers, FormalCheck, Nomination, Submission
from award.ranking.actions import computed, keep_run
from award.ranking.models import Run
from award.ranking.queries import given
from tests.cast import Cast
from tests.world import Client

JURORS = ("jules", "jo", "carla")
KEYS = ("K1", "K2", "K3", "K4", "K5", "K6")
BEST = ((5, 5, 5, 5, 5, 5), (5, 5, 4, 5, 5, 5), (4, 5, 4, 4, 4, 5), (3, 4, 3, 3, 4, 4))


class Judged(msgspec.Struct, frozen=True):
    """The nominations in the order of their writing, and who writes for each."""

    cast: Cast
    nominations: list[Nomination]
    writers: list[Account]

    @property
    def base(self) -> str:
        return f"/admin/editions/{self.cast.edition.slug}"

    def client(self, name: str) -> Client:
        return self.cast.world.signed_in(getattr(self.cast, name))

    def open(self) -> None:
        """The opening by Olga and Otto."""
        self.cast.world.write(lambda db: opened(db, self.cast))

    def run(self) -> Run:
        """A run computed by Olga."""
        world, cast = self.cast.world, self.cast
        return world.write(lambda db: run(db, cast, by=actor(cast.olga), at=world.now))


def run(db: Session, cast: Cast, *, by: Actor, at: datetime) -> Run:
    """Compute the ranking of the round and keep it."""
    return keep_run(db, cast.round, computed(given(db, cast.round)), by=by, at=at)


def actor(account: Account, *roles: str) -> Actor:
    return Actor(account_id=account.id, name=account.name, roles=frozenset(roles))


def judged(cast: Cast, points: Sequence[Sequence[int | None]] = BEST) -> Judged:
    """Every juror gives each nomination these points, one row per nomination."""
    cast.open_judging()

    def write(db: Session) -> Judged:
        pairs = [_nominated(db, cast, number) for number in range(1, len(points) + 1)]
        db.flush()
        for (nomination, _), row in zip(pairs, points, strict=True):
            db.add(RoundEntry(round_id=cast.round.id, nomination_id=nomination.id, at=_at(cast)))
            for name in JURORS:
                sheet(db, cast, nomination.id, name, row)
        db.flush()
        return Judged(cast, [one for one, _ in pairs], [one for _, one in pairs])

    return cast.world.write(write)


def _at(cast: Cast) -> datetime:
    return cast.world.now - timedelta(minutes=30)


def _nominated(db: Session, cast: Cast, number: int) -> tuple[Nomination, Account]:
    at = _at(cast)
    network = Network(name=f"Netz {number}", state="BY", created_at=at)
    writer = Account(email=f"netz{number}@cast.example", name=f"Person {number}", created_at=at)
    db.add_all([network, writer])
    db.flush()
    nomination = Nomination(
        edition_id=cast.edition.id,
        network_id=network.id,
        reference=f"2026-{number:03}",
        title=f"Titel {number}",
        network_name=f"Netz {number}",
        state="BY",
        region="Oberland",
        created_at=at,
        saved_at=at,
    )
    db.add_all([nomination, Membership(network_id=network.id, account_id=writer.id, created_at=at)])
    db.flush()
    answers = {"publishIfAwarded": True}
    db.add_all(
        [
            Submission(nomination_id=nomination.id, at=at, answers={}, sha256="0" * 64),
            FormalCheck(nomination_id=nomination.id, is_admitted=True, checks={}, at=at),
            _answers(nomination, cast, "terms", answers),
            _answers(nomination, cast, "network", {"districts": ["09362"]}),
        ]
    )
    return nomination, writer


def _answers(nomination: Nomination, cast: Cast, section: str, values: dict) -> Answers:
    return Answers(
        nomination_id=nomination.id,
        section=section,
        values=values,
        version=1,
        is_complete=True,
        saved_at=_at(cast),
    )


def sheet(
    db: Session, cast: Cast, nomination_id: str, juror: str, points: Sequence[int | None]
) -> Assignment:
    """A sheet that was handed in; None is not assessable."""
    assignment = Assignment(
        round_id=cast.round.id,
        nomination_id=nomination_id,
        seat_id=cast.seats[juror].id,
        position=1,
        at=_at(cast),
    )
    db.add(assignment)
    db.flush()
    db.add(Sheet(assignment_id=assignment.id, saved_at=_at(cast), version=1))
    db.flush()
    db.add(SheetSubmission(assignment_id=assignment.id, at=_at(cast)))
    ids = {one.key: one.id for one in cast.criteria}
    db.add_all(
        Score(assignment_id=assignment.id, criterion_id=ids[key], points=given, scored_at=_at(cast))
        for key, given in zip(KEYS, points, strict=True)
    )
    return assignment


def opened(db: Session, cast: Cast) -> None:
    """The opening by Olga and Otto, as rows."""
    sheets, digest = jury.state_sha256(db, cast.round)
    db.add(
        Opening(
            round_id=cast.round.id,
            sheets_sha256=digest,
            sheets=sheets,
            proposed_by=cast.olga.id,
            proposed_at=cast.world.now,
            confirmed_by=cast.otto.id,
            confirmed_at=cast.world.now,
        )
    )
