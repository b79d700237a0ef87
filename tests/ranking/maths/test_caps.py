"""Winners with caps, against the table by hand and by trying all lists."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from award.ranking.maths.caps import Cap, Capped, capped
from award.ranking.maths.table import Floats
from tests.ranking.maths.tables import expected


def ranked(score: list[float], winners: int, *caps: Cap) -> Capped:
    values = np.array(score)
    return capped(values, np.argsort(-values, kind="stable"), winners, caps)


def test_one_cap_as_in_the_table() -> None:
    right = expected("winners_with_caps.json")
    names, states, score = zip(*right["nominations"], strict=True)
    found = ranked(list(score), right["k"], Cap("state", states, right["max_per_state"]))
    assert [names[one] for one in found.winners] == right["winners"]
    assert sum(score[one] for one in found.winners) == pytest.approx(right["total"])
    passed = [names[one.nomination] for one in found.passed_over]
    assert passed == [name for name, _ in right["passed_over"]]
    first = found.passed_over[0].full[0]
    assert (first.cap, first.group, [names[one] for one in first.by]) == ("state", "BY", ["N1"])
    assert found.missing == 0


def test_without_caps_the_first_win() -> None:
    found = ranked([1.0, 4.0, 3.0, 2.0], 2)
    assert (found.winners, found.passed_over, found.missing) == ([1, 2], [], 0)


def test_crossing_caps_give_up_the_first_for_a_better_list() -> None:
    # Down the list N0 would win alone with N3: it stands in the way of both N1 and N2.
    state = Cap("state", ["BY", "BY", "NW", "HE"], 1)
    subject = Cap("subject", ["A", "B", "A", "C"], 1)
    found = ranked([9.0, 8.9, 8.8, 1.0], 2, state, subject)
    assert found.winners == [1, 2]
    (passed,) = found.passed_over
    assert passed.nomination == 0
    assert [(full.cap, full.by) for full in passed.full] == [("state", [1]), ("subject", [2])]


def test_equal_lists_are_decided_by_the_order() -> None:
    # 4 + 1 and 3 + 2 are equal; the list with the first nomination is taken.
    state = Cap("state", ["BY", "BY", "NW", "NW"], 1)
    subject = Cap("subject", ["A", "B", "B", "A"], 1)
    assert ranked([4.0, 3.0, 1.0, 2.0], 2, state, subject).winners == [0, 2]


def test_a_list_that_cannot_be_is_no_better_one() -> None:
    # With N0 only one could win; no sum of scores below 0 makes up for that.
    state, subject = Cap("state", ["BY", "BY", "NW"], 1), Cap("subject", ["A", "B", "A"], 1)
    found = ranked([-1.0, -1.1, -1.2], 2, state, subject)
    assert (found.winners, found.missing) == ([1, 2], 0)


@pytest.mark.parametrize("crossing", [False, True])
def test_places_that_nobody_may_take_are_said(crossing: bool) -> None:  # noqa: FBT001
    caps = [Cap("state", ["BY", "BY", "BY"], 1)] + [Cap("subject", ["A", "B", "C"], 1)] * crossing
    found = ranked([3.0, 2.0, 1.0], 2, *caps)
    assert (found.winners, found.missing) == ([0], 1)
    assert [one.nomination for one in found.passed_over] == [1, 2]


@pytest.mark.parametrize("crossing", [False, True])
def test_a_cap_of_none_lets_only_those_win_who_are_in_no_group(crossing: bool) -> None:  # noqa: FBT001
    caps = [Cap("state", ["BY", None, "NW"], 0)] + [Cap("subject", ["A", "A", "A"], 0)] * crossing
    found = ranked([3.0, 2.0, 1.0], 2, *caps)
    assert found.winners == ([] if crossing else [1])
    assert len(found.passed_over) == (3 if crossing else 2)


def test_fewer_nominations_than_places_pass_nobody_over() -> None:
    found = ranked([3.0, 2.0], 3, Cap("state", ["BY", "NW"], 1), Cap("subject", ["A", None], 1))
    assert (found.winners, found.passed_over, found.missing) == ([0, 1], [], 1)


@pytest.mark.parametrize("caps", [0, 1, 2])
def test_nobody_ranked_and_no_place_to_give(caps: int) -> None:
    crossing = [Cap("state", ["BY"], 1), Cap("subject", ["A"], 1)][:caps]
    nobody = capped(np.array([1.0]), np.array([], dtype=np.intp), 2, crossing)
    assert (nobody.winners, nobody.passed_over, nobody.missing) == ([], [], 2)
    none = ranked([1.0], 0, *crossing)
    assert (none.winners, none.passed_over, none.missing) == ([], [], 0)


groups = st.sampled_from(["a", "b", "c", None])
lists = st.integers(1, 3).flatmap(
    lambda caps: st.tuples(
        st.lists(
            st.tuples(st.integers(-3, 6), *[groups] * caps),
            min_size=1,
            max_size=7,
        ),
        st.lists(st.integers(0, 2), min_size=caps, max_size=caps),
        st.integers(1, 4),
    )
)


@settings(max_examples=60)
@given(lists)
def test_no_list_is_better(one: tuple[list[tuple], list[int], int]) -> None:
    rows, limits, winners = one
    score = np.array([float(row[0]) for row in rows])
    caps = [
        Cap(f"cap {place}", [row[1 + place] for row in rows], limit)
        for place, limit in enumerate(limits)
    ]
    order = np.argsort(-score, kind="stable")
    found = capped(score, order, winners, caps)
    assert found.winners == _best(score, [int(at) for at in order], winners, caps)
    assert found.missing == winners - len(found.winners)
    last = max((list(order).index(at) for at in found.winners), default=-1)
    before = [int(at) for at in order[: last + 1] if at not in found.winners]
    passed = [one.nomination for one in found.passed_over]
    assert passed[: len(before)] == before
    assert all(one.full for one in found.passed_over)


def _best(score: Floats, order: list[int], winners: int, caps: list[Cap]) -> list[int]:
    """Of all lists within the caps: the longest, the highest sum, the first in the order."""
    places = range(len(order))
    allowed = [
        chosen
        for size in range(winners + 1)
        for chosen in itertools.combinations(places, size)
        if all(_within(cap, [order[place] for place in chosen]) for cap in caps)
    ]
    best = min(
        allowed, key=lambda chosen: (-len(chosen), -sum(score[order[at]] for at in chosen), chosen)
    )
    return [order[place] for place in best]


def _within(cap: Cap, chosen: list[int]) -> bool:
    taken = [cap.groups[one] for one in chosen if cap.groups[one] is not None]
    return all(taken.count(group) <= cap.limit for group in taken)
