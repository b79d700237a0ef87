"""One number for each sheet, also where criteria are missing."""

import numpy as np
import pytest

from award.ranking.maths.sheets import Criterion, Sheets, composites
from tests.ranking.maths.tables import expected, mini, rows

HALVES = (Criterion("A", 50, 1, 5), Criterion("B", 30, 1, 5), Criterion("C", 20, 1, 5))


def mini_sheets() -> Sheets:
    points: dict[tuple[str, str], dict[str, float]] = {}
    for row in rows("miniA_scores.csv"):
        sheet = points.setdefault((row["nomination"], row["juror"]), {})
        if row["score"]:
            sheet[row["criterion"]] = float(row["score"])
    weights = expected("miniA_expected.json")["weights"]
    return Sheets.of(points, [Criterion(f"C{n}", w, 1, 5) for n, w in enumerate(weights, 1)])


def test_missing_criteria_neither_help_nor_hurt_as_in_the_reference() -> None:
    found = composites(mini_sheets(), min_weight_present=0)
    assert len(found.table) == 86
    assert found.table.nominations == mini().nominations
    assert found.table.value == pytest.approx(mini().value, abs=1e-6)
    means = found.table.nomination_means(found.table.value)
    reference = expected("miniA_expected.json")["plain_mean"]
    assert dict(zip(found.table.nominations, means, strict=True)) == pytest.approx(
        reference, abs=1e-6
    )


def test_a_sheet_by_hand() -> None:
    given = {
        ("N1", "J1"): {"A": 5.0, "B": 3.0, "C": 1.0},
        ("N1", "J2"): {"A": 3.0, "B": 3.0, "C": 3.0},
        ("N2", "J1"): {"A": 4.0, "B": 2.0},
    }
    found = composites(Sheets.of(given, HALVES))
    assert found.centres == pytest.approx([4, 3, 2])
    whole = (0.5 * (4 - 4) + 0.3 * (2 - 3)) / 0.8 + 0.5 * 4 + 0.3 * 3 + 0.2 * 2
    assert found.table.value == pytest.approx([3.6, 3, whole])
    assert found.present == pytest.approx([1, 1, 0.8])


def test_too_little_of_the_weight_does_not_count() -> None:
    given = {("N1", "J1"): {"A": 5.0}, ("N1", "J2"): {"B": 5.0}, ("N2", "J2"): {}}
    found = composites(Sheets.of(given, HALVES), min_weight_present=0.5)
    assert list(found.kept) == [True, False, False]
    assert found.present == pytest.approx([0.5, 0.3, 0])
    assert found.table.nominations == ["N1"]


def test_without_complete_sheets_the_centres_are_over_all_scores() -> None:
    given = {("N1", "J1"): {"A": 5.0, "B": 3.0}, ("N2", "J2"): {"B": 5.0, "C": 2.0}}
    found = composites(Sheets.of(given, HALVES), min_weight_present=0)
    assert found.centres == pytest.approx([5, 4, 2])


def test_a_criterion_that_nobody_scored_leaves_the_others_its_weight() -> None:
    given = {("N1", "J1"): {"A": 5.0, "B": 1.0}, ("N2", "J2"): {"A": 3.0, "B": 3.0}}
    found = composites(Sheets.of(given, HALVES))
    assert found.weights == pytest.approx([5 / 8, 3 / 8, 0])
    assert np.isnan(found.centres[2])
    assert found.table.value == pytest.approx([(25 + 3) / 8, 3])


def test_different_scales_become_shares_of_the_declared_ends() -> None:
    mixed = [Criterion("A", 1, 1, 5), Criterion("B", 1, 0, 10)]
    given = {("N", "1"): {"A": 2.0, "B": 5.0}}
    assert composites(Sheets.of(given, mixed)).table.value == pytest.approx([37.5])
    same = [Criterion("A", 1, 1, 5)]
    assert composites(Sheets.of({("N", "1"): {"A": 2.0}}, same)).table.value == pytest.approx([2])
    percent = composites(Sheets.of({("N", "1"): {"A": 2.0}}, same), in_percent=True)
    assert percent.table.value == pytest.approx([25])


def test_without_any_score_nothing_counts() -> None:
    found = composites(Sheets.of({("N", "1"): {}}, HALVES))
    assert len(found.table) == 0
    assert found.table.nominations == []
