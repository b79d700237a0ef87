"""Networks that others propose: the letter, the answer, the limits, and what is forgotten."""

import email
import re
import socket
from datetime import timedelta
from email.message import Message
from email.policy import default
from typing import Any

import httpx
import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from award.accounts.models import Account, MailedLink, Membership, Network
from award.audit.models import AuditEntry
from award.jury.models import Seat
from award.kit import queue
from award.kit.mail import Mail
from award.nominations.models import (
    Answers,
    Nomination,
    Proposal,
    ProposalOutcome,
    ProposalStop,
)
from award.programmes.models import Phase
from award.worker import REGULAR
from tests.cast import Cast, seated
from tests.world import URL, Statements, World, words

PASSWORD = "vier Wörter am Stück"
TYPED = {
    "network": "Lernende Küste",
    "state": "SH",
    "reason": "Sie holen Lehrlinge aufs Schiff.",
    "name": "Kira Kontakt",
    "email": "Kira@kueste.example",
    "consent": "on",
}
NEW = {"version": "1", "network_name": "Lernende Küste", "state": "SH"}
NEW |= {"name": "Kira Kontakt", "language": "de", "password": PASSWORD}


def propose(cast: Cast, name: str = "mallory", **changed: str) -> httpx.Response:
    client = cast.world.signed_in(getattr(cast, name))
    return client.post("/editions/2026/proposal", TYPED | changed)


def letters(world: World, prefix: str = "nominations.proposed:") -> list[Mail]:
    query = select(Mail).where(Mail.event.startswith(prefix)).order_by(Mail.created_at)
    return world.read(lambda db: list(db.scalars(query)))


def link_in(mail: Mail) -> str:
    found = re.search(rf"{re.escape(URL)}(/proposals/\S+)", mail.text)
    assert found is not None
    return found[1]


def proposed(cast: Cast, **changed: str) -> str:
    """The path of the link that the contact got."""
    answer = propose(cast, **changed)
    assert answer.status_code == 303, words(answer)
    return link_in(letters(cast.world)[-1])


def all_of(world: World, kind: Any) -> list[Any]:
    return world.read(lambda db: list(db.scalars(select(kind))))


def outcome(world: World) -> ProposalOutcome:
    [row] = all_of(world, ProposalOutcome)
    return row


def test_anybody_with_an_account_proposes_and_the_contact_decides(each_cast: Cast) -> None:
    world = each_cast.world
    path = proposed(each_cast)
    [letter] = letters(world)
    assert letter.recipient == "kira@kueste.example"
    assert letter.subject == "Möchte Ihr Netzwerk mitmachen? Auszeichnung 2026"
    assert "Mallory Fremd schlägt das Netzwerk „Lernende Küste“ vor" in letter.text
    assert TYPED["reason"] not in letter.text
    visitor = world.visitor()
    page = words(visitor.get(path))
    for said in ("Mallory Fremd schreibt", TYPED["reason"], "Annehmen", "Ablehnen"):
        assert said in page
    done = visitor.post(f"{path}/account", NEW)
    [nomination] = all_of(world, Nomination)
    assert (done.status_code, done.headers["location"]) == (303, f"/nominations/{nomination.id}")
    draft = words(visitor.follow(done))
    assert "Was Mallory Fremd über Sie schreibt" in draft
    assert TYPED["reason"] in draft
    account = world.read(lambda db: db.scalar(select(Account).filter_by(name="Kira Kontakt")))
    network = world.read(lambda db: db.scalar(select(Network).filter_by(name="Lernende Küste")))
    assert account is not None
    assert network is not None
    assert account.email == "kira@kueste.example"
    assert (nomination.network_id, nomination.created_by) == (network.id, account.id)
    assert (outcome(world).kind, outcome(world).nomination_id) == ("accepted", nomination.id)


def test_the_draft_holds_name_and_state_and_nothing_that_somebody_else_wrote(cast: Cast) -> None:
    cast.world.visitor().post(f"{proposed(cast)}/account", NEW)
    [nomination] = all_of(cast.world, Nomination)
    [row] = all_of(cast.world, Answers)
    given = {key: value for key, value in row.values.items() if value}
    assert given == {"networkName": "Lernende Küste", "state": "SH"}
    assert (nomination.network_name, nomination.state) == ("Lernende Küste", "SH")
    assert (nomination.title, nomination.reference) == ("", None)


def test_whoever_proposed_learns_what_became_of_it(cast: Cast) -> None:
    cast.world.visitor().post(f"{proposed(cast)}/account", NEW)
    [told] = letters(cast.world, "nominations.proposal_answered:")
    assert told.recipient == cast.mallory.email
    assert "hat Ihren Vorschlag angenommen" in told.text
    own = words(cast.world.signed_in(cast.mallory).get("/account/proposals"))
    assert "Das Netzwerk hat am 23. November 2026 angenommen." in own
    assert "Lernende Küste" not in words(cast.world.signed_in(cast.nora).get("/account/proposals"))


@pytest.mark.parametrize("said", ["", "Dieses Jahr nicht, danke."])
def test_the_contact_declines_without_an_account(each_cast: Cast, said: str) -> None:
    path, visitor = proposed(each_cast), each_cast.world.visitor()
    done = visitor.post(f"{path}/decline", {"words": said})
    after = visitor.follow(done)
    assert (after.status_code, "Sie haben abgelehnt." in words(after)) == (200, True)
    assert all_of(each_cast.world, Nomination) == []
    assert (outcome(each_cast.world).kind, outcome(each_cast.world).words) == ("declined", said)
    [told] = letters(each_cast.world, "nominations.proposal_answered:")
    assert ("Es schreibt dazu" in told.text) is bool(said)
    own = words(each_cast.world.signed_in(each_cast.mallory).get("/account/proposals"))
    assert "Das Netzwerk hat am 23. November 2026 abgelehnt." in own
    assert ("Dieses Jahr nicht, danke." in own) is bool(said)


def test_what_became_of_a_proposal_stays(each_cast: Cast) -> None:
    each_cast.world.visitor().post(f"{proposed(each_cast)}/decline")
    for change in ("UPDATE proposal_outcome SET kind = 'accepted'", "DELETE FROM proposal_outcome"):
        with pytest.raises(DBAPIError, match="what became of a proposal stays"):
            each_cast.world.write(lambda db, said=change: db.execute(text(said)))


def test_a_member_signs_in_and_chooses_the_network(each_cast: Cast) -> None:
    world = each_cast.world
    world.write(lambda db: _password(db, each_cast.nora))
    path = proposed(each_cast, email=each_cast.nora.email)
    page = world.visitor().get(path)
    assert "Anmelden und annehmen" in words(page)
    assert f"next={path}".replace("/", "%2F") in page.text
    assert world.visitor().post(f"{path}/account", NEW).status_code == 422
    nora = world.signed_in(each_cast.nora)
    assert "Für welches Netzwerk?" in words(nora.get(path))
    chosen = {"version": "1", "network": each_cast.network.id, "network_name": "Nordlicht"}
    assert nora.post(f"{path}/acceptance", chosen).status_code == 303
    [nomination] = all_of(world, Nomination)
    assert nomination.network_id == each_cast.network.id
    [link] = all_of(world, MailedLink)
    assert link.used_by == each_cast.nora.id


def test_nobody_accepts_for_a_network_of_others(cast: Cast) -> None:
    path, nora = proposed(cast), cast.world.signed_in(cast.nora)
    chosen = {"version": "1", "network": cast.other_network.id, "network_name": "x"}
    assert nora.post(f"{path}/acceptance", chosen).status_code == 422
    visitor = cast.world.visitor()
    assert visitor.post(f"{path}/acceptance", chosen).headers["location"].startswith("/sign-in")
    assert visitor.post(f"{path}/account", NEW | chosen).status_code == 422
    assert all_of(cast.world, Nomination) == []
    assert all_of(cast.world, ProposalOutcome) == []


def test_whoever_proposed_does_not_accept_as_well(cast: Cast) -> None:
    path, mallory = proposed(cast), cast.world.signed_in(cast.mallory)
    chosen = {"version": "1", "network": cast.other_network.id, "network_name": "x"}
    answer = mallory.post(f"{path}/acceptance", chosen)
    assert (answer.status_code, "haben Sie selbst gemacht" in words(answer)) == (422, True)
    assert all_of(cast.world, Nomination) == []


def test_a_reader_accepts_for_a_new_network_only(cast: Cast) -> None:
    query = select(Membership).filter_by(account_id=cast.nora.id)
    cast.world.write(lambda db: setattr(db.scalars(query).one(), "may_write", False))
    path, nora = proposed(cast, email=cast.nora.email), cast.world.signed_in(cast.nora)
    chosen = {"version": "1", "network": cast.network.id, "network_name": "x"}
    assert nora.post(f"{path}/acceptance", chosen).status_code == 422


def test_of_two_answers_the_first_counts(each_cast: Cast) -> None:
    path, visitor = proposed(each_cast), each_cast.world.visitor()
    visitor.post(f"{path}/account", NEW)
    late = each_cast.world.visitor().post(f"{path}/decline")
    assert late.status_code == 422
    page = each_cast.world.visitor().get(path)
    assert "Dieser Vorschlag wurde angenommen." in words(page)
    assert outcome(each_cast.world).kind == "accepted"


def test_a_password_that_is_too_short_leaves_everything_as_it_was(cast: Cast) -> None:
    path, visitor = proposed(cast), cast.world.visitor()
    answer = visitor.post(f"{path}/account", NEW | {"password": "kurz", "network_name": "Neu Netz"})
    assert answer.status_code == 422
    assert 'id="error-password"' in answer.text
    assert 'value="Neu Netz"' in answer.text
    assert visitor.post(f"{path}/account", NEW).status_code == 303


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"network": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"network": "Kaufen auf www.spam.example"}, "Bitte schreiben Sie nur den Namen"),
        ({"state": "XX"}, "Bitte wählen Sie eines der Bundesländer."),
        ({"reason": "x" * 1001}, "1 Zeichen zu viel"),
        ({"email": "kira"}, "name@beispiel.de"),
        ({"email": "mallory@cast.example"}, "Das ist Ihre eigene Adresse."),
        ({"consent": ""}, "Das Netzwerk muss wissen, wer es vorschlägt."),
    ],
)
def test_what_is_amiss_is_said_and_what_was_typed_stays(
    cast: Cast, changed: dict[str, str], message: str
) -> None:
    answer = propose(cast, **changed)
    assert (answer.status_code, message in words(answer)) == (422, True)
    assert "Kira Kontakt" in answer.text
    assert all_of(cast.world, Proposal) == []
    assert letters(cast.world) == []


def test_five_a_day_and_each_contact_once(each_cast: Cast) -> None:
    for number in range(5):
        assert propose(each_cast, email=f"k{number}@netz.example").status_code == 303
    sixth = propose(each_cast, email="k6@netz.example")
    assert "Sie haben an einem Tag 5 Netzwerke vorgeschlagen." in words(sixth)
    each_cast.world.clock.move(hours=25)
    assert propose(each_cast, email="k6@netz.example").status_code == 303
    again = propose(each_cast, email="K6@netz.example ")
    assert "Sie haben schon ein Netzwerk mit dieser Ansprechperson" in words(again)


def test_an_address_gets_three_letters_in_thirty_days(cast: Cast) -> None:
    for name in ("mallory", "nora", "otto"):
        assert propose(cast, name).status_code == 303
    assert "gingen zuletzt mehrere solche Nachrichten" in words(propose(cast, "ada"))
    assert len(letters(cast.world)) == 3


def test_nobody_is_written_to_who_does_not_want_it(each_cast: Cast) -> None:
    world, path = each_cast.world, proposed(each_cast)
    visitor = world.visitor()
    done = visitor.post(f"{path}/decline", {"stop": "on"})
    assert "gehen keine Nachrichten über Vorschläge mehr" in words(visitor.follow(done))
    [stopped] = all_of(world, ProposalStop)
    assert "kira" not in stopped.email_hash
    answer = propose(each_cast, "nora")
    assert "sind keine Nachrichten über Vorschläge erwünscht" in words(answer)


def test_letters_are_stopped_by_a_link_that_is_over_too(cast: Cast) -> None:
    path, visitor = proposed(cast), cast.world.visitor()
    cast.world.clock.move(days=15)
    gone = visitor.get(path)
    assert (gone.status_code, "Mir nicht mehr über Vorschläge schreiben" in words(gone)) == (
        410,
        True,
    )
    visitor.post(f"{path}/stop")
    visitor.post(f"{path}/stop")
    assert len(all_of(cast.world, ProposalStop)) == 1
    visitor.post("/proposals/unknown/stop")
    assert len(all_of(cast.world, ProposalStop)) == 1


@pytest.mark.parametrize(("days", "status"), [(13.9, 200), (14, 410)])
def test_a_link_is_good_for_14_days(cast: Cast, days: float, status: int) -> None:
    path = proposed(cast)
    cast.world.clock.move(days=days)
    assert cast.world.visitor().get(path).status_code == status
    assert cast.world.visitor().post(f"{path}/account", NEW).status_code == (
        303 if status == 200 else 422
    )


def test_a_link_is_not_good_past_the_deadline(cast: Cast) -> None:
    cast.world.clock.move(days=10)  # the deadline comes in 11 days
    path = proposed(cast)
    cast.world.clock.move(days=11, seconds=-1)
    assert cast.world.visitor().get(path).status_code == 200
    cast.world.clock.move(seconds=1)
    page = cast.world.visitor().get(path)
    assert page.status_code == 410
    assert cast.world.visitor().post(f"{path}/decline").status_code == 422


def test_a_deadline_that_is_moved_nearer_counts(cast: Cast) -> None:
    path = proposed(cast)
    its = cast.phases["nominations"].id
    soon = cast.world.now + timedelta(hours=1)
    cast.world.write(lambda db: setattr(db.get_one(Phase, its), "ends_at", soon))
    cast.world.clock.move(hours=1)
    assert cast.world.visitor().get(path).status_code == 410
    assert cast.world.visitor().post(f"{path}/account", NEW).status_code == 422


def test_the_letter_is_sent_again_once_and_the_older_link_ends(each_cast: Cast) -> None:
    world, old = each_cast.world, proposed(each_cast)
    [row] = all_of(world, Proposal)
    mallory, again = world.signed_in(each_cast.mallory), f"/account/proposals/{row.id}/letter"
    world.clock.move(minutes=1)
    assert mallory.post(again).status_code == 303
    new = link_in(letters(world)[-1])
    assert (world.visitor().get(old).status_code, world.visitor().get(new).status_code) == (
        410,
        200,
    )
    third = mallory.post(again)
    assert (third.status_code, "schon zweimal verschickt" in words(third)) == (422, True)
    assert world.signed_in(each_cast.nora).post(again).status_code == 404
    world.clock.move(days=14)
    own = words(world.signed_in(each_cast.mallory).get("/account/proposals"))
    assert "Das Netzwerk hat nicht rechtzeitig geantwortet." in own


def test_only_while_nominations_are_open(cast: Cast) -> None:
    cast.world.clock.move(days=21)
    page = cast.world.signed_in(cast.mallory).get("/editions/2026/proposal")
    assert "Zurzeit können keine Netzwerke vorgeschlagen werden" in words(page)
    answer = propose(cast)
    assert (answer.status_code, all_of(cast.world, Proposal)) == (422, [])


def test_a_visitor_is_led_to_the_sign_in(cast: Cast) -> None:
    assert "/editions/2026/proposal" in cast.world.visitor().get("/editions/2026").text
    answer = cast.world.visitor().get("/editions/2026/proposal")
    assert answer.headers["location"].startswith("/sign-in?next=")


def test_whoever_judges_does_not_propose_and_the_reverse(each_cast: Cast) -> None:
    answer = propose(each_cast, "jules")
    assert answer.status_code == 422
    assert "Wer bewertet, schlägt nicht vor" in words(answer)
    assert TYPED["reason"] in answer.text
    path = proposed(each_cast, name="mallory")
    olga = each_cast.world.signed_in(each_cast.olga)
    seat = {"name": "Mallory", "email": each_cast.mallory.email, "language": "de"}
    seat["organisation"] = "Amt"
    refused = olga.post("/admin/editions/2026/jury", seat)
    assert "hat in dieser Ausgabe ein Netzwerk vorgeschlagen" in words(refused)
    each_cast.world.visitor().post(f"{path}/decline")
    assert olga.post("/admin/editions/2026/jury", seat).status_code == 303


def test_the_database_keeps_the_two_apart(each_cast: Cast) -> None:
    propose(each_cast)
    seat = {"edition_id": each_cast.edition.id, "account_id": each_cast.mallory.id}
    made = lambda db: db.add(Seat(**seat, created_at=each_cast.world.now))  # noqa: E731
    with pytest.raises(DBAPIError, match="cannot both propose and judge"):
        each_cast.world.write(made)


def test_a_network_with_a_juror_cannot_accept(cast: Cast) -> None:
    path, jules = proposed(cast), cast.world.signed_in(cast.jules)
    answer = jules.post(f"{path}/acceptance", {"version": "1", "network_name": "x"})
    assert answer.status_code == 422
    assert "urteilt in dieser Ausgabe mit" in words(answer)
    assert all_of(cast.world, ProposalOutcome) == []
    assert cast.world.visitor().get(path).status_code == 200


def regular(cast: Cast) -> None:
    cast.world.write(lambda db: queue.begin_regular(db, REGULAR, cast.world.now))
    cast.world.clock.move(hours=2)
    cast.world.work()


def test_what_nobody_answered_lapses_at_the_deadline(each_cast: Cast) -> None:
    propose(each_cast)
    regular(each_cast)
    assert all_of(each_cast.world, ProposalOutcome) == []
    each_cast.world.clock.move(days=21)
    each_cast.world.work()
    assert outcome(each_cast.world).kind == "lapsed"
    entry = select(AuditEntry).where(AuditEntry.action == "nominations.proposal_lapsed")
    assert each_cast.world.read(lambda db: len(list(db.scalars(entry)))) == 1
    each_cast.world.clock.move(hours=2)
    each_cast.world.work()
    assert outcome(each_cast.world).kind == "lapsed"


def test_thirty_days_after_the_deadline_the_contact_is_forgotten(each_cast: Cast) -> None:
    world = each_cast.world
    propose(each_cast)
    world.visitor().post(f"{proposed(each_cast, name='nora', email='a@b.example')}/account", NEW)
    regular(each_cast)
    world.clock.move(days=50, hours=20)
    world.work()
    assert _about(world) == {"kira@kueste.example", "a@b.example"}
    world.clock.move(days=1)
    world.work()
    assert _about(world) == set()
    assert all_of(world, MailedLink) == []
    assert letters(world) == []
    kept = {one.reason for one in all_of(world, Proposal)}
    assert kept == {"", TYPED["reason"]}  # of the accepted one, which stands with its draft
    assert [one for one in all_of(world, AuditEntry) if "kueste" in str(one.details)] == []


def _about(world: World) -> set[str]:
    return {one.contact_email for one in all_of(world, Proposal)} - {""}


def test_a_list_takes_the_same_statements_however_long(cast: Cast) -> None:
    mallory, olga = cast.world.signed_in(cast.mallory), cast.world.signed_in(cast.olga)
    counted = []
    for number in (1, 29):
        for _ in range(number):
            cast.world.write(lambda db: db.add(_row(cast)))
        for client, path in (
            (mallory, "/account/proposals"),
            (olga, "/admin/editions/2026/proposals"),
        ):
            client.get(path)
            with Statements(cast.world) as statements:
                assert client.get(path).status_code == 200
            counted.append(len(statements))
    assert counted[:2] == counted[2:]


def _row(cast: Cast) -> Proposal:
    return Proposal(
        edition_id=cast.edition.id,
        network_name="Netz",
        state="SH",
        reason="x",
        contact_name="x",
        contact_email="x@netz.example",
        proposed_by=cast.mallory.id,
        proposed_at=cast.world.now,
    )


def _password(db: Session, account: Account) -> None:
    db.get_one(Account, account.id).password_hash = "set"


class Postbox:
    """Takes letters as a mail server does."""

    def __init__(self) -> None:
        self.letters: list[Message] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.letters.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 OK"


def test_the_letter_arrives_in_the_language_of_whoever_gets_it(sqlite_url: str) -> None:
    box = Postbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    world = World(sqlite_url, smtp=f"smtp://127.0.0.1:{port}")
    try:
        cast = seated(world)
        world.write(lambda db: setattr(db.get_one(Account, cast.nora.id), "language", "en"))
        propose(cast, email=cast.nora.email)
        world.work()
    finally:
        world.close()
        server.stop()
    [letter] = box.letters
    assert letter["To"] == cast.nora.email
    assert letter["Subject"] == "Would your network like to take part in Award 2026?"
    for kind in ("plain", "html"):
        said = letter.get_body((kind,)).get_content()
        assert "http://127.0.0.1:8000/en/proposals/" in said
        assert "Mallory Fremd proposes the network" in " ".join(said.split())
