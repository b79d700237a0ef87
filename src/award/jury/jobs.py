"""What the clock does for the jury: it fixes the rules of a ranking when judging opens."""

from sqlalchemy.orm import Session

from award.jury import actions
from award.kit.queue import Turn


def fix_rules(db: Session, turn: Turn) -> None:
    """Write down by what rules each round is ranked whose judging has begun."""
    actions.fix_begun(db, at=turn.at)
