"""An award in each of its phases, with a canary in everything that not everybody may read."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from award.accounts.models import Account, Feedback, MailedLink, Membership
from award.decisions.models import DecidedWinner, Decision
from award.jury.actions import NewRules, confirm_amendment, propose_amendment
from award.jury.models import Conflict, Score, Sheet
from award.jury.queries import rules_now
from award.kit.actor import Actor
from award.kit.mail import Mail
from award.nominations.attached import with_files
from award.nominations.models import (
    Answers,
    Attachment,
    EarlierAnswers,
    FormalCheck,
    Intake,
    Nomination,
    Proposal,
    ProposalOutcome,
    Submission,
)
from award.programmes.rules import rules_sha256, weights
from award.ranking.models import Run
from award.web.call import API
from award.web.routes import Route
from tests.cast import SHIPPED, Cast, seated
from tests.jury.staged import KEYS, Staged, answers_of, nominated, staged
from tests.ranking.opened import run as ranked
from tests.world import Client, World

PHASES = ("nominations", "check", "judging", "opened", "decided", "published")
ROLES = {
    "network": "nora",
    "outsider": "mallory",
    "juror": "jules",
    "conflicted": "jo",
    "chair": "carla",
    "administrator": "olga",
    "auditor": "ada",
}
CANARIES = {
    name: "Kanarie" + name.title().replace("_", "")
    for name in (
        *(
            "draft_title",
            "draft_text",
            "draft_file",
            "title",
            "text",
            "file",
            "contact",
            "check_reason",
        ),
        *("sheet_comment", "sheet_remark", "private_note", "conflict", "decision_reason"),
        *("proposal_reason", "proposal_contact", "accepted_reason", "prepared_answers"),
        *("feedback", "mail", "member", "intake"),
        *("amendment", "amended"),
    )
}
# The name of a colleague may be read elsewhere; that this person is writing now may not.
CANARIES["writing"] = "KanarieWriting schreibt hier"


class Scene(msgspec.Struct, frozen=True):
    """One phase: the cast, who looks, their programs, and real ids for every address."""

    cast: Cast
    lookers: dict[str, Client]
    programs: dict[str, Client]
    ids: dict[str, list[str]]

    def clients(self, route: Route) -> dict[str, Client]:
        """Everybody as this address takes them: with a session, or with an access token."""
        return self.programs if route.path.startswith(API) else self.lookers

    def addresses(self, route: Route) -> Iterator[str]:
        """The route's address with every combination of ids that it may be asked with."""
        names = [piece.partition(":")[0] for piece in _pieces(route.path)]
        for values in product(*(self._values(route, name) for name in names)):
            address = route.path
            for piece, value in zip(_pieces(route.path), values, strict=True):
                address = address.replace("{" + piece + "}", value)
            yield address

    def _values(self, route: Route, name: str) -> list[str]:
        """The ids of that name, else the name itself: an address that leads nowhere."""
        return self.ids.get(name) or [name]


def _pieces(path: str) -> list[str]:
    return [part.partition("}")[0] for part in path.split("{")[1:]]


def scene(world: World, phase: str) -> Scene:
    """Build an award in this phase."""
    cast = seated(world)
    draft = world.write(lambda db: _draft(db, cast))
    plain = world.write(lambda db: _proposer(db, cast, draft))
    stage = _BUILD[phase](cast)
    world.write(lambda db: _plant(db, cast, stage))
    if phase in ("opened", "decided", "published"):
        assert stage is not None
        _open_and_decide(cast, stage, is_confirmed=phase != "opened")
    if phase == "published":
        cast.world.clock.move(days=2)
    world.write(lambda db: _write_now(db, cast, draft))
    world.write(lambda db: _amend(db, cast))
    people = {"plain": plain} | {role: getattr(cast, name) for role, name in ROLES.items()}
    lookers = {"visitor": world.visitor()} | _each(world.signed_in, people)
    programs = {"visitor": world.visitor()} | _each(world.program, people)
    return Scene(cast, lookers, programs, world.read(lambda db: _ids(db, cast, draft)))


def _before_judging(days: int) -> Callable[[Cast], None]:
    def build(cast: Cast) -> None:
        def write(db: Session) -> None:
            nomination = nominated(db, cast, 1)
            db.execute(delete(FormalCheck).where(FormalCheck.nomination_id == nomination.id))

        cast.world.clock.move(days=days, hours=1)
        cast.world.write(write)

    return build


def _judging(cast: Cast) -> Staged:
    stage = staged(cast, 3)
    cast.world.write(lambda db: db.add(_conflict(cast, stage)))
    for name in ("jules", "carla"):
        for place in range(3):
            stage.hand_in(name, place)
    for place in (1, 2):
        stage.hand_in("jo", place)
    return stage


_BUILD: dict[str, Callable[[Cast], Staged | None]] = {
    "nominations": _before_judging(0),
    "check": _before_judging(21),
    "judging": _judging,
    "opened": _judging,
    "decided": _judging,
    "published": _judging,
}


def _draft(db: Session, cast: Cast) -> str:
    now = cast.world.now
    draft = Nomination(
        edition_id=cast.edition.id,
        network_id=cast.network.id,
        title=CANARIES["draft_title"],
        network_name=cast.network.name,
        created_at=now,
        saved_at=now,
    )
    db.add(draft)
    db.flush()
    db.add(
        Answers(
            nomination_id=draft.id,
            section="summary",
            values={"summary": CANARIES["draft_text"]},
            version=2,
            is_complete=True,
            saved_at=now,
        )
    )
    db.add(
        EarlierAnswers(
            nomination_id=draft.id,
            section="summary",
            values={"summary": CANARIES["draft_text"]},
            version=1,
            size=len(CANARIES["draft_text"]),
            saved_at=now,
        )
    )
    _attach(db, cast, draft.id, CANARIES["draft_file"])
    return draft.id


def _proposer(db: Session, cast: Cast, draft: str) -> Account:
    """Paul proposes one that waits and one that was accepted, Olga prepares one."""
    paul = Account(email="paul@cast.example", name="Paul Privat", created_at=cast.world.now)
    db.add(paul)
    db.flush()
    waiting = _proposal(cast, paul, CANARIES["proposal_reason"])
    waiting.contact_name = CANARIES["proposal_contact"]
    accepted = _proposal(cast, paul, CANARIES["accepted_reason"])
    prepared = _proposal(cast, cast.olga, "")
    prepared.is_organisers = True
    prepared.answers = {"summary": {"summary": CANARIES["prepared_answers"]}}
    db.add_all([waiting, accepted, prepared])
    db.flush()
    db.add(_link(cast, waiting))
    made = {"kind": "accepted", "nomination_id": draft, "at": cast.world.now}
    db.add(ProposalOutcome(proposal_id=accepted.id, **made))
    return paul


def _link(cast: Cast, proposal: Proposal) -> MailedLink:
    return MailedLink(
        token_hash="0" * 64,
        purpose="proposal",
        about=proposal.id,
        email=proposal.contact_email,
        created_at=cast.world.now,
        expires_at=cast.world.now + timedelta(days=14),
    )


def _proposal(cast: Cast, by: Account, reason: str) -> Proposal:
    return Proposal(
        edition_id=cast.edition.id,
        network_name="Netz",
        state="SH",
        reason=reason,
        contact_name="x",
        contact_email="x@netz.example",
        letters=1,
        proposed_by=by.id,
        proposed_at=cast.world.now,
    )


def _attach(db: Session, cast: Cast, nomination_id: str, canary: str) -> Attachment:
    """A file whose content and preview both sing."""
    sha256 = cast.world.site.files.put(canary.encode())
    row = Attachment(
        nomination_id=nomination_id,
        section="attachments",
        field="attachments",
        position=0,
        name="steckbrief.pdf",
        media_type="application/pdf",
        size=len(canary),
        pages=1,
        sha256=sha256,
        preview_sha256=sha256,
        added_at=cast.world.now,
    )
    db.add(row)
    db.flush()
    return row


def _conflict(cast: Cast, stage: Staged) -> Conflict:
    return Conflict(
        seat_id=cast.seats["jo"].id,
        nomination_id=stage.nominations[0].id,
        kind="membership",
        statement=CANARIES["conflict"],
        source="juror",
        reported_at=cast.world.now,
        reported_by=cast.jo.id,
    )


def _plant(db: Session, cast: Cast, stage: Staged | None) -> None:
    """A canary in every field of the first submitted nomination and of what is about it."""
    first = db.scalars(select(Nomination).join(Submission).order_by(Nomination.reference)).first()
    assert first is not None
    first.title = CANARIES["title"]
    sections = answers_of(1)
    sections["network"]["projectTitle"] = CANARIES["title"]
    sections["summary"] = {"summary": CANARIES["text"]}
    sections["contact"]["contact"]["name"] = CANARIES["contact"]
    file = _attach(db, cast, first.id, CANARIES["file"])
    sections |= with_files(SHIPPED["form"]["sections"], {}, [file])
    about = Submission.nomination_id == first.id
    db.execute(update(Submission).where(about).values(answers=sections))
    for section, values in sections.items():
        its = (Answers.nomination_id == first.id, Answers.section == section)
        db.execute(update(Answers).where(*its).values(values=values))
    db.execute(update(FormalCheck).values(reason=CANARIES["check_reason"]))
    if stage is not None:
        _plant_on_sheet(db, stage.sheets["jules", 0])
    now = cast.world.now
    db.add(Feedback(page="/", text=CANARIES["feedback"], at=now))
    db.add(_letter(cast))
    db.add(_intake(cast))
    db.execute(update(Account).where(Account.id == cast.nora.id).values(name=CANARIES["member"]))


def _write_now(db: Session, cast: Cast, draft: str) -> None:
    """A colleague of Nora's saved the draft this very moment."""
    now, name = cast.world.now, CANARIES["writing"].split()[0]
    account = Account(email="colleague@cast.example", name=name, created_at=now)
    db.add(account)
    db.flush()
    db.add(Membership(network_id=cast.network.id, account_id=account.id, created_at=now))
    its = (Answers.nomination_id == draft, Answers.section == "summary")
    saved = {"saved_by": account.id, "saved_at": now, "field": "summary"}
    db.execute(update(Answers).where(*its).values(**saved))


def _amend(db: Session, cast: Cast) -> None:
    """One amendment of the rules is confirmed, another waits."""
    olga, otto = (Actor(account_id=one.id) for one in (cast.olga, cast.otto))
    for name in ("amended", "amendment"):
        rules = rules_now(db, cast.round.id)
        new = NewRules(
            weights=weights(rules),
            tie_breakers=rules["tie_breakers"],
            min_sheets=rules["min_sheets"] % 2 + 1,
            min_weight_present=rules["min_weight_present"],
            carries_earlier_sheets=rules["carries_earlier_sheets"],
        )
        seen, now = rules_sha256(rules), cast.world.now
        reason = CANARIES[name]
        made = propose_amendment(
            db, cast.round, new, reason=reason, seen_sha256=seen, by=olga, at=now
        )
        if name == "amended":
            confirm_amendment(db, made, seen_sha256=made.sha256, by=otto, at=now)


def _plant_on_sheet(db: Session, sheet: str) -> None:
    texts = {"comment": CANARIES["sheet_comment"], "note": CANARIES["private_note"]}
    db.execute(update(Sheet).where(Sheet.assignment_id == sheet).values(**texts))
    remark = {"comment": CANARIES["sheet_remark"]}
    db.execute(update(Score).where(Score.assignment_id == sheet).values(**remark))


def _letter(cast: Cast) -> Mail:
    said = CANARIES["mail"]
    return Mail(
        event="canary",
        recipient="somebody@cast.example",
        subject=said,
        text=said,
        html=said,
        created_at=cast.world.now,
        due_at=cast.world.now,
    )


def _intake(cast: Cast) -> Intake:
    """Of one row, which was refused."""
    now, refused = cast.world.now, [[2, "Netzwerk", CANARIES["intake"]]]
    said = {"table": [], "rows": 1, "done": 1, "refused": refused, "ended_at": now}
    return Intake(edition_id=cast.edition.id, by=cast.olga.id, at=now, **said)


def _open_and_decide(cast: Cast, stage: Staged, *, is_confirmed: bool) -> None:
    stage.open()
    now = cast.world.now
    run = cast.world.write(lambda db: ranked(db, cast, by=stage.by("olga"), at=now))
    cast.world.write(lambda db: _decided(db, cast, stage, run, is_confirmed=is_confirmed))


def _decided(db: Session, cast: Cast, stage: Staged, run: Run, *, is_confirmed: bool) -> None:
    now = cast.world.now
    decision = Decision(
        edition_id=cast.edition.id,
        run_id=run.id,
        embargo_until=now + timedelta(days=1),
        sha256="0" * 64,
        proposed_by=cast.olga.id,
        proposed_at=now,
        confirmed_by=cast.otto.id if is_confirmed else None,
        confirmed_at=now if is_confirmed else None,
    )
    db.add(decision)
    db.flush()
    reasons = (CANARIES["decision_reason"], "Ein anderer Grund.")
    for position, nomination in enumerate(stage.nominations[:2], 1):
        db.add(
            DecidedWinner(
                decision_id=decision.id,
                nomination_id=nomination.id,
                position=position,
                reason=reasons[position - 1],
            )
        )


def _each(made: Callable[[Account], Client], people: dict[str, Account]) -> dict[str, Client]:
    return {role: made(account) for role, account in people.items()}


def _ids(db: Session, cast: Cast, draft: str) -> dict[str, list[str]]:
    """Real ids by the names that addresses use."""

    def first(column: Any, *where: Any) -> list[str]:
        return [str(one) for one in db.scalars(select(column).where(*where).limit(1))]

    nominations = select(Nomination.id).order_by(Nomination.reference).limit(2)
    return {
        "slug": [cast.edition.slug],
        "nomination_id": list(dict.fromkeys([draft, *db.scalars(nominations)])),
        "attachment_id": list(db.scalars(select(Attachment.id))),
        "sheet_id": list(db.scalars(select(Sheet.assignment_id))),
        "key": ["network", "summary", "contact"],
        "n": ["1"],
        "position": ["1"],
        "conflict_id": first(Conflict.id),
        "run_id": first(Run.id),
        "decision_id": first(Decision.id),
        "intake_id": first(Intake.id),
        "proposal_id": list(db.scalars(select(Proposal.id))),
        "phase_id": [cast.phases["nominations"].id],
        "account_id": [cast.nora.id, cast.jules.id],
        "network_id": [cast.network.id, cast.other_network.id],
        "mail_id": first(Mail.id, Mail.event == "canary"),
        "token": first(MailedLink.token_hash),
        "criterion": list(KEYS[:1]),
    }
