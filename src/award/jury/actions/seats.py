"""Taking a place on the panel of an edition, and leading it."""

from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from award.accounts.actions import invite
from award.accounts.models import Account
from award.audit.actions import record
from award.jury import queries
from award.jury.models import Seat
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.nominations.queries.proposals import has_proposed
from award.programmes.models import Edition

Lead: TypeAlias = Literal["member", "chair", "deputy"]
_LED: dict[Lead, str] = {
    "member": "jury.lead_member",
    "chair": "jury.lead_chair",
    "deputy": "jury.lead_deputy",
}


def invite_to_panel(  # noqa: PLR0913 - who is invited, by whom and when
    db: Session,
    edition: Edition,
    *,
    email: str,
    name: str,
    organisation: str,
    language: str,
    public_url: str,
    by: Actor,
    at: datetime,
) -> Seat:
    """Give somebody a seat and tell them by mail; raises Refused as `seat` does."""
    account = invite(
        db,
        email=email,
        name=name,
        language=language,
        public_url=public_url,
        by=by,
        at=at,
        reason=lambda: _("You are on the jury of “%(name)s”.", name=local(edition.name)),
    )
    return seat(db, edition, account, organisation=organisation, by=by, at=at)


def seat(  # noqa: PLR0913 - a seat has these parts
    db: Session,
    edition: Edition,
    account: Account,
    *,
    organisation: str = "",
    affiliation: str = "",
    lead: Lead = "member",
    by: Actor,
    at: datetime,
) -> Seat:
    """Give a person a seat.

    Raises Refused for one who may not have it.
    """
    _check_free(db, edition, account)
    made = Seat(
        edition_id=edition.id,
        account_id=account.id,
        organisation=organisation,
        affiliation=affiliation,
        created_at=at,
    )
    db.add(made)
    db.flush()
    record(db, "jury.seat", made.id, by=by, at=at, edition=edition.id, account=account.id)
    if lead != "member":
        set_lead(db, made, lead, by=by, at=at)
    return made


def _check_free(db: Session, edition: Edition, account: Account) -> None:
    """Raises Refused when the person has a seat already or stands on the other side.

    That is whoever belongs to a network with a nomination in this edition, drafts included, or has
    proposed one that has not declined; the database refuses these two as well.
    """
    if queries.seat_of(db, edition.id, account.id) is not None:
        raise Refused("seated", errors={"email": _("This person is on the panel already.")})
    if queries.nominates(db, edition.id, account.id):
        message = _(
            "This person belongs to a network with a nomination in this edition. Nobody judges "
            "where the own network takes part."
        )
        raise Refused("both_sides", errors={"email": message})
    if has_proposed(db, edition.id, account.id):
        message = _(
            "This person has proposed a network in this edition. Whoever proposes does not judge."
        )
        raise Refused("both_sides", errors={"email": message})


def set_lead(db: Session, seat: Seat, lead: Lead, *, by: Actor, at: datetime) -> None:
    """Make a juror chair or deputy, or neither; whoever had that place before gives it up."""
    # Two who do this at once take turns, or both would be chair.
    db.execute(select(Edition.id).where(Edition.id == seat.edition_id).with_for_update())
    for column, wanted in ((Seat.is_chair, lead == "chair"), (Seat.is_deputy, lead == "deputy")):
        if wanted:
            others = update(Seat).where(Seat.edition_id == seat.edition_id, column)
            db.execute(others.values({column: False}))
    seat.is_chair, seat.is_deputy = lead == "chair", lead == "deputy"
    db.flush()
    record(db, _LED[lead], seat.id, by=by, at=at, edition=seat.edition_id)
