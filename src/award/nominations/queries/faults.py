"""What must never be: a submission that was changed, or one without its receipt."""

from sqlalchemy import String, literal, select
from sqlalchemy.orm import Session

from award.kit.mail import Mail
from award.nominations.canonical import sha256
from award.nominations.models import Nomination, Submission

_RECEIPT = "nominations.receipt:"


def changed_submissions(db: Session) -> list[str]:
    """The nominations whose text is not the one that was handed in."""
    query = select(Submission).order_by(Submission.at, Submission.id)
    return [
        one.nomination_id
        for one in db.scalars(query.execution_options(yield_per=100))
        if sha256(one.answers) != one.sha256
    ]


def without_receipt(db: Session) -> list[str]:
    """The nominations that were handed in without a letter or a reference being made."""
    letter = select(Mail.id).where(
        Mail.event.startswith(literal(_RECEIPT, String) + Submission.id + ":")
    )
    query = (
        select(Nomination.id)
        .join(Submission, Submission.nomination_id == Nomination.id)
        .where(~letter.exists() | Nomination.reference.is_(None))
    )
    return list(db.scalars(query.order_by(Nomination.id)))
