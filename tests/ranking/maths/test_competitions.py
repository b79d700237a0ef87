"""The recipe of the accuracy goals is followed: who scores what, and what they write."""

import numpy as np
import pytest

from tests.bench.competitions import JURORS, NOMINATIONS, Competition, Setting


def competition(setting: Setting, seed: int = 5) -> Competition:
    return Competition(setting, np.random.Generator(np.random.PCG64(seed)))


def test_every_nomination_has_its_jurors_and_every_juror_as_many_sheets() -> None:
    seats = competition(Setting()).seats()
    assert (seats.sum(axis=1) == 5).all()
    assert (seats.sum(axis=0) == 120).all()


def test_a_second_round_goes_to_others_than_the_first() -> None:
    drawn = competition(Setting())
    first = drawn.seats(3)
    second = drawn.seats(20, to=np.arange(60), taken=first)
    assert not (first & second).any()
    assert (second[:60].sum(axis=1) == 20).all()
    assert second[60:].sum() == 0


def test_a_tenth_of_the_sheets_comes_from_other_tracks() -> None:
    drawn = competition(Setting(tracks=5, apart=1.0, across=0.1))
    seats = drawn.seats()
    away = seats & (drawn.track[:, None] != np.arange(JURORS) % 5)
    assert (seats.sum(axis=1) == 5).all()
    assert away.sum() == pytest.approx(0.1 * 5 * NOMINATIONS, rel=0.2)


def test_scores_have_the_spread_that_the_recipe_gives_them() -> None:
    drawn = competition(Setting(severity=0.0))
    table = drawn.sheets(np.ones((NOMINATIONS, JURORS), dtype=bool))
    assert table.value.min() >= 0
    assert table.value.max() <= 10
    means = table.nomination_means(table.value)
    assert np.corrcoef(means, drawn.quality)[0, 1] > 0.97
    errors = (table.value - means[table.nomination]).std(ddof=1)
    assert errors == pytest.approx(np.sqrt(1 + 0.9**2 / 6), rel=0.06)


def test_the_best_are_those_of_the_highest_quality() -> None:
    drawn = competition(Setting())
    assert drawn.quality[drawn.best].min() == np.sort(drawn.quality)[-5]
