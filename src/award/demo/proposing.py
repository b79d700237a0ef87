"""While nominations are open, somebody has proposed a network, which has not answered yet."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from award.demo.phases import DEADLINE
from award.demo.stage import Event, Stage
from award.nominations import actions
from award.nominations.models import Proposal

_PROPOSER = "N-001"  # whose nomination it is in the story
_BEFORE = timedelta(days=1)


def events(stage: Stage) -> Iterator[Event]:
    """A letter went out yesterday."""
    if stage.now < DEADLINE:
        yield Event(stage.now - _BEFORE, partial(_propose, stage))


def _propose(stage: Stage, db: Session, at: datetime) -> None:
    by = stage.people.member(_PROPOSER)
    proposal = Proposal(
        edition_id=stage.edition.id,
        network_name="Bohrinsel Berufe Beispielbucht",
        state="NI",
        reason="Sie zeigen Schulklassen Berufe dort, wo gearbeitet wird. Mehr sollten das wissen.",
        contact_name="Nele Neugier-Muster",
        contact_email="nele@bohrinsel.example",
        proposed_by=by.account_id,
        proposed_at=at,
    )
    actions.propose(db, stage.edition, proposal, by=by, at=at, public_url=stage.public_url)
