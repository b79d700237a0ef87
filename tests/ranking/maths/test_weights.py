"""What hangs on the weights: against closed forms, by hand and by trying all pairs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.ranking.maths import weights as module
from award.ranking.maths.border import SAME, Border
from award.ranking.maths.corrected import corrected
from award.ranking.maths.sheets import Composites, Criterion, Sheets, composites
from award.ranking.maths.table import Floats, Table
from award.ranking.maths.weights import (
    Acceptability,
    acceptability,
    by_criterion,
    filled,
    stability,
    without_each,
)
from tests.ranking.maths.tables import expected, mini, rows

SMALL = expected("smaa_weights_small.json")
SMALL_SCORES = np.array(list(SMALL["values"].values()), dtype=float)
HALVES = np.array([0.5, 0.5])
MINI_WEIGHTS = np.array([0.4, 0.3, 0.2, 0.1])


def mini_composites() -> Composites:
    sheets: dict[tuple[str, str], dict[str, float]] = {}
    for row in rows("miniA_scores.csv"):
        points = sheets.setdefault((row["nomination"], row["juror"]), {})
        if row["score"]:
            points[row["criterion"]] = float(row["score"])
    criteria = [Criterion(f"C{c + 1}", weight, 1, 5) for c, weight in enumerate(MINI_WEIGHTS)]
    return composites(Sheets.of(sheets, criteria), min_weight_present=0)


def mini_points() -> tuple[Table, Floats]:
    """The composites and the filled points of the same sheets, in the same order."""
    found = mini_composites()
    return found.table, filled(found.points, MINI_WEIGHTS, found.centres)


def test_filled_points_have_the_composite_as_their_mean() -> None:
    table, points = mini_points()
    assert points @ MINI_WEIGHTS == pytest.approx(table.value, abs=1e-12)
    assert points @ MINI_WEIGHTS == pytest.approx(mini().value, abs=1e-6)


def test_a_sheet_without_weight_stands_at_the_centres() -> None:
    points = filled(np.array([[np.nan, np.nan]]), HALVES, np.array([2.0, 3.0]))
    assert points == pytest.approx(np.array([[2.0, 3.0]]))


def test_scores_by_criterion_add_up_to_the_score() -> None:
    table, points = mini_points()
    found = corrected(table)
    scores = by_criterion(table, points, found)
    assert scores @ MINI_WEIGHTS == pytest.approx(found.score, abs=1e-12)


def test_scores_of_jurors_of_one_mind_are_what_they_gave() -> None:
    points = np.array([[n, 5.0 - n] for n in range(4) for _ in range(3)], dtype=float)
    table = Table.of((f"N{n}", f"J{j}", 2.5) for n in range(4) for j in range(3))
    found = corrected(table)
    assert by_criterion(table, points, found) == pytest.approx(points[::3])


def test_stability_in_closed_form() -> None:
    interval = stability(SMALL_SCORES, HALVES, Border.of(SMALL_SCORES @ HALVES, 1))
    assert interval[0] == pytest.approx(SMALL["stability"]["interval_w1"], abs=1e-12)
    assert interval[1] == pytest.approx(SMALL["stability"]["interval_w1"], abs=1e-12)


def test_nothing_depends_on_the_only_criterion() -> None:
    scores, one = np.array([[1.0], [3.0], [2.0]]), np.array([1.0])
    assert stability(scores, one, Border.of(scores[:, 0], 1)).tolist() == [[0, 1]]
    assert [len(winners) for winners in without_each(scores, one, 1)] == [0]
    assert acceptability(scores, one, winners=2).p_winner.tolist() == [0, 1, 1]


def test_others_without_weight_take_equal_parts() -> None:
    scores = np.array([[2.0, 0.0, 1.0], [1.0, 4.0, 1.0]])
    weights = np.array([1.0, 0.0, 0.0])
    interval = stability(scores, weights, Border.of(scores @ weights, 1))
    assert interval[0] == pytest.approx([2 / 3, 1])  # 2v + (1-v)/2 = v + 5(1-v)/2
    assert interval[1] == pytest.approx([0, 1 / 5])  # 2(1-v) = (1-v) + 4v


def test_a_tie_at_the_declared_weights_ends_the_interval_there() -> None:
    scores = np.array([[2.0, 0.0], [0.0, 2.0]])
    assert stability(scores, HALVES, Border.of(scores @ HALVES, 1))[0] == pytest.approx([0.5, 1])


def test_winners_who_are_behind_have_no_interval() -> None:
    scores = np.array([[2.0, 0.0], [1.0, 0.5]])
    behind = Border(np.array([False, True]), np.array([True, False]))
    assert stability(scores, HALVES, behind).tolist() == [[0.5, 0.5]] * 2


def test_all_alike_win_or_not_with_any_weights() -> None:
    scores = np.ones((6, 2))
    assert stability(scores, HALVES, Border.of(scores[:, 0], 2)).tolist() == [[0, 1]] * 2
    found = acceptability(scores, HALVES, winners=2)
    assert found.p_first == pytest.approx(np.full(6, 1 / 6))
    assert found.p_winner == pytest.approx(np.full(6, 1 / 3))


tables = st.integers(2, 3).flatmap(
    lambda c: st.tuples(
        st.lists(st.lists(st.integers(0, 5), min_size=c, max_size=c), min_size=2, max_size=7),
        st.lists(st.integers(1, 9), min_size=c, max_size=c),
        st.integers(1, 4),
    )
)


@given(tables)
def test_stability_is_the_nearest_crossing_of_all_pairs(
    one: tuple[list[list[int]], list[int], int],
) -> None:
    scores, weights = np.array(one[0], dtype=float), np.array(one[1]) / sum(one[1])
    border = Border.of(np.round(scores @ weights, 12), one[2])
    found = stability(scores, weights, border)
    for c in range(len(weights)):
        low, high = (_nearest(scores, weights, border, c, end) for end in (0.0, 1.0))
        assert found[c] == pytest.approx([low, high], abs=1e-9)


def _nearest(scores: Floats, weights: Floats, border: Border, c: int, end: float) -> float:
    here, rest = float(weights[c]), np.delete(weights, c)
    others = np.delete(scores, c, axis=1) @ (rest / rest.sum())
    reached = [end]
    for i in np.flatnonzero(border.inside):
        for j in np.flatnonzero(border.outside):
            alone, beside = scores[i, c] - scores[j, c], others[i] - others[j]
            now, then = (v * alone + (1 - v) * beside for v in (here, end))
            if then < -SAME:
                reached.append(here + (end - here) * max(now, 0.0) / (max(now, 0.0) - then))
    return min(reached, key=lambda v: abs(v - here))


def test_acceptability_in_closed_form() -> None:
    found = acceptability(SMALL_SCORES, HALVES, winners=1, concentration=2)
    right = list(SMALL["first_rank_acceptability"].values())
    assert found.p_first == pytest.approx(right, abs=SMALL["tolerance_mc"])
    assert (found.p_winner == found.p_first).all()


def test_the_same_seed_draws_the_same_weights() -> None:
    one, again, other = (
        acceptability(SMALL_SCORES, HALVES, winners=1, concentration=2, seed=seed)
        for seed in (7, 7, 8)
    )
    assert (one.p_first == again.p_first).all()
    assert (one.p_first != other.p_first).any()


def test_a_weight_of_nothing_stays_nothing() -> None:
    scores = np.array([[3.0, 0.0, 9.0], [2.0, 1.0, 0.0]])
    found = acceptability(scores, np.array([1.0, 0.0, 0.0]), winners=1)
    assert found.p_first.tolist() == [1, 0]


@pytest.mark.parametrize("criteria", [2, 4, 8])
def test_leaving_out_whom_no_weights_reach_changes_nothing(
    criteria: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = np.random.Generator(np.random.PCG64(criteria))
    scores = random.normal(size=(3000, criteria))
    weights = random.dirichlet(np.full(criteria, 3.0))

    def found() -> Acceptability:
        return acceptability(scores, weights, winners=5, draws=500)

    pruned, looked_at = found(), len(module._contenders(scores, weights, weights[None], 5))
    monkeypatch.setattr(module, "_contenders", lambda scores, *_: np.arange(len(scores)))
    whole = found()
    assert looked_at < 100
    assert pruned.p_first == pytest.approx(whole.p_first, abs=1e-12)
    assert pruned.p_winner == pytest.approx(whole.p_winner, abs=1e-12)
    assert whole.p_winner.sum() == pytest.approx(5)


def test_who_wins_without_a_criterion() -> None:
    scores = np.array([[5.0, 1.0, 1.0], [3.0, 3.0, 3.0], [1.0, 4.0, 3.0], [1.0, 3.0, 4.0]])
    weights = np.array([0.5, 0.25, 0.25])
    assert [list(one) for one in without_each(scores, weights, 2)] == [[2, 3], [0, 1], [0, 1]]


def test_equals_without_a_criterion_keep_their_declared_order() -> None:
    scores = np.array([[0.1 + 0.2, 1.0], [0.3, 2.0]])
    assert list(without_each(scores, HALVES, 1)[1]) == [1]
