"""What a section asks of a nomination, given its other answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from award.nominations.answers import Section, Values
from award.nominations.conditions import has_conditions, narrowed
from award.nominations.queries import saved_values


def asked_section(  # noqa: PLR0913 - of which nomination, what, answered how, when
    db: Session,
    nomination_id: str,
    form: Mapping[str, Any],
    section: Section,
    values: Values,
    at: datetime,
) -> Section:
    """A section with the fields that are asked if it is answered so.

    The other sections are read only where something depends on answers.
    """
    if not has_conditions(section):
        return section
    answered = saved_values(db, nomination_id, form, at) | {section["key"]: dict(values)}
    return narrowed(form, section, answered)
