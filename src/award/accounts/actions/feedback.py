"""What visitors report."""

from datetime import datetime

from sqlalchemy.orm import Session as Db

from award.accounts import mails
from award.accounts.models import Feedback
from award.audit.actions import record


def report_barrier(  # noqa: PLR0913 - what, from whom, to whom
    db: Db, *, page: str, text: str, email: str, contact: str, public_url: str, at: datetime
) -> Feedback:
    """Keep what somebody reported, and write to the organiser, if an address of theirs is known."""
    report = Feedback(page=page, text=text, email=email, at=at)
    db.add(report)
    db.flush()
    record(db, "accounts.report_barrier", report.id, by=None, at=at)
    if contact:
        mails.barrier_reported(db, report, contact, public_url, at=at)
    return report
