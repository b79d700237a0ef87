"""What the clock does for nominations: it reminds, takes in, clears away, and ends proposals."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy.orm import Session

from award.accounts.models import Account
from award.kit import i18n
from award.kit.queue import Turn
from award.nominations import actions, mails, queries
from award.nominations.gaps import all_gaps
from award.nominations.models import Intake, Nomination, Reminder, ToldOfMove
from award.nominations.queries import attachments, proposals, reminders
from award.programmes import queries as programmes
from award.programmes.models import Edition

_HOURS_BEFORE = (6, 2 * 24, 7 * 24)
# So many at a time: a letter is drawn in some milliseconds, and people who save wait meanwhile.
_BATCH = 25
_Waiting: TypeAlias = Callable[..., list[Nomination]]
_FILES_STAY = 7 * 24 * 3600


def remind(db: Session, turn: Turn) -> None:
    """Write to those whose draft is unfinished 7 days, 2 days and 6 hours before the deadline.

    Whoever began later than that is not reminded of it, and a deadline that is moved counts anew.
    Those with a later deadline of their own are reminded of that one.
    """
    for edition, phase in queries.open_editions(db, turn.at):
        if phase.ends_at is not None:
            _remind(db, edition, phase.ends_at, reminders.waiting, turn)
    for edition, ends_at in reminders.own_deadlines(db, turn.at):
        _remind(db, edition, ends_at, reminders.waiting_longer, turn)


def tell_of_moves(db: Session, turn: Turn) -> None:
    """Write to all who nominate that the deadline has moved, until when it is now, and why."""
    for move, edition, nomination in reminders.untold_moves(db, turn.at, limit=_BATCH):
        with i18n.in_zone(edition.time_zone):
            mails.moved(db, edition, nomination, move, public_url=turn.public_url, at=turn.at)
        db.add(ToldOfMove(move_id=move.id, nomination_id=nomination.id, at=turn.at))


def clear_files(db: Session, turn: Turn) -> None:
    """Remove the content that no row names any more.

    Younger than a week it stays: its row may be on its way, and the last backups of the
    database name it still.
    """
    kept = attachments.kept(db)
    for sha256 in turn.files.older_than(_FILES_STAY):
        if sha256 not in kept:
            turn.files.remove(sha256)


def lapse_proposals(db: Session, turn: Turn) -> None:
    """Write down which proposals were not answered in time."""
    for found in proposals.over(db, turn.at, limit=_BATCH):
        actions.lapse(db, found.proposal, at=turn.at)


def erase_contacts(db: Session, turn: Turn) -> None:
    """Forget the contacts of proposals 30 days after the deadline."""
    for found in proposals.to_erase(db, turn.at, limit=_BATCH):
        actions.erase(db, found.proposal, at=turn.at)


def take_in(db: Session, turn: Turn) -> None:
    """A portion of a table that was confirmed; what is told of its rows is for who confirmed it."""
    intake = db.get_one(Intake, turn.payload["intake"])
    with i18n.speaking(db.get_one(Account, intake.by).language):
        actions.take_in_portion(db, intake, at=turn.at, public_url=turn.public_url)


def _hours_before(ends_at: datetime, now: datetime) -> int | None:
    """The last of the marks that has passed."""
    return next((one for one in _HOURS_BEFORE if ends_at - now <= timedelta(hours=one)), None)


def _remind(
    db: Session, edition: Edition, ends_at: datetime, waiting: _Waiting, turn: Turn
) -> None:
    hours = _hours_before(ends_at, turn.at)
    if hours is None:
        return
    form = programmes.form_definition(db, edition.id)
    for nomination in waiting(db, edition.id, ends_at, hours, limit=_BATCH):
        amiss = all_gaps(form, queries.saved_values(db, nomination.id, form, turn.at))
        with i18n.in_zone(edition.time_zone):
            mails.reminder(
                db,
                edition,
                nomination,
                ends_at=ends_at,
                missing=sum(len(found) for found in amiss.values()),
                public_url=turn.public_url,
                at=turn.at,
            )
        db.add(
            Reminder(nomination_id=nomination.id, ends_at=ends_at, hours_before=hours, at=turn.at)
        )
