"""Who is inside, and when that changes."""

import numpy as np

from award.ranking.maths.border import Border


def test_the_highest_win_and_among_equals_the_first() -> None:
    assert Border.of(np.array([1.0, 3.0, 2.0, 3.0, 3.0]), 2).inside.tolist() == [
        False,
        True,
        False,
        True,
        False,
    ]


def test_what_only_rounding_parts_is_a_tie_and_no_change() -> None:
    border = Border.of(np.array([2.0, 1.0]), 1)
    assert border.holds(np.array([0.3, 0.1 + 0.2]))
    assert not border.holds(np.array([0.3, 0.3 + 1e-8]))


def test_without_a_rival_the_winners_stay() -> None:
    border = Border.of(np.array([2.0, 1.0]), 2)
    assert border.holds(np.array([1.0, 2.0]))
    assert not border.holds(np.array([1.0, -np.inf]))
