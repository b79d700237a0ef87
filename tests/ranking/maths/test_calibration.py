"""Offset, range and reliability: what is learnt, the equations, and the edges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from award.ranking.maths import calibration as module
from award.ranking.maths.calibration import calibration
from award.ranking.maths.corrected import corrected
from award.ranking.maths.table import Floats, Table
from tests.bench.competitions import Competition, Setting
from tests.ranking.maths.tables import mini


def competition(setting: Setting, seed: int = 1) -> Competition:
    return Competition(setting, np.random.Generator(np.random.PCG64(seed)))


def _close(score: Floats, quality: Floats) -> float:
    return float(np.corrcoef(score, quality)[0, 1])


def test_offsets_ranges_and_reliabilities_are_learnt() -> None:
    drawn = competition(Setting(ranges=0.4))
    found = calibration(drawn.sheets(drawn.seats()))
    assert _close(found.range, drawn.range) > 0.9
    assert _close(found.effects, drawn.severity) > 0.95
    drawn = competition(Setting(at_random=3))
    found = calibration(drawn.sheets(drawn.seats()))
    assert set(np.argsort(found.reliability)[:3]) == {0, 1, 2}
    assert found.reliability[:3].max() < 0.6
    assert set(np.argsort(found.range)[:3]) == {0, 1, 2}
    assert found.range[:3].max() < 0.5


def test_it_is_closer_to_the_truth_than_w_where_jurors_differ_in_range_or_care() -> None:
    for setting in (Setting(ranges=0.4), Setting(at_random=3)):
        drawn = competition(setting)
        given = drawn.sheets(drawn.seats())
        found = corrected(given)
        full = calibration(given, found)
        assert _close(full.score, drawn.quality) > _close(found.score, drawn.quality) + 0.003


def test_it_agrees_with_w_where_jurors_differ_in_offset_only() -> None:
    drawn = competition(Setting())
    given = drawn.sheets(drawn.seats())
    found = corrected(given)
    full = calibration(given, found)
    assert _close(full.score, found.score) > 0.99
    assert full.effects == pytest.approx(found.severity.effects, abs=0.1)
    assert full.range == pytest.approx(np.ones(25), abs=0.25)


def test_range_and_reliability_have_the_mean_one() -> None:
    found = calibration(mini())
    assert found.range.mean() == pytest.approx(1)
    assert found.reliability.mean() == pytest.approx(1)


def test_offsets_are_the_penalised_least_squares_with_nominations_free() -> None:
    given = mini()
    state = module._State(given, corrected(given))
    random = np.random.Generator(np.random.PCG64(3))
    n, m, size = len(given.nominations), len(given.jurors), len(given)
    state.a, state.p = random.uniform(0.5, 2, m), random.uniform(0.3, 2, m)
    state.learn_offsets()
    design = np.zeros((size + m, n + m))
    design[np.arange(size), given.nomination] = state.a[given.juror]
    design[np.arange(size), n + given.juror] = 1
    design[:size] *= np.sqrt(state.p)[given.juror, None]
    design[size:, n:] = np.eye(m) * np.sqrt(state.se2 / state.ss2)
    right = np.concatenate([np.sqrt(state.p)[given.juror] * state.y, np.zeros(m)])
    solved = np.linalg.lstsq(design, right, rcond=None)[0]
    assert state.s == pytest.approx(solved[n:], abs=1e-9)


def test_scores_are_the_mean_given_the_jurors() -> None:
    given = mini()
    state = module._State(given, corrected(given))
    random = np.random.Generator(np.random.PCG64(4))
    m = len(given.jurors)
    state.a, state.p = random.uniform(0.5, 2, m), random.uniform(0.3, 2, m)
    st2, rest = state.st2, state.y - state.s[given.juror]
    state.learn_nominations()
    for place in range(len(given.nominations)):
        mine = given.nomination == place
        a, noise = state.a[given.juror[mine]], state.se2 / state.p[given.juror[mine]]
        told = st2 * a @ np.linalg.inv(st2 * np.outer(a, a) + np.diag(noise))
        assert state.t[place] == pytest.approx(told @ rest[mine])
        assert state.v[place] == pytest.approx(st2 - st2 * told @ a)


def test_a_single_juror_is_taken_at_the_word() -> None:
    found = calibration(Table.of((f"N{n}", "J1", float(n)) for n in range(5)))
    assert list(found.score) == [0, 1, 2, 3, 4]
    assert (found.effects[0], found.range[0], found.reliability[0]) == (0, 1, 1)


def test_the_same_scores_everywhere_are_no_difference() -> None:
    found = calibration(Table.of((f"N{n}", f"J{j}", 3.0) for n in range(4) for j in range(3)))
    assert found.score == pytest.approx(np.full(4, 3))
    assert found.effects == pytest.approx(np.zeros(3))
    assert list(found.range) == list(found.reliability) == [1, 1, 1]


def test_jurors_who_differ_in_offset_only_are_as_reliable_as_each_other() -> None:
    given = Table.of((f"N{n}", f"J{j}", n + 2.0 * j) for n in range(6) for j in range(3))
    found = calibration(given)
    assert found.score == pytest.approx(corrected(given).score)
    assert list(found.range) == list(found.reliability) == [1, 1, 1]


def test_no_difference_between_nominations_gives_all_the_same_score() -> None:
    given = Table.of([("N1", "J1", 1), ("N1", "J2", 5), ("N2", "J1", 5), ("N2", "J2", 1)])
    found = calibration(given)
    assert found.score == pytest.approx([3, 3])
    assert list(found.range) == [1, 1]


def test_a_juror_with_one_sheet_stays_ordinary() -> None:
    drawn = competition(Setting(severity=0.5))
    seats = drawn.seats()
    seats[np.flatnonzero(seats[:, 24])[1:], 24] = False
    found = calibration(drawn.sheets(seats))
    assert abs(found.effects[24]) < 0.5
    assert found.range[24] == pytest.approx(1, abs=0.1)
    assert found.reliability[24] == pytest.approx(1, abs=0.25)


def test_jurors_who_differ_in_range_without_any_error_leave_no_division() -> None:
    given = Table.of(
        (f"N{n}", f"J{j}", 2 * j + (0.5 + 0.5 * j) * (n - 4)) for n in range(9) for j in range(3)
    )
    found = calibration(given)
    assert np.isfinite(found.score).all()
    assert list(np.argsort(found.score)) == list(range(9))
    assert list(np.argsort(found.range)) == [0, 1, 2]


def test_groups_that_share_no_nomination_keep_their_own_order() -> None:
    given = Table.of(
        (f"N{side}{n}", f"J{side}{j}", n + 0.5 * j + (n * j) % 2 + 3 * side)
        for side in range(2)
        for n in range(5)
        for j in range(3)
    )
    assert given.groups[0] == 2
    found = calibration(given)
    one, other = found.score[:5] - found.score[0], found.score[5:] - found.score[5]
    assert one == pytest.approx(other, abs=0.01)
    assert list(np.argsort(one)) == list(range(5))


scores = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(1, 5)),
    min_size=1,
    unique_by=lambda one: one[:2],
).map(lambda rows: [(f"N{n}", f"J{j}", float(x)) for n, j, x in rows])


@settings(max_examples=50)
@given(scores)
def test_whatever_is_given_everything_is_finite_and_within_bounds(
    sheets: list[tuple[str, str, float]],
) -> None:
    found = calibration(Table.of(sheets))
    assert all(
        np.isfinite(one).all()
        for one in (found.score, found.effects, found.range, found.reliability)
    )
    assert (found.range > 0).all()
    assert found.range.mean() == pytest.approx(1)
    assert found.reliability.mean() == pytest.approx(1)


@settings(max_examples=50)
@given(scores)
def test_names_mean_nothing(sheets: list[tuple[str, str, float]]) -> None:
    renamed = [(f"x{9 - int(n[1:])}", f"y{9 - int(j[1:])}", x) for n, j, x in sheets]
    one, other = calibration(Table.of(sheets)), calibration(Table.of(renamed))
    assert one.score == pytest.approx(other.score[::-1], abs=1e-3)
    assert one.range == pytest.approx(other.range[::-1], abs=1e-3)


@settings(max_examples=50)
@given(scores, st.sampled_from([0.5, 4.0, 25.0]))
def test_another_scale_scales(sheets: list[tuple[str, str, float]], times: float) -> None:
    found = calibration(Table.of(sheets))
    scaled = calibration(Table.of((n, j, 10 + times * x) for n, j, x in sheets))
    assert scaled.score == pytest.approx(10 + times * found.score, abs=1e-3 * times)
    assert scaled.reliability == pytest.approx(found.reliability, abs=1e-3)
