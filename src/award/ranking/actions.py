"""Computing the ranking of an opened round."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from award import __version__
from award.audit.actions import record
from award.audit.chain import canonical_json
from award.jury import queries as jury
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.programmes.models import Round
from award.ranking import queries
from award.ranking.method import METHOD, compute
from award.ranking.models import Run


def compute_run(db: Session, round_: Round, *, by: Actor, at: datetime) -> Run:
    """Compute the standings of an opened round and keep input, rules and result.

    The hash of the input is also the seed of the lot. The log gets hashes only.
    """
    if not jury.is_opened(db, round_.id):
        raise Refused("sealed", _("The scores of this round are still sealed."))
    given = queries.frozen(db, round_)
    digest = _sha256(given)
    rules = {**queries.parameters(db, round_), "seed": digest}
    run = Run(
        round_id=round_.id,
        method=METHOD,
        parameters=rules,
        input=given,
        input_sha256=digest,
        result=compute(given, rules),
        software=f"award {__version__}",
        by=by.account_id,
        at=at,
    )
    db.add(run)
    db.flush()
    hashes = {"input_sha256": digest, "result_sha256": _sha256(run.result)}
    where = {"edition": round_.edition_id, "round": round_.id}
    record(db, "ranking.compute", run.id, by=by, at=at, **where, **hashes)
    return run


def _sha256(told: dict[str, Any]) -> str:
    return hashlib.sha256(canonical_json(told)).hexdigest()
