"""Corrected scores and how certain a place is, against the reference and by reason."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.ranking.maths import chance as module
from award.ranking.maths.chance import Chance, chance
from award.ranking.maths.corrected import corrected
from award.ranking.maths.severity import reduced
from award.ranking.maths.table import Table
from tests.ranking.maths.tables import expected, mini


def chances(given: Table, *, winners: int = 5, draws: int = 4000, seed: int = 1) -> Chance:
    found = corrected(given)
    order = np.argsort(-found.score, kind="stable")
    last = int(order[winners - 1])
    return chance(given, found, order, last, winners=winners, draws=draws, seed=seed)


def test_corrected_scores_agree_with_the_reference() -> None:
    found, right = corrected(mini()), expected("miniA_expected.json")["severity_corrected"]
    each = [right["nominations"][one] for one in mini().nominations]
    assert found.mu == pytest.approx(right["mu"], abs=1e-5)
    assert found.nomination == pytest.approx(right["sigma2_nomination"], abs=1e-6)
    assert found.raw == pytest.approx([one["raw"] for one in each], abs=1e-5)
    assert found.score == pytest.approx([one["final"] for one in each], abs=1e-5)
    places = np.argsort(np.argsort(-found.score)) + 1
    assert list(places) == [one["rank"] for one in each]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_places_are_as_certain_as_in_the_reference(seed: int) -> None:
    found, right = chances(mini(), seed=seed), expected("miniA_expected.json")["severity_corrected"]
    each = [right["nominations"][one] for one in mini().nominations]
    assert found.p_winner == pytest.approx([one["p_top5_mc"] for one in each], abs=0.01)
    assert found.rank_low == pytest.approx([one["rank90_mc"][0] for one in each], abs=1)
    assert found.rank_high == pytest.approx([one["rank90_mc"][1] for one in each], abs=1)


def test_the_same_seed_draws_the_same() -> None:
    one, again, other = chances(mini(), seed=7), chances(mini(), seed=7), chances(mini(), seed=8)
    assert (one.p_winner == again.p_winner).all()
    assert (one.p_winner != other.p_winner).any()


def test_chances_add_up_to_the_winners() -> None:
    assert chances(mini(), winners=3).p_winner.sum() == pytest.approx(3, abs=0.05)
    assert chances(mini(), winners=24).p_winner == pytest.approx(np.ones(24))


def test_leaving_out_whom_no_draw_reaches_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    given = Table.of(
        (f"N{n:03}", f"J{(n + k) % 7}", n / 20 + ((n * 7 + k * 3) % 5) / 3)
        for n in range(120)
        for k in range(3)
    )
    whole = chances(given)
    monkeypatch.setattr(module, "_ALL_OF", 50)
    pruned = chances(given)
    assert pruned.p_winner == pytest.approx(whole.p_winner, abs=0.02)
    assert (pruned.p_winner == 0).sum() > 60


def test_all_alike_are_all_tied() -> None:
    given = Table.of((f"N{n}", f"J{j}", 3.0) for n in range(6) for j in range(3))
    found = chances(given, winners=2)
    assert found.p_winner == pytest.approx(np.full(6, 1 / 3), abs=0.03)
    assert list(found.rank_low) == [1] * 6
    assert list(found.rank_high) == [6] * 6
    assert found.tied.sum() == 5


def test_no_difference_between_nominations_gives_all_the_same_score() -> None:
    given = Table.of([("N1", "J1", 1), ("N1", "J2", 5), ("N2", "J1", 5), ("N2", "J2", 1)])
    found = corrected(given)
    assert found.nomination == 0
    assert found.score == pytest.approx([3, 3])


def test_jurors_of_one_mind_leave_no_doubt() -> None:
    given = Table.of((f"N{n}", f"J{j}", float(n)) for n in range(6) for j in range(3))
    found = chances(given, winners=2)
    assert list(found.p_winner) == [0, 0, 0, 0, 1, 1]
    assert not found.tied.any()


scores = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(1, 4)),
    min_size=10,
    unique_by=lambda one: one[:2],
)


@given(scores, st.floats(0.01, 100), st.data())
def test_a_higher_score_never_lowers_the_place(
    rows: list[tuple[int, int, int]], ratio: float, data: st.DataObject
) -> None:
    """With the variances as they are: to learn them anew may move anybody."""
    at = data.draw(st.integers(0, len(rows) - 1))
    raised = [(n, j, x + (place == at)) for place, (n, j, x) in enumerate(rows)]
    name = f"N{rows[at][0]}"
    assert _place(raised, ratio, name) <= _place(rows, ratio, name)


def _place(rows: list[tuple[int, int, int]], ratio: float, name: str) -> int:
    given = Table.of((f"N{n}", f"J{j}", float(x)) for n, j, x in rows)
    equations = reduced(given)
    matrix = equations.matrix + ratio * np.eye(len(given.jurors))
    effects = np.linalg.solve(matrix, equations.right)
    raw = given.nomination_means(given.value - effects[given.juror])
    return int((raw > raw[given.nominations.index(name)] + 1e-9).sum())
