"""Files of scores: what is read, and what is said of a bad one."""

from pathlib import Path

import numpy as np
import pytest

from award.ranking.maths.sheets import Criterion, composites
from award.ranking.reading import (
    BadInput,
    has_criteria,
    read_column,
    read_criteria,
    read_sheets,
    read_values,
)
from tests.ranking.maths.tables import DATA, mini

CRITERIA = (Criterion("A", 3, 1, 5), Criterion("B", 1, 1, 5))
HEAD = "nomination,juror,criterion,score\n"
ONE = '{"id": "A", "weight": 1, "min": 1, "max": 5}'


def written(folder: Path, text: str, name: str = "sheets.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_scores_are_read_in_any_order(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "N2,J1,B,3\nN1,J2,A,5\nN1,J1,A,\nN2,J1,A,2.5\n")
    found = read_sheets(path, CRITERIA)
    assert found.table.nominations == ["N1", "N2"]
    assert list(zip(found.table.nomination, found.table.juror, strict=True)) == [
        (0, 0),
        (0, 1),
        (1, 0),
    ]
    assert np.array_equal(found.points, [[np.nan, np.nan], [5, np.nan], [2.5, 3]], equal_nan=True)


def test_other_columns_a_mark_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    text = "\ufeffnote,score,criterion,juror,nomination\nx,4,A,J1,N1\n\n"
    assert read_sheets(written(tmp_path, text), CRITERIA).points[0, 0] == 4


def test_ready_composites_equal_the_table(tmp_path: Path) -> None:
    text = (DATA / "miniA_composite.csv").read_text().replace("juror,y", "juror,score", 1)
    found = read_values(written(tmp_path, text + "N99,J01,\n"))
    assert found.value == pytest.approx(mini().value)
    assert found.nominations == mini().nominations
    assert not has_criteria(DATA / "miniA_composite.csv")
    assert has_criteria(DATA / "miniA_scores.csv")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        (HEAD, "there is no score in it"),
        ("nomination,juror,score\nN,J,3\n", "line 1: the column criterion is missing"),
        (HEAD + "N,J,X,3\n", "line 2, column criterion: “X” is no criterion"),
        (HEAD + "N,J,A,3\nN,J,A,4\n", "line 3, column score: J scored N on A before"),
        (HEAD + "N,J,A,3\nN,J,B,much\n", "line 3, column score: “much” is not a number"),
        (HEAD + "N,J,A,nan\n", "line 2, column score: “nan” is not a number"),
        (HEAD + "N,J,A,6\n", "line 2, column score: 6 is outside the scale of A, 1 to 5"),
        (HEAD + "N,J,A\n", "line 2, column score: is missing"),
        (HEAD + 'N,J,A,"3\n', "line"),
    ],
)
def test_a_bad_file_is_named_with_line_and_column(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_sheets(written(tmp_path, text), CRITERIA)
    assert said in str(caught.value)
    assert "sheets.csv" in str(caught.value)


def test_a_second_ready_score_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="line 3, column score: J scored N before"):
        read_values(written(tmp_path, "nomination,juror,score\nN,J,3\nN,J,3\n"))


def test_what_is_not_utf_8_is_said(tmp_path: Path) -> None:
    path = tmp_path / "sheets.csv"
    path.write_bytes(HEAD.encode() + "N,Jürg,A,3\n".encode("latin-1"))
    with pytest.raises(BadInput, match=r"sheets\.csv.*utf-8"):
        read_sheets(path, CRITERIA)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="No such file"):
        read_sheets(tmp_path / "none.csv", CRITERIA)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "no criterion"),
        ("{", "Expected is a list"),
        ('[{"id": "A", "weight": 0, "min": 1, "max": 5}]', "must be more than zero"),
        ('[{"id": "A", "weight": -1, "min": 1, "max": 5}]', "must be more than zero"),
        ('[{"id": "A", "weight": 1, "min": 5, "max": 5}]', "must end above its beginning"),
        ('[{"id": "A", "weight": "x", "min": 1, "max": 5}]', "weight"),
        (f"[{ONE}, {ONE}]", "stands there twice"),
    ],
)
def test_bad_criteria_are_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_criteria(written(tmp_path, text, "criteria.json"))
    assert said in str(caught.value)


def test_a_column_of_the_nominations_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "nomination,title,state\nN1,x,BY\nN2,y,NW\n", "nominations.csv")
    assert read_column(path, "state") == {"N1": "BY", "N2": "NW"}
    with pytest.raises(BadInput, match="the column land is missing"):
        read_column(path, "land")


def test_the_mini_table_through_the_files(tmp_path: Path) -> None:
    criteria = [Criterion(f"C{n}", w, 1, 5) for n, w in enumerate((4, 3, 2, 1), 1)]
    found = composites(read_sheets(DATA / "miniA_scores.csv", criteria), min_weight_present=0)
    assert found.table.value == pytest.approx(mini().value, abs=1e-6)
