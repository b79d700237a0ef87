"""How many nominations an edition has."""

from collections.abc import Collection

import msgspec
from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session

from award.kit.db import rows
from award.nominations.models import FormalCheck, Nomination, Submission, Withdrawal


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many nominations an edition has; a withdrawn one is counted as such only."""

    drafts: int
    submitted: int
    withdrawn: int
    admitted: int
    not_admitted: int
    to_check: int

    @property
    def total(self) -> int:
        return self.drafts + self.submitted + self.withdrawn

    @property
    def handed_in(self) -> int:
        return self.submitted + self.withdrawn

    def without_drafts(self) -> "Counts":
        return msgspec.structs.replace(self, drafts=0)


_STAYS = Withdrawal.nomination_id.is_(None)
# Asked of the column that its index holds, so that no submission with its answers is read.
_HANDED_IN = and_(_STAYS, Submission.nomination_id.is_not(None))
_COUNTS = (
    select(
        func.count().filter(_STAYS, Submission.nomination_id.is_(None)).label("drafts"),
        func.count().filter(_HANDED_IN).label("submitted"),
        func.count().filter(Withdrawal.nomination_id.is_not(None)).label("withdrawn"),
        func.count().filter(_HANDED_IN, FormalCheck.is_admitted).label("admitted"),
        func.count().filter(_HANDED_IN, ~FormalCheck.is_admitted).label("not_admitted"),
        func.count().filter(_HANDED_IN, FormalCheck.nomination_id.is_(None)).label("to_check"),
    )
    .select_from(Nomination)
    .outerjoin(Submission, Submission.nomination_id == Nomination.id)
    .outerjoin(Withdrawal, Withdrawal.nomination_id == Nomination.id)
    .outerjoin(FormalCheck, FormalCheck.nomination_id == Nomination.id)
    .where(
        Nomination.edition_id == bindparam("edition_id"),
        Nomination.id.not_in(bindparam("hidden", expanding=True)),
    )
)


def counts(db: Session, edition_id: str, hidden: Collection[str] = ()) -> Counts:
    """How many nominations there are of each state, but for the hidden ones, in one statement."""
    asked = {"edition_id": edition_id, "hidden": list(hidden)}
    return Counts(**rows(db, _COUNTS, asked).mappings().one())
