"""Equal Shares: by hand, by the paper's own condition, and by what must not matter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.ranking.maths.shares import Shares, equal_shares
from award.ranking.maths.table import Floats


def scored(*rows: list[float | None]) -> Floats:
    return np.array(rows, dtype=float)


def winners(found: Shares) -> list[int]:
    return [one.nomination for one in found.chosen]


def prices(found: Shares) -> list[float | None]:
    return [one.price for one in found.chosen]


def test_a_third_of_the_jury_decides_on_a_third_of_the_places() -> None:
    # Four jurors want A, B, C, two want D, E; each has half a place. The sums would give A, B, C.
    many, few = [9, 8, 7, 0, 0], [0, 0, 0, 5, 4]
    found = equal_shares(scored(many, many, many, many, few, few), 3)
    assert winners(found) == [0, 1, 3]
    assert prices(found) == pytest.approx([1 / 36, 1 / 32, 1 / 10])
    assert found.chosen[0].paid == pytest.approx([0.25, 0.25, 0.25, 0.25, 0, 0])
    assert found.chosen[2].paid == pytest.approx([0, 0, 0, 0, 0.5, 0.5])
    assert found.budget == 0.5


def test_who_likes_a_nomination_more_pays_more_up_to_the_budget() -> None:
    # Each has 2/3. At 1/10 a point the first would pay 8/10, but has only 2/3; two share 1/3.
    found = equal_shares(scored([8, 0], [1, 1], [1, 1]), 2)
    assert winners(found) == [0, 1]
    assert found.chosen[0].paid == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert prices(found) == pytest.approx([1 / 6, 1 / 2])


def test_money_left_over_raises_all_budgets() -> None:
    # With 2/3 each only the first can be paid for, with 1 each one more.
    found = equal_shares(scored([5, 0, 0], [5, 0, 0], [0, 3, 1]), 2)
    assert winners(found) == [0, 1]
    assert found.budget == 1
    assert prices(found) == pytest.approx([1 / 10, 1 / 3])


def test_budgets_that_would_choose_too_many_leave_the_rest_to_the_means() -> None:
    # With 1/2 and with 3/4 each only the first can be paid for, with 1 each all three.
    found = equal_shares(scored([5, 0, 0], [5, 0, 0], [0, 3, 0], [0, 0, 4]), 2)
    assert winners(found) == [0, 2]
    assert found.budget == 0.75
    assert found.chosen[1].price is None
    assert not found.chosen[1].paid.any()


def test_a_recused_juror_does_not_pay() -> None:
    found = equal_shares(scored([None, 2], [6, 0], [6, 0]), 1)
    assert winners(found) == [0]
    assert found.chosen[0].paid == pytest.approx([0, 1 / 2, 1 / 2])


def test_a_recused_juror_does_not_lower_the_mean() -> None:
    # One place for two that have one juror each: by 2 of one juror, and by 3 and 0 of two.
    assert winners(equal_shares(scored([None, 3], [2, 0]), 1)) == [0]
    assert winners(equal_shares(scored([0, 3], [2, 0]), 1)) == [1]


def test_among_equals_the_first_of_the_lot_is_taken_and_the_others_are_named() -> None:
    found = equal_shares(scored([3, 3, 0], [3, 3, 0]), 1)
    assert winners(found) == [0]
    assert found.chosen[0].alike == [1]


def test_among_equal_prices_the_higher_mean_is_taken() -> None:
    # Six points each, so both cost 1/6 a point; those of the second are by two jurors of two.
    found = equal_shares(scored([2, None], [2, 3], [2, 3]), 2)
    assert winners(found) == [1, 0]
    assert prices(found) == pytest.approx([1 / 6, 1 / 3])
    assert found.chosen[0].alike == []


def test_places_without_support_go_to_the_lot() -> None:
    found = equal_shares(scored([0, 0, 4], [0, 0, 4]), 2)
    assert winners(found) == [2, 0]
    assert found.chosen[1].alike == [1]


def test_more_places_than_nominations_choose_them_all() -> None:
    assert winners(equal_shares(scored([1, 2], [2, 1]), 5)) == [0, 1]


def test_a_jury_of_nobody_leaves_all_to_the_lot() -> None:
    found = equal_shares(np.zeros((0, 3)), 2)
    assert winners(found) == [0, 1]
    assert found.budget == 0


points = st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(
    lambda shape: st.lists(
        st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


@given(points, st.integers(1, 6))
def test_every_place_is_filled_once_and_nobody_pays_more_than_the_budget(
    rows: list[list[float | None]], places: int
) -> None:
    found = equal_shares(scored(*rows), places)
    assert len(set(winners(found))) == len(found.chosen) == min(places, len(rows[0]))
    paid = np.sum([one.paid for one in found.chosen], axis=0)
    assert (paid <= found.budget + 1e-9).all()
    for one in found.chosen:
        supports = np.nan_to_num(scored(*rows)[:, one.nomination]) > 0
        assert not one.paid[~supports].any()
        assert one.paid.sum() == pytest.approx(0 if one.price is None else 1)


@given(st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=1, max_size=8))
def test_a_camp_is_represented_by_its_size(yes: list[list[bool]]) -> None:
    # The paper's condition for plain yes and no (extended justified representation), for every
    # camp that is given by what it agrees on.
    votes, places = np.array(yes), 3
    chosen = winners(equal_shares(votes.astype(float), places))
    for common in range(1, 2 ** votes.shape[1]):
        agreed = [at for at in range(votes.shape[1]) if common >> at & 1]
        camp = votes[:, agreed].all(axis=1)
        due = min(len(agreed), int(camp.sum() * places // len(votes)))
        if due:
            assert votes[camp][:, chosen].sum(axis=1).max() >= due


@given(points, st.integers(1, 4))
def test_the_order_of_the_jurors_and_the_scale_mean_nothing(
    rows: list[list[float | None]], places: int
) -> None:
    found = winners(equal_shares(scored(*rows), places))
    assert winners(equal_shares(scored(*rows)[::-1], places)) == found
    assert winners(equal_shares(4 * scored(*rows), places)) == found
