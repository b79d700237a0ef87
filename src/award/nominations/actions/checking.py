"""The formal check, and an administrator's look into a draft."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from award.audit.actions import record
from award.kit import i18n
from award.kit.actor import Actor
from award.kit.errors import Changed, Refused
from award.kit.i18n import gettext as _
from award.nominations import mails
from award.nominations.actions.deadline import check_not_withdrawn
from award.nominations.canonical import normal
from award.nominations.models import DraftLook, FormalCheck, Nomination, Reopening
from award.nominations.queries import extra_time
from award.nominations.queries.extensions import days_of
from award.programmes.models import Edition


def check(  # noqa: PLR0913 - a decision has these parts
    db: Session,
    nomination: Nomination,
    *,
    is_admitted: bool,
    checks: Mapping[str, bool],
    reason: str,
    version: int,
    by: Actor,
    at: datetime,
    public_url: str,
) -> FormalCheck:
    """Admit or not, and queue the letter. `version` is the decision seen, 0 for none.

    A reason is needed for not admitting, for admitting against a check, and for every change.
    """
    edition = db.get_one(Edition, nomination.edition_id)
    check_not_withdrawn(db, nomination)
    if nomination.reference is None:
        raise Refused("draft", _("Only what was handed in can be checked."))
    _check_not_awaited(db, nomination, at)
    _check_reason(reason, is_admitted=is_admitted, checks=checks, version=version)
    row = {"is_admitted": is_admitted, "checks": dict(checks), "reason": normal(reason.strip())}
    row |= {"by": by.account_id, "at": at, "version": version + 1}
    _write(db, nomination, row, version)
    decided = db.get_one(FormalCheck, nomination.id, populate_existing=True)
    record(
        db, "nominations.checked", nomination.id, by=by, at=at, edition=edition.id,
        admitted=is_admitted, version=version + 1, checks=_failed(checks),
        reason_sha256=_hash(decided.reason),
    )  # fmt: skip
    mails.checked(db, edition, nomination, decided, public_url=public_url, at=at)
    return decided


def look(db: Session, nomination: Nomination, reason: str, *, by: Actor, at: datetime) -> DraftLook:
    """Let an administrator read a draft's text for a while; the log says who did and when."""
    assert by.account_id is not None  # noqa: S101 - the policy lets administrators only
    seen = DraftLook(nomination_id=nomination.id, by=by.account_id, reason=normal(reason), at=at)
    db.add(seen)
    db.flush()
    record(
        db, "nominations.looked_into", nomination.id, by=by, at=at, edition=nomination.edition_id,
        look=seen.id, reason_sha256=_hash(seen.reason),
    )  # fmt: skip
    return seen


def _check_not_awaited(db: Session, nomination: Nomination, at: datetime) -> None:
    """Refuse while the network is to supply what is missing, until it has handed in again."""
    if extra_time.opened(db, nomination.id) is None or db.get(Reopening, nomination.id) is None:
        return
    own = days_of(db, nomination, at).nominations
    if own is not None and own.ends_at is not None and at < own.ends_at:
        words = _("The network has extra time until %(deadline)s. Please decide after that.")
        raise Refused("extra_time", words % {"deadline": i18n.deadline(own.ends_at)})


def _check_reason(
    reason: str, *, is_admitted: bool, checks: Mapping[str, bool], version: int
) -> None:
    if reason.strip():
        return
    words = ""
    if not is_admitted:
        words = _("Please say why it is not admitted. The network reads this reason.")
    elif version:
        words = _("Please say why the decision changes.")
    elif _failed(checks):
        words = _("A check is not met. Please say why it is admitted all the same.")
    if words:
        raise Refused("reason", errors={"reason": words})


def _write(db: Session, nomination: Nomination, row: dict[str, Any], version: int) -> None:
    if version == 0:
        done = _inserted(db, row | {"nomination_id": nomination.id})
    else:
        seen = update(FormalCheck).where(
            FormalCheck.nomination_id == nomination.id, FormalCheck.version == version
        )
        options = {"synchronize_session": False}
        done = bool(db.execute(seen.values(**row), execution_options=options).rowcount)  # type: ignore[attr-defined]
    if not done:
        raise Changed(
            "changed",
            _("Somebody else has decided in the meantime. Please look at that decision first."),
        )


def _inserted(db: Session, row: dict[str, Any]) -> bool:
    try:
        with db.begin_nested():
            db.execute(insert(FormalCheck), [row])
    except IntegrityError:
        return False
    return True


def _failed(checks: Mapping[str, bool]) -> list[str]:
    return sorted(key for key, is_met in checks.items() if not is_met)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
