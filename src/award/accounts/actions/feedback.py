"""What visitors report."""

from datetime import datetime

from sqlalchemy.orm import Session as Db

from award.accounts.models import Feedback
from award.audit.actions import record


def report_barrier(db: Db, *, page: str, text: str, email: str, at: datetime) -> Feedback:
    """Keep what somebody reported, for the administrators to read."""
    report = Feedback(page=page, text=text, email=email, at=at)
    db.add(report)
    db.flush()
    record(db, "accounts.report_barrier", report.id, by=None, at=at)
    return report
