"""Other weights, what if, and two runs side by side: for those who read the ranking."""

import copy

import pytest

from award.jury.models import Conflict
from award.ranking.models import Run
from tests.cast import Cast
from tests.ranking.opened import Judged, judged
from tests.world import Statements, words

# By hand 75, 68.75, 63.75 and 25; without K1 the third is the best and the second goes out.
POINTS = ((5, 5, 3, 3, 3, 3), (5, 4, 3, 3, 3, 3), (2, 5, 5, 3, 3, 3), (1, 1, 3, 3, 3, 3))
READERS = {"carla", "olga", "ada"}
PAGES = ("weights?K1=0", "what-if?without_criterion=K1&cap=state")


@pytest.fixture
def opened(cast: Cast) -> Judged:
    found = judged(cast, POINTS)
    found.open()
    return found


def changed(opened: Judged, run: Run, **parts: object) -> Run:
    """A run like this one, but for these of its columns."""
    columns = ("round_id", "method", "parameters", "input", "input_sha256", "result", "software")
    told = {name: copy.deepcopy(getattr(run, name)) for name in (*columns, "by")}
    other = Run(**{**told, **parts}, at=opened.cast.world.now)
    opened.cast.world.write(lambda db: db.add(other))
    return other


def hide(opened: Judged, at: int) -> None:
    """From the chair, by a conflict of interest."""
    conflict = Conflict(
        seat_id=opened.cast.seats["carla"].id,
        nomination_id=opened.nominations[at].id,
        kind="other",
        source="declared",
        reported_at=opened.cast.world.now,
    )
    opened.cast.world.write(lambda db: db.add(conflict))


def test_who_reads_the_ranking_tries_and_compares(opened: Judged) -> None:
    run = opened.run()
    base = f"{opened.base}/ranking"
    other = changed(opened, run)
    addresses = [f"{base}/{run.id}/{page}" for page in PAGES]
    for address in (*addresses, f"{base}/compare?a={run.id}&b={other.id}"):
        for name in ("nora", "mallory", "jules", *READERS):
            status = opened.client(name).get(address).status_code
            assert status == (200 if name in READERS else 404), (address, name)


def test_the_page_of_a_run_says_what_hangs_on_the_weights(opened: Judged) -> None:
    run = opened.run()
    said = words(opened.client("olga").get(f"{opened.base}/ranking/{run.id}"))
    assert "Was hängt an den Gewichten?" in said
    # With the share w of K1 the second has 100 w + 58.33 (1 - w), the third 25 w + 76.67 (1 - w).
    assert "25,0 % ab 19,6 % Titel 3 statt Titel 2" in said
    assert "Das sind die beschlossenen Gewichte" in said
    assert "Auch ohne irgendein einzelnes Jurymitglied lägen dieselben Bewerbungen vorn." in said


def test_a_weight_on_trial_changes_places_and_stores_nothing(opened: Judged) -> None:
    run = opened.run()
    here, olga = f"{opened.base}/ranking/{run.id}", opened.client("olga")
    before = olga.get(here).text
    said = words(olga.get(f"{here}/weights?K1=0"))
    assert "Mit diesen Gewichten liegt 1 andere Bewerbung vorn." in said
    assert "Käme dazu Titel 3 (Platz 3) Fiele heraus Titel 2 (Platz 2)" in said
    assert "1 Titel 3 3 ↑ 2 Plätze nach oben 2 Titel 1 1 ↓ 1 Platz nach unten 3 Titel 2 2 ↓" in said
    assert "Anteil am ganzen Gewicht: K1 0,0 % · K2 33,3 %" in said
    assert "Nichts davon wird gespeichert" in said
    assert words(olga.get(f"{here}/weights?K1=0,5")) == words(olga.get(f"{here}/weights?K1=0.5"))
    assert "Das sind die beschlossenen Gewichte" in words(olga.get(f"{here}/weights"))
    assert opened.cast.world.read(lambda db: db.get_one(Run, run.id).result) == run.result
    assert "statt" in before


def test_a_trial_comes_as_a_fragment_too(opened: Judged) -> None:
    run = opened.run()
    here, olga = f"{opened.base}/ranking/{run.id}", opened.client("olga")
    for address, root in zip(PAGES, ("weighing", "supposing"), strict=True):
        answer = olga.get(f"{here}/{address}", htmx=True)
        assert answer.status_code == 200
        assert f'id="{root}"' in answer.text
        assert "<html" not in answer.text
        assert words(answer) in words(olga.get(f"{here}/{address}"))


def test_a_weight_that_cannot_be_read_is_shown_again(opened: Judged) -> None:
    run = opened.run()
    address, olga = f"{opened.base}/ranking/{run.id}/weights", opened.client("olga")
    for raw, message in (
        ("viel", "Bitte geben Sie eine Zahl ein."),
        ("101", "Bitte geben Sie eine Zahl von 0 bis 100 ein."),
        ("-1", "Bitte geben Sie eine Zahl von 0 bis 100 ein."),
        ("nan", "Bitte geben Sie eine Zahl ein."),
        ("", "Bitte geben Sie eine Zahl ein."),
    ):
        answer = olga.get(f"{address}?K2={raw}&K1=33")
        assert answer.status_code == 422, raw
        assert f'name="K2" type="text" value="{raw}"' in answer.text
        assert message in words(answer)
        assert 'value="33"' in answer.text
        assert "Deshalb wurde nichts berechnet." in words(answer)
        assert "Fehler:" in answer.text


def test_without_any_weight_nothing_is_compared(opened: Judged) -> None:
    run = opened.run()
    nothing = "&".join(f"K{n}=0" for n in range(1, 7))
    answer = opened.client("olga").get(f"{opened.base}/ranking/{run.id}/weights?{nothing}")
    assert answer.status_code == 200
    assert "Alle Gewichte sind 0, so gibt es nichts zu vergleichen." in words(answer)


def test_without_a_juror_others_would_be_ahead(opened: Judged) -> None:
    run, seats = opened.run(), opened.cast.seats
    result = copy.deepcopy(run.result)
    others = [opened.nominations[at].id for at in (2, 0)]
    for juror in result["jurors"]:
        juror["winners_without"] = others if juror["id"] == seats["jo"].id else None
    run = changed(opened, run, result=result)
    address, ada = f"{opened.base}/ranking/{run.id}/what-if", opened.client("ada")
    said = words(ada.get(f"{address}?without_juror={seats['jo'].id}"))
    assert "Ohne 1 der 3 Jurymitglieder lägen andere vorn: Jo Jury." in said
    assert "Ohne Jo Jury Es läge 1 andere Bewerbung vorn. Käme dazu Titel 3 (Platz 3)" in said
    said = words(ada.get(f"{address}?without_juror={seats['jules'].id}"))
    assert "Ohne Jules Jury Es lägen dieselben Bewerbungen vorn." in said


def test_without_a_criterion_others_would_be_ahead(opened: Judged) -> None:
    run = opened.run()
    address, carla = f"{opened.base}/ranking/{run.id}/what-if", opened.client("carla")
    said = words(carla.get(f"{address}?without_criterion=K1"))
    assert (
        "Es läge 1 andere Bewerbung vorn. Käme dazu Titel 3 (Platz 3) Fiele heraus Titel 2" in said
    )
    assert "Es lägen dieselben" in words(carla.get(f"{address}?without_criterion=K6"))


def test_what_is_not_known_is_not_asked(opened: Judged) -> None:
    run = opened.run()
    address, olga = f"{opened.base}/ranking/{run.id}/what-if", opened.client("olga")
    plain = words(olga.get(address))
    assert "Jede Frage" not in plain
    for query in ("without_juror=x", "without_criterion=K9", "cap=field", "cap=x&most=viel"):
        assert words(olga.get(f"{address}?{query}")) == plain


def test_a_limit_names_who_is_passed_over_and_why(opened: Judged) -> None:
    run = opened.run()
    address, olga = f"{opened.base}/ranking/{run.id}/what-if", opened.client("olga")
    said = words(olga.get(f"{address}?cap=state&most=1"))
    assert "Höchstens 1 je Bundesland" in said
    assert "1 Platz bleibt leer, weil die Grenze niemanden mehr zulässt." in said
    assert "2 Titel 2 Bayern ist schon vertreten durch: Titel 1" in said
    said = words(olga.get(f"{address}?cap=state&most=2"))
    assert "Höchstens 2 je Bundesland Es lägen dieselben Bewerbungen vorn." in said
    assert "übergangen" not in said


def test_a_limit_that_cannot_be_read_is_shown_again(opened: Judged) -> None:
    run = opened.run()
    address, olga = f"{opened.base}/ranking/{run.id}/what-if", opened.client("olga")
    for raw in ("0", "100", "viel", ""):
        answer = olga.get(f"{address}?cap=state&most={raw}&without_criterion=K1")
        assert answer.status_code == 422, raw
        assert f'name="most" type="text" value="{raw}"' in answer.text
        assert "Die Grenze lässt sich nicht lesen." in words(answer)
        assert "Käme dazu Titel 3" in words(answer)


def test_a_conflict_leaves_nothing_to_be_told(opened: Judged) -> None:
    run = opened.run()
    seat = opened.cast.seats["jo"].id
    hide(opened, 2)
    here, carla = f"{opened.base}/ranking/{run.id}", opened.client("carla")
    for path in ("", "/weights?K1=0", f"/what-if?without_juror={seat}&cap=state&most=1"):
        for htmx in (False, True):
            answer = carla.get(here + path, htmx=htmx)
            assert answer.status_code == 200
            assert "steht hier nicht" in words(answer)
            for told in ("Titel 3", opened.nominations[2].id, "statt", "Käme dazu", "Regler"):
                assert told not in answer.text, (path, told)
    assert "Käme dazu Titel 3" in words(opened.client("olga").get(f"{here}/weights?K1=0"))


def test_two_runs_side_by_side(opened: Judged) -> None:
    first = opened.run()
    result, given = copy.deepcopy(first.result), copy.deepcopy(first.input)
    places = result["nominations"]
    places[1], places[2] = places[2], places[1]
    for rank, one in enumerate(places, 1):
        one["rank"], one["winner"] = rank, rank <= 2
    given["criteria"][0]["weight"] = 30.0
    points = given["sheets"][0]["points"]
    points["K1"] = 3  # nobody gave it
    del given["sheets"][1]
    parameters = first.parameters | {"min_sheets": 7}
    second = changed(
        opened,
        first,
        result=result,
        input=given,
        input_sha256="f" * 64,
        parameters=parameters,
        software="award 9",
    )
    address, olga = f"{opened.base}/ranking/compare", opened.client("olga")
    said = words(olga.get(f"{address}?a={first.id}&b={second.id}"))
    assert "2 Bewerbungen haben einen anderen Platz." in said
    for line in (
        f"Prüfsumme der Bewertungen {first.input_sha256[:16]} … ffffffffffffffff …",
        "25 30",
        f"Mindestzahl der Bögen für einen Platz {first.parameters['min_sheets']} 7",
        "1 Bogen zählt nur in der ersten.",
        "1 Bogen hat andere Punkte.",
        "Die Kriterien haben andere Gewichte.",
        "verschiedenen Fassungen des Programms",
        "Titel 1 1 1 gleich",
        "Titel 3 3 2 1 Platz höher",
        "Titel 2 2 3 1 Platz tiefer",
    ):
        assert line in said, line


def test_the_same_computed_again_differs_in_nothing(opened: Judged) -> None:
    first, second = opened.run(), opened.run()
    said = words(
        opened.client("ada").get(f"{opened.base}/ranking/compare?a={first.id}&b={second.id}")
    )
    assert "Alle Plätze sind gleich." in said
    assert "Punkte, Bewerbungen und Gewichte sind dieselben." in said
    assert "andere Punkte" not in said


def test_two_different_runs_have_to_be_chosen(opened: Judged) -> None:
    run = opened.run()
    address, olga = f"{opened.base}/ranking/compare", opened.client("olga")
    for query in ("", f"?a={run.id}", f"?a={run.id}&b={run.id}"):
        assert "zwei verschiedene Berechnungen" in words(olga.get(address + query))
    assert olga.get(f"{address}?a={run.id}&b=nothing").status_code == 404
    assert 'type="radio"' not in olga.get(f"{opened.base}/ranking").text
    opened.run()
    page = olga.get(f"{opened.base}/ranking").text
    assert (page.count('name="a"'), page.count('name="b"')) == (2, 2)


def test_side_by_side_nothing_hidden_is_named_or_counted(opened: Judged) -> None:
    first = opened.run()
    given = copy.deepcopy(first.input)
    hidden = opened.nominations[1]
    given["sheets"] = [one for one in given["sheets"] if one["nomination"] != hidden.id]
    given["nominations"].remove(hidden.id)
    second = changed(opened, first, input=given, input_sha256="f" * 64)
    hide(opened, 1)
    address = f"{opened.base}/ranking/compare?a={first.id}&b={second.id}"
    answer = opened.client("carla").get(address)
    said = words(answer)
    assert hidden.title not in answer.text
    assert "Bewerbung ist nur" not in said
    assert "zählen nur" not in said
    assert "Was Sie nicht sehen, kann sich ebenfalls unterscheiden" in said
    said = words(opened.client("olga").get(address))
    assert "1 Bewerbung ist nur in der ersten." in said
    assert "3 Bögen zählen nur in der ersten." in said


@pytest.mark.parametrize("count", [1, 30])
def test_statements_do_not_depend_on_the_rows(cast: Cast, count: int) -> None:
    found = judged(cast, [(3, 4, 3, 3, 4, 4)] * count)
    found.open()
    first, second = found.run(), found.run()
    base, olga = f"{found.base}/ranking", found.client("olga")
    for path in (
        *(f"{first.id}/{page}" for page in PAGES),
        f"compare?a={first.id}&b={second.id}&all=1",
    ):
        with Statements(cast.world) as statements:
            assert olga.get(f"{base}/{path}").status_code == 200
        assert len(statements) <= 15, path
