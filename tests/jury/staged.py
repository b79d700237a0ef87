"""A running round written as rows: admitted nominations, each assigned to Jules, Jo and Carla.

Other slices' tests begin here too. `Staged.hand_in` writes a whole sheet, `open` opens the round.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.accounts.models import Account, Network
from award.jury import actions, queries
from award.jury.actions import Written
from award.jury.models import Assignment, RoundEntry, Sheet
from award.jury.queries import OwnSheet
from award.kit.actor import Actor
from award.nominations.models import Answers, FormalCheck, Nomination, Submission
from tests.cast import Cast
from tests.world import Client

KEYS = ("K1", "K2", "K3", "K4", "K5", "K6")
JURORS = ("jules", "jo", "carla")


class Staged(msgspec.Struct, frozen=True):
    """The nominations in the order of their writing; `sheets` by juror and that order."""

    cast: Cast
    nominations: list[Nomination]
    sheets: dict[tuple[str, int], str]

    @property
    def base(self) -> str:
        return f"/admin/editions/{self.cast.edition.slug}"

    @property
    def round(self) -> str:
        return f"{self.base}/rounds/1"

    def client(self, name: str) -> Client:
        return self.cast.world.signed_in(getattr(self.cast, name))

    def by(self, name: str) -> Actor:
        """The person as who acts."""
        account: Account = getattr(self.cast, name)
        roles = {"olga": "administrator", "otto": "administrator", "ada": "auditor"}
        held = frozenset({roles[name]} if name in roles else ())
        return Actor(account_id=account.id, name=account.name, email=account.email, roles=held)

    def own(self, db: Session, name: str, place: int = 0) -> OwnSheet:
        return queries.own_sheet(db, self.sheets[name, place], getattr(self.cast, name).id)

    def save(self, name: str, place: int = 0, **written: Any) -> None:
        """Save a sheet by the action, as the juror would."""
        self.cast.world.write(lambda db: self._save(db, name, place, written))

    def _save(self, db: Session, name: str, place: int, written: dict[str, Any]) -> None:
        sheet = self.own(db, name, place)
        entry = Written(**{"levels": {}, **written})
        actions.save_sheet(
            db, sheet, entry, seen=sheet.version, by=self.by(name), at=self.cast.world.now
        )

    def hand_in(
        self, name: str, place: int = 0, points: Sequence[int | None] = (4, 4, 4, 4, 4, 4)
    ) -> None:
        """Hand in a sheet with these levels by the action."""

        def write(db: Session) -> None:
            sheet = self.own(db, name, place)
            actions.hand_in(
                db,
                sheet,
                Written(levels=dict(zip(KEYS, points, strict=True))),
                seen=sheet.version,
                by=self.by(name),
                at=self.cast.world.now,
            )

        self.cast.world.write(write)

    def open(self, reason: str = "Es fehlt nichts mehr.") -> None:
        """The opening, proposed by Olga and confirmed by Otto."""
        at = self.cast.world.now

        def write(db: Session) -> None:
            round_ = self.cast.round
            made = actions.propose_opening(db, round_, reason=reason, by=self.by("olga"), at=at)
            actions.confirm_opening(
                db, round_, made, url="http://127.0.0.1:8000", by=self.by("otto"), at=at
            )

        self.cast.world.write(write)

    def assignment(self, db: Session, name: str, place: int = 0) -> Assignment:
        return db.get_one(Assignment, self.sheets[name, place])


def staged(cast: Cast, nominations: int = 1, jurors: Sequence[str] = JURORS) -> Staged:
    """Nominations of the cast's edition, admitted, in the round and assigned; judging is open."""
    cast.open_judging()
    return cast.world.write(lambda db: _written(db, cast, nominations, jurors))


def _written(db: Session, cast: Cast, number: int, jurors: Sequence[str]) -> Staged:
    made = [nominated(db, cast, place) for place in range(1, number + 1)]
    sheets: dict[tuple[str, int], str] = {}
    for place, nomination in enumerate(made):
        row = RoundEntry(round_id=cast.round.id, nomination_id=nomination.id, at=cast.world.now)
        db.add(row)
        for name in jurors:
            sheets[name, place] = assigned(db, cast, nomination, name, place)
    return Staged(cast, made, sheets)


def assigned(db: Session, cast: Cast, nomination: Nomination, name: str, place: int) -> str:
    """Assign a juror, at this place of the juror's order; returns the sheet's id."""
    row = Assignment(
        round_id=cast.round.id,
        nomination_id=nomination.id,
        seat_id=cast.seats[name].id,
        position=place,
        at=cast.world.now,
    )
    db.add(row)
    db.flush()
    db.add(Sheet(assignment_id=row.id))
    db.flush()
    return row.id


def nominated(db: Session, cast: Cast, place: int, *, admitted: bool = True) -> Nomination:
    """A nomination of a network of its own (the first one is Nora's), handed in and admitted."""
    network = _network(db, cast, place)
    now = cast.world.now
    nomination = Nomination(
        edition_id=cast.edition.id,
        network_id=network.id,
        reference=f"2026-{place:04}",
        title=f"Vorhaben {place}",
        network_name=network.name,
        state="SH",
        region="Förde",
        created_at=now,
        saved_at=now,
    )
    db.add(nomination)
    db.flush()
    for section, values in answers_of(place).items():
        db.add(_section(nomination, section, values, cast))
    db.add(_submission(nomination, place, cast))
    db.add(FormalCheck(nomination_id=nomination.id, is_admitted=admitted, checks={}, at=now))
    db.flush()
    return nomination


def answers_of(place: int) -> dict[str, dict[str, Any]]:
    """What the nomination says, enough to be read."""
    return {
        "network": {"projectTitle": f"Vorhaben {place}", "region": "Förde"},
        "partners": {"partners": [{"kind": "kammer", "name": f"Beispiel-Kammer {place}"}]},
        "contact": {"contact": {"name": "Kontaktperson geheim", "email": "k@cast.example"}},
        "summary": {"summary": f"Kurzfassung des Vorhabens {place}."},
    }


def _network(db: Session, cast: Cast, place: int) -> Network:
    if place == 1:
        return db.scalars(select(Network).where(Network.id == cast.network.id)).one()
    network = Network(name=f"Netz {place}", state="SH", created_at=cast.world.now)
    db.add(network)
    db.flush()
    return network


def _section(nomination: Nomination, section: str, values: dict[str, Any], cast: Cast) -> Answers:
    return Answers(
        nomination_id=nomination.id,
        section=section,
        values=values,
        version=1,
        is_complete=True,
        saved_at=cast.world.now,
    )


def _submission(nomination: Nomination, place: int, cast: Cast) -> Submission:
    return Submission(
        nomination_id=nomination.id,
        at=cast.world.now,
        answers=answers_of(place),
        sha256=hashlib.sha256(nomination.id.encode()).hexdigest(),
    )
