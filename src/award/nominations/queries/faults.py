"""What must never be: a submission that was changed, or one without its receipt."""

from sqlalchemy import String, literal, select
from sqlalchemy.orm import Session

from award.kit.files import Files
from award.kit.mail import Mail
from award.nominations.canonical import sha256
from award.nominations.models import Attachment, EarlierSubmission, Nomination, Submission

_RECEIPT = "nominations.receipt:"


def changed_submissions(db: Session) -> list[str]:
    """The nominations whose text is not the one that was handed in, now or before."""
    changed = []
    for kind in (Submission, EarlierSubmission):
        query = select(kind.nomination_id, kind.answers, kind.sha256).order_by(kind.at, kind.id)
        rows = db.execute(query.execution_options(yield_per=100))
        changed += [made for made, answers, written in rows if sha256(answers) != written]
    return changed


def lost_files(db: Session, files: Files) -> list[str]:
    """The nominations of which a file is gone, or is not what it was."""
    query = select(Attachment).order_by(Attachment.nomination_id, Attachment.id)
    return [
        one.nomination_id
        for one in db.scalars(query.execution_options(yield_per=100))
        if not (files.is_whole(one.sha256) and files.is_whole(one.preview_sha256))
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
