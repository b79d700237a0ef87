"""What a save has to know, in one statement: forms save themselves every few seconds."""

from datetime import datetime
from typing import Any, Protocol

import msgspec
from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from award.accounts.models import Membership
from award.kit.db import lock, rows
from award.kit.errors import NotFound
from award.nominations.models import Answers, Nomination, Submission, Withdrawal
from award.nominations.queries.timing import Stretched
from award.programmes.calendar import is_running
from award.programmes.models import FormDefinition, Phase


class SavedBy(Protocol):
    """Anything that a person saved."""

    @property
    def saved_by(self) -> str | None: ...


class Saved(msgspec.Struct, frozen=True):
    """A section as it was saved last."""

    values: dict[str, Any]
    version: int
    size: int
    saved_by: str | None
    saved_at: datetime
    written_since: datetime | None
    field: str


class Before(msgspec.Struct, frozen=True):
    """A nomination and one of its sections before a save.

    `is_draft` is what was neither handed in nor withdrawn. `writes` says whether the person who
    asks may write, `nominations` the time of the edition, which may be longer for this one.
    """

    section: str
    nominations: Stretched | None
    saved: Saved | None
    nomination_id: str
    edition_id: str
    network_id: str
    title: str
    network_name: str
    reference: str | None
    is_draft: bool
    writes: bool | None
    form_version: int | None

    @property
    def version(self) -> int:
        """That of the section, 0 if it was never saved."""
        return self.saved.version if self.saved else 0

    def is_open(self, now: datetime) -> bool:
        """Whether it is the usual case, a draft in time; in any other there is more to ask."""
        return self.is_draft and is_running(self.nominations, now)


_LOCK = select(Nomination.id).where(Nomination.id == bindparam("nomination_id")).with_for_update()
_BEFORE = (
    select(
        Nomination.id,
        Nomination.edition_id,
        Nomination.network_id,
        Nomination.title,
        Nomination.network_name,
        Nomination.reference,
        and_(Submission.nomination_id.is_(None), Withdrawal.nomination_id.is_(None)),
        Membership.may_write,
        FormDefinition.version.label("form_version"),
        Phase.starts_at,
        Phase.ends_at,
        Answers.values,
        Answers.version,
        Answers.size,
        Answers.saved_by,
        Answers.saved_at,
        Answers.written_since,
        Answers.field,
    )
    .outerjoin(
        Membership,
        and_(
            Membership.network_id == Nomination.network_id,
            Membership.account_id == bindparam("account_id"),
        ),
    )
    .outerjoin(FormDefinition, FormDefinition.edition_id == Nomination.edition_id)
    .outerjoin(Phase, and_(Phase.edition_id == Nomination.edition_id, Phase.kind == "nominations"))
    .outerjoin(Submission, Submission.nomination_id == Nomination.id)
    .outerjoin(Withdrawal, Withdrawal.nomination_id == Nomination.id)
    .outerjoin(
        Answers,
        and_(Answers.nomination_id == Nomination.id, Answers.section == bindparam("section")),
    )
    .where(Nomination.id == bindparam("nomination_id"))
    .order_by(Phase.starts_at)
)
_OF_SECTION = len(Saved.__struct_fields__)


def before(db: Session, nomination_id: str, section: str, account_id: str | None = None) -> Before:
    """Lock the nomination, then read; raises NotFound.

    Only what is read after the lock is sure to hold: a save and a handing in take turns.
    """
    values = {"nomination_id": nomination_id, "section": section, "account_id": account_id}
    lock(db, _LOCK, {"nomination_id": nomination_id})
    found = rows(db, _BEFORE, values).first()
    if found is None:
        raise NotFound
    *of_nomination, starts_at, ends_at = found[:-_OF_SECTION]
    of_section = found[-_OF_SECTION:]
    time = Stretched(starts_at, ends_at) if starts_at is not None else None
    saved = Saved(*of_section) if of_section[0] is not None else None
    return Before(section, time, saved, *of_nomination)
