"""The map of Germany as SVG paths; pure. Boundaries: © GeoBasis-DE / BKG 2017 (changed).

Topologies are TopoJSON: arcs of delta-encoded, quantised points, shared by neighbouring areas.
Projection: equirectangular with the scale of the middle latitude, good enough at this size.
"""

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

_WEST, _EAST, _SOUTH, _NORTH = 5.7, 15.2, 47.1, 55.2
WIDTH = 400.0
_STRETCH = math.cos(math.radians((_SOUTH + _NORTH) / 2))
_SCALE = WIDTH / ((_EAST - _WEST) * _STRETCH)
HEIGHT = round((_NORTH - _SOUTH) * _SCALE, 1)

Point = tuple[float, float]


class Area(msgspec.Struct, frozen=True):
    """A state or district: its key, its name and its outline as SVG path data."""

    key: str
    name: str
    path: str


class Pin(msgspec.Struct, frozen=True):
    """A numbered place on the map."""

    number: int
    name: str
    x: float
    y: float


def project(longitude: float, latitude: float) -> Point:
    """Degrees (WGS 84) to units of the drawing, x to the right and y downwards."""
    return (longitude - _WEST) * _STRETCH * _SCALE, (_NORTH - latitude) * _SCALE


def areas(topology: dict[str, Any], keys: Iterable[str] | None = None) -> list[Area]:
    """The areas of a topology's only object, all or those with these keys (`ags`)."""
    (collection,) = topology["objects"].values()
    arcs = _arcs(topology)
    wanted = None if keys is None else set(keys)
    return [
        Area(shape["properties"]["ags"], shape["properties"]["name"], _path(shape, arcs))
        for shape in collection["geometries"]
        if wanted is None or shape["properties"]["ags"] in wanted
    ]


def _arcs(topology: dict[str, Any]) -> list[list[Point]]:
    transform = topology.get("transform")
    return [_arc(arc, transform) for arc in topology["arcs"]]


def _arc(arc: Sequence[Sequence[float]], transform: dict[str, Any] | None) -> list[Point]:
    if transform is None:
        return [project(point[0], point[1]) for point in arc]
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    points, x, y = [], 0.0, 0.0
    for step in arc:
        x, y = x + step[0], y + step[1]
        points.append(project(x * scale_x + left, y * scale_y + bottom))
    return points


def _path(shape: dict[str, Any], arcs: list[list[Point]]) -> str:
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return "".join(_ring(ring, arcs) for polygon in polygons for ring in polygon)


def _ring(indices: list[int], arcs: list[list[Point]]) -> str:
    points: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc if not points else arc[1:]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def pins(places: Iterable[tuple[int, str, float, float]], apart: float = 26) -> list[Pin]:
    """Numbered pins for (number, name, longitude, latitude); one whose spot is taken moves aside.

    No two are nearer than `apart` units of the drawing.
    """
    placed: list[Pin] = []
    for number, name, longitude, latitude in places:
        spots = _around(project(longitude, latitude), apart)
        x, y = next(spot for spot in spots if _is_free(spot, placed, apart))
        placed.append(Pin(number, name, x, y))
    return placed


def _around(spot: Point, apart: float) -> Iterator[Point]:
    """The spot itself, then rings of ever more spots around it, the nearest first."""
    x, y = spot
    yield round(x, 1), round(y, 1)
    for ring in itertools.count(1):
        for step in range(8 * ring):
            angle = math.tau * step / (8 * ring)
            reach = apart / 2 * ring
            yield round(x + reach * math.cos(angle), 1), round(y + reach * math.sin(angle), 1)


def _is_free(spot: Point, placed: list[Pin], apart: float) -> bool:
    # A tenth of a unit is lost by rounding.
    return all(math.dist(spot, (one.x, one.y)) > apart - 0.2 for one in placed)
