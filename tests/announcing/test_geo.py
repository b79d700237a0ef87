"""The map's geometry."""

import itertools
import math

from hypothesis import given
from hypothesis import strategies as st

from award.announcing.geo import HEIGHT, WIDTH, pins, project

LONGITUDES, LATITUDES = st.floats(6, 15), st.floats(47.3, 55)


@given(LONGITUDES, LATITUDES)
def test_places_in_germany_lie_in_the_drawing(longitude: float, latitude: float) -> None:
    x, y = project(longitude, latitude)
    assert 0 <= x <= WIDTH
    assert 0 <= y <= HEIGHT


@given(st.lists(st.tuples(LONGITUDES, LATITUDES), max_size=12))
def test_no_pin_covers_another(places: list[tuple[float, float]]) -> None:
    placed = pins((number, "", *place) for number, place in enumerate(places, 1))
    assert [pin.number for pin in placed] == list(range(1, len(places) + 1))
    assert all(math.dist((a.x, a.y), (b.x, b.y)) > 25 for a, b in itertools.combinations(placed, 2))


def test_a_pin_alone_stands_where_it_belongs_and_equal_places_are_parted() -> None:
    x, y = project(12.1, 49)
    one, two = pins([(1, "a", 12.1, 49), (2, "b", 12.1, 49)])
    assert (one.x, one.y) == (round(x, 1), round(y, 1))
    assert 25 < math.dist((one.x, one.y), (two.x, two.y)) < 30
