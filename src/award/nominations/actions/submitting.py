"""Handing a nomination in, and taking it back."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.db import rows
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.kit.i18n import ngettext
from award.nominations import mails, queries
from award.nominations.actions.deadline import (
    check_in_time,
    check_not_checked,
    check_not_withdrawn,
    check_open,
)
from award.nominations.actions.drafting import repeat
from award.nominations.answers import Section, Values, answerable, sections
from award.nominations.canonical import normal, sha256
from award.nominations.conditions import applicable
from award.nominations.folded import folded
from award.nominations.gaps import all_gaps
from award.nominations.models import (
    EarlierSubmission,
    Nomination,
    Reopening,
    Submission,
    Withdrawal,
)
from award.nominations.queries import extra_time
from award.nominations.queries.extensions import days_of
from award.programmes import queries as programmes
from award.programmes.models import Edition

_FOUR_DIGITS, _SIX_DIGITS = 9_999, 999_999
_TRIES = 5
# Written once: making a statement anew costs more than running it.
_IS_TAKEN = select(
    select(1)
    .where(
        Nomination.edition_id == bindparam("edition_id"),
        Nomination.reference == bindparam("reference"),
    )
    .exists()
)


def submit(
    db: Session, nomination: Nomination, *, by: Actor, at: datetime, public_url: str
) -> Submission:
    """Hand the nomination in as it was last saved, and queue the receipt.

    The deadline is asked before all else; a late attempt is refused, and written into the log in
    a transaction of its own. Raises Refused with a message for every gap.
    """
    edition = db.get_one(Edition, nomination.edition_id)
    days = days_of(db, nomination, at)
    late = partial(_record_late, nomination.id, edition.id, by, at, _seconds_late(days, at))
    check_in_time(db, edition, days, at, afterwards=late)
    check_open(db, nomination)
    form = programmes.form_definition(db, edition.id)
    answers = _complete_answers(db, nomination, form, at)
    submission = Submission(
        nomination_id=nomination.id,
        at=at,
        by=by.account_id,
        answers=answers,
        sha256=sha256(answers),
        form_version=programmes.form_version(db, edition.id),
    )
    before = db.scalar(select(Submission).where(Submission.nomination_id == nomination.id))
    if before is None:
        _hand_in(db, edition, nomination, submission)
    else:
        _hand_in_again(db, form, nomination, before, submission)
    record(
        db, "nominations.submitted", nomination.id, by=by, at=at, edition=edition.id,
        sha256=submission.sha256, reference=nomination.reference,
    )  # fmt: skip
    mails.receipt(db, edition, nomination, submission, public_url=public_url, at=at)
    return submission


def reopen(db: Session, nomination: Nomination, *, by: Actor, at: datetime) -> None:
    """Let the network change what it handed in, which counts until it hands in again.

    Possible until the deadline, and no longer than until the formal check is decided.
    """
    edition = db.get_one(Edition, nomination.edition_id)
    check_in_time(db, edition, days_of(db, nomination, at), at)
    check_not_withdrawn(db, nomination)
    check_not_checked(db, nomination)
    queries.submitted(db, nomination.id)
    if db.get(Reopening, nomination.id) is not None:
        return
    db.add(Reopening(nomination_id=nomination.id, at=at, by=by.account_id))
    record(db, "nominations.reopened", nomination.id, by=by, at=at, edition=edition.id)


def keep_submission(db: Session, nomination: Nomination, *, by: Actor, at: datetime) -> None:
    """Leave it at what was handed in; what was written since stays in the sections' texts."""
    check_not_withdrawn(db, nomination)
    reopening = db.get(Reopening, nomination.id)
    if reopening is None:
        words = _("Nothing that was handed in is being changed, so there is nothing to end.")
        raise Refused("not_reopened", words)
    db.delete(reopening)
    edition_id = nomination.edition_id
    record(db, "nominations.closed_again", nomination.id, by=by, at=at, edition=edition_id)


def withdraw(  # noqa: PLR0913 - what, why, who, when
    db: Session, nomination: Nomination, reason: str, *, by: Actor, at: datetime, public_url: str
) -> Withdrawal:
    """Take the nomination back, a draft too; refused once jurors of the first round may read."""
    edition = db.get_one(Edition, nomination.edition_id)
    if queries.days(db, edition.id).are_judged(at):
        raise Refused(
            "judged",
            _("The jury has begun to read, so this nomination can no longer be withdrawn here."),
        )
    check_not_withdrawn(db, nomination)
    withdrawal = Withdrawal(
        nomination_id=nomination.id, at=at, by=by.account_id, reason=normal(reason)
    )
    db.add(withdrawal)
    db.flush()
    record(db, "nominations.withdrawn", nomination.id, by=by, at=at, edition=edition.id)
    mails.withdrawn(db, edition, nomination, public_url=public_url, at=at)
    return withdrawal


def _seconds_late(days: queries.Days, at: datetime) -> int:
    end = days.nominations.ends_at if days.nominations else None
    return int((at - end).total_seconds()) if end else 0


def _record_late(  # noqa: PLR0913 - bound but for the session, which is a new one
    nomination_id: str, edition_id: str, by: Actor, at: datetime, seconds: int, db: Session
) -> None:
    record(db, "nominations.late", nomination_id, by=by, at=at, edition=edition_id, seconds=seconds)


def _complete_answers(
    db: Session, nomination: Nomination, form: Mapping[str, Any], at: datetime
) -> dict[str, Any]:
    """All sections as last saved; raises Refused when something is missing or too long."""
    saved = queries.saved_values(db, nomination.id, form, at)
    opened = extra_time.narrowed_to(db, nomination.id, at)
    found = all_gaps(form, saved).items()
    amiss = [gap for key, some in found if opened is None or key in opened for gap in some]
    if amiss:
        message = ngettext(
            "%(num)s place needs your attention before you can hand in.",
            "%(num)s places need your attention before you can hand in.",
            len(amiss),
        )
        raise Refused("incomplete", message, errors={gap.target: gap.message for gap in amiss})
    asked = [one for one in applicable(form, saved) if one["key"] in saved]
    return {one["key"]: _handed_in(one, saved[one["key"]]) for one in asked}


def _handed_in(section: Section, values: Values) -> dict[str, Any]:
    """The answers to what is asked; what else was typed stays in the sections' texts."""
    keys = [field["key"] for field in answerable(section)]
    given: dict[str, Any] = normal({key: values[key] for key in keys if key in values})
    return given


def _hand_in(db: Session, edition: Edition, nomination: Nomination, submission: Submission) -> None:
    """Write the submission with a reference drawn at random; drawn again when it was taken."""
    for _tried in range(_TRIES):
        reference = free_reference(db, edition, taken_references(db, edition))
        try:
            with db.begin_nested():
                nomination.reference = reference
                nomination.folded = folded(nomination.title, nomination.network_name, reference)
                db.add(submission)
        except IntegrityError:
            db.refresh(nomination)
            check_open(db, nomination)
        else:
            return
    raise Refused("busy", _("Too many nominations arrive at once. Please try again."))


def _hand_in_again(
    db: Session,
    form: Mapping[str, Any],
    nomination: Nomination,
    before: Submission,
    now: Submission,
) -> None:
    """Put the new text in the place of the one before, which is kept beside it."""
    if before.sha256 == now.sha256:
        raise Refused("same", _("Nothing was changed since you handed in."))
    names = ("id", "nomination_id", "at", "by", "answers", "sha256", "form_version")
    kept = {name: getattr(before, name) for name in names}
    db.add(EarlierSubmission(**kept, replaced_at=now.at))
    db.delete(before)
    db.delete(db.get_one(Reopening, nomination.id))
    db.flush()
    db.add(now)
    repeat(nomination, [(one, now.answers.get(one["key"], {})) for one in sections(form)])
    db.flush()


def taken_references(db: Session, edition: Edition) -> set[str]:
    """Those that were given already."""
    query = select(Nomination.reference).where(
        Nomination.edition_id == edition.id, Nomination.reference.is_not(None)
    )
    return {reference for reference in db.scalars(query) if reference}


def free_reference(db: Session, edition: Edition, taken: set[str]) -> str:
    """A number of four digits that says nothing about the order of arrival.

    Others may hand in since `taken` was read, so that the database is asked about this one.
    """
    most = _FOUR_DIGITS if len(taken) < _FOUR_DIGITS // 2 else _SIX_DIGITS
    while True:
        reference = f"{edition.slug}-{secrets.randbelow(most) + 1:04d}"
        if reference in taken:
            continue
        if not rows(db, _IS_TAKEN, {"edition_id": edition.id, "reference": reference}).scalar():
            return reference
