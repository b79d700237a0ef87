"""The people of a network: who sees them, invites and removes."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.accounts.models import Account, Membership
from award.audit.models import AuditEntry
from award.kit.mail import Mail
from award.nominations.models import Nomination
from tests.cast import Cast
from tests.world import Statements, words

KIM = {"name": "Kim Kollegin", "email": "kim@cast.example", "access": "write", "language": "de"}


def people(cast: Cast) -> str:
    return f"/networks/{cast.network.id}/members"


def account_of(cast: Cast, email: str) -> Account:
    return cast.world.read(lambda db: db.scalars(select(Account).filter_by(email=email)).one())


def come(cast: Cast, *accounts: str) -> None:
    """They have set a password."""

    def write(db: Session) -> None:
        for one in accounts:
            db.get_one(Account, one).password_hash = "set"

    cast.world.write(write)


@pytest.mark.parametrize(
    ("who", "status"),
    [("nora", 200), ("olga", 200), ("ada", 200), ("mallory", 404), ("jules", 404), ("carla", 404)],
)
def test_who_sees_the_members(cast: Cast, who: str, status: int) -> None:
    assert cast.world.signed_in(getattr(cast, who)).get(people(cast)).status_code == status


def test_who_oversees_keeps_the_navigation_of_the_house(cast: Cast) -> None:
    for who, path in ((cast.olga, "/admin/people"), (cast.nora, "/nominations")):
        nav = cast.world.signed_in(who).get(people(cast)).text.split("<main")[0]
        assert f'href="{path}"' in nav


def test_a_visitor_is_led_to_the_sign_in(cast: Cast) -> None:
    answer = cast.world.visitor().get(people(cast))
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=")


def test_a_writer_invites_a_colleague(each_cast: Cast) -> None:
    cast = each_cast
    nora = cast.world.signed_in(cast.nora)
    said = words(nora.follow(nora.post(people(cast), KIM)))
    assert "Die Einladung ist unterwegs." in said
    assert "Kim Kollegin eingeladen kim@cast.example darf schreiben und einreichen" in said
    assert "der Link gilt bis 26. November 2026, 10:00 Uhr (MEZ)" in said
    letter = cast.world.read(lambda db: db.scalars(select(Mail)).one())
    assert letter.recipient == "kim@cast.example"
    assert "Nora Netzwerk lädt Sie in das Netzwerk „Nordlicht“ ein." in letter.text
    actions = cast.world.read(lambda db: db.scalars(select(AuditEntry.action)).all())
    assert actions == ["accounts.invite", "accounts.join"]


def test_a_reader_sees_but_does_not_change(cast: Cast) -> None:
    nora = cast.world.signed_in(cast.nora)
    nora.post(people(cast), KIM | {"access": "read"})
    kim = cast.world.read(
        lambda db: db.scalars(select(Account).filter_by(email=KIM["email"])).one()
    )
    reader = cast.world.signed_in(kim)
    assert "Eine weitere Person einladen" not in words(reader.get(people(cast)))
    refused = reader.post(people(cast), KIM | {"email": "x@cast.example"})
    assert refused.status_code == 403
    assert "Für dieses Netzwerk dürfen Sie lesen." in words(refused)
    for act in ("removal", "access", "invitation"):
        sent = reader.post(f"{people(cast)}/{cast.nora.id}/{act}", {"access": "read"})
        assert sent.status_code == 403, act


def test_others_cannot_invite(cast: Cast) -> None:
    for who, status in (("mallory", 404), ("jules", 404), ("ada", 403)):
        answer = cast.world.signed_in(getattr(cast, who)).post(people(cast), KIM)
        assert answer.status_code == status, who


def test_a_member_is_removed_and_told(each_cast: Cast) -> None:
    cast = each_cast
    nora = cast.world.signed_in(cast.nora)
    nora.post(people(cast), KIM)
    kim = cast.world.read(
        lambda db: db.scalars(select(Account).filter_by(email=KIM["email"])).one()
    )
    come(cast, kim.id, cast.nora.id)
    page = nora.follow(nora.post(f"{people(cast)}/{kim.id}/removal"))
    assert "Kim" not in words(page)
    assert cast.world.signed_in(kim).get(people(cast)).status_code == 404
    subjects = cast.world.read(lambda db: db.scalars(select(Mail.subject)).all())
    assert "Sie gehören nicht mehr zu einem Netzwerk" in subjects
    assert nora.post(f"{people(cast)}/{kim.id}/removal").status_code == 404


def test_the_last_writer_stays(cast: Cast) -> None:
    nora = cast.world.signed_in(cast.nora)
    nora.post(people(cast), KIM | {"access": "read"})
    answer = nora.post(f"{people(cast)}/{cast.nora.id}/removal")
    assert answer.status_code == 422
    assert "Jemand muss für das Netzwerk schreiben können." in words(answer)
    assert nora.get(people(cast)).status_code == 200


def test_who_was_only_invited_does_not_stand_in_for_the_last_writer(each_cast: Cast) -> None:
    cast = each_cast
    come(cast, cast.nora.id)
    nora = cast.world.signed_in(cast.nora)
    nora.post(people(cast), KIM)
    answer = nora.post(f"{people(cast)}/{cast.nora.id}/removal")
    assert answer.status_code == 422
    assert "Warten Sie, bis eine andere Person mit diesem Recht" in words(answer)
    come(cast, account_of(cast, KIM["email"]).id)
    left = nora.post(f"{people(cast)}/{cast.nora.id}/removal")
    assert "Sie gehören nicht mehr zum Netzwerk." in words(nora.follow(left))
    assert nora.get(people(cast)).status_code == 404


def test_a_reader_may_leave_and_is_asked_before(cast: Cast) -> None:
    nora = cast.world.signed_in(cast.nora)
    nora.post(people(cast), KIM | {"access": "read"})
    kim = account_of(cast, KIM["email"])
    reader = cast.world.signed_in(kim)
    page = words(reader.get(people(cast)))
    assert "Dieses Netzwerk verlassen? Sie sehen die Bewerbungen von „Nordlicht“" in page
    assert "Nora Netzwerk entfernen?" not in page
    left = reader.post(f"{people(cast)}/{kim.id}/removal")
    assert left.headers["location"] == "/account?done=left"
    assert reader.get(people(cast)).status_code == 404


def test_what_a_colleague_may_do_is_changed_and_told(each_cast: Cast) -> None:
    cast = each_cast
    nora = cast.world.signed_in(cast.nora)
    nora.post(people(cast), KIM)
    kim = account_of(cast, KIM["email"])
    access = f"{people(cast)}/{kim.id}/access"
    assert "Kim Kollegin eingeladen kim@cast.example darf lesen" in words(
        nora.follow(nora.post(access, {"access": "read"}))
    )
    assert cast.world.signed_in(kim).post(people(cast), KIM).status_code == 403
    assert nora.post(access, {"access": "read"}).status_code == 303
    told = select(Mail.text).where(Mail.subject.startswith("Was Sie für ein Netzwerk dürfen"))
    [letter] = cast.world.read(lambda db: db.scalars(told).all())
    assert "Sie dürfen für das Netzwerk „Nordlicht“ jetzt nur noch lesen." in letter
    logged = select(AuditEntry).where(AuditEntry.action == "accounts.change_access")
    [entry] = cast.world.read(lambda db: db.scalars(logged).all())
    assert entry.details["may_write"] == 0
    assert nora.post(access, {"access": "rule"}).status_code == 422
    own = nora.post(f"{people(cast)}/{cast.nora.id}/access", {"access": "read"})
    assert "Jemand muss für das Netzwerk schreiben können." in words(own)
    assert nora.post(access, {"access": "write"}).status_code == 303


def test_nobody_is_invited_twice(cast: Cast) -> None:
    nora = cast.world.signed_in(cast.nora)
    nora.post(people(cast), KIM)
    again = nora.post(people(cast), KIM | {"access": "read"})
    assert again.status_code == 422
    assert "Diese Person gehört schon zum Netzwerk." in words(again)
    assert cast.world.read(lambda db: len(db.scalars(select(Mail)).all())) == 1


def test_the_list_leads_back_to_where_one_came_from(cast: Cast) -> None:
    nora = cast.world.signed_in(cast.nora)
    came = f"{people(cast)}?back=/nominations/x"
    assert 'href="/nominations/x"' in nora.get(came).text
    done = nora.follow(nora.post(came, KIM))
    assert 'href="/nominations/x"' in done.text
    assert 'href="https' not in nora.get(f"{people(cast)}?back=https://elsewhere.example").text
    assert 'href="//' not in nora.get(f"{people(cast)}?back=//elsewhere.example").text


def test_nobody_nominates_and_judges_in_one_edition(each_cast: Cast) -> None:
    cast = each_cast

    def nominate(db: Session) -> None:
        now = cast.world.now
        db.add(
            Nomination(
                edition_id=cast.edition.id,
                network_id=cast.network.id,
                created_at=now,
                saved_at=now,
            )
        )

    cast.world.write(nominate)
    nora = cast.world.signed_in(cast.nora)
    answer = nora.post(people(cast), KIM | {"email": "jules@cast.example"})
    assert answer.status_code == 422
    assert "Niemand kann sich in derselben Ausgabe bewerben und bewerten." in words(answer)
    assert 'value="Kim Kollegin"' in answer.text
    members = cast.world.read(
        lambda db: db.scalars(select(Membership).filter_by(network_id=cast.network.id)).all()
    )
    assert [member.account_id for member in members] == [cast.nora.id]


def test_the_list_takes_as_many_statements_for_thirty(cast: Cast) -> None:
    nora = cast.world.signed_in(cast.nora)
    with Statements(cast.world) as one:
        nora.get(people(cast))

    def fill(db: Session) -> None:
        for number in range(30):
            account = Account(email=f"m{number}@cast.example", name="M", created_at=cast.world.now)
            db.add(account)
            db.flush()
            db.add(
                Membership(
                    network_id=cast.network.id, account_id=account.id, created_at=cast.world.now
                )
            )

    cast.world.write(fill)
    with Statements(cast.world) as thirty:
        nora.get(people(cast))
    assert len(thirty) == len(one)
