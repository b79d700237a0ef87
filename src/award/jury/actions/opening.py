"""Opening a round's scores: proposed by one person, confirmed by another."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from award.audit.actions import record
from award.jury import mails, queries
from award.jury.actions.amending import fix_rules
from award.jury.models import Assignment, Opening, Sheet
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.programmes.models import Round

_QUIET = {"synchronize_session": False}


def propose_opening(
    db: Session, round_: Round, *, reason: str = "", by: Actor, at: datetime
) -> Opening:
    """Propose to open the scores exactly as they are now; an earlier proposal is replaced.

    Raises Refused when the round is opened, when no sheet counts, and without a reason while
    sheets are missing.
    """
    _check_sealed(db, round_)
    sheets, hashed = queries.state_sha256(db, round_)
    if not sheets:
        raise Refused("no_sheets", _("No sheet was handed in yet, so there is nothing to open."))
    open_sheets = sum(one.assigned - one.handed_in for one in queries.progress(db, round_.id))
    if open_sheets and not reason.strip():
        message = _("Sheets are still missing. Please say why the round is opened without them.")
        raise Refused("reason", errors={"reason": message})
    made = Opening(
        round_id=round_.id,
        reason=reason,
        sheets_sha256=hashed,
        sheets=sheets,
        proposed_by=by.account_id,
        proposed_at=at,
    )
    db.add(made)
    db.flush()
    about = {"sheets": sheets, "sha256": hashed, "round": round_.id}
    record(db, "jury.propose_opening", made.id, by=by, at=at, edition=round_.edition_id, **about)
    return made


def confirm_opening(  # noqa: PLR0913 - what is opened, by whom and when
    db: Session, round_: Round, proposal: Opening, *, url: str, by: Actor, at: datetime
) -> None:
    """Open the scores, freeze the sheets and write to every juror.

    The rules of the ranking are fixed before that, unless they stand already.
    `url` is the site's public address. Raises Refused when the round is opened, when the proposal
    was replaced, or when a sheet changed since.
    """
    _freeze(db, round_)
    _check_sealed(db, round_)
    newest = queries.proposal(db, round_.id)
    sheets, hashed = queries.state_sha256(db, round_)
    if newest is None or newest.id != proposal.id or hashed != proposal.sheets_sha256:
        message = _("A sheet changed since this was proposed. Please propose it anew.")
        raise Refused("proposal_over", message)
    fix_rules(db, round_, at=at)
    proposal.confirmed_by, proposal.confirmed_at = by.account_id, at
    db.flush()
    about = {"sheets": sheets, "sha256": hashed, "round": round_.id}
    record(db, "jury.open_round", proposal.id, by=by, at=at, edition=round_.edition_id, **about)
    mails.queue_own_scores(db, round_, hashed, url=url, at=at)


def _freeze(db: Session, round_: Round) -> None:
    """Raise the version of every sheet first: a save under way waits, or finds it changed."""
    own = select(Assignment.id).where(Assignment.round_id == round_.id)
    db.execute(
        update(Sheet).where(Sheet.assignment_id.in_(own)).values(version=Sheet.version + 1),
        execution_options=_QUIET,
    )


def _check_sealed(db: Session, round_: Round) -> None:
    if queries.is_opened(db, round_.id):
        raise Refused("opened", _("The scores of this round were opened already."))
