"""Networks that somebody proposed, and what became of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from award.kit.ids import new_id
from award.kit.models import Base


class Proposal(Base):
    """Somebody wants a network to take part. Until it accepts, no nomination exists.

    An administrator's (`is_organisers`) may bring `answers`, by section; `version` rises with each
    change of them, and of what was proposed. `letters` have gone to the contact. Some time after
    the deadline the contact is erased, and the words of what was not accepted.
    """

    __tablename__ = "proposal"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"), index=True)
    network_name: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str]
    contact_name: Mapped[str]
    contact_email: Mapped[str]
    is_organisers: Mapped[bool] = mapped_column(default=False)
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    version: Mapped[int] = mapped_column(default=1)
    letters: Mapped[int] = mapped_column(default=0)
    proposed_by: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    proposed_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class ProposalOutcome(Base):
    """What became of a proposal, for ever.

    The network accepted, with the draft, or declined; nobody answered in time; or whoever proposed
    has withdrawn it.
    """

    __tablename__ = "proposal_outcome"
    __table_args__ = (
        CheckConstraint("kind IN ('accepted', 'declined', 'lapsed', 'withdrawn')", name="kind"),
    )

    proposal_id: Mapped[str] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    kind: Mapped[str]
    nomination_id: Mapped[str | None] = mapped_column(ForeignKey("nomination.id"), unique=True)
    words: Mapped[str] = mapped_column(default="")  # for whoever proposed
    by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]


class ProposalStop(Base):
    """Somebody does not want letters about proposals; of the address only its hash is kept."""

    __tablename__ = "proposal_stop"

    email_hash: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
