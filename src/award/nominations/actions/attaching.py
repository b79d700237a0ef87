"""Files come to a nomination, change places and go."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.errors import NotFound
from award.kit.files import Files
from award.kit.i18n import gettext as _
from award.kit.i18n import ngettext
from award.nominations import queries
from award.nominations.actions.deadline import check_writable
from award.nominations.actions.drafting import save_section
from award.nominations.answers import Field
from award.nominations.attached import handed_in
from award.nominations.gaps import all_gaps
from award.nominations.models import Answers, Attachment, EarlierSubmission, Nomination, Submission
from award.nominations.queries import attachments, saving
from award.nominations.uploads import Received, TurnedAway
from award.programmes import queries as programmes


def attach(  # noqa: PLR0913 - to what, where, what, from where, who, when
    db: Session,
    nomination: Nomination,
    section: str,
    field: Field,
    received: Sequence[Received | TurnedAway],
    *,
    files: Files,
    by: Actor,
    at: datetime,
) -> list[str]:
    """Attach what was received, in its order; returns in words what was not, and why.

    The same content is attached once. Raises Refused when nothing can be attached at all any more.
    """
    check_writable(db, nomination, section, at)
    here = [one for one in attachments.attached(db, nomination.id) if one.field == field["key"]]
    amiss: list[str] = []
    for one in received:
        if isinstance(one, TurnedAway):
            amiss.append(one.message)
        elif words := _unfit(one, here, files):
            amiss.append(words)
        elif len(here) >= field["max_files"]:
            amiss.append(_too_many(field, one.name))
        else:
            here.append(_add(db, nomination, section, field["key"], one, by=by, at=at))
    _renumber(here)
    _changed(db, nomination, section, at)
    return amiss


def replace(  # noqa: PLR0913 - in what, which, by what, from where, who, when
    db: Session,
    nomination: Nomination,
    old: Attachment,
    received: Received | TurnedAway,
    *,
    files: Files,
    by: Actor,
    at: datetime,
) -> str:
    """Put another file in the place of an old one, with what was said of that.

    Returns in words why it was not taken, empty when it was. Raises what `attach` raises, and
    NotFound for a file that is there no more.
    """
    check_writable(db, nomination, old.section, at)
    here = _beside(db, old)
    if old not in here:
        raise NotFound
    if isinstance(received, TurnedAway):
        return received.message
    if words := _unfit(received, here, files):
        return words
    place, (section, field) = here.index(old), (old.section, old.field)
    here[place] = _add(db, nomination, section, field, received, by=by, at=at)
    _hand_on_description(db, nomination, old, here[place], by=by, at=at)
    remove(db, nomination, old, by=by, at=at)
    _renumber(here)
    return ""


def move(
    db: Session, nomination: Nomination, attachment: Attachment, steps: int, *, at: datetime
) -> None:
    """Give the file another place among those of its field, so many steps down."""
    check_writable(db, nomination, attachment.section, at)
    here = _beside(db, attachment)
    old = here.index(attachment)
    here.insert(max(0, old + steps), here.pop(old))
    _renumber(here)


def remove(
    db: Session, nomination: Nomination, attachment: Attachment, *, by: Actor, at: datetime
) -> None:
    """Take the file off; its row stays where a submission names it, for those who read that."""
    check_writable(db, nomination, attachment.section, at)
    if attachment not in _beside(db, attachment):
        raise NotFound
    if _is_handed_in(db, attachment):
        attachment.removed_at = at
    else:
        db.delete(attachment)
    db.flush()
    _changed(db, nomination, attachment.section, at)
    record(
        db, "nominations.detached", nomination.id, by=by, at=at, edition=nomination.edition_id,
        sha256=attachment.sha256,
    )  # fmt: skip


def _add(  # noqa: PLR0913 - a row has these parts
    db: Session,
    nomination: Nomination,
    section: str,
    field: str,
    one: Received,
    *,
    by: Actor,
    at: datetime,
) -> Attachment:
    """A new row, or the one that was taken off and is still named by a submission."""
    where = {"nomination_id": nomination.id, "field": field, "sha256": one.sha256}
    row = db.scalar(select(Attachment).filter_by(**where))
    if row is None:
        row = Attachment(
            **where,
            section=section,
            position=0,
            name=one.name,
            media_type=one.media_type,
            size=one.size,
            pages=one.pages,
            preview_sha256=one.preview_sha256,
            added_by=by.account_id,
            added_at=at,
        )
        db.add(row)
    row.removed_at = None
    db.flush()
    record(
        db, "nominations.attached", nomination.id, by=by, at=at, edition=nomination.edition_id,
        sha256=one.sha256,
    )  # fmt: skip
    return row


def _unfit(one: Received, here: Sequence[Attachment], files: Files) -> str:
    """Why a file that was examined cannot stand beside those that are there."""
    if any(there.sha256 == one.sha256 for there in here):
        return _("“%(name)s” is attached already.", name=one.name)
    if not (files.has(one.sha256) and files.has(one.preview_sha256)):
        return _("“%(name)s” did not arrive. Please try again.", name=one.name)
    return ""


def _hand_on_description(  # noqa: PLR0913 - of what, from which to which, who, when
    db: Session,
    nomination: Nomination,
    old: Attachment,
    new: Attachment,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """What was said of the old file is saved as said of the new one: a version as any other."""
    row = db.get(Answers, (nomination.id, old.section))
    said = dict((row.values.get(old.field) if row else None) or {})
    if row is None or old.id not in said:
        return
    said[new.id] = said.pop(old.id)
    values = {**row.values, old.field: said}
    before = saving.before(db, nomination.id, old.section)
    save_section(db, before, values, version=row.version, by=by, at=at)
    db.refresh(row)


def _beside(db: Session, attachment: Attachment) -> list[Attachment]:
    """The files of the same field, in their order."""
    all_of_it = attachments.attached(db, attachment.nomination_id)
    return [one for one in all_of_it if one.field == attachment.field]


def _renumber(here: Sequence[Attachment]) -> None:
    for position, one in enumerate(here):
        one.position = position


def _is_handed_in(db: Session, attachment: Attachment) -> bool:
    for kind in (Submission, EarlierSubmission):
        query = select(kind.answers).where(kind.nomination_id == attachment.nomination_id)
        for answers in db.scalars(query):
            if any(one["id"] == attachment.id for one in handed_in(answers)):
                return True
    return False


def _changed(db: Session, nomination: Nomination, key: str, at: datetime) -> None:
    """The nomination was written in; whether the section is complete may be otherwise now."""
    nomination.saved_at = at
    row = db.get(Answers, (nomination.id, key))
    if row is not None:
        form = programmes.form_definition(db, nomination.edition_id)
        saved = queries.saved_values(db, nomination.id, form, at)
        row.is_complete = key not in all_gaps(form, saved)


def _too_many(field: Field, name: str) -> str:
    return ngettext(
        "“%(name)s” was not taken: %(num)s file at most.",
        "“%(name)s” was not taken: %(num)s files at most.",
        field["max_files"],
        name=name,
    )
