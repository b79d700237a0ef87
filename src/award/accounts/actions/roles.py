"""Roles of the house. One person makes an auditor, two make an administrator."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session as Db

from award.accounts import mails, queries
from award.accounts.actions.sessions import end_other_sessions
from award.accounts.models import Account, RoleGrant
from award.audit.actions import record
from award.audit.chain import canonical_json
from award.kit.actor import Actor
from award.kit.errors import Refused
from award.kit.i18n import gettext as _


def make_auditor(db: Db, account: Account, *, by: Actor, at: datetime) -> RoleGrant:
    """Let a person read what is unsealed and the log."""
    _refuse_twice(db, account, "auditor")
    grant = RoleGrant(
        account_id=account.id,
        role="auditor",
        proposed_by=by.account_id,
        proposed_at=at,
        confirmed_by=by.account_id,
        confirmed_at=at,
    )
    db.add(grant)
    db.flush()
    end_other_sessions(db, account.id, keep=by.session_id, at=at)
    record(db, "accounts.make_auditor", account.id, by=by, at=at, grant=grant.id)
    return grant


def propose_administrator(db: Db, account: Account, *, by: Actor, at: datetime) -> RoleGrant:
    """Propose a person as an administrator; without effect until another one confirms."""
    _refuse_twice(db, account, "administrator")
    grant = RoleGrant(
        account_id=account.id, role="administrator", proposed_by=by.account_id, proposed_at=at
    )
    db.add(grant)
    db.flush()
    grant.sha256 = proposal_hash(grant, account)
    db.flush()
    record(
        db,
        "accounts.propose_administrator",
        account.id,
        by=by,
        at=at,
        grant=grant.id,
        sha256=grant.sha256,
    )
    return grant


def proposal_hash(grant: RoleGrant, account: Account) -> str:
    """The hash of exactly what is confirmed: which person, known as whom, gets which role."""
    proposed = {
        "grant": grant.id,
        "account": account.id,
        "email": account.email,
        "name": account.name,
        "role": grant.role,
    }
    return hashlib.sha256(canonical_json(proposed)).hexdigest()


def confirm_administrator(db: Db, grant: RoleGrant, *, seen: str, by: Actor, at: datetime) -> None:
    """Confirm what another administrator proposed; who may is the policy's to say.

    `seen` is the hash of what the form showed. Raises Refused when the proposal is over, or when
    name or address of the person changed since.
    """
    account = db.get_one(Account, grant.account_id)
    if grant.confirmed_at or grant.ended_at:
        raise Refused("no_proposal", _("This proposal is already decided."))
    if not seen == grant.sha256 == proposal_hash(grant, account):
        raise Refused(
            "proposal_changed",
            _(
                "The name of this person changed since the proposal. Withdraw it and propose the "
                "person anew."
            ),
        )
    grant.confirmed_by, grant.confirmed_at = by.account_id, at
    db.flush()
    end_other_sessions(db, account.id, keep=by.session_id, at=at)
    record(
        db,
        "accounts.confirm_administrator",
        account.id,
        by=by,
        at=at,
        grant=grant.id,
        sha256=grant.sha256,
    )
    mails.role_given(db, account, grant, at=at)


def grant_by_operator(db: Db, account: Account, *, at: datetime) -> None:
    """Make an administrator from the command line; nothing new for one who is."""
    grant = queries.open_grant(db, account.id, "administrator")
    if grant is None:
        grant = RoleGrant(account_id=account.id, role="administrator", proposed_at=at)
        db.add(grant)
    grant.confirmed_at = grant.confirmed_at or at
    grant.is_operators = True
    db.flush()
    end_other_sessions(db, account.id, keep=None, at=at)


def end_role(db: Db, grant: RoleGrant, *, by: Actor, at: datetime) -> None:
    """End a role, or withdraw a proposal; raises Refused for the last administrator."""
    if grant.ended_at:
        raise Refused("already_ended", _("This role has already ended."))
    is_last = grant.role == "administrator" and queries.administrators(db) <= 1
    if grant.confirmed_at and is_last:
        raise Refused("last_administrator", _("One administrator has to remain."))
    grant.ended_at = at
    db.flush()
    end_other_sessions(db, grant.account_id, keep=by.session_id, at=at)
    record(db, "accounts.end_role", grant.account_id, by=by, at=at, grant=grant.id)


def _refuse_twice(db: Db, account: Account, role: str) -> None:
    if queries.open_grant(db, account.id, role):
        raise Refused(
            "has_role",
            _("This person already has the role, or is proposed for it."),
            errors={"email": _("This person already has the role, or is proposed for it.")},
        )
