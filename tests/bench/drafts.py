"""Networks on the last day: each with a person, and a draft that lacks its summary only."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from award.accounts.models import Account, Membership, Network
from award.kit.ids import new_id
from award.kit.passwords import Passwords
from award.nominations.models import Answers, Nomination
from award.programmes.models import Phase
from award.settings import Settings
from tests.cast import Cast
from tests.nominations.filled import begun

PASSWORD = "a password of the flood"
SUMMARY = "summary"


class Draft(msgspec.Struct, frozen=True):
    email: str
    nomination_id: str


def drafts(cast: Cast, number: int, ends_at: datetime) -> list[Draft]:
    """Copies of one draft that was written by the slice's own actions; the deadline is set."""
    made = begun(cast)

    def write(db: Session) -> list[Draft]:
        db.get_one(Phase, cast.phases["nominations"].id).ends_at = ends_at
        model = db.get_one(Nomination, made.id)
        rows = select(Answers).where(Answers.nomination_id == made.id, Answers.section != SUMMARY)
        sections = [_columns(row) for row in db.scalars(rows)]
        password = _hashed()
        ids = [(new_id(), new_id(), new_id()) for _ in range(number)]
        now = cast.world.now
        people = [
            {"id": account, "email": f"{account}@flood.example", "name": "Netz", "created_at": now}
            for account, _network, _nomination in ids
        ]
        db.execute(insert(Account).values(password_hash=password), people)
        _insert_networks(db, ids, now)
        common = _columns(model)
        db.execute(
            insert(Nomination),
            [{**common, "id": one, "network_id": network} for _who, network, one in ids],
        )
        for _who, _network, one in ids:
            db.execute(insert(Answers), [{**row, "nomination_id": one} for row in sections])
        return [Draft(who["email"], ids[place][2]) for place, who in enumerate(people)]

    return cast.world.write(write)


def _insert_networks(db: Session, ids: list[tuple[str, str, str]], now: datetime) -> None:
    networks = [
        {"id": network, "name": f"Netz {place}", "state": "SH", "created_at": now}
        for place, (_who, network, _nomination) in enumerate(ids)
    ]
    db.execute(insert(Network), networks)
    db.execute(
        insert(Membership),
        [
            {"account_id": who, "network_id": network, "created_at": now}
            for who, network, _one in ids
        ],
    )


def _hashed() -> str:
    """With the memory and passes of a real server."""
    real = Settings(database="", secret="")
    return Passwords(real.argon2_memory_kib, real.argon2_passes).hashed(PASSWORD)


def _columns(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs}
