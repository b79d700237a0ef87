"""Orders of a jury from its members' ballots, against Schulze's own example and by reason."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.ranking.maths.table import Floats
from award.ranking.maths.votes import Ordered, beats_all, pairs, places, ranked_pairs, schulze
from tests.ranking.maths.tables import expected

EXAMPLES = expected("schulze_condorcet.json")["examples"]


def ballots(written: str) -> tuple[str, Floats]:
    """From "5 ABC,2 CA(BD)", as many of each; equals in brackets."""
    voters: list[list[str]] = []
    for one in written.split(","):
        times, listed = one.split(" ")
        groups, inside = [], ""
        for letter in listed:
            if letter in "()":
                inside = "(" if letter == "(" else ""
                groups += [""] if inside else []
            elif inside:
                groups[-1] += letter
            else:
                groups.append(letter)
        voters += [groups] * int(times)
    names = "".join(sorted({letter for voter in voters for group in voter for letter in group}))
    return names, places(names, voters)


def order(names: str, found: Ordered) -> list[str]:
    """From the first place on; tied nominations in one string."""
    return [
        "".join(names[at] for at in np.flatnonzero(found.place == place))
        for place in sorted(set(found.place.tolist()))
    ]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one["name"])
def test_the_published_winners(example: dict[str, Any]) -> None:
    names, given = ballots(example["ballots"])
    before = pairs(given)
    by_paths = order(names, schulze(before).order)
    assert by_paths[0] == example["schulze_winner"]
    assert order(names, ranked_pairs(before))[0] == example["ranked_pairs_winner"]
    if "schulze_order" in example:
        assert by_paths == list(example["schulze_order"])


def test_schulzes_tables_of_pairs_and_of_paths() -> None:
    example = EXAMPLES[0]
    before = pairs(ballots(example["ballots"])[1])
    assert before.tolist() == [[one or 0 for one in row] for row in example["d"]]
    assert schulze(before).paths.tolist() == [[one or 0 for one in row] for row in example["p"]]


def test_a_recused_juror_drops_out_of_the_pairs_with_that_nomination_only() -> None:
    before = pairs(ballots("1 ABC,1 CA")[1])
    assert before.tolist() == [[0, 1, 1], [0, 0, 1], [1, 0, 0]]


def test_equals_are_before_neither() -> None:
    assert pairs(ballots("3 A(BC)")[1]).tolist() == [[0, 3, 3], [0, 0, 0], [0, 0, 0]]


def test_equal_pairs_that_close_a_circle_leave_their_nominations_tied() -> None:
    names, given = ballots("1 ABCD,1 BCAD,1 CABD")
    before = pairs(given)
    assert beats_all(before) is None
    assert order(names, schulze(before).order) == ["ABC", "D"]
    assert order(names, ranked_pairs(before)) == ["ABC", "D"]


def test_the_weakest_pair_of_a_circle_is_left_out() -> None:
    names, given = ballots("4 ABC,3 BCA,2 CAB")
    before = pairs(given)  # A before B 6, B before C 7, C before A 5
    assert order(names, ranked_pairs(before)) == ["A", "B", "C"]
    assert order(names, schulze(before).order) == ["A", "B", "C"]


def test_among_pairs_of_one_strength_the_less_contested_is_fixed_first() -> None:
    # A before B 5 to 3 and C before A 5 to 2: the pair that closes the circle, B before C, is the
    # strongest of all, so that of the two the more contested one is left out.
    before = np.array([[0, 5, 2], [3, 0, 6], [5, 1, 0]])
    assert order("ABC", ranked_pairs(before)) == ["B", "C", "A"]


def test_a_pair_that_the_fixed_ones_refuse_does_not_spoil_its_equals() -> None:
    # A, B, C are fixed in this order. Of the next pairs, all alike, C before A is refused at once,
    # and so closes no circle with A before D and D before C.
    before = np.zeros((4, 4), dtype=np.intp)
    before[0, 1] = before[1, 2] = 9
    before[0, 3] = before[3, 2] = before[2, 0] = 5
    assert order("ABCD", ranked_pairs(before)) == ["A", "BD", "C"]


def test_no_ballots_are_a_tie_of_all() -> None:
    before = pairs(places("AB", []))
    assert order("AB", schulze(before).order) == order("AB", ranked_pairs(before)) == ["AB"]
    assert beats_all(before) is None


def test_one_nomination_is_first() -> None:
    before = pairs(places("A", [["A"]]))
    assert order("A", schulze(before).order) == order("A", ranked_pairs(before)) == ["A"]
    assert beats_all(before) == 0


lists = st.lists(
    st.lists(st.one_of(st.none(), st.integers(1, 4)), min_size=5, max_size=5), max_size=9
).map(lambda rows: np.array(rows, dtype=float).reshape(len(rows), 5))


@given(lists)
def test_who_beats_all_is_chosen(given: Floats) -> None:
    before = pairs(given)
    best = beats_all(before)
    if best is not None:
        assert np.flatnonzero(schulze(before).order.place == 1).tolist() == [best]
        assert np.flatnonzero(ranked_pairs(before).place == 1).tolist() == [best]


@given(lists, st.permutations(range(5)), st.randoms())
def test_names_mean_nothing(given: Floats, names: list[int], random: Any) -> None:
    jurors = list(range(len(given)))
    random.shuffle(jurors)
    one, other = pairs(given), pairs(given[jurors][:, names])
    assert schulze(other).order.place.tolist() == schulze(one).order.place[names].tolist()
    assert ranked_pairs(other).place.tolist() == ranked_pairs(one).place[names].tolist()


@given(lists)
def test_an_order_goes_in_no_circle(given: Floats) -> None:
    for found in (schulze(pairs(given)).order, ranked_pairs(pairs(given))):
        ahead, behind = np.nonzero(found.ahead)
        assert (found.place[ahead] < found.place[behind]).all()
        assert (found.place == 1).any()


@given(lists)
def test_turning_every_ballot_turns_every_decided_pair_of_schulze(given: Floats) -> None:
    found, turned = schulze(pairs(given)).order, schulze(pairs(-given)).order
    assert (found.ahead == turned.ahead.T).all()
