"""Other orders by hand: weights, winners with a limit, and what differs between two runs; pure."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from award.ranking import difference, hanging
from award.ranking.capped import capped
from award.ranking.changes import Change, change
from award.ranking.maths import caps
from award.ranking.method import compute
from award.ranking.reweighted import reweighted
from award.ranking.standings import Standing, standings
from tests.ranking.ranked import standing
from tests.ranking.test_method import KEYS, frozen, rules

NAMES = "ABCDE"


def placed(name: str, rank: int, *, winner: bool, **parts: float) -> Standing:
    return standing(rank, id=name, winner=winner, parts=parts)


def ranked(count: int, winners: int) -> list[Standing]:
    """A, B, C …, each better at the second criterion the worse it is at the first."""
    return [
        placed(NAMES[at], at + 1, winner=at < winners, x=90.0 - 10 * at, y=10.0 * at)
        for at in range(count)
    ]


def test_a_weight_turns_the_order_round() -> None:
    found = reweighted(ranked(4, 2), {"x": 0, "y": 40})
    assert [(one.standing.id, one.place, one.up, one.wins) for one in found] == [
        ("D", 1, 3, True),
        ("C", 2, 1, True),
        ("B", 3, -1, False),
        ("A", 4, -3, False),
    ]


def test_equals_stay_as_they_were_ranked_and_rounding_decides_nothing() -> None:
    some = [
        placed("A", 1, winner=True, x=50.0, y=49.99999998),
        placed("B", 2, winner=False, x=50.0, y=50.0),
        placed("C", 3, winner=False, x=50.0, y=50.1),
    ]
    assert [one.standing.id for one in reweighted(some, {"x": 1, "y": 1})] == ["C", "A", "B"]


def test_without_any_weight_there_is_no_order() -> None:
    assert reweighted(ranked(3, 1), {"x": 0, "y": 0}) == []


def test_at_the_weights_of_the_run_the_order_is_that_of_the_run() -> None:
    result = a_run()
    found = reweighted(standings(result), KEYS)
    assert [one.standing.rank for one in found] == [one.place for one in found]


def test_within_a_stability_interval_the_same_win_and_beyond_it_not() -> None:
    result = a_run()
    some = standings(result)
    for key, (low, high) in result["weights"]["stability"].items():
        for share, holds in ((low + 1e-6, True), (high - 1e-6, True), (high + 1e-3, False)):
            if share < 1:
                found = reweighted(some, weights_with(key, share))
                assert all(one.wins == one.standing.winner for one in found) == holds, (key, share)


def test_without_a_criterion_the_trial_says_what_the_run_says() -> None:
    result = a_run()
    some = standings(result)
    for key, winners in result["weights"]["winners_without"].items():
        found = reweighted(some, KEYS | {key: 0})
        assert [one.standing.id for one in found if one.wins] == winners


def test_similar_weights_name_the_least_certain_winner() -> None:
    some = ranked(4, 2)
    smaa = {one: {"p_winner": share} for one, share in zip(NAMES, (1, 0.6, 0.4, 0), strict=False)}
    found = hanging.similar({"weights": {"smaa": smaa}}, some)
    assert found.certain == 1
    assert found.unsure == [(some[1], 0.6), (some[2], 0.4)]
    assert found.weakest == (some[1], 0.6)


def test_where_chance_decides_nobody_is_called_certain() -> None:
    rows = ranked(4, 2)
    shares = {one.id: {"p_winner": 0.005} for one in rows}
    found = hanging.similar({"weights": {"smaa": shares}}, rows)
    assert found.certain == 0
    assert found.weakest is not None


def test_a_change_says_who_comes_and_who_goes() -> None:
    some = ranked(4, 2)
    assert change(some, ["D", "B"]) == Change([some[3]], [some[0]])
    assert change(some, ["D", "B"])
    assert not change(some, ["B", "A"])


def test_a_limit_passes_over_and_says_why() -> None:
    some = ranked(5, 2)
    found = capped(some, {"A": "BY", "B": "BY", "C": "", "D": "", "E": "BY"}, 1)
    assert found.winners == [some[0], some[2]]
    assert [(one.standing.id, one.group, one.by) for one in found.passed_over] == [
        ("B", "BY", [some[0]])
    ]
    assert found.missing == 0


def test_a_limit_may_leave_places_empty() -> None:
    found = capped(ranked(3, 2), dict.fromkeys("ABC", "BY"), 1)
    assert (len(found.winners), len(found.passed_over), found.missing) == (1, 2, 1)


@given(st.lists(st.sampled_from(["", "BY", "NW"]), min_size=1, max_size=5), st.data())
def test_a_limit_is_the_cap_of_the_command(groups: list[str], data: st.DataObject) -> None:
    winners = data.draw(st.integers(1, len(groups)))
    most = data.draw(st.integers(1, 3))
    some = ranked(len(groups), winners)
    found = capped(some, dict(zip(NAMES, groups, strict=False)), most)
    cap = caps.Cap("state", [group or None for group in groups], most)
    order = np.arange(len(groups))
    right = caps.capped(-order.astype(float), order, winners, [cap])
    assert [one.rank - 1 for one in found.winners] == right.winners
    assert [
        (one.standing.rank - 1, one.group, [by.rank - 1 for by in one.by])
        for one in found.passed_over
    ] == [(one.nomination, one.full[0].group, one.full[0].by) for one in right.passed_over]
    assert found.missing == right.missing


def test_what_differs_between_two_inputs() -> None:
    before = {"criteria": [{"key": "x", "weight": 60}, {"key": "y", "weight": 40}]}
    after = {"criteria": [{"key": "x", "weight": 50}, {"key": "z", "weight": 50}]}
    assert [(one.name, one.before, one.after) for one in difference.weights(before, after)] == [
        ("x", 60, 50),
        ("y", 40, None),
        ("z", None, 50),
    ]
    assert difference.weights(before, before) == []
    told = difference.rules({"winners": 5, "seed": 1}, {"winners": 6, "seed": 2})
    assert [(one.name, one.before, one.after) for one in told] == [("winners", 5, 6)]


def test_sheets_that_came_went_and_changed_among_those_shown() -> None:
    def sheets(**points: int) -> dict[str, Any]:
        return {
            "sheets": [
                {"id": at, "nomination": at[0], "low": 1, "high": 5, "points": {"x": given}}
                for at, given in points.items()
            ]
        }

    before, after = sheets(a1=1, a2=2, b1=3), sheets(a2=4, a3=3, a4=1, b1=5)
    found = difference.sheets(before, after, {"a": 1})
    assert (found.more, found.fewer, found.changed) == (2, 1, 1)
    assert not difference.sheets(before, before, {"a": 1, "b": 1})


def test_places_side_by_side() -> None:
    before, after = ranked(3, 1), [one for one in ranked(4, 2) if one.id != "A"]
    found = difference.pairs(before, after)
    assert [(one.id, one.best, one.up, one.is_other) for one in found] == [
        ("A", 1, 0, True),
        ("B", 2, 0, True),
        ("C", 3, 0, False),
        ("D", 4, 0, False),
    ]


def a_run() -> dict[str, Any]:
    """Six nominations by three jurors whose opinions of the criteria differ."""
    table = {
        (f"N{at}", f"J{by}"): {"A": 5 - at // 2, "B": 1 + (2 * at + by) % 5, "C": 1 + at % 4}
        for at in range(6)
        for by in range(3)
    }
    return compute(frozen(table), rules(winners=2))


def weights_with(key: str, share: float) -> dict[str, float]:
    """One weight has this share, the others keep their proportions."""
    rest = sum(weight for name, weight in KEYS.items() if name != key)
    others = {name: weight * (1 - share) / rest for name, weight in KEYS.items()}
    return others | {key: share}
