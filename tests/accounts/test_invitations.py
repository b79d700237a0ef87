"""An invitation to a network: it arrives, is used once, runs out, is sent again or taken back."""

import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from award.accounts.models import Account
from tests.cast import Cast, seated
from tests.postbox import Postbox, serving
from tests.world import URL, Client, World, words

KIM = {"name": "Kim Kollegin", "email": "kim@cast.example", "access": "write", "language": "en"}
PASSWORD = "four words in a row"


@pytest.fixture
def post(each_url: str) -> Iterator[tuple[Cast, Postbox]]:
    """The cast, and a real mail server that takes their letters."""
    with serving() as (box, address):
        world = World(each_url, smtp=address, mail_from="award@award.example")
        yield seated(world), box
        world.close()


def people(cast: Cast) -> str:
    return f"/networks/{cast.network.id}/members"


def invited(cast: Cast, **more: str) -> tuple[Client, Account]:
    """Nora, who has just invited Kim."""
    nora = cast.world.signed_in(cast.nora)
    assert nora.post(people(cast), KIM | more).status_code == 303
    found = select(Account).filter_by(email=KIM["email"])
    return nora, cast.world.read(lambda db: db.scalars(found).one())


def arrived(cast: Cast, box: Postbox) -> EmailMessage:
    """The newest letter that the mail server got."""
    cast.world.work()
    return box.letters[-1]


def link_in(letter: EmailMessage) -> str:
    said = letter.get_body(("plain",)).get_content()
    return re.search(rf"{re.escape(URL)}(/\S+)", said).group(1)


def use(cast: Cast, path: str) -> tuple[Client, int]:
    visitor = cast.world.visitor()
    typed = {"name": "Kim Kollegin", "language": "de", "password": PASSWORD}
    return visitor, visitor.post(path, typed).status_code


def test_it_names_who_invites_to_what_and_works_once(post: tuple[Cast, Postbox]) -> None:
    cast, box = post
    invited(cast)
    letter = arrived(cast, box)
    assert (letter["To"], letter["Subject"]) == (KIM["email"], "Your invitation")
    said = re.sub(r"\s+", " ", letter.get_body(("plain",)).get_content())
    assert "Nora Netzwerk invites you to the network “Nordlicht”. You may write" in said
    assert "The link works once, until Thursday 26 November 2026, 10:00 am (CET)." in said
    path = link_in(letter)
    page = words(cast.world.visitor().get(path))
    assert "Invited by Nora Netzwerk" in page
    assert "Network Nordlicht" in page
    kim, status = use(cast, path)
    assert status == 303
    assert kim.get(people(cast)).status_code == 200
    assert use(cast, path)[1] == 422
    gone = cast.world.visitor().get(path)
    assert gone.status_code == 410
    assert "This link was already used." in words(gone)


@pytest.mark.parametrize(("hours", "status"), [(71, 200), (72, 410)])
def test_it_is_good_for_three_days(post: tuple[Cast, Postbox], hours: int, status: int) -> None:
    cast, box = post
    invited(cast)
    path = link_in(arrived(cast, box))
    cast.world.clock.move(hours=hours)
    page = cast.world.visitor().get(path)
    assert page.status_code == status
    assert ("This link is over" in words(page)) is (status == 410)


def test_the_list_says_that_the_link_is_over(cast: Cast) -> None:
    invited(cast)
    cast.world.clock.move(hours=72)
    nora = cast.world.signed_in(cast.nora)
    said = words(nora.get(people(cast)))
    assert "Kim Kollegin eingeladen, Link abgelaufen" in said
    assert "der Link gilt" not in said


def test_sent_again_only_the_new_link_works(post: tuple[Cast, Postbox]) -> None:
    cast, box = post
    nora, kim = invited(cast)
    first = link_in(arrived(cast, box))
    again = f"{people(cast)}/{kim.id}/invitation"
    assert "Die Einladung ist unterwegs." in words(nora.follow(nora.post(again)))
    second = link_in(arrived(cast, box))
    assert len(box.letters) == 2
    assert "or a newer one was sent" in words(cast.world.visitor().get(first))
    assert use(cast, second)[1] == 303
    late = nora.post(again)
    assert late.status_code == 422
    assert "Diese Person hat die Einladung inzwischen angenommen." in words(late)


def test_an_address_gets_a_few_invitations_an_hour(cast: Cast) -> None:
    nora, kim = invited(cast)
    again = f"{people(cast)}/{kim.id}/invitation"
    assert [nora.post(again).status_code for _ in range(3)] == [303, 303, 429]
    assert "Bitte warten Sie etwas." in words(nora.post(again))
    cast.world.clock.move(hours=1)
    assert nora.post(again).status_code == 303


def test_taken_back_its_link_says_so(post: tuple[Cast, Postbox]) -> None:
    cast, box = post
    nora, kim = invited(cast, language="de")
    path = link_in(arrived(cast, box))
    assert "Die Einladung für Kim Kollegin zurücknehmen?" in words(nora.get(people(cast)))
    assert "Kim" not in words(nora.follow(nora.post(f"{people(cast)}/{kim.id}/removal")))
    assert arrived(cast, box)["Subject"] == "Eine Einladung wurde zurückgenommen"
    gone = cast.world.visitor().get(path)
    assert gone.status_code == 410
    assert "Diese Einladung wurde zurückgenommen." in words(gone)
    assert "Neuen Link senden" not in words(gone)
    assert use(cast, path)[1] == 422


def test_an_invitation_to_something_else_stays_good(post: tuple[Cast, Postbox]) -> None:
    cast, box = post
    nora, kim = invited(cast)
    arrived(cast, box)
    olga = cast.world.signed_in(cast.olga)
    olga.post("/admin/people", KIM | {"role": "auditor"})
    path = link_in(arrived(cast, box))
    nora.post(f"{people(cast)}/{kim.id}/removal")
    auditor, status = use(cast, path)
    assert status == 303
    assert auditor.get("/admin/people").status_code == 200
    assert auditor.get("/nominations").status_code == 404


def test_others_neither_send_nor_take_back(cast: Cast) -> None:
    _nora, kim = invited(cast)
    for who, status in (("mallory", 404), ("jules", 404), ("ada", 403)):
        for act in ("invitation", "removal", "access"):
            sent = cast.world.signed_in(getattr(cast, who)).post(
                f"{people(cast)}/{kim.id}/{act}", {"access": "read"}
            )
            assert sent.status_code == status, (who, act)
    olga = cast.world.signed_in(cast.olga)
    assert olga.post(f"{people(cast)}/{kim.id}/invitation").status_code == 303
    assert olga.post(f"{people(cast)}/{kim.id}/removal").status_code == 303
    assert olga.post(f"{people(cast)}/{kim.id}/invitation").status_code == 404
