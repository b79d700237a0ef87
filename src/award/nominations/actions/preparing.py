"""An organiser prepares answers that a network takes over if it accepts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from award.audit.actions import record
from award.kit.actor import Actor
from award.kit.errors import Changed
from award.kit.i18n import gettext as _
from award.nominations.actions.proposing import check_undecided
from award.nominations.models import Proposal


def prepare(  # noqa: PLR0913 - what, where, which version, who, when
    db: Session,
    proposal: Proposal,
    key: str,
    values: Mapping[str, Any],
    *,
    version: int,
    by: Actor,
    at: datetime,
) -> None:
    """Save the answers of a section with the proposal; raises Changed as the sections do."""
    edition = check_undecided(db, proposal, at)
    if proposal.version != version:
        words = _("Somebody else has changed the prepared answers in the meantime.")
        raise Changed("changed", words)
    given = dict(values) if any(values.values()) else {}
    proposal.answers = {**proposal.answers, key: given}
    proposal.version += 1
    record(
        db, "nominations.proposal_prepared", proposal.id, by=by, at=at, edition=edition.id,
        section=key, version=proposal.version,
    )  # fmt: skip
