"""The ranking's pages: sealed before the opening, then for three roles."""

import pytest
from sqlalchemy.orm import Session

from award.audit.models import AuditEntry
from award.jury.models import Conflict, RoundEntry, Seat
from award.kit.errors import Refused
from award.ranking import queries
from award.ranking.models import Run
from tests.cast import Cast
from tests.ranking.opened import BEST, Judged, actor, judged, run, sheet
from tests.world import Statements, words

EVERYBODY = ("nora", "mallory", "jules", "carla", "olga", "ada")
READERS = {"carla", "olga", "ada"}


@pytest.fixture
def sealed(cast: Cast) -> Judged:
    return judged(cast)


@pytest.fixture
def opened(sealed: Judged) -> Judged:
    sealed.open()
    return sealed


def test_before_the_opening_there_is_no_ranking_for_anybody(sealed: Judged) -> None:
    address = f"{sealed.base}/ranking"
    for name in EVERYBODY:
        client = sealed.client(name)
        assert client.get(address).status_code == 404, name
        assert client.post(address, {"round": "1"}).status_code == 404, name
    assert "/sign-in" in sealed.cast.world.visitor().get(address).headers["location"]


def test_after_it_administrator_chair_and_auditor_read(opened: Judged) -> None:
    run = opened.run()
    base = f"{opened.base}/ranking"
    for address in (base, f"{base}/{run.id}", f"{base}/{run.id}/places.svg"):
        for name in EVERYBODY:
            status = opened.client(name).get(address).status_code
            assert status == (200 if name in READERS else 404), (address, name)


def test_a_round_that_is_no_number_is_the_latest_one(opened: Judged) -> None:
    opened.run()
    ada = opened.client("ada")
    for asked in ("9" * 5000, "%C2%B2", "-1"):
        assert ada.get(f"{opened.base}/ranking?round={asked}").status_code == 200
    assert ada.get(f"{opened.base}/ranking?round=7").status_code == 404


def test_only_an_administrator_computes(opened: Judged) -> None:
    address = f"{opened.base}/ranking"
    for name, status in (("ada", 403), ("carla", 403), ("jules", 404), ("nora", 404)):
        assert opened.client(name).post(address, {"round": "1"}).status_code == status, name
    assert opened.cast.world.read(lambda db: queries.runs(db, [opened.cast.round])) == []
    olga = opened.client("olga")
    assert "Die Rangfolge ist noch nicht berechnet." in words(olga.get(address))
    said = words(olga.follow(olga.post(address, {"round": "1"})))
    assert "Alle 2 Plätze sind klar" in said


def test_the_table_says_places_scores_and_chances(opened: Judged) -> None:
    opened.run()
    said = words(opened.client("olga").get(f"{opened.base}/ranking"))
    for row in (
        "1 Titel 1 Netz 1 · Bayern 3 100,0 100,0 1 – 1 > 99 %",
        "2 Titel 2 Netz 2 · Bayern 3 96,2 96,2 2 – 2 > 99 %",
        "3 Titel 3 Netz 3 · Bayern 3 83,8 83,8 3 – 3 < 1 %",
        "4 Titel 4 Netz 4 · Bayern 3 61,2 61,2 4 – 4 < 1 %",
    ):
        assert row in said
    english = words(opened.client("olga").get(f"/en{opened.base}/ranking"))
    assert "All 2 places are clear: with other equally able jurors" in english


def test_one_nomination_adds_up_by_hand(opened: Judged) -> None:
    run = opened.run()
    third = opened.nominations[2].id
    page = opened.client("ada").get(f"{opened.base}/ranking/{run.id}?nomination={third}")
    said = words(page)
    # (4-1)·25 = 75 and so on: .25·75 + .25·100 + .15·75 + .15·75 + .1·75 + .1·100 = 83.75
    weights = [one.weight for one in opened.cast.criteria]
    by_hand = sum(w * (p - 1) * 25 / 100 for w, p in zip(weights, BEST[2], strict=True))
    shown = f"{by_hand:.2f}".replace(".", ",")
    assert f"Jules Jury 4 5 4 4 4 5 {shown}" in said
    assert f"Jules Jury {shown} 0,00 {shown}" in said
    assert f"Mittel aus 3 Bögen {shown} {shown}" in said
    assert f"= {shown}" in said


def test_a_missing_criterion_is_shown_and_explained(cast: Cast) -> None:
    found = judged(cast, [(5, 5, 5, 5, 5, 5), (4, 4, 4, 4, None, 4), (3, 3, 3, 3, 3, 3)])
    found.open()
    run = found.run()
    second = found.nominations[1].id
    said = words(found.client("olga").get(f"{found.base}/ranking/{run.id}?nomination={second}"))
    assert "Jo Jury 4 4 4 4 – 4 75,00" in said
    assert "nicht beurteilbar" in said


def test_a_juror_of_whom_no_sheet_counts_is_named_all_the_same(cast: Cast) -> None:
    found = judged(cast)

    def write(db: Session) -> None:
        cast.seats["otto"] = Seat(
            edition_id=cast.edition.id, account_id=cast.otto.id, created_at=cast.world.now
        )
        db.add(cast.seats["otto"])
        db.flush()
        thin = (None, None, None, None, None, 4)
        sheet(db, cast, found.nominations[0].id, "otto", thin)

    cast.world.write(write)
    found.open()
    run = found.run()
    said = words(found.client("olga").get(f"{found.base}/ranking/{run.id}"))
    assert "Otto Verwaltung zählt nicht: zu wenig bewertet" in said


def test_too_few_sheets_are_named_and_not_ranked(opened: Judged) -> None:
    world, cast = opened.cast.world, opened.cast

    def enter(db: Session) -> None:
        nomination = opened.nominations[0]
        late = type(nomination)(
            **{
                name: getattr(nomination, name)
                for name in ("edition_id", "network_id", "network_name", "created_at", "saved_at")
            },
            title="Ohne Bögen",
            reference="2026-099",
        )
        db.add(late)
        db.flush()
        db.add(RoundEntry(round_id=cast.round.id, nomination_id=late.id, at=world.now))

    world.write(enter)
    opened.run()
    said = words(opened.client("olga").get(f"{opened.base}/ranking"))
    assert "Nicht in der Rangfolge" in said
    assert "Ohne Bögen Netz 1 · 0 Bögen" in said


def test_a_refused_computation_says_so_on_the_round_s_own_page(
    opened: Judged, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.run()
    monkeypatch.setattr(queries, "holds", lambda *_given: False)
    answer = opened.client("olga").post(f"{opened.base}/ranking", {"round": "1"})
    assert answer.status_code == 422
    assert "Bitte rechnen Sie noch einmal." in words(answer)
    assert "Rangfolge: " in words(answer)


def test_a_conflict_hides_the_nomination_from_the_chair(opened: Judged) -> None:
    run, cast = opened.run(), opened.cast
    hidden = opened.nominations[1]
    conflict = Conflict(
        seat_id=cast.seats["carla"].id,
        nomination_id=hidden.id,
        kind="other",
        source="declared",
        reported_at=cast.world.now,
    )
    cast.world.write(lambda db: db.add(conflict))
    carla, base = opened.client("carla"), f"{opened.base}/ranking/{run.id}"
    juror = "Jules Jury 4 "  # sheets, and their mean: less those shown, the hidden one is left
    assert juror in words(opened.client("olga").get(base))
    assert juror not in words(carla.get(base))
    assert "> 99 %" not in words(carla.get(base))
    assert "Titel 2" in words(opened.client("olga").get(base))  # and is kept, but not for her
    assert "Titel 2" not in words(carla.get(base))
    page = carla.get(f"{base}?nomination={hidden.id}")
    assert hidden.title not in page.text
    assert hidden.id not in page.text
    assert "1 Bewerbung fehlt hier" in words(page)
    assert "Wie sicher die Plätze sind, steht hier nicht." in words(page)
    assert "Plätze sind klar" not in words(page)
    said = words(opened.client("olga").get(base))
    assert "Titel 2" in said
    assert "Plätze sind klar" in said


def test_the_same_input_gives_the_same_run_on_both_databases(each_cast: Cast) -> None:
    found = judged(each_cast)
    world = each_cast.world

    def compute(db: Session) -> Run:
        return run(db, each_cast, by=actor(each_cast.olga), at=world.now)

    with pytest.raises(Refused):
        world.write(compute)
    found.open()
    first, second = world.write(compute), world.write(compute)
    assert (first.input_sha256, first.result) == (second.input_sha256, second.result)
    assert world.read(queries.faults) == []

    def spoil(db: Session) -> None:
        kept = db.get(Run, first.id)
        kept.result = {**kept.result, "nominations": []}

    world.write(spoil)
    assert world.read(queries.faults) == [first.id]


def test_a_run_is_logged_by_hashes_only(opened: Judged) -> None:
    run = opened.run()

    def entry(db: Session) -> AuditEntry:
        return db.query(AuditEntry).filter_by(action="ranking.compute").one()

    logged = opened.cast.world.read(entry)
    assert (logged.chain, logged.object_id) == (opened.cast.edition.id, run.id)
    assert logged.actor_id == opened.cast.olga.id
    assert set(logged.details) == {"round", "input_sha256", "result_sha256"}


def test_a_run_or_round_that_is_not_there(opened: Judged) -> None:
    olga, base = opened.client("olga"), f"{opened.base}/ranking"
    assert olga.get(f"{base}/nothing").status_code == 404
    assert olga.get(f"{base}?round=2").status_code == 404
    assert olga.post(base, {"round": "2"}).status_code == 404
    assert olga.post(base, {}).status_code == 422


def test_who_has_the_page_already_is_told_so(opened: Judged) -> None:
    run = opened.run()
    olga, address = opened.client("olga"), f"{opened.base}/ranking/{run.id}"
    tag = olga.get(address).headers["etag"]
    again = olga.get(address, If_None_Match=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "no-store"
    third = olga.get(f"{address}?nomination={opened.nominations[2].id}", If_None_Match=tag)
    assert third.status_code == 200
    assert opened.client("ada").get(address, If_None_Match=tag).status_code == 200
    opened.run()
    assert olga.get(address, If_None_Match=tag).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_statements_do_not_depend_on_the_rows(cast: Cast, count: int) -> None:
    found = judged(cast, [(3, 4, 3, 3, 4, 4)] * count)
    found.open()
    found.run()
    olga = found.client("olga")
    with Statements(cast.world) as drawn:
        said = words(olga.get(f"{found.base}/ranking"))
    with Statements(cast.world) as kept:
        olga.get(f"{found.base}/ranking")
    assert said.count("Titel ") >= min(count, 25)
    assert (len(drawn), len(kept)) <= (17, 12)
