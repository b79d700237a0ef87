"""Krippendorff's alpha against his own example and against its definition."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.ranking.maths.alpha import Level, alpha
from award.ranking.maths.table import Table
from tests.ranking.maths.tables import expected

LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio")


def published() -> Table:
    rows = expected("krippendorff_C.json")["units_x_observers"]
    return Table.of(
        (f"U{unit:02}", f"O{observer}", float(value))
        for unit, row in enumerate(rows)
        for observer, value in enumerate(row)
        if value is not None
    )


def by_definition(table: Table, level: Level) -> float | None:
    """Pair by pair, with the differences as Krippendorff writes them."""
    counts = dict(zip(table.nominations, table.per_nomination, strict=True))
    units: dict[str, list[float]] = {}
    for at, value in zip(table.nomination, table.value, strict=True):
        if counts[table.nominations[at]] > 1:
            units.setdefault(table.nominations[at], []).append(float(value))
    every = [value for unit in units.values() for value in unit]

    def delta(one: float, other: float) -> float:
        if level == "nominal":
            return float(one != other)
        if level == "interval":
            return (one - other) ** 2
        if level == "ratio":
            return ((one - other) / (one + other)) ** 2 if one + other else 0.0
        low, high = min(one, other), max(one, other)
        between = sum(1 for value in every if low <= value <= high)
        return (between - (every.count(one) + every.count(other)) / 2) ** 2 if low < high else 0.0

    by_chance = sum(delta(a, b) for a, b in permutations(every, 2))
    observed = sum(
        sum(delta(a, b) for a, b in permutations(unit, 2)) / (len(unit) - 1)
        for unit in units.values()
    )
    return 1 - (len(every) - 1) * observed / by_chance if by_chance else None


@pytest.mark.parametrize("level", LEVELS)
def test_the_published_example(level: Level) -> None:
    right = expected("krippendorff_C.json")["alpha"][level]
    assert alpha(published(), level) == pytest.approx(right, abs=1e-9)


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 4)),
        unique_by=lambda one: one[:2],
    ),
    st.sampled_from(LEVELS),
)
def test_it_is_what_its_definition_says(rows: list[tuple[int, int, int]], level: Level) -> None:
    table = Table.of((f"U{unit}", f"O{observer}", float(value)) for unit, observer, value in rows)
    right = by_definition(table, level)
    found = alpha(table, level)
    assert found == (None if right is None else pytest.approx(right, abs=1e-9))


@pytest.mark.parametrize("level", LEVELS)
def test_no_two_sheets_on_one_nomination_are_no_agreement_to_see(level: Level) -> None:
    assert alpha(Table.of([("U1", "O1", 1.0), ("U2", "O2", 2.0)]), level) is None


@pytest.mark.parametrize("level", LEVELS)
def test_all_the_same_is_no_agreement_to_see(level: Level) -> None:
    nearly = 0.1 + 0.2  # 0.3 with a rounding
    sheets = [("U1", "O1", 0.3), ("U1", "O2", nearly), ("U2", "O1", nearly), ("U2", "O2", 0.3)]
    assert alpha(Table.of(sheets), level) is None


@pytest.mark.parametrize("level", LEVELS)
def test_full_agreement_is_one(level: Level) -> None:
    sheets = [(f"U{unit}", f"O{of}", unit + 0.5) for unit in range(3) for of in range(2)]
    assert alpha(Table.of(sheets), level) == pytest.approx(1)


def test_a_ratio_has_no_negative_values() -> None:
    with pytest.raises(ValueError, match="negative"):
        alpha(Table.of([("U1", "O1", -1.0), ("U1", "O2", 2.0)]), "ratio")


def test_far_from_zero_the_small_differences_still_count() -> None:
    near = alpha(published(), "interval")
    far = alpha(published().with_values(1e6 + published().value), "interval")
    assert far == pytest.approx(near, abs=1e-6)


def test_many_different_values_of_a_ratio_are_compared_in_blocks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = alpha(published(), "ratio")
    monkeypatch.setattr("award.ranking.maths.alpha._BLOCK", 7)
    assert alpha(published(), "ratio") == pytest.approx(whole, abs=1e-12)


def test_unrelated_scores_agree_no_more_than_chance() -> None:
    random = np.random.Generator(np.random.PCG64(1))
    sheets = [
        (f"U{unit:04}", f"O{of}", float(random.integers(1, 6)))
        for unit in range(2000)
        for of in range(5)
    ]
    for level in LEVELS:
        assert alpha(Table.of(sheets), level) == pytest.approx(0, abs=0.03)
