"""Nominations made through the slice's own actions, for its tests and for later slices'."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from award.accounts.models import Account, Membership, Network
from award.kit.actor import Actor
from award.nominations import actions
from award.nominations.answers import needed, sections
from award.nominations.models import Nomination
from award.nominations.queries import saving
from tests.cast import SHIPPED, Cast

URL = "http://127.0.0.1:8000"
KEYS = needed(SHIPPED["form"])


def answers(**changed: Any) -> dict[str, dict[str, Any]]:
    """A complete form; `changed` replaces single answers."""
    given: dict[str, Any] = {
        "networkName": "Nordlicht",
        "projectTitle": "Saison wird Stelle",
        "fieldOfAction": "vereinbarkeit",
        "state": "SH",
        "region": "Westküste",
        "districts": ["01051", "01054"],
        "activeSince": 2019,
        "leadOrganisation": {"kind": "kommune", "name": "Beispiel-Kreis"},
        "partners": [
            {"kind": "agentur", "name": "Beispiel-Agentur"},
            {"kind": "kammer", "name": "Beispiel-Kammer"},
        ],
        "contact": {"name": "Zoë Exempel", "email": "zoe@netz.example", "phone": ""},
        "summary": "Aus zwei Saisonstellen wird eine.",
        "needs": "Im Sommer fehlen Hände.",
        "goal": "Ganzjährige Stellen.",
        "measures": "Stellenbörse.",
        "results": "74 Verträge.",
        "transfer": "Das Muster liegt vor.",
        "sustainability": "Die Kammern tragen es.",
        "termsAccepted": True,
        "privacyNoticeRead": True,
        "publishIfAwarded": True,
        "publishIfNotAwarded": False,
        "photoUse": False,
    } | changed
    return {
        one["key"]: {field["key"]: given[field["key"]] for field in one["fields"]}
        for one in sections(SHIPPED["form"])
        if one["key"] in KEYS
    }


def as_actor(account: Account) -> Actor:
    return Actor(account_id=account.id, name=account.name, email=account.email)


def begun(
    cast: Cast, *, network: Network | None = None, by: Account | None = None, **changed: Any
) -> Nomination:
    """A draft in which every section was saved once."""

    def write(db: Session) -> Nomination:
        actor, now = as_actor(by or cast.nora), cast.world.now
        made = actions.start(db, cast.edition, network or cast.network, by=actor, at=now)
        for key, values in answers(**changed).items():
            before = saving.before(db, made.id, key)
            actions.save_section(db, before, values, version=0, by=actor, at=now)
        db.refresh(made)
        return made

    return cast.world.write(write)


def handed_in(cast: Cast, **more: Any) -> Nomination:
    """A complete nomination, submitted now."""
    made = begun(cast, **more)
    return submitted(cast, made, cast.world.now, more.get("by") or cast.nora)


def submitted(cast: Cast, made: Nomination, at: datetime, by: Account) -> Nomination:
    def write(db: Session) -> Nomination:
        nomination = db.get_one(Nomination, made.id)
        actions.submit(db, nomination, by=as_actor(by), at=at, public_url=URL)
        return nomination

    return cast.world.write(write)


def reader(cast: Cast) -> Account:
    """A member of Nora's network who may read only."""
    return _member(cast, "Lea Leserin", may_write=False)


def writer(cast: Cast) -> Account:
    """A colleague of Nora's who writes too."""
    return _member(cast, "Juna Muster", may_write=True)


def _member(cast: Cast, name: str, *, may_write: bool) -> Account:
    email = f"{name.split(maxsplit=1)[0].lower()}@cast.example"

    def write(db: Session) -> Account:
        account = Account(email=email, name=name, created_at=cast.world.now)
        db.add(account)
        db.flush()
        db.add(
            Membership(
                network_id=cast.network.id,
                account_id=account.id,
                may_write=may_write,
                created_at=cast.world.now,
            )
        )
        return account

    return cast.world.write(write)
