"""What a run's page tells, of standings that are made up."""

import pytest

from award.ranking import heat, methods
from award.ranking.agreement import reliability
from award.ranking.answer import Answer, answer
from award.ranking.explained import explained
from award.ranking.method import compute
from award.ranking.plot import Spot, caterpillar
from award.ranking.standings import standings
from tests.ranking.ranked import standing, winners
from tests.ranking.test_method import even, frozen, rules


def test_all_places_may_be_clear() -> None:
    found = answer(winners(1, 0.97, 0.03, 0))
    assert found is not None
    assert found.is_clear


def test_what_is_not_clear_is_named_with_its_rivals() -> None:
    found = answer(winners(0.99, 0.7, 0.2, 0.08, 0.03))
    assert found == Answer(winners=2, clear=1, rivals=2, first=2, last=4)
    assert found.leading == 1


def test_where_all_win_there_is_no_answer() -> None:
    assert answer([]) is None
    assert answer(winners(1, 1)) is None


def test_methods_are_compared_by_place_and_equals_share_the_better_one() -> None:
    rows = [
        standing(1, winner=True, mean=50.0, median=70.0),
        standing(2, winner=True, mean=80.0, median=70.0),
        *(standing(n, mean=60.0 if n == 3 else 10.0, median=1.0) for n in range(3, 9)),
    ]
    found = methods.compared(rows)
    by_mean, by_median = methods.METHODS.index("mean"), methods.METHODS.index("median")
    assert [row.places[by_mean] for row in found] == [3, 1, 2, 4, 4]
    assert [row.places[by_median] for row in found] == [1, 1, 3, 3, 3]
    assert [row.standing.rank for row in found] == [1, 2, 3, 4, 5]
    assert found[0].wins[by_mean] is False
    assert "mean" not in methods.agreeing(found)
    assert "median" in methods.agreeing(found)


def test_a_row_reaches_from_the_low_to_the_high_end_of_its_range() -> None:
    drawn = caterpillar([Spot("a", 50, 40, 60), Spot("b", 30, 10, 45)], cut=1)
    first, second = drawn.rows
    assert first.left < first.x < first.right
    assert first.x - first.left == pytest.approx(first.right - first.x, abs=0.2)
    assert first.y < drawn.cut < second.y
    assert [value for _, value in drawn.ticks] == [10, 20, 30, 40, 50, 60]
    assert drawn.ticks[0][0] <= second.left
    assert drawn.ticks[-1][0] >= first.right


@pytest.mark.parametrize("spots", [[], [Spot("a", 0, 0, 0)], [Spot("a", 7, 7, 7)] * 40])
def test_a_plot_of_nothing_or_of_equals_can_be_drawn(spots: list[Spot]) -> None:
    drawn = caterpillar(spots, cut=len(spots))
    assert len(drawn.rows) == len(spots)
    assert len(drawn.ticks) >= 2
    assert drawn.cut is None


STRICT = {("N1", "J1"): 2, ("N1", "J2"): 4, ("N1", "J3"): 4, ("N2", "J1"): 1, ("N2", "J2"): 3}
STRICT |= {("N2", "J3"): 2, ("N3", "J1"): 3, ("N3", "J2"): 5, ("N3", "J3"): 4}


def test_a_nomination_adds_up_by_hand() -> None:
    given = frozen({who: even(points) for who, points in STRICT.items()})
    result = compute(given, rules())
    for one in standings(result):
        found = explained(given, result, one)
        shown = [round(line.value, 2) - round(line.leniency, 2) for line in found.counted]
        assert shown == pytest.approx([line.corrected for line in found.counted], abs=0.011)
        assert sum(shown) / len(shown) == pytest.approx(one.corrected, abs=0.011)
        assert sum(line.leniency > 0 for line in found.lines) == 2  # J1 is strict
        by_hand = one.corrected + (1 - found.keep) * (found.middle - one.corrected)
        assert by_hand == pytest.approx(one.score, abs=1e-6)
        assert 0 < found.keep < 1
        assert not found.has_rounds


def test_a_sheet_that_does_not_count_is_shown_without_a_value() -> None:
    table = {who: even(points) for who, points in STRICT.items()}
    table["N1", "J1"] = {"A": None, "B": None, "C": 3}
    given = frozen(table)
    result = compute(given, rules())
    first = next(one for one in standings(result) if one.id == "N1")
    found = explained(given, result, first)
    assert [line.value is None for line in found.lines] == [True, False, False]
    assert len(found.counted) == first.sheets == 2
    assert not found.lines[0].is_complete


def test_the_sheets_of_a_nomination_lie_around_it() -> None:
    given = frozen({who: even(points) for who, points in STRICT.items()})
    result = compute(given, rules())
    rows = heat.rows(result, standings(result), ["J1", "J2", "J3"])
    for row in rows:
        assert sum(cell.off for cell in row.cells) == pytest.approx(0, abs=1e-6)
        for cell in row.cells:
            assert cell.tone[0] == ("l" if cell.off < 0 and cell.tone != "h0" else "h")
    assert heat.rows(result, standings(result), ["J9"])[0].cells == [None]


def test_the_mean_of_several_sheets_is_more_reliable_than_one() -> None:
    given = frozen({who: even(points) for who, points in STRICT.items()})
    found = reliability(compute(given, rules()))
    assert found.sheets == 3
    assert 0 < found.single < found.mean < 1
