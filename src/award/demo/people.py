"""The people of the demonstration: invented, and recognisable as such by their names."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from award.accounts.actions import create_network, join
from award.accounts.models import Account, Network, RoleGrant
from award.demo import story
from award.kit.actor import Actor

ROLES = {
    "network_a": "wattwerk-westkueste@netz.example",
    "network_b": "wortreich-wetterau@netz.example",
    "juror_a": "j09@jury.example",
    "juror_b": "j10@jury.example",
    "chair": "j01@jury.example",
    "admin": "olga@ausrichter.example",
    "admin_b": "otto@ausrichter.example",
    "auditor": "ada@pruefung.example",
}
_HOUSE = {
    "admin": ("Olga Verwaltung-Beispiel", "administrator"),
    "admin_b": ("Otto Verwaltung-Muster", "administrator"),
    "auditor": ("Ada Prüfung-Exempel", "auditor"),
}
# The drafts tell of no person to turn to, so these are added.
_DRAFTING = {
    "D-001": ("Hanna Halbfertig-Muster", "halbfertig-hunsrueck@netz.example"),
    "D-002": ("Willi Wortreich-Beispiel", "wortreich-wetterau@netz.example"),
    "D-003": ("Zita Zuspät-Exempel", "zu-spaet-zollernalb@netz.example"),
}
# Who writes with them, and who only reads, of one network each.
_COLLEAGUES = {
    "D-002": (
        ("Juna Mitschreib-Muster", "juna@netz.example", True),
        ("Ole Leser-Probe", "ole@netz.example", False),
    ),
}


class People(msgspec.Struct, frozen=True):
    """Everybody: jurors by their id in the story, networks and members by their nomination's."""

    admin: Actor
    admin_b: Actor
    jurors: dict[str, Account]
    networks: dict[str, Network]
    members: dict[str, Account]
    colleagues: dict[str, Account]

    def juror(self, juror_id: str) -> Actor:
        return acting(self.jurors[juror_id])

    def member(self, nomination_id: str) -> Actor:
        return self._of_network(nomination_id, self.members[nomination_id])

    def colleague(self, nomination_id: str) -> Actor:
        """Whoever writes with the member; where nobody does, the member."""
        found = self.colleagues.get(nomination_id, self.members[nomination_id])
        return self._of_network(nomination_id, found)

    def _of_network(self, nomination_id: str, account: Account) -> Actor:
        network = self.networks[nomination_id]
        return acting(account, memberships=frozenset({network.id}))


def acting(account: Account, **granted: Any) -> Actor:
    """The person as one who does something in the story."""
    return Actor(
        account_id=account.id,
        name=account.name,
        email=account.email,
        language=account.language,
        **granted,
    )


def gather(db: Session, password_hash: str, at: datetime) -> People:
    """Write the accounts of all roles; one password for all of them."""
    admin, admin_b, _ = (_house(db, role, password_hash, at) for role in _HOUSE)
    told = story.nominations() + story.drafts()
    jurors = {
        one["id"]: _person(db, one["name"], one["email"], password_hash, at)
        for one in story.jury()["members"]
    }
    members = {
        one["id"]: _person(db, *_contact(one), password_hash=password_hash, at=at) for one in told
    }
    db.flush()
    by = acting(admin, roles=frozenset({"administrator"}))
    networks = {one["id"]: _network(db, one, members[one["id"]], by, at) for one in told}
    return People(
        admin=by,
        admin_b=acting(admin_b, roles=frozenset({"administrator"})),
        jurors=jurors,
        networks=networks,
        members=members,
        colleagues={
            told: _join(db, networks[told], people, password_hash, by, at)
            for told, people in _COLLEAGUES.items()
            if told in networks
        },
    )


def _join(  # noqa: PLR0913 - who joins what, by whom, when
    db: Session,
    network: Network,
    people: tuple[tuple[str, str, bool], ...],
    password_hash: str,
    by: Actor,
    at: datetime,
) -> Account:
    """The colleagues of a network's first member; gives the one who writes."""
    accounts = [_person(db, name, email, password_hash, at) for name, email, _ in people]
    db.flush()
    for account, (_name, _email, may_write) in zip(accounts, people, strict=True):
        join(db, network, account, by=by, at=at, may_write=may_write)
    return accounts[0]


def _house(db: Session, role: str, password_hash: str, at: datetime) -> Account:
    """Granted as the operator's command does it, so that they may confirm at once."""
    name, granted = _HOUSE[role]
    account = _person(db, name, ROLES[role], password_hash, at)
    db.flush()
    db.add(
        RoleGrant(
            account_id=account.id,
            role=granted,
            proposed_at=at,
            confirmed_at=at,
            is_operators=True,
        )
    )
    return account


def _person(db: Session, name: str, email: str, password_hash: str, at: datetime) -> Account:
    account = Account(email=email, name=name, password_hash=password_hash, created_at=at)
    db.add(account)
    return account


def _contact(told: dict[str, Any]) -> tuple[str, str]:
    if told["id"] in _DRAFTING:
        return _DRAFTING[told["id"]]
    return told["contact"]["name"], told["contact"]["email"]


def _network(
    db: Session, told: dict[str, Any], member: Account, by: Actor, at: datetime
) -> Network:
    network = create_network(db, name=told["displayName"], state=told["state"], by=by, at=at)
    network.is_synthetic = True
    join(db, network, member, by=by, at=at)
    return network
