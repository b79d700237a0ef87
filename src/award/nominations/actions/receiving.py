"""What came outside the form, by letter for example, and is typed in by the office."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import insert
from sqlalchemy.orm import Session

from award.accounts.models import Network
from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.nominations import mails, queries
from award.nominations.actions.drafting import add_nomination, repeat
from award.nominations.actions.submitting import free_reference, taken_references
from award.nominations.answers import Section, answerable, sections, size
from award.nominations.canonical import normal, sha256
from award.nominations.gaps import all_gaps
from award.nominations.models import Answers, Nomination, Submission
from award.programmes import queries as programmes
from award.programmes.calendar import has_begun
from award.programmes.models import Edition


class Reception(msgspec.Struct, frozen=True):
    """What is asked once for all that is taken in together. `taken` are the references."""

    edition: Edition
    form: Mapping[str, Any]
    form_version: int
    taken: set[str]


def begin_receiving(db: Session, edition: Edition, at: datetime) -> Reception:
    """Refused before nominations open, and once jurors may read."""
    days = queries.days(db, edition.id)
    if not has_begun(days.nominations, at):
        raise Refused("not_open", _("Nominations are not open yet."))
    if days.are_judged(at):
        raise Refused("judged", _("The jury has begun to read, so nothing more can be taken in."))
    version = programmes.form_version(db, edition.id)
    form = programmes.form_definition(db, edition.id, version)
    return Reception(edition, form, version, taken_references(db, edition))


def receive(  # noqa: PLR0913 - whose, what, who typed it, when
    db: Session,
    reception: Reception,
    network: Network,
    answers: Mapping[str, Mapping[str, Any]],
    *,
    arrived_at: datetime,
    by: Actor,
    at: datetime,
    public_url: str,
) -> Nomination:
    """Write it as handed in when it arrived, with whatever is missing, and queue the receipt.

    The deadline is for the formal check to look at: a letter may be typed in after it. Refused for
    a network with a juror's seat.
    """
    edition, form = reception.edition, reception.form
    handed = [
        (one, values)
        for one in sections(form)
        if any((values := normal_values(one, answers)).values())
    ]
    nomination = Nomination(
        edition_id=edition.id, network_id=network.id, network_name=network.name,
        state=network.state, created_by=by.account_id, created_at=at, saved_at=at,
        reference=free_reference(db, edition, reception.taken),
    )  # fmt: skip
    repeat(nomination, handed)
    add_nomination(db, nomination)
    reception.taken.add(nomination.reference or "")
    if handed:
        typed_in = {"nomination_id": nomination.id, "saved_by": by.account_id, "saved_at": at}
        db.execute(insert(Answers), [typed_in | row for row in first_rows(form, handed)])
    submission = _hand_in(
        db,
        reception,
        nomination,
        {one["key"]: values for one, values in handed},
        arrived_at,
        by,
        at,
    )
    mails.receipt(db, edition, nomination, submission, public_url=public_url, at=at)
    return nomination


def normal_values(section: Section, answers: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What is answered to the questions of a section."""
    given = answers.get(section["key"], {})
    values: dict[str, Any] = normal(
        {one["key"]: given.get(one["key"]) for one in answerable(section)}
    )
    return values


def first_rows(
    definition: Mapping[str, Any], written: Sequence[tuple[Section, dict[str, Any]]]
) -> list[dict[str, Any]]:
    """The sections of a nomination that is written for the first time, without who and when."""
    amiss = all_gaps(definition, {section["key"]: values for section, values in written})
    return [
        {
            "section": section["key"],
            "values": values,
            "version": 1,
            "is_complete": section["key"] not in amiss,
            "size": size(values),
        }
        for section, values in written
    ]


def _hand_in(  # noqa: PLR0913 - what, by whom, when
    db: Session,
    reception: Reception,
    nomination: Nomination,
    answers: dict[str, Any],
    arrived_at: datetime,
    by: Actor,
    at: datetime,
) -> Submission:
    edition = reception.edition
    submission = Submission(
        nomination_id=nomination.id,
        at=arrived_at,
        by=by.account_id,
        answers=answers,
        sha256=sha256(answers),
        form_version=reception.form_version,
        is_outside_form=True,
    )
    db.add(submission)
    db.flush()
    record(
        db, "nominations.received_outside_form", nomination.id, by=by, at=at, edition=edition.id,
        sha256=submission.sha256, reference=nomination.reference,
        arrived=arrived_at.isoformat(),
    )  # fmt: skip
    return submission
