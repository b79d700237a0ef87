"""Editions as visitors and pages see them."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import bindparam, case, select
from sqlalchemy.orm import Session, defer

from award.accounts.models import Account
from award.audit.models import AuditEntry
from award.kit.db import rows
from award.kit.errors import NotFound
from award.kit.i18n import gettext as _
from award.kit.i18n import local
from award.programmes.calendar import has_begun
from award.programmes.models import (
    Criterion,
    Edition,
    FormDefinition,
    FormVersion,
    Phase,
    PhaseMove,
    Programme,
    Round,
    RulesAmendment,
)
from award.programmes.rules import Amended
from award.programmes.rules import shown as amended
from award.programmes.starter import shipped

_LEVELS = 5
# Asked for on almost every page, so they are built once.
_PROGRAMME = select(Programme).order_by(Programme.created_at).limit(1)
_EDITION = select(Edition).where(Edition.slug == bindparam("slug"))
_ALL_PHASES = select(Phase).order_by(Phase.starts_at, Phase.kind, Phase.id)
_PHASES = _ALL_PHASES.where(Phase.edition_id == bindparam("edition_id"))
_CRITERIA = (
    select(Criterion)
    .where(Criterion.edition_id == bindparam("edition_id"))
    .order_by(Criterion.position)
)
_FORM_VERSION = select(FormDefinition.version).where(
    FormDefinition.edition_id == bindparam("edition_id")
)

_MOST_DEFINITIONS = 50
_read_definitions: dict[tuple[str, int], dict[str, Any]] = {}


class LastChange(msgspec.Struct, frozen=True):
    """Who changed a thing last, and when."""

    name: str
    at: datetime


def programme(db: Session) -> Programme | None:
    """The programme of this installation, None before the first edition is made."""
    return db.scalar(_PROGRAMME)


def contact(db: Session) -> str:
    """The mail address at which the organiser is reached, "" as long as there is none."""
    found = programme(db)
    return found.contact_email if found else ""


def programme_name(db: Session) -> str:
    """What stands at the head of pages, letters and documents."""
    found = programme(db)
    return str(local(found.name)) if found else "award"


def edition(db: Session, slug: str) -> Edition:
    """The edition of an address; raises NotFound."""
    found = db.scalar(_EDITION, {"slug": slug})
    if found is None:
        raise NotFound
    return found


def published(db: Session, now: datetime) -> list[Edition]:
    """All editions that visitors may see, newest first."""
    query = select(Edition).where(Edition.published_at <= now)
    return list(db.scalars(query.order_by(Edition.year.desc(), Edition.created_at.desc())))


def hold(db: Session, edition_id: str) -> None:
    """Let nobody else fix, amend or use the rules of this edition until the transaction ends."""
    db.execute(select(Edition.id).where(Edition.id == edition_id).with_for_update())


def criteria(db: Session, edition_id: str) -> list[Criterion]:
    """The criteria in their order."""
    return list(db.scalars(_CRITERIA, {"edition_id": edition_id}))


def phases(db: Session, edition_id: str) -> list[Phase]:
    """The phases by their beginning."""
    return list(db.scalars(_PHASES, {"edition_id": edition_id}))


def all_phases(db: Session) -> list[Phase]:
    """Those of all editions by their beginning."""
    return list(db.scalars(_ALL_PHASES))


def is_judged(db: Session, edition_id: str, now: datetime) -> bool:
    """Whether jurors of the first round may read."""
    return any(one.kind == "judging" and has_begun(one, now) for one in phases(db, edition_id))


def rounds(db: Session, edition_id: str) -> list[Round]:
    """The rounds in their order."""
    query = select(Round).where(Round.edition_id == edition_id)
    return list(db.scalars(query.order_by(Round.position)))


def current_edition(db: Session, now: datetime) -> Edition | None:
    """The edition that the start page is about: nominations open, else the newest round, else any.

    One statement; an edition whose nominations are open now goes before all others.
    """
    is_open = (
        select(Phase.id)
        .where(
            Phase.edition_id == Edition.id,
            Phase.kind == "nominations",
            Phase.starts_at <= now,
            Phase.ends_at > now,
        )
        .exists()
    )
    query = (
        select(Edition)
        .where(Edition.published_at <= now)
        .order_by(
            case((is_open, 0), (Edition.kind == "round", 1), else_=2),
            Edition.year.desc(),
            Edition.created_at.desc(),
        )
        .limit(1)
    )
    return db.scalar(query)


def phase(db: Session, edition_id: str, kind: str, round_id: str | None = None) -> Phase | None:
    """One phase of an edition, for judging that of a round."""
    query = select(Phase).where(Phase.edition_id == edition_id, Phase.kind == kind)
    if round_id is not None:
        query = query.where(Phase.round_id == round_id)
    return db.scalar(query.order_by(Phase.starts_at).limit(1))


def round_at(db: Session, edition_id: str, position: int) -> Round:
    """The n-th round of an edition; raises NotFound."""
    found = db.scalar(
        select(Round).where(Round.edition_id == edition_id, Round.position == position)
    )
    if found is None:
        raise NotFound
    return found


def form_definition(db: Session, edition_id: str, version: int | None = None) -> dict[str, Any]:
    """The nomination form of an edition as data, to be read only; raises NotFound if it has none.

    Without a version it is the newest one. It is large (all districts are choices) and a version
    never changes, so one that was read is kept in memory.
    """
    if version is None:
        version = form_version(db, edition_id)
    key = (edition_id, version)
    if key not in _read_definitions:
        if len(_read_definitions) >= _MOST_DEFINITIONS:
            _read_definitions.clear()
        _read_definitions[key] = _of_version(db, edition_id, version)
    return _read_definitions[key]


def _of_version(db: Session, edition_id: str, version: int) -> dict[str, Any]:
    newest = select(FormDefinition.definition).filter_by(edition_id=edition_id, version=version)
    earlier = select(FormVersion.definition).filter_by(edition_id=edition_id, number=version)
    found: dict[str, Any] | None = db.scalar(newest) or db.scalar(earlier)
    if found is None:
        raise NotFound
    return found


def form_version(db: Session, edition_id: str) -> int:
    """The number of the newest version of a form; raises NotFound if there is none."""
    found: int | None = rows(db, _FORM_VERSION, {"edition_id": edition_id}).scalar()
    if found is None:
        raise NotFound
    return found


def form(db: Session, edition_id: str) -> FormDefinition:
    """The form with its version, to be changed; raises NotFound."""
    found = db.scalar(select(FormDefinition).where(FormDefinition.edition_id == edition_id))
    if found is None:
        raise NotFound
    return found


def form_versions(db: Session, edition_id: str) -> list[tuple[FormVersion, str]]:
    """All versions of a form with the name of who made each, newest first."""
    query = (
        select(FormVersion, Account.name)
        .outerjoin(Account, Account.id == FormVersion.by)
        .where(FormVersion.edition_id == edition_id)
        .order_by(FormVersion.number.desc())
        .options(defer(FormVersion.definition))
    )
    return [(row.FormVersion, row.name or "") for row in db.execute(query)]


def last_change(db: Session, edition_id: str, thing_id: str) -> LastChange | None:
    """Who changed an edition or one of its phases last, as the log has it."""
    query = (
        select(Account.name, AuditEntry.at)
        .join(Account, Account.id == AuditEntry.actor_id)
        .where(AuditEntry.chain == edition_id, AuditEntry.object_id == thing_id)
        .order_by(AuditEntry.number.desc())
        .limit(1)
    )
    found = db.execute(query).one_or_none()
    return LastChange(found.name, found.at) if found else None


def phase_of(db: Session, edition_id: str, phase_id: str) -> Phase:
    """A phase of this edition by its id; raises NotFound."""
    found = db.get(Phase, phase_id)
    if found is None or found.edition_id != edition_id:
        raise NotFound
    return found


def moves(db: Session, edition: Edition) -> list[PhaseMove]:
    """The phases moved since the call was published, newest first."""
    if edition.published_at is None:
        return []
    query = select(PhaseMove).where(
        PhaseMove.edition_id == edition.id, PhaseMove.at >= edition.published_at
    )
    return list(db.scalars(query.order_by(PhaseMove.at.desc(), PhaseMove.id)))


def amendments(db: Session, edition_id: str) -> list[Amended]:
    """What was changed of the rules by two persons after the call, newest first."""
    confirmed = (RulesAmendment.edition_id == edition_id, RulesAmendment.confirmed_at.is_not(None))
    query = select(RulesAmendment).where(*confirmed)
    found = list(db.scalars(query.order_by(RulesAmendment.confirmed_at.desc())))
    if not found:
        return []
    names = rounds(db, edition_id), criteria(db, edition_id)
    return [amended(one, *names) for one in found]


def everything(db: Session) -> list[Edition]:
    """All editions, newest first; for those who set them up or oversee it."""
    query = select(Edition).order_by(Edition.year.desc(), Edition.created_at.desc())
    return list(db.scalars(query))


def phase_names(phases: list[Phase], rounds: list[Round]) -> dict[str, str]:
    """What each phase is called, by its id; judging bears the name of its round."""
    kinds = {
        "call": _("Call"),
        "nominations": _("Nominations"),
        "formal_check": _("Formal check"),
        "conflicts": _("Declaring conflicts of interest"),
        "meeting": _("Jury meeting"),
        "announcement": _("Announcement"),
    }
    names = {one.id: str(local(one.name)) for one in rounds}
    return {one.id: names.get(one.round_id or "") or kinds.get(one.kind, "") for one in phases}


def words_of(programme: Programme | None) -> dict[str, Any]:
    """The words of the call: the programme's own, and the shipped ones for what it leaves out."""
    own = programme.texts if programme else {}
    return {**shipped()["texts"], **own}


def copyable(db: Session) -> list[Edition]:
    """The editions that were run here, from which a new one can be copied."""
    return [one for one in everything(db) if one.kind == "round"]


def levels(db: Session, edition_id: str) -> int:
    """How many levels the scale has, each with its anchor."""
    found = rounds(db, edition_id)
    return found[0].scale_max - found[0].scale_min + 1 if found else _LEVELS
