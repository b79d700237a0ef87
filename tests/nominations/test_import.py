"""A table from the office: tried first with all that is amiss, then taken in by portions."""

import html
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from award.accounts.models import Membership, Network
from award.audit.models import AuditEntry
from award.kit.i18n import speaking
from award.kit.mail import Mail
from award.kit.tables import Table, as_csv, as_xlsx
from award.nominations.actions import importing
from award.nominations.actions.importing import PORTION
from award.nominations.intake import headings, read
from award.nominations.models import Intake, Nomination, Submission
from award.programmes.fieldkinds import SETTINGS
from award.programmes.models import Phase
from tests.cast import Cast
from tests.nominations.filled import begun
from tests.nominations.forms import field, section
from tests.world import Statements, words

IMPORT = "/admin/editions/2026/nominations/import"
HEADINGS = ["Netzwerk", "Titel des Vorhabens", "state", "Running since", "Kurzfassung"]
HEADINGS += ["Kreise und kreisfreie Städte", "Federführende Stelle", "Weitere Partner"]
HEADINGS += ["Ansprechperson: Name", "Contact person: email", "photoUse"]
ROW = ["NORDLICHT", "Saison wird Stelle", "Schleswig-Holstein", "2019", "Kurz.\nUnd gut."]
ROW += [
    "Flensburg (Kreisfreie Stadt); 01002",
    "Kammer: IHK Flensburg",
    "Company: Werft; kommune: Kreis",
]
ROW += ["Zoë Exempel", "zoe@netz.example", "ja"]


def csv(*rows: list[str], headings: list[str] = HEADINGS) -> bytes:
    return as_csv(Table("x", headings, rows))


def tried(cast: Cast, content: bytes, name: str = "tabelle.csv") -> httpx.Response:
    olga = cast.world.signed_in(cast.olga)
    return olga.send(IMPORT, {}, [("table", name, content)])


def carried(answer: httpx.Response) -> str:
    """The cells that travel in the page."""
    found = re.search(r'name="table" value="([^"]*)"', answer.text)
    assert found is not None, words(answer)
    return html.unescape(found.group(1))


def sent(cast: Cast, table: str) -> httpx.Response:
    return cast.world.signed_in(cast.olga).post(f"{IMPORT}/confirmation", {"table": table})


def confirmed(cast: Cast, table: str) -> httpx.Response:
    """Sent, and the worker has had a turn."""
    answer = sent(cast, table)
    cast.world.work()
    return answer


def numbers(cast: Cast) -> list[int]:
    """How many nominations, submissions, entries of the log and letters there are."""
    kinds = (Nomination, Submission, AuditEntry, Mail)
    return cast.world.read(
        lambda db: [db.scalar(select(func.count()).select_from(kind)) for kind in kinds]
    )


def problems(answer: httpx.Response) -> list[tuple[str, ...]]:
    """Row, column and message of each line of the page's table."""
    rows = re.findall(
        r"<tr><td class=\"num\">(.*?)</td><td>(.*?)</td><td.*?>(.*?)</td>", answer.text
    )
    return [tuple(html.unescape(cell) for cell in row) for row in rows]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_good_table_is_tried_and_then_taken_in(each_cast: Cast, kind: str) -> None:
    content = csv(ROW) if kind == "csv" else as_xlsx(Table("x", HEADINGS, [ROW]))
    answer = tried(each_cast, content, f"tabelle.{kind}")
    assert "1 Zeile ist in Ordnung." in words(answer)
    assert numbers(each_cast) == [0, 0, 0, 0]
    assert confirmed(each_cast, carried(answer)).status_code == 303
    assert numbers(each_cast) == [1, 1, 3, 1]
    handed = each_cast.world.read(lambda db: db.scalars(select(Submission)).one())
    assert handed.is_outside_form
    network, partners = handed.answers["network"], handed.answers["partners"]
    assert network == {
        "networkName": "NORDLICHT",
        "projectTitle": "Saison wird Stelle",
        "fieldOfAction": None,
        "state": "SH",
        "region": None,
        "districts": ["01001", "01002"],
        "activeSince": 2019,
    }
    assert partners["leadOrganisation"] == {"kind": "kammer", "name": "IHK Flensburg"}
    assert [one["kind"] for one in partners["partners"]] == ["unternehmen", "kommune"]
    assert handed.answers["contact"]["contact"]["email"] == "zoe@netz.example"
    assert handed.answers["terms"]["photoUse"] is True
    assert handed.answers["summary"] == {"summary": "Kurz.\nUnd gut."}


def row(**changed: Any) -> list[str]:
    return [changed.get(name, cell) for name, cell in zip(HEADINGS, ROW, strict=True)]


@pytest.mark.parametrize(
    ("changed", "column", "message"),
    [
        ({"Netzwerk": ""}, "Netzwerk", "Bitte nennen Sie das Netzwerk."),
        ({"Netzwerk": "Niemand"}, "Netzwerk", "Es gibt kein Netzwerk mit diesem Namen."),
        ({"state": "Atlantis"}, "state", "Bitte wählen Sie eine der Möglichkeiten: Land."),
        ({"Running since": "früher"}, "Running since", "mit vier Ziffern"),
        ({"Running since": "1066"}, "Running since", "1990"),
        ({"Kurzfassung": "x" * 501}, "Kurzfassung", "1 Zeichen zu lang"),
        ({"photoUse": "vielleicht"}, "photoUse", "Bitte schreiben Sie ja oder nein."),
        ({"Weitere Partner": "Werft"}, "Weitere Partner", "Art der Einrichtung"),
        ({"Contact person: email": "zoe"}, "Ansprechperson: Name", "name@example.org"),
    ],
)
def test_each_mistake_is_told_by_row_and_column(
    cast: Cast, changed: dict[str, str], column: str, message: str
) -> None:
    answer = tried(cast, csv(row(Netzwerk="Mallorys Netz"), row(**changed)))
    [(number, named, said)] = problems(answer)
    assert (number, named) == ("3", column)
    assert message in said
    assert "1 Zeile ist in Ordnung." in words(answer)
    assert 'name="table" value' not in answer.text
    assert numbers(cast) == [0, 0, 0, 0]


def test_what_is_left_empty_is_no_mistake(cast: Cast) -> None:
    answer = tried(cast, csv(["Nordlicht"], headings=["network"]))
    assert confirmed(cast, carried(answer)).status_code == 303
    made = cast.world.read(lambda db: db.scalars(select(Nomination)).one())
    assert (made.network_name, made.title) == ("Nordlicht", "")


def test_networks_come_once_and_not_with_a_juror(each_cast: Cast) -> None:
    begun(each_cast, network=each_cast.other_network, by=each_cast.mallory)

    def join(db: Session) -> None:
        now = each_cast.world.now
        some = [
            Network(name=name, created_at=now) for name in ("Mit Jury", "Zwilling", "ZWILLING!")
        ]
        db.add_all([*some, Network(name="zwilling", created_at=now)])
        db.flush()
        seated = {"network_id": some[0].id, "account_id": each_cast.jules.id}
        db.add(Membership(**seated, created_at=now))

    each_cast.world.write(join)
    names = ["Nordlicht", "nordlicht", "Mallorys Netz", "Mit Jury", "ZWILLING", "Zwilling"]
    before = numbers(each_cast)
    answer = tried(each_cast, csv(*([name] for name in names), headings=["Netzwerk"]))
    assert [
        (number, said.split(".", maxsplit=1)[0]) for number, _column, said in problems(answer)
    ] == [
        ("3", "Zeile 2 ist vom selben Netzwerk"),
        ("4", "Dieses Netzwerk hat hier schon eine Bewerbung oder einen Entwurf"),
        ("5", "Jemand aus diesem Netzwerk urteilt in dieser Ausgabe mit"),
        ("6", "Es gibt mehrere Netzwerke mit diesem Namen"),
    ]
    assert "2 Zeilen sind in Ordnung." in words(answer)
    assert numbers(each_cast) == before


def test_columns_have_to_be_known_and_there_once(cast: Cast) -> None:
    headings = ["Titel des Vorhabens", "Farbe", "projectTitle"]
    answer = tried(cast, csv(["x", "rot", "y"], headings=headings))
    assert [(number, column) for number, column, _said in problems(answer)] == [
        ("1", "Farbe"),
        ("1", "projectTitle"),
        ("1", "Netzwerk"),
        ("2", "Netzwerk"),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04 no table", "Diese Datei ließ sich nicht lesen."),
        (b"\x00\x01\x02", "Diese Datei ließ sich nicht lesen."),
        (b'a;"b', "Diese Datei ließ sich nicht lesen."),
        (b"", "Unter den Überschriften steht keine Zeile."),
        (b"Netzwerk\n", "Unter den Überschriften steht keine Zeile."),
        (b"Netzwerk\n" + b"x\n" * 2001, "Bitte höchstens 2.000 Zeilen auf einmal."),
    ],
)
def test_a_file_that_is_no_table(cast: Cast, content: bytes, message: str) -> None:
    assert message in words(tried(cast, content))
    assert numbers(cast) == [0, 0, 0, 0]


def test_a_file_is_needed_and_not_too_large_a_one(cast: Cast) -> None:
    olga = cast.world.signed_in(cast.olga)
    none = olga.send(IMPORT, {}, [("table", "", b"")])
    assert (none.status_code, "Bitte wählen Sie eine Datei." in words(none)) == (422, True)
    assert tried(cast, b"x" * 2_100_000).status_code == 413


def test_older_spreadsheets_are_read_too(cast: Cast) -> None:
    content = "Netzwerk,Titel des Vorhabens\nNordlicht,Fähre\n".encode("cp1252")
    confirmed(cast, carried(tried(cast, content)))
    assert cast.world.read(lambda db: db.scalars(select(Nomination.title)).one()) == "Fähre"


def test_the_second_step_looks_at_everything_again(cast: Cast) -> None:
    table = carried(tried(cast, csv(ROW)))
    begun(cast)
    before = numbers(cast)
    answer = confirmed(cast, table)
    assert "Dieses Netzwerk hat hier schon eine Bewerbung" in words(answer)
    for broken in ("", "{", json.dumps([[1]])):
        assert confirmed(cast, broken).status_code == 422
    assert numbers(cast) == before


def test_once_jurors_read_nothing_is_taken_in(cast: Cast) -> None:
    listed = IMPORT.removesuffix("/import")
    assert "Tabelle einlesen" in words(cast.world.signed_in(cast.olga).get(listed))
    cast.open_judging()
    assert "Tabelle einlesen" not in words(cast.world.signed_in(cast.olga).get(listed))
    answer = tried(cast, csv(ROW))
    assert answer.status_code == 422
    assert "Die Jury hat zu lesen begonnen" in words(answer)


def test_only_administrators_import(cast: Cast) -> None:
    for person in (cast.ada, cast.nora, cast.carla, cast.mallory):
        client = cast.world.signed_in(person)
        assert client.send(IMPORT, {}, [("table", "a.csv", csv(ROW))]).status_code == 404
        assert client.post(f"{IMPORT}/confirmation", {"table": "[]"}).status_code == 404


KINDS_IN_A_TABLE = {
    "short_text": ("Ein Wort", "Ein Wort"),
    "long_text": ("Eins.\nZwei.", "Eins.\nZwei."),
    "number": ("1.500", 1500),
    "money": ("12.500,50 €", 12500.5),
    "year": ("2019", 2019),
    "date": ("14.12.2026", "2026-12-14"),
    "link": ("www.netz.example", "https://www.netz.example"),
    "yes_no": ("ja", "yes"),
    "one_of": ("Zweites", "b"),
    "several_of": ("Erstes; Zweites", ["a", "b"]),
    "districts": ("Zweites", ["b"]),
    "organisation": ("Erstes: IHK", {"kind": "a", "name": "IHK"}),
    "organisations": (
        "Erstes: IHK; Zweites: Amt",
        [{"kind": "a", "name": "IHK"}, {"kind": "b", "name": "Amt"}],
    ),
    "person": ("Zoë", {"name": "Zoë", "email": "", "phone": ""}),
    "consent": ("ja", True),
}


def test_every_kind_of_field_can_stand_in_a_table() -> None:
    assert set(KINDS_IN_A_TABLE) == set(SETTINGS) - {"files", "explanation"}
    options = [{"key": key, "de": de, "en": key} for key, de in (("a", "Erstes"), ("b", "Zweites"))]
    more = {"choices": options, "kinds": options, "decimals": 2}
    keys = {kind: f"x{kind.replace('_', '')}" for kind in SETTINGS}
    form = {"sections": [section(*(field(key, kind, **more) for kind, key in keys.items()))]}
    names = [keys[kind] + (": Name" if kind == "person" else "") for kind in KINDS_IN_A_TABLE]
    cells = [text for text, _value in KINDS_IN_A_TABLE.values()]
    with speaking("de"):
        assert len(headings(form)) == len(KINDS_IN_A_TABLE) + 4  # of whom, since when, a person
        [row], amiss = read([["Netzwerk", *names], ["Netz", *cells]], form)
    assert amiss == []
    expected = {keys[kind]: value for kind, (_text, value) in KINDS_IN_A_TABLE.items()}
    assert row.answers["facts"] == expected


@pytest.mark.parametrize(
    ("typed", "arrived"),
    [
        ("2026-11-20", "2026-11-19T23:00:00+00:00"),
        ("20.11.2026", "2026-11-19T23:00:00+00:00"),
        ("20.11.2026 9:30", "2026-11-20T08:30:00+00:00"),
        ("2026-11-20T09:30:15", "2026-11-20T08:30:15+00:00"),
        ("2026-11-20 00:00:00", "2026-11-19T23:00:00+00:00"),
        ("", "2026-11-23T09:00:00+00:00"),
    ],
)
def test_a_letter_counts_from_its_arrival(cast: Cast, typed: str, arrived: str) -> None:
    content = csv([*ROW, typed], headings=[*HEADINGS, "Eingegangen am"])
    assert confirmed(cast, carried(tried(cast, content))).status_code == 303
    handed = cast.world.read(lambda db: db.scalars(select(Submission)).one())
    assert handed.at.isoformat() == arrived


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("gestern", "Bitte schreiben Sie den Tag so"),
        ("31.02.2026", "Bitte schreiben Sie den Tag so"),
        ("01.01.0001", "Bitte schreiben Sie den Tag so"),
        ("29.03.2026 02:30", "Bitte schreiben Sie den Tag so"),  # the clocks skip it
        ("2026-11-23 10:00:01", "Dieser Tag kommt erst noch."),
        ("31.12.9999", "Dieser Tag kommt erst noch."),
    ],
)
def test_a_day_that_cannot_be_is_told(cast: Cast, typed: str, message: str) -> None:
    answer = tried(cast, csv([*ROW, typed], headings=[*HEADINGS, "Arrived on"]))
    [(number, column, said)] = problems(answer)
    assert (number, column) == ("2", "Eingegangen am")
    assert message in said


def test_a_letter_that_came_in_time_meets_the_check_though_typed_in_later(cast: Cast) -> None:
    cast.world.clock.instant = datetime(2026, 12, 15, 9, 0, tzinfo=UTC)
    rows = [[*ROW, "13.12.2026"]]
    content = csv(*rows, headings=[*HEADINGS, "Eingegangen am"])
    assert confirmed(cast, carried(tried(cast, content))).status_code == 303
    made = cast.world.read(lambda db: db.scalars(select(Nomination)).one())
    olga = cast.world.signed_in(cast.olga)
    page = words(olga.get(f"/admin/editions/2026/nominations/{made.id}/formal-check"))
    assert "Eingegangen: Sonntag, 13. Dezember 2026, 00:00:00 Uhr (MEZ). erfüllt" in page


def many(cast: Cast, number: int) -> str:
    """The cells of a table with so many networks, which are there."""
    names = [f"Netz {place:04}" for place in range(number)]
    now = cast.world.now
    cast.world.write(lambda db: db.add_all(Network(name=one, created_at=now) for one in names))
    return carried(tried(cast, csv(*([one] for one in names), headings=["Netzwerk"])))


def seen(cast: Cast, answer: httpx.Response) -> httpx.Response:
    return cast.world.signed_in(cast.olga).get(answer.headers["location"])


def test_a_long_table_comes_in_by_portions_and_says_how_far_it_is(each_cast: Cast) -> None:
    answer = sent(each_cast, many(each_cast, 2 * PORTION + 1))
    before = numbers(each_cast)[0]
    steps = []
    for _turn in range(4):
        page = seen(each_cast, answer)
        [far] = re.findall(r"\d+ von \d+ Zeilen", words(page)) or ["fertig"]
        steps.append((far, numbers(each_cast)[0] - before, "refresh" in page.headers))
        each_cast.world.work()
    assert steps == [
        ("0 von 81 Zeilen", 0, True),
        ("40 von 81 Zeilen", 40, True),
        ("80 von 81 Zeilen", 80, True),
        ("fertig", 81, False),
    ]
    assert "81 Bewerbungen wurden aufgenommen" in words(seen(each_cast, answer))
    assert each_cast.world.read(lambda db: db.scalars(select(Intake.table)).one()) == []


def test_what_was_stopped_goes_on_where_it_was(cast: Cast) -> None:
    answer = sent(cast, many(cast, PORTION + 1))
    cast.world.work()
    cast.open_judging()
    cast.world.work()
    page = seen(cast, answer)
    assert "Die Jury hat zu lesen begonnen" in words(page)
    assert "Die Zeilen 2 bis 41 der Tabelle sind erledigt." in words(page)
    assert "refresh" not in page.headers
    olga = cast.world.signed_in(cast.olga)
    phase = cast.phases["judging"].id
    later = cast.world.now + timedelta(days=9)
    cast.world.write(lambda db: setattr(db.get_one(Phase, phase), "starts_at", later))
    go_on = f"{answer.headers['location']}/continuation"
    assert olga.post(go_on, {}).status_code == 303
    cast.world.work()
    assert "41 Bewerbungen wurden aufgenommen" in words(seen(cast, answer))
    assert olga.post(go_on, {}).status_code == 422
    assert numbers(cast)[0] == PORTION + 1


def test_a_portion_that_fails_leaves_nothing_and_is_tried_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = sent(cast, many(cast, PORTION + 3))
    cast.world.work()
    before = numbers(cast)
    receive, calls = importing.receive, []

    def broken(*given: Any, **more: Any) -> Any:
        calls.append(1)
        if len(calls) > 1:
            raise OSError("the disk is full")
        return receive(*given, **more)

    monkeypatch.setattr(importing, "receive", broken)
    cast.world.work()
    assert (len(calls), numbers(cast)) == (2, before)
    page = words(seen(cast, answer))
    assert "Etwas ist schiefgegangen." in page
    assert "40 von 43 Zeilen sind bearbeitet." in page
    monkeypatch.undo()
    olga = cast.world.signed_in(cast.olga)
    assert olga.post(f"{answer.headers['location']}/continuation", {}).status_code == 303
    cast.world.work()
    assert "43 Bewerbungen wurden aufgenommen" in words(seen(cast, answer))


def test_a_row_that_became_wrong_is_passed_over_and_told_of(cast: Cast) -> None:
    answer = sent(cast, many(cast, PORTION + 2))
    cast.world.work()
    rename = select(Network).where(Network.name == "Netz 0040")
    cast.world.write(lambda db: setattr(db.scalars(rename).one(), "name", "Anders"))
    cast.world.work()
    page = seen(cast, answer)
    assert "41 Bewerbungen wurden aufgenommen" in words(page)
    [(number, column, said)] = problems(page)
    assert (number, column) == ("42", "Netzwerk")
    assert "Es gibt kein Netzwerk mit diesem Namen." in said


def test_one_table_at_a_time(cast: Cast) -> None:
    first = sent(cast, many(cast, PORTION + 1))
    again = sent(cast, carried(tried(cast, csv(ROW))))
    assert again.status_code == 422
    assert "Gerade wird eine andere Tabelle aufgenommen." in words(again)
    assert "Eine andere Tabelle ist noch nicht fertig" in words(again)
    assert first.headers["location"] in again.text


def test_a_trial_holds_nobody_up(cast: Cast) -> None:
    """It writes nothing, and looks at the rows where no transaction waits for it."""
    cells = csv(*([f"Netz {place}"] for place in range(300)), headings=["Netzwerk"])
    counts = []
    tried(cast, cells)  # the first time fills caches
    for content in (csv(["Nordlicht"], headings=["Netzwerk"]), cells):
        with Statements(cast.world) as statements:
            tried(cast, content)
        counts.append(len(statements))
    assert counts[0] == counts[1]
