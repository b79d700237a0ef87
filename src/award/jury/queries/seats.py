"""Who sits on the panel of an edition."""

import msgspec
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from award.accounts.models import Account, Membership, RoleGrant
from award.jury.models import Seat
from award.kit.errors import NotFound
from award.nominations.models import Nomination
from award.programmes.models import Edition


class Member(msgspec.Struct, frozen=True):
    """A person on the panel, as administrators see them."""

    seat_id: str
    account_id: str
    name: str
    email: str
    organisation: str
    affiliation: str
    is_chair: bool
    is_deputy: bool
    has_password: bool


_OWN_SEATS = (
    select(Seat, Edition)
    .join(Edition, Edition.id == Seat.edition_id)
    .where(Seat.account_id == bindparam("account_id"))
    .order_by(Edition.year.desc(), Edition.created_at.desc())
)


def seat_of(db: Session, edition_id: str, account_id: str | None) -> Seat | None:
    """A person's seat in an edition, None without one."""
    return db.scalar(
        select(Seat).where(Seat.edition_id == edition_id, Seat.account_id == account_id)
    )


def seat_in(db: Session, edition_id: str, seat_id: str) -> Seat:
    """A seat of this edition; raises NotFound."""
    found = db.scalar(select(Seat).where(Seat.edition_id == edition_id, Seat.id == seat_id))
    if found is None:
        raise NotFound
    return found


def panel(db: Session, edition_id: str) -> list[Member]:
    """The panel: chair first, then deputy, then by name."""
    query = (
        select(
            Seat.id,
            Account.id,
            Account.name,
            Account.email,
            Seat.organisation,
            Seat.affiliation,
            Seat.is_chair,
            Seat.is_deputy,
            Account.password_hash.is_not(None),
        )
        .join(Account, Account.id == Seat.account_id)
        .where(Seat.edition_id == edition_id)
        .order_by(Seat.is_chair.desc(), Seat.is_deputy.desc(), func.lower(Account.name), Seat.id)
    )
    return [Member(*row) for row in db.execute(query)]


def own_seats(db: Session, account_id: str | None) -> list[tuple[Seat, Edition]]:
    """All seats of a person, the newest edition first."""
    found = db.execute(_OWN_SEATS, {"account_id": account_id})
    return [(seat, edition) for seat, edition in found]


def nominates(db: Session, edition_id: str, account_id: str) -> bool:
    """Whether the person belongs to a network with a nomination in the edition, drafts too."""
    query = (
        select(Nomination.id)
        .join(Membership, Membership.network_id == Nomination.network_id)
        .where(Nomination.edition_id == edition_id, Membership.account_id == account_id)
    )
    return db.scalar(query.limit(1)) is not None


def own_grant(db: Session, account_id: str | None) -> RoleGrant | None:
    """The person's own grant as administrator, with its instant and who gave it."""
    return db.scalar(
        select(RoleGrant).where(
            RoleGrant.account_id == account_id,
            RoleGrant.role == "administrator",
            RoleGrant.confirmed_at.is_not(None),
            RoleGrant.ended_at.is_(None),
        )
    )


class Letterbox(msgspec.Struct, frozen=True):
    """Where a juror is written to, and in what language."""

    seat_id: str
    email: str
    language: str
    name: str


def letterboxes(db: Session, edition_id: str) -> list[Letterbox]:
    """The addresses of the panel."""
    query = (
        select(Seat.id, Account.email, Account.language, Account.name)
        .join(Account, Account.id == Seat.account_id)
        .where(Seat.edition_id == edition_id)
        .order_by(Seat.id)
    )
    return [Letterbox(*row) for row in db.execute(query)]
