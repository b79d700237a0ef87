"""Opening a round by two persons: who, what exactly, and what follows."""

from datetime import timedelta

import pytest
from httpx import Response
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from award.accounts.models import Account, RoleGrant
from award.audit.models import AuditEntry
from award.jury import queries
from award.jury.actions import Written, save_sheet
from award.jury.models import Opening
from award.kit.errors import Changed
from award.kit.mail import Mail
from award.kit.passwords import Passwords
from tests.cast import Cast
from tests.jury.staged import Staged, staged
from tests.world import words

PASSWORD = "vier zufällige Wörter reichen"


def _with_passwords(cast: Cast) -> None:
    """Olga, Otto and Carla have a password that can be asked again."""
    passwords: Passwords = cast.world.site.passwords
    people = [cast.olga.id, cast.otto.id, cast.carla.id]
    change = update(Account).where(Account.id.in_(people))
    hashed = passwords.hashed(PASSWORD)
    cast.world.write(lambda db: db.execute(change.values(password_hash=hashed)) and None)


def _stage(cast: Cast) -> Staged:
    """One nomination, two sheets in and one missing."""
    stage = staged(cast)
    _with_passwords(cast)
    stage.hand_in("jules", 0, (5, 4, 3, 2, 1, None))
    stage.hand_in("jo")
    return stage


def _propose(stage: Staged, name: str = "olga", reason: str = "Die Zeit ist um.") -> Response:
    return stage.client(name).post(f"{stage.round}/opening", {"reason": reason})


def _confirm(stage: Staged, name: str = "otto", password: str = PASSWORD) -> Response:
    found = stage.cast.world.read(
        lambda db: db.scalar(select(Opening.id).order_by(Opening.proposed_at.desc()))
    )
    data = {"proposal": found or "nothing", "password_again": password}
    return stage.client(name).post(f"{stage.round}/opening/confirmation", data)


def _is_opened(stage: Staged) -> bool:
    return stage.cast.world.read(lambda db: queries.is_opened(db, stage.cast.round.id))


def test_two_persons_open_a_round_and_everything_is_told(each_cast: Cast) -> None:
    stage = _stage(each_cast)
    assert _propose(stage).status_code == 303
    _sheets, sha256 = each_cast.world.read(lambda db: queries.state_sha256(db, each_cast.round))
    proposed = words(stage.client("otto").get(f"{stage.round}/opening"))
    assert "Vorgeschlagen von Olga Verwaltung" in proposed
    assert "Bögen, die zählen 2 Nicht abgegebene Bögen 1" in proposed
    assert sha256 in proposed
    assert _confirm(stage).status_code == 303
    opened = words(stage.client("olga").get(f"{stage.round}/opening"))
    assert "Bestätigt von Otto Verwaltung" in opened
    assert sha256 in opened
    log = each_cast.world.read(lambda db: list(db.scalars(select(AuditEntry))))
    acts = ["jury.propose_opening", "jury.fix_rules", "jury.open_round"]
    assert [one.action for one in log[-3:]] == acts
    assert log[-1].details["sha256"] == sha256
    query = select(Mail)
    mails = each_cast.world.read(lambda db: {one.recipient: one.text for one in db.scalars(query)})
    assert set(mails) == {"jules@cast.example", "jo@cast.example"}
    assert "Innovationsgehalt 5, Wirkung und Ergebnisse 4" in mails["jules@cast.example"]
    assert "nicht beurteilbar" in mails["jules@cast.example"]
    assert sha256 in mails["jo@cast.example"]


def test_a_missing_sheet_needs_a_reason(cast: Cast) -> None:
    stage = _stage(cast)
    answer = _propose(stage, reason="")
    assert answer.status_code == 422
    assert "Bitte sagen Sie, warum die Runde ohne sie geöffnet wird." in words(answer)
    stage.hand_in("carla")
    assert _propose(stage, reason="").status_code == 303


def test_nothing_handed_in_is_nothing_to_open(cast: Cast) -> None:
    stage = staged(cast)
    answer = _propose(stage)
    assert answer.status_code == 422
    assert "Es ist noch kein Bogen abgegeben" in words(answer)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("olga", 403),
        ("otto", 303),
        ("carla", 303),
        ("ada", 404),
        ("jules", 404),
        ("nora", 404),
        ("mallory", 404),
    ],
)
def test_who_may_confirm_what_olga_proposed(cast: Cast, name: str, status: int) -> None:
    stage = _stage(cast)
    _propose(stage)
    assert _confirm(stage, name).status_code == status
    assert _is_opened(stage) is (status == 303)


@pytest.mark.parametrize("name", ["jules", "nora"])
def test_whoever_may_not_confirm_finds_nothing_by_an_empty_form(cast: Cast, name: str) -> None:
    stage = _stage(cast)
    for edition in (cast.edition.slug, "no-such-edition"):
        address = f"/admin/editions/{edition}/rounds/1/opening/confirmation"
        assert stage.client(name).post(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "status"), [("ada", 404), ("carla", 404), ("jules", 404), ("nora", 404)]
)
def test_only_an_administrator_proposes(cast: Cast, name: str, status: int) -> None:
    assert _propose(_stage(cast), name).status_code == status


def test_a_wrong_password_is_said_at_its_field_and_opens_nothing(cast: Cast) -> None:
    stage = _stage(cast)
    _propose(stage)
    answer = _confirm(stage, password="geraten")
    assert answer.status_code == 422
    assert 'id="error-password_again"' in answer.text
    assert not _is_opened(stage)


@pytest.mark.parametrize(("hours", "status"), [(71, 403), (72, 303)])
def test_a_new_administrator_waits_72_hours(cast: Cast, hours: int, status: int) -> None:
    stage = _stage(cast)
    _propose(stage)
    granted = {"is_operators": False, "confirmed_at": cast.world.now - timedelta(hours=hours)}
    change = update(RoleGrant).where(RoleGrant.account_id == cast.otto.id).values(granted)
    cast.world.write(lambda db: db.execute(change) and None)
    assert _confirm(stage).status_code == status


def test_a_proposal_is_over_when_a_sheet_changes(each_cast: Cast) -> None:
    stage = _stage(each_cast)
    _propose(stage)
    stage.hand_in("carla")
    shown = words(stage.client("otto").get(f"{stage.round}/opening"))
    assert "Der Vorschlag gilt nicht mehr." in shown
    answer = _confirm(stage)
    assert answer.status_code == 422
    assert "Bitte schlagen Sie die Öffnung neu vor." in words(answer)
    assert not _is_opened(stage)
    each_cast.world.clock.move(minutes=1)
    _propose(stage)
    assert _confirm(stage).status_code == 303


def test_an_older_proposal_is_replaced_by_a_newer_one(cast: Cast) -> None:
    stage = _stage(cast)
    _propose(stage)
    first = cast.world.read(lambda db: db.scalar(select(Opening.id)))
    cast.world.clock.move(minutes=1)
    _propose(stage, "otto")
    data = {"proposal": first, "password_again": PASSWORD}
    answer = stage.client("carla").post(f"{stage.round}/opening/confirmation", data)
    assert answer.status_code == 422
    assert not _is_opened(stage)


def test_after_the_opening_every_sheet_is_frozen(each_cast: Cast) -> None:
    stage = _stage(each_cast)
    stage.open()
    before = each_cast.world.read(lambda db: queries.state_sha256(db, each_cast.round))
    carla, jules = stage.client("carla"), stage.client("jules")
    sheet = f"/sheets/{stage.sheets['carla', 0]}"
    full = {f"K{n}": "1" for n in range(1, 7)}
    for path in ("/scores", "/submission"):
        for version in ("0", "1"):
            answer = carla.post(sheet + path, {**full, "version": version})
            assert answer.status_code == 422
            assert "Die Bögen stehen jetzt fest." in words(answer)
    own = f"/sheets/{stage.sheets['jules', 0]}"
    assert jules.post(f"{own}/recusal", {"reason": "Zu spät"}).status_code == 403
    assert _propose(stage).status_code == 422
    assert _confirm(stage).status_code == 422
    assert each_cast.world.read(lambda db: queries.state_sha256(db, each_cast.round)) == before


def test_a_save_that_was_read_before_the_opening_finds_the_sheet_changed(each_cast: Cast) -> None:
    stage = _stage(each_cast)
    old = each_cast.world.read(lambda db: stage.own(db, "carla"))
    stage.open()

    def late(db: Session) -> None:
        save_sheet(
            db,
            old,
            Written(levels={"K1": 5}),
            seen=old.version,
            by=stage.by("carla"),
            at=each_cast.world.now,
        )

    with pytest.raises(Changed):
        each_cast.world.write(late)


@pytest.mark.parametrize(
    ("name", "watches"),
    [("olga", True), ("ada", True), ("carla", True), ("jules", False), ("nora", False)],
)
def test_progress_and_opening_are_watched_by_those_who_lead(
    cast: Cast,
    name: str,
    watches: bool,  # noqa: FBT001
) -> None:
    stage = _stage(cast)
    client = stage.client(name)
    for path in ("/progress", "/opening"):
        assert client.get(stage.round + path).status_code == (200 if watches else 404)
    for path in ("/sheets", f"/sheets/{stage.nominations[0].id}"):
        assert client.get(stage.round + path).status_code == 404
    stage.open()
    for path in ("/sheets", f"/sheets/{stage.nominations[0].id}"):
        assert client.get(stage.round + path).status_code == (200 if watches else 404)


def test_progress_counts_sheets_per_juror_and_per_nomination(cast: Cast) -> None:
    stage = _stage(cast)
    said = words(stage.client("olga").get(f"{stage.round}/progress"))
    assert "2 von 3 Bögen sind abgegeben." in said
    assert "Carla Vorsitz 0 1" in said
    assert "Vorhaben 1 Nordlicht 2 3" in said


def test_the_chair_reads_no_sheet_and_no_count_where_in_conflict(cast: Cast) -> None:
    stage = staged(cast, 2)
    for place in (0, 1):
        stage.hand_in("jules", place)
    data = {"kind": "relative", "statement": "Mein Bruder."}
    carla = stage.client("carla")
    assert carla.post(f"/jury/conflicts/{stage.nominations[0].id}", data).status_code == 303
    counts = words(carla.get(f"{stage.round}/progress"))
    assert "Vorhaben 1" not in counts
    assert "Jules Jury 1 1" in counts
    stage.open()
    sheets = words(carla.get(f"{stage.round}/sheets"))
    assert "Vorhaben 2" in sheets
    assert "Vorhaben 1" not in sheets
    assert carla.get(f"{stage.round}/sheets/{stage.nominations[0].id}").status_code == 404
    assert "Vorhaben 1" in words(stage.client("olga").get(f"{stage.round}/sheets"))
