"""Setting an edition up in the browser, by role, with what may go wrong."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from award.audit.models import AuditEntry
from award.programmes import queries
from award.programmes.models import Criterion, Edition
from tests.cast import Cast
from tests.world import Statements, World, words

BASE = "/admin/editions/2026"
PAGES = [
    "/admin/editions",
    f"{BASE}/setup",
    f"{BASE}/setup/criteria",
    f"{BASE}/setup/rounds",
    f"{BASE}/phases/PHASE",
]
FIRST = {
    "programme_de": "Preis",
    "programme_en": "Prize",
    "contact_email": "prize@organiser.example",
    "name_de": "Preis 2027",
    "name_en": "Prize 2027",
    "slug": "2027",
    "year": "2027",
    "winners": "3",
    "first_day": "2027-01-11",
    "source": "",
}


def _unpublished(cast: Cast) -> None:
    def hide(db: Session) -> None:
        edition = db.get(Edition, cast.edition.id)
        assert edition is not None
        edition.published_at = None

    cast.world.write(hide)


def _criteria_form(cast: Cast, **changed: str) -> dict[str, str]:
    """The form of the criteria as the page shows it."""
    form = {"version": "1"}
    for n, one in enumerate(cast.criteria, 1):
        form |= {
            f"key-{n}": one.key,
            f"name_de-{n}": one.name["de"],
            f"name_en-{n}": one.name["en"],
            f"question_de-{n}": one.question["de"],
            f"question_en-{n}": one.question["en"],
            f"weight-{n}": f"{one.weight:g}",
        }
        for level, anchor in enumerate(one.anchors, 1):
            form[f"anchor_de-{n}-{level}"] = anchor["de"]
            form[f"anchor_en-{n}-{level}"] = anchor["en"]
    return form | changed


@pytest.mark.parametrize("page", PAGES)
def test_who_sees_the_pages_of_setting_up(cast: Cast, page: str) -> None:
    world = cast.world
    page = page.replace("PHASE", cast.phases["nominations"].id)
    assert world.visitor().get(page).headers["location"].startswith("/sign-in")
    for outsider in (cast.nora, cast.mallory, cast.jules, cast.carla):
        assert world.signed_in(outsider).get(page).status_code == 404
    for insider in (cast.olga, cast.ada):
        assert world.signed_in(insider).get(page).status_code == 200
    assert 'method="post"' not in world.signed_in(cast.ada).get(page).text.split("<main")[1]


@pytest.mark.parametrize(
    "address",
    [
        "/admin/editions",
        f"{BASE}/setup",
        f"{BASE}/setup/criteria",
        f"{BASE}/setup/rounds",
        f"{BASE}/publication",
        f"{BASE}/phases/PHASE",
    ],
)
def test_only_administrators_change_anything(cast: Cast, address: str) -> None:
    address = address.replace("PHASE", cast.phases["nominations"].id)
    for other in (cast.nora, cast.jules, cast.carla, cast.ada):
        assert cast.world.signed_in(other).post(address, FIRST).status_code == 404
    assert cast.world.visitor().post(address, FIRST).headers["location"].startswith("/sign-in")


def test_the_first_edition_is_made_together_with_the_award(cast: Cast, world: World) -> None:
    _without_editions(world)
    olga = world.signed_in(cast.olga)
    assert "Name auf Deutsch" in words(olga.get("/admin/editions/new"))
    made = olga.follow(olga.post("/admin/editions", FIRST))
    assert "In Vorbereitung" in words(made)
    assert world.read(queries.programme).name == {"de": "Preis", "en": "Prize"}
    edition = world.read(lambda db: queries.edition(db, "2027"))
    assert (edition.winners, edition.year, edition.published_at) == (3, 2027, None)


def test_what_is_wrong_in_a_new_edition_is_said_at_its_field(cast: Cast) -> None:
    olga = cast.world.signed_in(cast.olga)
    again = olga.post("/admin/editions", FIRST | {"slug": "Zwei 7", "winners": "0"})
    assert again.status_code == 422
    assert "Bitte geben Sie eine Zahl von 1 bis 100 ein." in words(again)
    assert 'value="Preis 2027"' in again.text
    again = olga.post("/admin/editions", FIRST | {"slug": "Zwei 7"})
    assert "Bitte nur Kleinbuchstaben, Ziffern und Bindestriche verwenden" in words(again)
    assert 'id="error-slug"' in again.text
    for taken in ("new", "2026"):
        assert olga.post("/admin/editions", FIRST | {"slug": taken}).status_code == 422


def test_an_edition_is_copied_in_the_browser(cast: Cast) -> None:
    olga = cast.world.signed_in(cast.olga)
    assert "Kopie von Auszeichnung 2026" in words(olga.get("/admin/editions/new"))
    made = olga.post("/admin/editions", FIRST | {"source": cast.edition.id})
    assert made.headers["location"] == "/admin/editions/2027/setup?saved=new"
    edition = cast.world.read(lambda db: queries.edition(db, "2027"))
    rounds = cast.world.read(lambda db: queries.rounds(db, edition.id))
    assert [one.jurors_per_nomination for one in rounds] == [cast.round.jurors_per_nomination]
    assert (
        olga.post("/admin/editions", FIRST | {"source": "nobody", "slug": "x1"}).status_code == 422
    )


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("", "Die Gewichte ergeben zusammen 95. Bitte ändern Sie sie so, dass es 100 werden."),
        ("/en", "The weights add up to 95. Please change them so that they make 100."),
    ],
)
def test_weights_that_do_not_make_100_are_refused_with_their_sum(
    cast: Cast, language: str, sentence: str
) -> None:
    _unpublished(cast)
    olga = cast.world.signed_in(cast.olga)
    form = _criteria_form(cast, **{"weight-1": "20", "name_de-1": "Neues"})
    again = olga.post(f"{language}{BASE}/setup/criteria", form)
    assert again.status_code == 422
    assert sentence in words(again)
    assert 'id="error-weight-1"' in again.text
    assert 'value="Neues"' in again.text
    stored = cast.world.read(lambda db: queries.criteria(db, cast.edition.id))
    assert (stored[0].weight, stored[0].name) == (25, cast.criteria[0].name)


def test_criteria_are_changed_added_and_removed(each_cast: Cast) -> None:
    cast = each_cast
    _unpublished(cast)
    olga = cast.world.signed_in(cast.olga)
    new = {
        "key-7": "K7",
        "name_de-7": "Mut",
        "name_en-7": "Courage",
        "question_de-7": "Wie mutig?",
        "question_en-7": "How brave?",
        "weight-7": "7,5",
        "weight-5": "12,5",
        "remove-6": "on",
    }
    new |= {f"anchor_{code}-7-{n}": f"{code} {n}" for code in ("de", "en") for n in range(1, 6)}
    saved = olga.post(f"{BASE}/setup/criteria", _criteria_form(cast, **new))
    assert saved.headers["location"] == f"{BASE}/setup?saved=criteria"
    rows = cast.world.read(lambda db: queries.criteria(db, cast.edition.id))
    assert [(one.key, one.weight) for one in rows] == [
        ("K1", 25),
        ("K2", 25),
        ("K3", 15),
        ("K4", 15),
        ("K5", 12.5),
        ("K7", 7.5),
    ]
    assert rows[-1].anchors[0] == {"points": 1, "de": "de 1", "en": "en 1"}
    assert [one.tie_break for one in rows] == [2, 1, None, 3, None, None]
    assert _last_action(cast.world) == "programmes.change_criteria"


@pytest.mark.parametrize("change", [{"key-2": "K1"}, {"key-2": "comment"}, {"key-2": "K²"}])
def test_criteria_keep_the_keys_that_they_were_sent_with(
    cast: Cast, change: dict[str, str]
) -> None:
    _unpublished(cast)
    olga = cast.world.signed_in(cast.olga)
    again = olga.post(f"{BASE}/setup/criteria", _criteria_form(cast, **change))
    assert again.status_code == 422
    assert "nicht mehr, wie es erzeugt wurde" in words(again)
    stored = cast.world.read(lambda db: queries.criteria(db, cast.edition.id))
    assert [one.key for one in stored] == ["K1", "K2", "K3", "K4", "K5", "K6"]


def test_a_field_with_a_strange_number_is_passed_over(cast: Cast) -> None:
    _unpublished(cast)
    olga = cast.world.signed_in(cast.olga)
    strange = {"key-²": "K7", f"key-{'9' * 5000}": "K8"}
    assert olga.post(f"{BASE}/setup/criteria", _criteria_form(cast, **strange)).status_code == 303


def test_a_missing_anchor_is_said_at_its_field(cast: Cast) -> None:
    _unpublished(cast)
    olga = cast.world.signed_in(cast.olga)
    again = olga.post(f"{BASE}/setup/criteria", _criteria_form(cast, **{"anchor_en-3-2": " "}))
    assert again.status_code == 422
    assert 'href="#field-anchor_en-3-2"' in again.text
    assert again.text.count("<details open>") == 1


def test_after_the_publication_criteria_and_rounds_are_locked(cast: Cast) -> None:
    olga = cast.world.signed_in(cast.olga)
    form = _criteria_form(cast, **{"weight-1": "30", "weight-2": "20"})
    assert "Der Aufruf ist veröffentlicht. Kriterien, Gewichte" in words(
        olga.post(f"{BASE}/setup/criteria", form)
    )
    rounds = {
        "version": "1",
        "name_de-1": "Vorrunde",
        "name_en-1": "First round",
        "jurors_per_nomination-1": "4",
        "min_sheets-1": "2",
    }
    assert olga.post(f"{BASE}/setup/rounds", rounds).status_code == 422
    basics = {"version": "1", "name_de": "A", "name_en": "B", "time_zone": "Europe/Berlin"}
    assert olga.post(f"{BASE}/setup", basics | {"winners": "4"}).status_code == 422
    assert olga.post(f"{BASE}/setup", basics | {"winners": "2"}).status_code == 303
    stored = cast.world.read(lambda db: db.get(Criterion, cast.criteria[0].id))
    assert stored is not None
    assert stored.weight == 25


def test_rounds_ask_for_no_more_sheets_than_a_nomination_gets(cast: Cast) -> None:
    _unpublished(cast)
    olga = cast.world.signed_in(cast.olga)
    form = {
        "version": "1",
        "name_de-1": "Runde eins",
        "name_en-1": "Round one",
        "jurors_per_nomination-1": "3",
        "min_sheets-1": "4",
    }
    again = olga.post(f"{BASE}/setup/rounds", form)
    assert "Nicht mehr als die Bögen, die jede Bewerbung bekommt (3)." in words(again)
    assert olga.post(f"{BASE}/setup/rounds", form | {"min_sheets-1": "3"}).status_code == 303
    [round_] = cast.world.read(lambda db: queries.rounds(db, cast.edition.id))
    assert (round_.name["de"], round_.jurors_per_nomination, round_.min_sheets) == (
        "Runde eins",
        3,
        3,
    )


def _rounds_form(cast: Cast, **pressed: str) -> dict[str, str]:
    """The form of the rounds as the page shows it, with the button that was pressed."""
    edition = cast.edition.id
    form = {"version": str(cast.world.read(lambda db: db.get_one(Edition, edition).version))}
    for one in cast.world.read(lambda db: queries.rounds(db, edition)):
        form |= {
            f"name_de-{one.position}": one.name["de"],
            f"name_en-{one.position}": one.name["en"],
            f"jurors_per_nomination-{one.position}": str(one.jurors_per_nomination),
            f"min_sheets-{one.position}": str(one.min_sheets),
        }
    return form | pressed


def _spans(cast: Cast) -> list[tuple[str, timedelta, timedelta]]:
    """Each round's name, and from when until when it judges, counted from the first beginning."""
    begin = cast.phases["judging"].starts_at

    def read(db: Session) -> list[tuple[str, timedelta, timedelta]]:
        by_round = {one.round_id: one for one in queries.phases(db, cast.edition.id)}
        return [
            (one.name["de"], its.starts_at - begin, its.ends_at - begin)
            for one in queries.rounds(db, cast.edition.id)
            for its in [by_round[one.id]]
        ]

    return cast.world.read(read)


def test_a_round_is_added_with_its_time_and_removed_again(each_cast: Cast) -> None:
    cast = each_cast
    _unpublished(cast)
    olga, path = cast.world.signed_in(cast.olga), f"{BASE}/setup/rounds"
    assert "Entfernen: Vorrunde" not in words(olga.get(path))
    typed = _rounds_form(cast, _add="") | {"name_de-1": "Erste"}
    page = words(olga.follow(olga.post(path, typed)))
    assert "Gesichert." in page
    two, four, six = (timedelta(days=days) for days in (14, 28, 32))
    assert _spans(cast) == [("Erste", timedelta(0), two), ("Runde 2", two, four)]
    olga.post(path, _rounds_form(cast, _add=""))
    assert _spans(cast)[2] == ("Runde 3", four, six)  # until the announcement
    removed = olga.follow(olga.post(path, _rounds_form(cast, _remove="2")))
    assert [one[0] for one in _spans(cast)] == ["Erste", "Runde 3"]
    assert "Entfernen: Runde 3" in words(removed)
    said = words(cast.world.signed_in(cast.ada).get("/admin/audit"))
    assert "hat eine Runde hinzugefügt" in said
    assert "hat eine Runde entfernt" in said


def test_no_round_is_added_without_time_and_the_only_one_stays(cast: Cast) -> None:
    _unpublished(cast)
    olga, path = cast.world.signed_in(cast.olga), f"{BASE}/setup/rounds"
    only = olga.post(path, _rounds_form(cast, _remove="1"))
    assert only.status_code == 422
    assert "Ein Jahrgang hat mindestens eine Runde." in words(only)
    for _ in range(2):
        assert olga.post(path, _rounds_form(cast, _add="")).status_code == 303
    full = olga.post(path, _rounds_form(cast, _add=""))
    assert full.status_code == 422
    assert "Für eine weitere Runde ist keine Zeit" in words(full)
    assert len(_spans(cast)) == 3
    assert olga.post(path, _rounds_form(cast, _remove="9")).status_code == 404


def test_a_published_call_keeps_its_rounds(cast: Cast) -> None:
    olga, path = cast.world.signed_in(cast.olga), f"{BASE}/setup/rounds"
    assert "Runde hinzufügen" not in olga.get(path).text
    assert olga.post(path, _rounds_form(cast, _add="")).status_code == 422
    assert len(_spans(cast)) == 1
    nora = cast.world.signed_in(cast.nora)
    assert nora.post(path, _rounds_form(cast, _add="")).status_code == 404


def test_two_administrators_do_not_overwrite_each_other(each_cast: Cast) -> None:
    cast = each_cast
    form = {"version": "1", "name_en": "Award", "winners": "2", "time_zone": "Europe/Berlin"}
    otto, olga = cast.world.signed_in(cast.otto), cast.world.signed_in(cast.olga)
    assert otto.post(f"{BASE}/setup", form | {"name_de": "Ottos Name"}).status_code == 303
    both = olga.post(f"{BASE}/setup", form | {"name_de": "Olgas Name"})
    assert both.status_code == 409
    assert "Otto Verwaltung hat das um" in words(both)
    assert "Ottos Name" in words(both)
    assert 'value="Olgas Name"' in both.text
    assert 'name="version" value="2"' in both.text
    assert olga.post(f"{BASE}/setup", form | {"name_de": "x", "version": "2"}).status_code == 303


def test_publishing_makes_the_call_visible_and_is_logged(each_cast: Cast) -> None:
    cast = each_cast
    _unpublished(cast)
    world = cast.world
    assert world.visitor().get("/editions/2026").headers["location"].startswith("/sign-in")
    assert world.signed_in(cast.nora).get("/editions/2026").status_code == 404
    assert world.signed_in(cast.olga).get("/editions/2026").status_code == 200
    olga = world.signed_in(cast.olga)
    assert olga.post(f"{BASE}/publication").headers["location"] == f"{BASE}/setup?saved=published"
    assert world.visitor().get("/editions/2026").status_code == 200
    assert _last_action(world) == "programmes.publish"
    assert "schon veröffentlicht" in words(olga.post(f"{BASE}/publication"))


def test_a_call_is_not_published_after_its_deadline(cast: Cast) -> None:
    _unpublished(cast)
    cast.world.clock.instant = cast.world.now + timedelta(days=21)
    refused = cast.world.signed_in(cast.olga).post(f"{BASE}/publication")
    assert refused.status_code == 422
    assert "Die Bewerbungsfrist wäre schon vorbei." in words(refused)


def test_the_list_of_editions_costs_the_same_for_thirty(cast: Cast) -> None:
    world, olga = cast.world, cast.world.signed_in(cast.olga)
    with Statements(world) as one:
        olga.get("/admin/editions")
    world.write(lambda db: db.add_all(_edition(cast, n) for n in range(29)))
    with Statements(world) as thirty:
        assert "30 Ausgaben" in words(olga.get("/admin/editions"))
    assert len(thirty) == len(one)


def _edition(cast: Cast, n: int) -> Edition:
    return Edition(
        programme_id=cast.programme.id,
        slug=f"more-{n}",
        name={"de": f"Nummer {n}", "en": f"Number {n}"},
        year=2000 + n,
        created_at=cast.world.now,
    )


def _without_editions(world: World) -> None:
    """The same people, before anybody made an award."""
    forms = ["form_version", "form_definition"]
    tables = ["seat", "phase", "criterion", *forms, "round", "edition", "programme"]

    def empty(db: Session) -> None:
        for table in tables:
            db.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - fixed names

    world.write(empty)


def _last_action(world: World) -> str | None:
    query = select(AuditEntry.action).order_by(AuditEntry.id.desc()).limit(1)
    return world.read(lambda db: db.scalar(query))
