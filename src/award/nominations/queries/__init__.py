"""Nominations as a network sees its own, and what later slices read of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from award.accounts.models import Account, Membership, Network
from award.kit.actor import Actor
from award.kit.errors import NotFound
from award.nominations.answers import Section, sections
from award.nominations.attached import with_files
from award.nominations.models import (
    Answers,
    Extension,
    FormalCheck,
    Nomination,
    Reopening,
    Submission,
    Withdrawal,
)
from award.nominations.queries import attachments, extra_time
from award.nominations.queries.counting import Counts as Counts
from award.nominations.queries.counting import counts as counts
from award.nominations.queries.saving import SavedBy
from award.nominations.queries.timing import Days as Days
from award.programmes import queries as programmes
from award.programmes.models import Edition, Phase


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A nomination with the rows that make its state, and whether this person may write."""

    nomination: Nomination
    edition: Edition
    submission: Submission | None
    withdrawal: Withdrawal | None
    check: FormalCheck | None
    reopening: Reopening | None
    extended_until: datetime | None
    opened: list[str] | None  # the sections that the extra time of the formal check opens
    writes: bool = False

    @property
    def state(self) -> str:
        """withdrawn, draft, submitted (to be checked), admitted or not_admitted."""
        if self.withdrawal is not None:
            return "withdrawn"
        if self.submission is None:
            return "draft"
        if self.check is None:
            return "submitted"
        return "admitted" if self.check.is_admitted else "not_admitted"

    @property
    def form_version(self) -> int | None:
        """The version of the form under which it was handed in, None (the newest) for a draft."""
        return self.submission.form_version if self.submission else None

    def is_open(self, days: Days, now: datetime) -> bool:
        """Whether it is being written: a draft, or handed in and reopened, before the deadline."""
        is_reopened = self.reopening is not None and self.state == "submitted"
        return days.are_open(now) and (self.state == "draft" or is_reopened)

    def takes_text(self, days: Days, now: datetime) -> bool:
        """Whether this person may change and hand in what is written."""
        return self.writes and self.is_open(days, now)

    def opens(self, section: str, days: Days, now: datetime) -> bool:
        """Whether a section is among those that may be changed, if any may."""
        return self.opened is None or section in self.opened or days.are_open_for_all(now)


EXTENDED_UNTIL = (
    select(func.max(Extension.ends_at))
    .where(Extension.nomination_id == Nomination.id)
    .scalar_subquery()
)
_OPENED = (
    select(Extension.sections)
    .where(Extension.nomination_id == Nomination.id, Extension.sections.is_not(None))
    .scalar_subquery()
)
_ENTRY = (
    select(
        *(Nomination, Edition, Submission, Withdrawal, FormalCheck, Reopening),
        EXTENDED_UNTIL.label("extended_until"),
        _OPENED.label("opened"),
    )
    .join(Edition, Edition.id == Nomination.edition_id)
    .outerjoin(Submission, Submission.nomination_id == Nomination.id)
    .outerjoin(Withdrawal, Withdrawal.nomination_id == Nomination.id)
    .outerjoin(FormalCheck, FormalCheck.nomination_id == Nomination.id)
    .outerjoin(Reopening, Reopening.nomination_id == Nomination.id)
)
_ALL_OWN = _ENTRY.add_columns(Membership.may_write).join(
    Membership,
    and_(
        Membership.network_id == Nomination.network_id,
        Membership.account_id == bindparam("account_id"),
    ),
)
_OWN = _ALL_OWN.where(Nomination.id == bindparam("nomination_id"))


def own(db: Session, actor: Actor, nomination_id: str) -> Entry:
    """A nomination of one of this person's networks; raises NotFound for any other."""
    found = db.execute(_OWN, {"account_id": actor.account_id, "nomination_id": nomination_id})
    row = found.one_or_none()
    if row is None:
        raise NotFound
    return _entry(row, writes=row.may_write)


def all_own(db: Session, actor: Actor) -> list[Entry]:
    """All nominations of this person's networks, the one last changed first."""
    query = _ALL_OWN.order_by(Nomination.saved_at.desc(), Nomination.id)
    found = db.execute(query, {"account_id": actor.account_id})
    return [_entry(row, writes=row.may_write) for row in found]


def overseen(db: Session, actor: Actor, edition_id: str, nomination_id: str) -> Entry:
    """A nomination of an edition for one who oversees it; raises NotFound, so in conflict too."""
    if nomination_id in actor.hidden:
        raise NotFound
    return entry(db, edition_id, nomination_id)


def entry(db: Session, edition_id: str, nomination_id: str) -> Entry:
    """A nomination of an edition, whoever asks; raises NotFound."""
    query = _ENTRY.where(Nomination.id == nomination_id, Nomination.edition_id == edition_id)
    row = db.execute(query).one_or_none()
    if row is None:
        raise NotFound
    return _entry(row)


def _entry(row: Any, *, writes: bool = False) -> Entry:
    return Entry(
        nomination=row.Nomination,
        edition=row.Edition,
        submission=row.Submission,
        withdrawal=row.Withdrawal,
        check=row.FormalCheck,
        reopening=row.Reopening,
        extended_until=row.extended_until,
        opened=row.opened,
        writes=writes,
    )


def days(db: Session, edition_id: str) -> Days:
    """The phases of an edition that nominations live by, in one statement."""
    return _days(programmes.phases(db, edition_id))


def all_days(db: Session) -> dict[str, Days]:
    """The same of every edition, by its id, in one statement."""
    phases: dict[str, list[Phase]] = {}
    for phase in programmes.all_phases(db):
        phases.setdefault(phase.edition_id, []).append(phase)
    return {edition_id: _days(some) for edition_id, some in phases.items()}


def _days(phases: list[Phase]) -> Days:
    by_kind = {phase.kind: phase for phase in reversed(phases)}
    judging = [phase for phase in phases if phase.kind == "judging"]
    nominations = by_kind.get("nominations")
    return Days(
        nominations=nominations,
        deadline=nominations.ends_at if nominations else None,
        formal_check=by_kind.get("formal_check"),
        judging=judging[0] if judging else None,
        last_judging=judging[-1] if judging else None,
        announcement=by_kind.get("announcement"),
    )


def answers(db: Session, nomination_id: str) -> dict[str, Answers]:
    """The sections that were saved, by their keys."""
    query = select(Answers).where(Answers.nomination_id == nomination_id)
    return {row.section: row for row in db.scalars(query)}


def saved_values(
    db: Session, nomination_id: str, definition: Mapping[str, Any], at: datetime
) -> dict[str, dict[str, Any]]:
    """What was answered in each section that was saved, by its key, with what is attached.

    In the extra time of the formal check most sections stay as they were handed in.
    """
    saved = {key: row.values for key, row in answers(db, nomination_id).items()}
    together = with_files(sections(definition), saved, attachments.attached(db, nomination_id))
    return extra_time.as_it_stays(db, nomination_id, together, at)


def section_named(definition: Mapping[str, Any], key: str) -> Section:
    """The section of a form with this key; raises NotFound for one that it does not have."""
    found = next((one for one in sections(definition) if one["key"] == key), None)
    if found is None:
        raise NotFound
    return found


def savers(db: Session, rows: Iterable[SavedBy]) -> dict[str, str]:
    """The names of those who saved these sections, by account."""
    ids = {row.saved_by for row in rows if row.saved_by}
    query = select(Account.id, Account.name).where(Account.id.in_(ids))
    return {account_id: name for account_id, name in db.execute(query)}  # noqa: C416 - rows


def submitted(db: Session, nomination_id: str) -> Submission:
    """What was handed in, with `answers` as they were then; raises NotFound."""
    found = db.scalar(select(Submission).where(Submission.nomination_id == nomination_id))
    if found is None:
        raise NotFound
    return found


def admitted(edition_id: str) -> Select[Nomination]:
    """The nominations that may be judged: admitted and not withdrawn."""
    return (
        select(Nomination)
        .join(FormalCheck, FormalCheck.nomination_id == Nomination.id)
        .outerjoin(Withdrawal, Withdrawal.nomination_id == Nomination.id)
        .where(
            Nomination.edition_id == edition_id,
            FormalCheck.is_admitted,
            Withdrawal.nomination_id.is_(None),
        )
        .order_by(Nomination.reference, Nomination.id)
    )


def networks(db: Session, actor: Actor) -> list[tuple[Network, bool]]:
    """This person's networks, and whether they may write for each."""
    query = (
        select(Network, Membership.may_write)
        .join(Membership, Membership.network_id == Network.id)
        .where(Membership.account_id == actor.account_id)
        .order_by(Network.name, Network.id)
    )
    return [(row.Network, row.may_write) for row in db.execute(query)]


def open_editions(db: Session, now: datetime) -> list[tuple[Edition, Phase]]:
    """The published editions that take nominations now, the next deadline first."""
    query = (
        select(Edition, Phase)
        .join(Phase, and_(Phase.edition_id == Edition.id, Phase.kind == "nominations"))
        .where(Edition.published_at <= now, Phase.starts_at <= now, Phase.ends_at > now)
        .order_by(Phase.ends_at, Edition.slug)
    )
    return [(row.Edition, row.Phase) for row in db.execute(query)]


def writers(db: Session, nomination: Nomination) -> list[Account]:
    """Those who write for the nomination's network."""
    query = (
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.network_id == nomination.network_id, Membership.may_write)
        .order_by(Account.id)
    )
    return list(db.scalars(query))
