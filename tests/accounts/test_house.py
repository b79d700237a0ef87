"""Networks, the outbox, reports of visitors, and the pages for everybody."""

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.accounts.models import Feedback
from award.accounts.secrets import without_tokens
from award.kit.mail import Mail
from award.programmes.models import Programme
from tests.cast import Cast, seated
from tests.postbox import serving
from tests.world import World, words

NETWORK = {"network": "Netz Neu", "name": "Rita", "email": "rita@cast.example", "state": "BY"}


def test_a_network_is_made_with_its_first_member(each_cast: Cast) -> None:
    olga = each_cast.world.signed_in(each_cast.olga)
    page = olga.follow(olga.post("/admin/networks", NETWORK | {"language": "en"}))
    assert "Netz Neu" in words(page)
    assert "rita@cast.example darf schreiben" in words(page)
    assert "Netz Neu Bayern 1" in words(olga.get("/admin/networks?q=neu"))
    letter = each_cast.world.read(lambda db: db.scalars(select(Mail)).one())
    assert letter.subject == "Your invitation"


def test_a_letter_is_read_without_its_link(cast: Cast) -> None:
    olga = cast.world.signed_in(cast.olga)
    olga.post("/admin/networks", NETWORK)
    letter = cast.world.read(lambda db: db.scalars(select(Mail)).one())
    token = re.search(r"/invitations/(\S+)", letter.text).group(1)
    assert letter.id in olga.get("/admin/mails").text
    page = olga.get(f"/admin/mails/{letter.id}")
    english = olga.get(f"/en/admin/mails/{letter.id}").text
    assert f'<h1 lang="de">{letter.subject}</h1>' in english
    assert 'dir="auto" lang="de"' in english
    assert token not in page.text
    assert "/invitations/…" in page.text
    assert "Der Link ist ausgelassen" in words(page)
    assert olga.get("/admin/mails/nothing").status_code == 404
    assert cast.world.signed_in(cast.nora).get(f"/admin/mails/{letter.id}").status_code == 404


def test_the_demonstration_shows_the_whole_letter(sqlite_url: str) -> None:
    world = World(sqlite_url, demo=True)
    cast = seated(world)
    olga = world.signed_in(cast.olga)
    olga.post("/admin/networks", NETWORK)
    letter = world.read(lambda db: db.scalars(select(Mail)).one())
    token = re.search(r"/invitations/(\S+)", letter.text).group(1)
    assert f'/invitations/{token}"' in olga.get(f"/admin/mails/{letter.id}").text
    world.close()


def test_every_kind_of_one_use_link_is_left_out() -> None:
    text = "http://x/en/invitations/aB-_1 http://x/password-resets/zz9 http://x/home"
    assert (
        without_tokens(text) == "http://x/en/invitations/… http://x/password-resets/… http://x/home"
    )


def test_a_barrier_is_reported_without_an_account(each_cast: Cast) -> None:
    world, visitor = each_cast.world, each_cast.world.visitor()
    asked = visitor.get("/feedback", Referer="http://127.0.0.1:8000/editions/2026")
    assert 'value="/editions/2026"' in asked.text
    typed = {"text": "Zu <blass>", "page": "/editions/2026", "email": ""}
    assert "Ihre Meldung ist angekommen" in words(visitor.follow(visitor.post("/feedback", typed)))
    report = world.read(lambda db: db.scalars(select(Feedback)).one())
    assert (report.text, report.page, report.email) == ("Zu <blass>", "/editions/2026", "")
    shown = world.signed_in(each_cast.ada).get("/admin/feedback")
    assert "Zu &lt;blass&gt;" in shown.text


def test_a_report_reaches_the_organiser_by_mail(each_url: str) -> None:
    with serving() as (box, address):
        world = World(each_url, smtp=address, mail_from="award@award.example")
        seated(world)
        typed = {"text": "Zu <blass>", "page": "/editions/2026", "email": "v@cast.example"}
        world.visitor().post("/feedback", typed)
        world.work()
        world.close()
    [letter] = box.letters
    assert letter["To"] == "award@organiser.example"
    said = letter.get_body(("plain",)).get_content()
    for piece in ("Zu <blass>", "/editions/2026", "v@cast.example", "/admin/feedback"):
        assert piece in said


def test_without_an_organiser_a_report_is_kept_all_the_same(world: World) -> None:
    world.visitor().post("/feedback", {"text": "Zu blass", "email": ""})
    assert world.read(lambda db: len(db.scalars(select(Feedback)).all())) == 1
    assert world.read(lambda db: db.scalar(select(Mail.id))) is None


def test_an_empty_report_is_refused_and_keeps_the_address(world: World) -> None:
    answer = world.visitor().post("/feedback", {"text": " ", "email": "v@cast.example"})
    assert answer.status_code == 422
    assert 'id="error-text"' in answer.text
    assert 'value="v@cast.example"' in answer.text


@pytest.mark.parametrize(
    ("path", "german", "english"),
    [
        ("/accessibility", "Barrierefreiheit", "Accessibility"),
        ("/privacy", "Datenschutz", "Privacy"),
        ("/imprint", "Impressum", "Imprint"),
        ("/plain-language", "Leichte Sprache", "Plain language"),
        ("/method", "So wird gerechnet", "How the ranking is computed"),
        ("/feedback", "Barriere melden", "Report a barrier"),
        ("/registration", "Netzwerk anmelden", "Register a network"),
        ("/password-resets", "Ein neues Passwort", "A new password"),
    ],
)
def test_everybody_reads_the_public_pages(
    world: World, path: str, german: str, english: str
) -> None:
    for address, heading in ((path, german), (f"/en{path}", english)):
        page = world.visitor().get(address)
        assert page.status_code == 200
        assert f">{heading}</h1>" in page.text


def test_the_imprint_is_the_programmes(cast: Cast) -> None:
    assert "Hier fehlt noch ein Impressum" in words(cast.world.visitor().get("/imprint"))

    def write(db: Session) -> None:
        programme = db.get_one(Programme, cast.programme.id)
        programme.texts = {"imprint": {"de": "Verein Muster e.V.\nWeg 1"}}

    cast.world.write(write)
    said = words(cast.world.visitor().get("/imprint"))
    assert "Verein Muster e.V. Weg 1" in said
    assert "award@organiser.example" in said
    assert "Hier fehlt" not in said
