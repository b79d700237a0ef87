"""What is attached to a nomination."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from award.kit.errors import NotFound
from award.nominations.answers import Section, Values, takes_files
from award.nominations.attached import handed_in, with_files
from award.nominations.models import Attachment


def attached(db: Session, nomination_id: str) -> list[Attachment]:
    """The files of what is being written, in their order."""
    query = select(Attachment).filter_by(nomination_id=nomination_id, removed_at=None)
    return list(db.scalars(query.order_by(Attachment.position, Attachment.id)))


def with_attached(
    db: Session, nomination_id: str, section: Section, values: Values
) -> Mapping[str, Any]:
    """The section's answers with what is attached to it."""
    if not takes_files(section):
        return values
    files = attached(db, nomination_id)
    return with_files([section], {section["key"]: values}, files)[section["key"]]


def attachment(db: Session, nomination_id: str, attachment_id: str) -> Attachment:
    """One of the nomination's files, also one that only a submission names; raises NotFound."""
    found = db.get(Attachment, attachment_id)
    if found is None or found.nomination_id != nomination_id:
        raise NotFound
    return found


def attachment_in(
    db: Session, answers: Mapping[str, Mapping[str, Any]], nomination_id: str, attachment_id: str
) -> Attachment:
    """A file that these answers name; raises NotFound."""
    if all(one["id"] != attachment_id for one in handed_in(answers)):
        raise NotFound
    return attachment(db, nomination_id, attachment_id)


def kept(db: Session) -> set[str]:
    """The hashes of all content that a row names."""
    query = select(Attachment.sha256).union(select(Attachment.preview_sha256))
    return set(db.scalars(query))
