"""People, networks, what was granted to whom, and the links that are sent by mail."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from award.kit.ids import new_id
from award.kit.models import Base


class Account(Base):
    """A person who can sign in. `email` is kept in lower case; no password means not yet set."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    language: Mapped[str] = mapped_column(default="de")
    theme: Mapped[str] = mapped_column(default="auto")
    password_hash: Mapped[str | None]
    totp_secret: Mapped[str | None]  # the second factor's place
    created_at: Mapped[datetime]


class Session(Base):
    """A signed-in browser; only the hash of its token is stored."""

    __tablename__ = "session"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    fresh_at: Mapped[datetime]  # when the password was last given
    ended_at: Mapped[datetime | None]
    browser: Mapped[str] = mapped_column(default="")


class AccessToken(Base):
    """What a program shows instead of a session; only its hash is stored.

    `used_at` is written about once an hour. It never allows more than its person may.
    """

    __tablename__ = "access_token"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class RoleGrant(Base):
    """A role of the house: administrator or auditor.

    An administrator granted in the browser is proposed by one and confirmed by another
    (`confirmed_at`); until then the grant is without effect. `sha256` is the hash of exactly what
    was proposed: a proposal that no longer fits it is dead. The operator's are confirmed at once.
    """

    __tablename__ = "role_grant"
    __table_args__ = (CheckConstraint("role IN ('administrator', 'auditor')", name="role"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    role: Mapped[str]
    proposed_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    proposed_at: Mapped[datetime]
    confirmed_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    is_operators: Mapped[bool] = mapped_column(default=False)
    sha256: Mapped[str] = mapped_column(default="")


class Network(Base):
    """An organisation that takes part. `state` is the federal state's code, such as SH."""

    __tablename__ = "network"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    state: Mapped[str] = mapped_column(default="")
    is_synthetic: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class Membership(Base):
    """A person of a network; writers change, readers read."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("network_id", "account_id"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    network_id: Mapped[str] = mapped_column(ForeignKey("network.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    may_write: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class MailedLink(Base):
    """A link sent by mail, used once: an invitation, a confirmation or a new password.

    `purpose` is what it is for: operator (made by the command), invitation, registration,
    password or proposal. What an invitation is to stands in rows of its own (a role, a membership,
    a seat); one to a network names it here too, since the network can take it back.
    A registration keeps here what was typed, until the address is confirmed. `about` is the id of
    what a later slice sent it for.
    """

    __tablename__ = "mailed_link"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    email: Mapped[str] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(default="")
    network_name: Mapped[str] = mapped_column(default="")
    network_state: Mapped[str] = mapped_column(default="")
    network_id: Mapped[str | None] = mapped_column(ForeignKey("network.id"))
    created_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    used_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    about: Mapped[str | None] = mapped_column(index=True)


class Attempt(Base):
    """What nobody may try too often, counted per address of the network.

    `kind` is sign_in for a failed sign-in, counted per (hashed) mail address too, token for an
    access token that does not exist, and form for one that asks for no account. Each
    is counted by itself, so that a program that was set up wrongly, or a busy office, keeps nobody
    beside it from signing in.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        Index("ix_attempt_email_hash_at", "email_hash", "at"),
        Index("ix_attempt_address_at", "address", "at"),
        Index("ix_attempt_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    email_hash: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]
    kind: Mapped[str]


class Feedback(Base):
    """A barrier or a thought that somebody reported, without signing in."""

    __tablename__ = "feedback"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    page: Mapped[str]
    text: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
