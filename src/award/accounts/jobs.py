"""What the clock does for accounts: it forgets who tried what too often."""

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from award.accounts.models import Attempt
from award.kit.queue import Turn

# The limits look back a quarter of an hour; the rest is for whoever looks into an attack.
_KEPT = timedelta(days=1)


def clear_attempts(db: Session, turn: Turn) -> None:
    """Delete what was counted, with the addresses that it came from, after a day."""
    db.execute(delete(Attempt).where(Attempt.at < turn.at - _KEPT))
