"""Where a nomination says who it is from, for the look before it is handed in."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from award.accounts.models import Account, Membership, Network
from award.nominations.answers import Values
from award.nominations.audiences import is_blind
from award.nominations.models import Nomination
from award.nominations.naming import Person, Place, places


def naming_places(
    db: Session,
    nomination: Nomination,
    definition: Mapping[str, Any],
    answers: Mapping[str, Values],
) -> list[Place]:
    """In blind judging the places that name network, partners or people; else none."""
    if not is_blind(definition):
        return []
    query = (
        select(Account.name, Account.email)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.network_id == nomination.network_id)
    )
    people = [Person(*row) for row in db.execute(query)]
    network = db.get_one(Network, nomination.network_id)
    return places(definition, answers, network.name, people)
