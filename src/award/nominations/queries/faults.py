"""What must never be: a submission that was changed, or one without its receipt."""

from sqlalchemy import String, literal, select
from sqlalchemy.orm import Session

from award.kit.mail import Mail
from award.nominations.canonical import sha256
from award.nominations.models import EarlierSubmission, Nomination, Submission

_RECEIPT = "nominations.receipt:"


def changed_submissions(db: Session) -> list[str]:
    """The nominations whose text is not the one that was handed in, now or before."""
    changed = []
    for kind in (Submission, EarlierSubmission):
        query = select(kind.nomination_id, kind.answers, kind.sha256).order_by(kind.at, kind.id)
        rows = db.execute(query.execution_options(yield_per=100))
        changed += [made for made, answers, written in rows if sha256(answers) != written]
    return changed


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
