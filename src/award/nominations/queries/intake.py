"""What an import has to know of the house: its networks, and which of them take part already."""

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from award.accounts.models import Network
from award.nominations.folded import folded
from award.nominations.models import Nomination


def networks_by_name(db: Session) -> dict[str, list[Network]]:
    """All networks by their folded names, since two may have the same."""
    found: dict[str, list[Network]] = defaultdict(list)
    for network in db.scalars(select(Network).order_by(Network.id)):
        found[folded(network.name)].append(network)
    return dict(found)


def taking_part(db: Session, edition_id: str) -> set[str]:
    """The ids of the networks that have a nomination or a draft in this edition."""
    query = select(Nomination.network_id).where(Nomination.edition_id == edition_id)
    return set(db.scalars(query))
