"""One juror of each kind that is asked about, among jurors who are not."""

from collections.abc import Callable

import numpy as np
import pytest

from award.ranking.maths import checks as module
from award.ranking.maths.border import Border
from award.ranking.maths.calibration import Calibration
from award.ranking.maths.checks import agreement, checks, standardised
from award.ranking.maths.corrected import corrected
from award.ranking.maths.leaving import winners_without
from award.ranking.maths.table import Floats, Table
from tests.ranking.maths.tables import expected

NOMINATIONS, JURORS, ASKED = 14, 6, 3


def panel(asked: Callable[[int, float], float], *, sheets: int = NOMINATIONS) -> Table:
    """Six jurors score fourteen nominations, of which two are far ahead.

    What juror 3 gives is `asked` of what it would be.
    """
    random = np.random.Generator(np.random.PCG64(5))
    quality = np.arange(NOMINATIONS) / 4 + (np.arange(NOMINATIONS) >= NOMINATIONS - 2)
    values = quality[:, None] + 0.3 * random.standard_normal((NOMINATIONS, JURORS))
    return Table.of(
        (f"N{n:02}", f"J{j}", asked(n, float(values[n, j])) if j == ASKED else float(values[n, j]))
        for n in range(NOMINATIONS)
        for j in range(JURORS)
        if j != ASKED or n < sheets
    )


def flags(given: Table, reach: float = 1.0, reliability: float = 1.0) -> list[list[str]]:
    found = corrected(given)
    ones = np.ones(JURORS)
    calibrated = Calibration(np.empty(0), np.zeros(JURORS), ones.copy(), ones.copy())
    calibrated.range[ASKED], calibrated.reliability[ASKED] = reach, reliability
    decisive = winners_without(given, found, Border.of(found.score, 2))
    return checks(given, found, calibrated, decisive)


def only(*keys: str) -> list[list[str]]:
    return [list(keys) if j == ASKED else [] for j in range(JURORS)]


def as_it_is(_: int, value: float) -> float:
    return value


def test_nobody_is_asked_without_a_reason() -> None:
    assert flags(panel(as_it_is)) == only()


def test_an_offset() -> None:
    assert flags(panel(lambda _, value: value + 1.5)) == only("offset")


def test_a_certain_offset_within_the_errors_is_none() -> None:
    given = panel(lambda _, value: value + 0.37)
    learnt = corrected(given).severity
    assert learnt.effects[ASKED] > 2.5 * np.sqrt((learnt.spread[ASKED] ** 2).sum())
    assert flags(given) == only()


def test_unreliable() -> None:
    assert flags(panel(as_it_is), reliability=0.49) == only("unreliable")


@pytest.mark.parametrize("reach", [0.49, 2.01])
def test_a_range_that_is_too_narrow_or_too_wide(reach: float) -> None:
    assert flags(panel(as_it_is), reach=reach) == only("range")


def test_calibration_counts_from_ten_sheets_on() -> None:
    assert flags(panel(as_it_is, sheets=9), reach=0.3, reliability=0.3) == only()


def test_no_variance() -> None:
    assert "no_variance" in flags(panel(lambda _n, _value: 2.0))[ASKED]


def test_two_equal_values_are_no_lack_of_variance() -> None:
    assert flags(panel(lambda _n, _value: 0.1, sheets=2)) == only()


def test_against_the_others() -> None:
    found = flags(panel(lambda _, value: 5 - value))
    assert [("against_the_others" in one) for one in found] == [j == ASKED for j in range(JURORS)]


def test_seven_nominations_are_too_few_to_be_against_the_others() -> None:
    given = panel(lambda _, value: 5 - value, sheets=7)
    assert np.isnan(agreement(given, corrected(given))[ASKED])


@pytest.mark.parametrize("report", list(expected("wine_reports_kendall_w.json")["reports"]))
def test_agreement_with_the_others_as_in_published_reports(
    report: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_COMPARED", 2)
    right = expected("wine_reports_kendall_w.json")["reports"][report]
    given = Table.of(
        (f"W{wine:02}", judge, -float(rank))
        for judge, ranks in zip(right["judges"], right["ranks"], strict=True)
        for wine, rank in enumerate(ranks)
    )
    found = dict(zip(given.jurors, agreement(given, corrected(given)), strict=True))
    assert found == pytest.approx(right["spearman_with_sum_of_others"], abs=1e-9)


def test_whoever_changes_the_winners() -> None:
    # N13 and N12 are the best; one juror's liking lifts N11 past both.
    given = panel(lambda n, value: value + (12.0 if n == 11 else 0.0))
    assert ["changes_the_winners" in one for one in flags(given)] == [
        j == ASKED for j in range(JURORS)
    ]


def test_an_outlier() -> None:
    given = panel(lambda n, value: value + (2.0 if n == 2 else 0.0))
    assert flags(given) == only("outlier")


def test_residuals_have_a_standard_deviation_of_one() -> None:
    random = np.random.Generator(np.random.PCG64(1))
    given = Table.of(
        (f"N{n:03}", f"J{(n + step) % 20:02}", float(random.normal()))
        for n in range(400)
        for step in range(2 + n % 4)
    )
    found: Floats = standardised(given, corrected(given))
    by_sheets = given.per_nomination[given.nomination]
    assert [found[by_sheets == n].std() for n in range(2, 6)] == pytest.approx([1] * 4, abs=0.08)


def test_an_only_sheet_and_jurors_of_one_mind_leave_no_residual() -> None:
    given = Table.of([("N1", "J1", 1.0), ("N2", "J1", 2.0), ("N2", "J2", 3.0), ("N2", "J3", 5.0)])
    assert standardised(given, corrected(given))[0] == 0
    agreed = Table.of((f"N{n}", f"J{j}", float(n)) for n in range(4) for j in range(3))
    assert not standardised(agreed, corrected(agreed)).any()
