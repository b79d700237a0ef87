"""A run as files: what is in them, who gets them, and that the result comes out again."""

import io
import json
import random
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import msgspec
import pypdfium2
import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from award.audit.models import AuditEntry
from award.cli import main
from award.jury.models import Conflict
from award.kit import i18n
from award.ranking.exported import Exported
from award.ranking.method import compute
from award.ranking.recomputable import command, pack, readme
from award.ranking.workbook import tables
from tests.cast import Cast
from tests.ranking.opened import Judged, judged
from tests.ranking.test_method import frozen, rules, sheet
from tests.world import words

KINDS = ("zip", "xlsx", "csv", "json", "pdf")
PICTURES = ("places.svg", "jurors.svg")
SVG = "{http://www.w3.org/2000/svg}"
UNEVEN = [(5, 5, 5, 5, 5, 5), (5, 5, 4, 5, None, 5), (4, 5, 4, 4, 4, 5), (3, 4, 3, 3, 4, 4)]


class Who(msgspec.Struct, frozen=True):
    """What is known of a nomination."""

    reference: str
    title: str
    network_name: str = "Netz"
    state: str = "BY"


@pytest.fixture
def opened(cast: Cast) -> Judged:
    found = judged(cast, UNEVEN)
    found.open()
    return found


def taken(found: Judged, kind: str, name: str = "olga", language: str = "") -> httpx.Response:
    """A new run as a file of this kind."""
    run = found.run()
    return found.client(name).post(
        f"{language}{found.base}/ranking/{run.id}/export", {"kind": kind}
    )


def unpacked(content: bytes, folder: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
        return {name: archive.read(name) for name in archive.namelist()}


def computed_again(readme_text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the command that the text names prints, in the folder of the files."""
    [line] = [one for one in readme_text.splitlines() if one.startswith("    award rank")]
    words_ = line.strip().removesuffix(" > again.json").split(" ")
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(main, words_[1:])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_makes_the_very_result_again(
    opened: Judged, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = unpacked(taken(opened, "zip").content, tmp_path)
    text = files["README.txt"].decode("utf-8-sig")
    assert "Byte für Byte" in text
    again = computed_again(text, tmp_path, monkeypatch)
    assert again.encode() == files["result.json"]
    run = json.loads(files["run.json"])
    assert json.loads(again)["sha256"] == run["result"]["sha256"]
    assert [one["id"] for one in json.loads(again)["nominations"]] == [
        one["id"] for one in run["result"]["nominations"]
    ]
    assert "Jules" not in "".join(one.decode() for one in files.values())


def later_round(seed: int) -> Exported:
    """A later round on another scale, with an earlier one's sheets, gaps and a withdrawn one."""
    dice = random.Random(seed)  # noqa: S311 - not a secret
    points = lambda top: {  # noqa: E731 - some are missing
        key: dice.choice([None, *range(top + 1)]) for key in ("A", "B", "C")
    }
    sheets = [
        sheet(f"N{n:02}", f"J{j}", points(5), low=0, high=5)
        for n in range(12)
        for j in dice.sample(range(8), 4)
    ]
    seen = {(one["nomination"], one["juror"]) for one in sheets}
    sheets += [
        sheet(f"N{n:02}", f"J{j}", points(7), low=0, high=7, round="later")
        for n in range(6)
        for j in range(8)
        if (f"N{n:02}", f"J{j}") not in seen
    ]
    given = frozen({}, nominations=[f"N{n:02}" for n in range(1, 7)] + ["N99"], sheets=sheets)
    parameters = rules(winners=3, seed=seed, min_sheets=2, min_weight_present=0.6)
    named = {one: Who(f"2026-{one}", f"Titel {one}") for one in given["nominations"]}
    named["N01"] = Who("2026-001", "=cmd|' /C calc'!A0", "+Netz")
    return Exported(
        id="run",
        programme="Preis",
        edition="2026",
        round="Endrunde",
        is_invented=True,
        method="severity-corrected",
        software="award 1",
        source_url="https://source.example",
        at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        parameters=parameters,
        input=given,
        input_sha256="a" * 64,
        result=compute(given, parameters),
        named=named,
        criteria={"A": "Wirkung", "B": "Breite", "C": "Dauer"},
    )


@pytest.mark.parametrize("seed", [0, 1, 4_000_000_007])
def test_a_later_round_on_another_scale_comes_out_too(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = later_round(seed)
    files = unpacked(pack(run), tmp_path)
    assert run.result["not_ranked"] == [{"id": "N99", "sheets": 0, "reason": "not enough scores"}]
    again = computed_again(readme(run), tmp_path, monkeypatch)
    assert again.encode() == files["result.json"]
    assert pack(run) == pack(run)


def test_with_fewer_ranked_than_winners_all_of_them_win() -> None:
    run = later_round(1)
    few = msgspec.structs.replace(run, parameters={**run.parameters, "winners": 9})
    assert "--winners 6 " in command(few)


def test_without_a_place_there_is_nothing_to_compute() -> None:
    run = later_round(1)
    parameters = {**run.parameters, "min_sheets": 99}
    nobody = msgspec.structs.replace(
        run, parameters=parameters, result=compute(run.input, parameters)
    )
    with i18n.speaking("en"):
        text = readme(nobody)
    assert "No nomination has enough scores for a place yet." in text
    assert "award rank" not in text


def test_the_workbook_has_all_and_calculates_nothing(opened: Judged) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken(opened, "xlsx").content))
    assert book.sheet_names == [
        *("Plätze", "Verfahren", "Kriterien", "Gewichte", "Jurymitglieder"),
        "So wurde gerechnet",
    ]
    rows = book.get_sheet_by_name("Plätze").to_python()
    assert rows[1][:5] == [1.0, "2026-001", "Titel 1", "Netz 1", "Bayern"]
    assert len(rows) == 5
    jurors = book.get_sheet_by_name("Jurymitglieder").to_python()
    assert {row[0] for row in jurors[1:]} == {
        opened.cast.seats[name].id for name in ("jules", "jo", "carla")
    }
    [places, *_others] = tables(later_round(1))
    assert any("=cmd" in str(row[2]) for row in places.rows)


def test_a_formula_in_a_title_is_quoted(tmp_path: Path) -> None:
    files = unpacked(pack(later_round(1)), tmp_path)
    assert "N01,2026-001,'=cmd|' /C calc'!A0,'+Netz,BY" in files["nominations.csv"].decode()


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_report_is_an_accessible_document(opened: Judged, language: str) -> None:
    answer = taken(opened, "pdf", language=language)
    assert answer.headers["content-type"] == "application/pdf"
    assert b"pdfuaid:part>1<" in answer.content.replace(b" ", b"")
    document = pypdfium2.PdfDocument(answer.content)
    said = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
    assert "Titel 4" in said
    assert "Jules" not in said
    assert "award rank sheets.csv --percent --criteria criteria.json --among" in said
    assert ("So wurde gerechnet" if not language else "How it was computed") in said


@pytest.mark.parametrize("name", PICTURES)
def test_the_drawings_stand_alone(opened: Judged, name: str) -> None:
    run = opened.run()
    answer = opened.client("ada").get(f"{opened.base}/ranking/{run.id}/{name}")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["content-disposition"].startswith("attachment")
    drawn = ET.fromstring(answer.text)  # noqa: S314 - our own
    assert drawn.tag == f"{SVG}svg"
    assert drawn.find(f"{SVG}style") is not None
    labels = [one.text for one in drawn.iter(f"{SVG}text")]
    assert ("Titel 1" if name == "places.svg" else "Jules Jury") in labels


def test_what_is_taken_along_is_in_the_log(opened: Judged) -> None:
    for kind in KINDS:
        answer = taken(opened, kind)
        assert answer.status_code == 200, (kind, words(answer))
        assert answer.headers["content-disposition"].endswith(f".{kind}")
    query = select(AuditEntry).where(AuditEntry.action == "ranking.exported")
    entries = opened.cast.world.read(lambda db: list(db.scalars(query)))
    assert [one.details for one in entries] == [{"kind": kind} for kind in KINDS]
    assert {one.actor_id for one in entries} == {opened.cast.olga.id}


def test_who_gets_the_files(opened: Judged) -> None:
    run = opened.run()
    base = f"{opened.base}/ranking/{run.id}"
    for name, status in (("nora", 404), ("mallory", 404), ("jules", 404), ("carla", 200)):
        client = opened.client(name)
        assert client.post(f"{base}/export", {"kind": "csv"}).status_code == status
        for picture in PICTURES:
            assert client.get(f"{base}/{picture}").status_code == status
    assert opened.client("olga").post(f"{base}/export", {"kind": "exe"}).status_code == 422
    assert opened.client("olga").post(f"{opened.base}/ranking/no/export").status_code == 404


def test_a_conflict_keeps_all_files_away(opened: Judged) -> None:
    run, cast = opened.run(), opened.cast
    conflict = Conflict(
        seat_id=cast.seats["carla"].id,
        nomination_id=opened.nominations[1].id,
        kind="other",
        source="declared",
        reported_at=cast.world.now,
    )
    cast.world.write(lambda db: db.add(conflict))
    carla, base = opened.client("carla"), f"{opened.base}/ranking/{run.id}"
    for kind in KINDS:
        assert carla.post(f"{base}/export", {"kind": kind}).status_code == 403
    for picture in PICTURES:
        assert carla.get(f"{base}/{picture}").status_code == 403
    assert f"{base}/export" not in carla.get(base).text


def test_the_csv_is_for_programs(opened: Judged) -> None:
    lines: list[str] = taken(opened, "csv", language="/en").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("rank,reference,title,network,state,rank_low,rank_high,p_winner")
    assert lines[1].startswith("1,2026-001,Titel 1,Netz 1,BY,1,")
    assert len(lines) == 5


def test_the_stored_run_is_whole(opened: Judged) -> None:
    told: dict[str, Any] = json.loads(taken(opened, "json", "ada").content)
    assert int(told["input_sha256"][:8], 16) == told["parameters"]["seed"]
    assert len(told["input"]["sheets"]) == 12
    assert told["software"].startswith("award ")
