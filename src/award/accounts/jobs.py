"""What the clock does for accounts: it forgets who failed to sign in."""

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from award.accounts.models import SignInFailure
from award.kit.queue import Turn

# The limits look back a quarter of an hour; the rest is for whoever looks into an attack.
_KEPT = timedelta(days=1)


def clear_failures(db: Session, turn: Turn) -> None:
    """Delete failed sign-ins, with the addresses that they came from, after a day."""
    db.execute(delete(SignInFailure).where(SignInFailure.at < turn.at - _KEPT))
