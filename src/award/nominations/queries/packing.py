"""What is handed in of the nominations of a list, to be taken along as a whole."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from award.kit.db import rows
from award.nominations.models import Submission

Answers: TypeAlias = dict[str, dict[str, Any]]
# The statement is written once: making it anew costs more than running it.
_SUBMISSIONS = select(
    Submission.nomination_id, Submission.answers, Submission.form_version, Submission.sha256
).where(Submission.nomination_id.in_(bindparam("ids", expanding=True)))


def submissions(db: Session, ids: Sequence[str]) -> dict[str, tuple[Answers, int, str]]:
    """The answers, the form's version and the hash of each, by nomination, in one statement."""
    found = rows(db, _SUBMISSIONS, {"ids": ids})
    return {row.nomination_id: (row.answers, row.form_version, row.sha256) for row in found}
