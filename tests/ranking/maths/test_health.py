"""Whether jurors can be compared, by designs whose eigenvalues are known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.ranking.maths.health import health
from award.ranking.maths.table import Table
from tests.ranking.maths.tables import table


def assigned(*sheets: str) -> Table:
    return Table.of((one.split()[0], one.split()[1], 0.0) for one in sheets)


def test_all_on_all_is_ideal() -> None:
    found = health(Table.of((f"N{n}", f"J{j}", 0.0) for n in range(5) for j in range(3)))
    assert found.efficiency == pytest.approx(1)
    assert (found.groups, found.links, found.fewest, found.most, found.spread) == (1, 0, 5, 5, 0)


def test_a_balanced_incomplete_design_is_ideal() -> None:
    assert health(table("montgomery_bibd.csv", "t", "b", "y")).efficiency == pytest.approx(1)


def test_a_chain_by_hand() -> None:
    # A is half the Laplace matrix of a path of three: 1/2 and 3/2, their ideal 1.
    found = health(assigned("N1 J1", "N1 J2", "N2 J2", "N2 J3"))
    assert found.efficiency == pytest.approx(2 / (1 / 0.5 + 1 / 1.5))
    assert (found.fewest, found.most) == (1, 2)
    assert found.spread == pytest.approx((2 / 9) ** 0.5)


def test_groups_are_counted_and_their_efficiency_is_within() -> None:
    found = health(assigned("N1 J1", "N1 J2", "N2 J3", "N2 J4", "N3 J5"))
    assert (found.groups, found.links) == (3, 2)
    assert len(set(found.group[[0, 2, 4]])) == 3
    assert found.group[0] == found.group[1]
    assert found.efficiency == pytest.approx(1)


def test_where_nobody_shares_a_nomination_nothing_is_compared() -> None:
    assert health(assigned("N1 J1", "N2 J2")).efficiency is None
    assert health(assigned("N1 J1", "N2 J1")).efficiency is None


def test_no_sheet_at_all() -> None:
    found = health(assigned())
    assert (found.groups, found.links, found.fewest, found.most) == (0, 0, 0, 0)
    assert found.efficiency is None


edges = st.sets(st.tuples(st.integers(0, 7), st.integers(0, 5)), min_size=1)


@given(edges)
def test_that_many_links_make_one_group(sheets: set[tuple[int, int]]) -> None:
    given = Table.of((f"N{n}", f"J{j}", 0.0) for n, j in sheets)
    found = health(given)
    first = {int(group): place for place, group in reversed(list(enumerate(found.group)))}
    home = given.nominations[given.nomination[given.juror == 0][0]]
    bridges = [(home, given.jurors[at], 0.0) for at in first.values() if at != 0]
    assert len(bridges) == found.links
    linked = [(f"N{n}", f"J{j}", 0.0) for n, j in sheets] + bridges
    assert health(Table.of(linked)).groups == 1
    assert found.efficiency is None or 0 < found.efficiency <= 1 + 1e-9
