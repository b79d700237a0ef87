"""Places, and what parts those of the same score."""

import numpy as np

from award.ranking.maths.places import Measured, lot, places


def test_ties_are_parted_by_each_measure_in_turn_and_then_by_lot() -> None:
    names = list("abcdefg")
    found = places(
        np.arange(6),
        names,
        [
            Measured("", np.array([70, 70 + 5e-10, 70, 70, 70, 70.1, 99])),
            Measured("B", np.array([3.0, 3, 4, 3, 3, 0, 0])),
            Measured("A", np.array([1.0, 2, np.nan, 1, 1, 0, 0])),
            Measured("sheets", np.array([3.0, 3, 3, 4, 4, 3, 3])),
        ],
        seed="s",
    )
    drawn = sorted("de", key=lambda one: lot("s", one))
    order = [names[one] for one in found.order]
    assert list(zip(order, found.decided_by, strict=True)) == [
        ("f", ""),
        ("c", "B"),
        ("b", "A"),
        (drawn[0], "lot"),
        (drawn[1], "lot"),
        ("a", "sheets"),
    ]


def test_the_lot_follows_its_seed_only() -> None:
    equal = [Measured("", np.zeros(20))]
    names = [f"N{n}" for n in range(20)]
    one = places(np.arange(20), names, equal, seed="1")
    again = places(np.arange(20)[::-1], names, equal, seed="1")
    other = places(np.arange(20), names, equal, seed="2")
    assert list(one.order) == list(again.order)
    assert list(one.order) != list(other.order)


def test_runs_of_almost_equal_scores_do_not_drift() -> None:
    scores = np.array([1.0, 1 - 0.8e-9, 1 - 1.6e-9])
    found = places(np.arange(3), ["a", "b", "c"], [Measured("", scores)], seed="")
    assert found.order[2] == 2
    assert found.decided_by[2] == ""
