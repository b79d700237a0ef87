"""Proposing the winners, and confirming exactly what was proposed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from award.audit.actions import record
from award.decisions import mails, queries
from award.decisions.confirmable import Choice, proposal_sha256
from award.decisions.models import DecidedWinner, Decision
from award.kit.actor import Actor
from award.kit.errors import Changed, NotAllowed, Refused
from award.kit.i18n import gettext as _
from award.kit.i18n import ngettext
from award.programmes.models import Edition
from award.ranking import queries as ranking
from award.ranking.models import Run
from award.ranking.standings import standings


def propose(  # noqa: PLR0913 - what is proposed has these parts
    db: Session,
    edition: Edition,
    run: Run,
    *,
    winners: Sequence[Choice],
    embargo_until: datetime,
    seen_version: int = 0,
    by: Actor,
    at: datetime,
) -> Decision:
    """Propose the winners; what was proposed before is dropped, with its confirmation to come.

    `seen_version` is that of the proposal that the person has seen, 0 for none. Raises Refused
    with a message for each field at fault, and Changed when somebody proposed in between.
    """
    standing = queries.decision(db, edition.id)
    _check_unchanged(standing, seen_version)
    _check_run(db, edition, run)
    _check_choice(db, edition, run, winners, embargo_until, at)
    digest = proposal_sha256(edition.id, run.input_sha256, embargo_until, winners)
    made = Decision(
        edition_id=edition.id,
        run_id=run.id,
        embargo_until=embargo_until,
        sha256=digest,
        proposed_by=by.account_id,
        proposed_at=at,
        version=seen_version + 1,
    )
    _write(db, standing, made, winners)
    what = {"edition": edition.id, "run": run.id, "sha256": digest}
    record(db, "decisions.propose", made.id, by=by, at=at, **what)
    return made


def _check_unchanged(standing: Decision | None, seen_version: int) -> None:
    if standing is not None and standing.confirmed_at is not None:
        raise Refused("decided", _("The winners are decided. Nothing can be proposed any more."))
    if (standing.version if standing else 0) != seen_version:
        raise _changed()


def _changed() -> Changed:
    return Changed(
        "changed",
        _(
            "Somebody else proposed winners in the meantime. Please look at that proposal first; "
            "what you typed is still here."
        ),
    )


def _check_run(db: Session, edition: Edition, run: Run) -> None:
    """Winners come from the newest ranking of the last round."""
    last = queries.last_round(db, edition.id)
    newest = ranking.latest_run(db, last.id) if last else None
    if newest is None or (newest.input_sha256, newest.parameters) != (
        run.input_sha256,
        run.parameters,
    ):
        raise Refused(
            "other_ranking",
            _("The ranking was computed anew and has changed. Please propose from the new one."),
        )


def _check_choice(  # noqa: PLR0913 - what is proposed has these parts
    db: Session,
    edition: Edition,
    run: Run,
    winners: Sequence[Choice],
    embargo_until: datetime,
    at: datetime,
) -> None:
    errors = _faults(db, edition, run, winners)
    if embargo_until <= at:
        errors["embargo"] = _("This instant is over. Please choose one that is still to come.")
    if errors:
        raise Refused("proposal", errors=errors)


def _faults(db: Session, edition: Edition, run: Run, winners: Sequence[Choice]) -> dict[str, str]:
    """A message for every field that speaks against this choice."""
    if len(winners) != edition.winners:
        return {"nomination_1": _wrong_number(edition.winners)}
    places = {one.id: one.rank for one in standings(run.result)}
    ids = [one.nomination for one in winners]
    gone = queries.withdrawn_among(db, edition.id, ids)
    silent = queries.without_consent(db, edition, ids)
    errors: dict[str, str] = {}
    for number, one in enumerate(winners, 1):
        field = f"nomination_{number}"
        if one.nomination not in places or one.nomination in gone:
            errors[field] = _("This nomination is not in the ranking, or was withdrawn.")
        elif one.nomination in ids[: number - 1]:
            errors[field] = _("This nomination is chosen twice.")
        elif one.nomination in silent:
            errors[field] = _(
                "This network has not agreed that its award is published. Without that there is "
                "no award; please ask it first."
            )
        elif places[one.nomination] > edition.winners and not one.deviation.strip():
            errors[f"deviation_{number}"] = _(
                "Place %(place)s is not among the first %(awards)s. Please say why it wins.",
                place=places[one.nomination],
                awards=edition.winners,
            )
        if not one.reason.strip():
            errors[f"reason_{number}"] = _(
                "Please give the reason for award %(number)s; it is published.", number=number
            )
    return errors


def _wrong_number(awards: int) -> str:
    return ngettext(
        "Please choose exactly %(num)s nomination.",
        "Please choose exactly %(num)s nominations.",
        awards,
    )


def _write(
    db: Session, standing: Decision | None, made: Decision, winners: Sequence[Choice]
) -> None:
    """Drop what stands and write the new proposal; the database lets only one stand."""
    if standing is not None:
        dropped = update(Decision).where(
            Decision.id == standing.id,
            Decision.version == standing.version,
            Decision.dropped_at.is_(None),
            Decision.confirmed_at.is_(None),
        )
        if db.execute(dropped.values(dropped_at=made.proposed_at)).rowcount != 1:  # type: ignore[attr-defined]
            raise _changed()
    try:
        with db.begin_nested():
            db.add(made)
    except IntegrityError as error:
        raise _changed() from error
    db.add_all(
        DecidedWinner(
            decision_id=made.id,
            nomination_id=one.nomination,
            position=position,
            reason=one.reason,
            deviation_reason=one.deviation,
        )
        for position, one in enumerate(winners, 1)
    )
    db.flush()


def confirm(  # noqa: PLR0913 - what is confirmed, by whom and when
    db: Session,
    edition: Edition,
    decision: Decision,
    *,
    seen_sha256: str,
    public_url: str,
    by: Actor,
    at: datetime,
) -> None:
    """Decide: from the embargo on the winners are public, and the letters go out.

    The proposer is refused. Raises Changed when what is confirmed is not what the person saw,
    Refused when the embargo, the ranking or a nomination does not hold any more.
    """
    if by.account_id == decision.proposed_by:
        raise NotAllowed("own_proposal", _("Nobody confirms the own proposal."))
    if decision.sha256 != seen_sha256 or queries.as_hashed(db, decision) != decision.sha256:
        raise Changed("changed", _("The proposal has changed. Please look at it again."))
    _check_still_holds(db, edition, decision, at)
    taken = update(Decision).where(
        Decision.id == decision.id,
        Decision.confirmed_at.is_(None),
        Decision.dropped_at.is_(None),
    )
    values = {"confirmed_by": by.account_id, "confirmed_at": at}
    if db.execute(taken.values(**values)).rowcount != 1:  # type: ignore[attr-defined]
        raise Changed("changed", _("The proposal was replaced or confirmed in the meantime."))
    record(
        db, "decisions.confirm", decision.id, by=by, at=at, edition=edition.id, sha256=seen_sha256
    )
    mails.queue_letters(db, edition, decision, public_url=public_url, at=at)


def _check_still_holds(db: Session, edition: Edition, decision: Decision, at: datetime) -> None:
    if decision.embargo_until <= at:
        raise Refused(
            "embargo_over",
            _("The instant of publication is over. Please propose a new one."),
        )
    _check_run(db, edition, db.get_one(Run, decision.run_id))
    ids = [one.nomination_id for one in queries.winners(db, decision.id)]
    lost = queries.withdrawn_among(db, edition.id, ids)
    if lost | queries.without_consent(db, edition, ids):
        raise Refused(
            "winner_lost",
            _("A proposed nomination was withdrawn or its consent taken back. Propose anew."),
        )
