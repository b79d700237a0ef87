"""Files for spreadsheets: every cell arrives, and none of them calculates anything."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from award.kit import i18n
from award.kit.tables import (
    Table,
    Unreadable,
    as_book,
    as_csv,
    as_xlsx,
    cells_of,
    is_formula,
    quoted,
)

SIGNS = "=+-@\t\r\n＝＋－＠﹢﹣﹦﹫"
BLANKS = ["", " ", "\N{NO-BREAK SPACE}", "\N{EM SPACE}", "\N{ZERO WIDTH SPACE}", "\ufeff", "\v"]
WINTER = datetime(2026, 11, 23, 9, 0, 5, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
TABLE = Table(
    "Liste", ("Titel", "Zahl", "Eingang"), (("Fähre; „Süd“", 1.5, WINTER), ("x\ny", 7, None))
)


@pytest.fixture(params=["de", "en"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    with i18n.speaking(request.param):
        yield request.param


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("sign", SIGNS)
def test_what_would_calculate_is_quoted(sign: str, blank: str) -> None:
    assert quoted(f"{blank}{sign}1") == f"'{blank}{sign}1"


@pytest.mark.parametrize("text", ["", " ", "Titel", "1 = 1", "a@b", "'=1", "– Strich", "−5", "#1"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert quoted(text) == text


@given(st.text())
def test_no_quoted_text_begins_a_formula(text: str) -> None:
    said = quoted(text)
    assert said.removeprefix("'") == text.removeprefix("'")
    first = unicodedata.normalize("NFKC", said.strip())[:1]
    assert first not in set("=+-@")
    assert not is_formula(said)


@given(st.lists(st.tuples(st.text(), st.integers()), max_size=5))
def test_a_csv_gives_back_what_it_was_given(rows: list[tuple[str, int]]) -> None:
    text = as_csv(Table("x", ("Titel", "Zahl"), rows)).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert found == [["Titel", "Zahl"], *([quoted(title), str(n)] for title, n in rows)]


def test_a_csv_suits_the_spreadsheets_of_its_language(spoken: str) -> None:
    body = as_csv(TABLE)
    assert body.startswith(b"\xef\xbb\xbf")
    expected = {
        "de": ('Titel;Zahl;Eingang\r\n"Fähre; „Süd“";1,5;2026-11-23 10:00:05 MEZ\r\n"x\ny";7;\r\n'),
        "en": 'Titel,Zahl,Eingang\r\nFähre; „Süd“,1.5,2026-11-23 10:00:05 CET\r\n"x\ny",7,\r\n',
    }
    assert body.decode("utf-8-sig") == expected[spoken]


def test_an_xlsx_holds_texts_numbers_and_times() -> None:
    [sheet] = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(TABLE))).sheet_names
    assert sheet == "Liste"
    assert read(as_xlsx(TABLE)) == [
        ["Titel", "Zahl", "Eingang"],
        ["Fähre; „Süd“", 1.5, datetime(2026, 11, 23, 10, 0, 5)],  # noqa: DTZ001 - a cell's time
        ["x\ny", 7.0, ""],
    ]


@pytest.mark.parametrize("text", ["=1+1", "{=1+1}", "https://example.org", "+49 30 1", "007"])
def test_an_xlsx_takes_a_text_for_nothing_else(text: str) -> None:
    assert read(as_xlsx(Table("x", ("Titel",), ((text,),)))) == [["Titel"], [text]]


def test_a_book_has_a_sheet_for_each_table() -> None:
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(as_book([TABLE, Table("x", ("Titel",), (("=1+1",),))]))
    )
    assert book.sheet_names == ["Liste", "x"]
    assert book.get_sheet_by_name("x").to_python() == [["Titel"], ["=1+1"]]


def test_times_of_both_zones_stand_in_one_sheet() -> None:
    rows = read(as_xlsx(Table("x", ("Eingang",), ((WINTER,), (SUMMER,)))))
    assert [row[0].hour for row in rows[1:]] == [10, 11]
    assert b"MESZ" in as_csv(Table("x", ("Eingang",), ((SUMMER,),)))


def test_a_text_that_is_too_long_for_a_cell_is_cut_where_one_sees_it() -> None:
    table = Table("x", ("Titel",), (("ä" * 40_000,),))
    [_heading, [cut]] = read(as_xlsx(table))
    assert (len(cut), cut[-2:]) == (32_767, "ä…")
    assert ("ä" * 40_000) in as_csv(table).decode()


def test_a_table_without_rows_has_its_headings() -> None:
    table = Table("x", ("Titel", "Zahl"), ())
    assert read(as_xlsx(table)) == [["Titel", "Zahl"]]
    assert as_csv(table).decode("utf-8-sig") == "Titel;Zahl\r\n"


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"])).filter(
    lambda text: not is_formula(text)
)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_a_table_that_was_written_is_read_again(rows: list[tuple[str, str]]) -> None:
    table = Table("x", ("Titel", "Ort"), rows)
    kept = [list(row) for row in table.rows]
    while kept and not any(kept[-1]):
        kept.pop()
    expected = [["Titel", "Ort"], *kept]
    assert cells_of(as_csv(table)) == expected
    assert cells_of(as_xlsx(table)) == expected


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_the_heading_tells_what_parts_the_cells(sign: str) -> None:
    content = f'Titel{sign}Ort\n"a;b,c"{sign} Kiel \n'.encode("cp1252")
    assert cells_of(content) == [["Titel", "Ort"], ["a;b,c", "Kiel"]]


def test_a_number_is_read_as_it_was_typed() -> None:
    table = Table("x", ("Jahr", "Anteil"), ((2019, 1.5),))
    assert cells_of(as_xlsx(table))[1] == ["2019", "1.5"]


@pytest.mark.parametrize(
    "content", [b"PK", b"PK\x03\x04" + b"x" * 100, b"a\x00b", b'a;"b', b"\x81"]
)
def test_what_is_no_table_is_not_read(content: bytes) -> None:
    with pytest.raises(Unreadable):
        cells_of(content)


def test_a_small_file_that_unpacks_to_very_much_is_not_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet1.xml", b"0" * 31_000_000)
    with pytest.raises(Unreadable):
        cells_of(packed.getvalue())


def read(body: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()
