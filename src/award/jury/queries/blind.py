"""Whether jurors see who nominates."""

from sqlalchemy.orm import Session

from award.nominations.audiences import is_blind
from award.programmes import queries as programmes


def hides_networks(db: Session, edition_id: str, *, opened: object) -> bool:
    """In blind judging, until the round's scores are opened.

    The newest version of the form decides, for all nominations alike.
    """
    return not opened and is_blind(programmes.form_definition(db, edition_id))
