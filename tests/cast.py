"""The cast: Nora nominates, Jules and Jo judge, Carla chairs, Olga and Otto organise, Ada audits.

Mallory belongs to another network and is an outsider everywhere else. `seated` writes them and an
edition with the shipped criteria and form as rows, so that a test of one slice does not depend on
the pages of another.
"""

from datetime import datetime, timedelta

import msgspec
from sqlalchemy.orm import Session

from award.accounts.models import Account, Membership, Network, RoleGrant
from award.jury.models import Seat
from award.programmes.models import (
    Criterion,
    Edition,
    FormDefinition,
    FormVersion,
    Phase,
    Programme,
    Round,
)
from award.programmes.starter import shipped
from tests.world import World

SHIPPED = shipped()


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody and everything that the tests talk about."""

    world: World
    programme: Programme
    edition: Edition
    round: Round
    criteria: list[Criterion]
    form: FormDefinition
    phases: dict[str, Phase]
    network: Network
    other_network: Network
    nora: Account
    mallory: Account
    jules: Account
    jo: Account
    carla: Account
    olga: Account
    otto: Account
    ada: Account
    seats: dict[str, Seat]

    def open_judging(self) -> None:
        """Move the clock into the round."""
        self.world.clock.instant = self.phases["judging"].starts_at + timedelta(hours=1)


def seated(world: World) -> Cast:
    """Write the cast; nominations are open for three weeks, judging begins in four."""
    return world.write(lambda db: _written(db, world))


def _written(db: Session, world: World) -> Cast:
    now = world.now
    people = {name: _person(db, name, now) for name in _NAMES}
    for name, role in (("olga", "administrator"), ("otto", "administrator"), ("ada", "auditor")):
        db.add(_grant(people[name], role, now))
    network, other = _network(db, "Nordlicht", now), _network(db, "Mallorys Netz", now)
    _join(db, network, people["nora"], now)
    _join(db, other, people["mallory"], now)
    programme = Programme(
        name={"de": "Innovative Netzwerke", "en": "Innovative Networks"},
        contact_email="award@organiser.example",
        texts={},
        created_at=now,
    )
    db.add(programme)
    db.flush()
    edition, first = _edition(db, programme, now)
    seats = {name: _seat(db, edition, people[name], now) for name in ("jules", "jo", "carla")}
    seats["carla"].is_chair = True
    db.flush()
    return Cast(
        world=world,
        programme=programme,
        edition=edition,
        round=first,
        criteria=_criteria(db, edition),
        form=_form(db, edition),
        phases=_phases(db, edition, first, now),
        network=network,
        other_network=other,
        seats=seats,
        **people,
    )


_NAMES = {
    "nora": "Nora Netzwerk",
    "mallory": "Mallory Fremd",
    "jules": "Jules Jury",
    "jo": "Jo Jury",
    "carla": "Carla Vorsitz",
    "olga": "Olga Verwaltung",
    "otto": "Otto Verwaltung",
    "ada": "Ada Prüfung",
}


def _person(db: Session, name: str, now: datetime) -> Account:
    account = Account(email=f"{name}@cast.example", name=_NAMES[name], created_at=now)
    db.add(account)
    db.flush()
    return account


def _grant(account: Account, role: str, now: datetime) -> RoleGrant:
    return RoleGrant(
        account_id=account.id, role=role, proposed_at=now, confirmed_at=now, is_operators=True
    )


def _network(db: Session, name: str, now: datetime) -> Network:
    network = Network(name=name, state="SH", created_at=now)
    db.add(network)
    db.flush()
    return network


def _join(db: Session, network: Network, account: Account, now: datetime) -> None:
    db.add(Membership(network_id=network.id, account_id=account.id, created_at=now))


def _edition(db: Session, programme: Programme, now: datetime) -> tuple[Edition, Round]:
    edition = Edition(
        programme_id=programme.id,
        slug="2026",
        name={"de": "Auszeichnung 2026", "en": "Award 2026"},
        year=2026,
        winners=2,
        published_at=now - timedelta(days=7),
        created_at=now - timedelta(days=30),
    )
    db.add(edition)
    db.flush()
    first = Round(
        edition_id=edition.id,
        position=1,
        name={"de": "Vorrunde", "en": "First round"},
        scale_labels=SHIPPED["scale"]["labels"],
        min_sheets=1,
        jurors_per_nomination=2,
    )
    db.add(first)
    db.flush()
    return edition, first


def _seat(db: Session, edition: Edition, account: Account, now: datetime) -> Seat:
    seat = Seat(edition_id=edition.id, account_id=account.id, created_at=now)
    db.add(seat)
    return seat


def _criteria(db: Session, edition: Edition) -> list[Criterion]:
    breakers = SHIPPED["aggregation"]["tieBreakers"]
    rows = [
        Criterion(
            edition_id=edition.id,
            position=position,
            key=one["id"],
            name=one["name"],
            question=one["question"],
            weight=one["weight"],
            anchors=one["anchors"],
            tie_break=breakers.index(one["id"]) + 1 if one["id"] in breakers else None,
        )
        for position, one in enumerate(SHIPPED["criteria"], 1)
    ]
    db.add_all(rows)
    db.flush()
    return rows


def _form(db: Session, edition: Edition) -> FormDefinition:
    form = FormDefinition(edition_id=edition.id, definition=SHIPPED["form"])
    first = {"number": 1, "definition": form.definition, "at": edition.created_at}
    db.add_all([form, FormVersion(edition_id=edition.id, **first)])
    db.flush()
    return form


def _phases(db: Session, edition: Edition, first: Round, now: datetime) -> dict[str, Phase]:
    def phase(kind: str, start: int, end: int | None, round_id: str | None = None) -> Phase:
        return Phase(
            edition_id=edition.id,
            kind=kind,
            round_id=round_id,
            starts_at=now + timedelta(days=start),
            ends_at=None if end is None else now + timedelta(days=end),
        )

    rows = {
        "call": phase("call", -7, 21),
        "nominations": phase("nominations", -7, 21),
        "formal_check": phase("formal_check", 21, 28),
        "conflicts": phase("conflicts", 24, 35),
        "judging": phase("judging", 28, 42, first.id),
        "announcement": phase("announcement", 60, None),
    }
    db.add_all(rows.values())
    db.flush()
    return rows
