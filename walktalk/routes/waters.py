"""What water a way goes round, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.parks import Area
    from walktalk.routes.model import Route

_LEAST_M2 = 300.0
"""Smaller water is not what somebody would say they walk round."""

_INSIDE_SHARE = 0.9
"""Share of its shore that lies inside the way: the path may cut a corner over a bridge."""

_MOST_NAMED = 2


def waters_inside(area: Area, route: Route, from_m: float, to_m: float) -> list[str]:
    """Return what water a part of a walk goes round, the largest first, two at most.

    The part ends where it begins. Water without a name is "the water", and only where none with a
    name lies inside. All pieces of one name have to lie inside: a brook is not gone round because
    a piece of it is.

    Args:
        area: the land.
        route: the walk.
        from_m, to_m: metres walked where the part begins and ends.
    """
    flat, line = route.flat_m(area.network), route.line
    between = (line.at_m > from_m) & (line.at_m < to_m)
    first, last = line.values_at((from_m, to_m), flat)
    way = np.vstack((first, flat[between], last))
    waters, middles = area.prepared(_waters)
    amid = ((way.min(axis=0) <= middles) & (middles <= way.max(axis=0))).all(axis=1)
    inside = [
        name
        for name, shore in (waters[number] for number in np.flatnonzero(amid).tolist())
        if _winds_round(way, shore).mean() >= _INSIDE_SHARE
    ]
    named = [name for name in inside if name][:_MOST_NAMED]
    return named or (["the water"] if inside else [])


def _waters(area: Area) -> tuple[list[tuple[str, NDArray[np.float64]]], NDArray[np.float64]]:
    """Return the waters' names and the points of their shores, the largest first, and middles."""
    shores: dict[tuple[str, int], list[NDArray[np.float64]]] = {}
    for number, shape in enumerate(area.background):
        if shape.kind == "water" and shape.rings:
            key = (shape.name, 0 if shape.name else number)
            shores.setdefault(key, []).append(area.network.metres(shape.rings[0]))
    sized = [
        (sum(_surface_m2(shore) for shore in of_one), name, np.vstack(of_one))
        for (name, _), of_one in shores.items()
    ]
    large = [each for each in sized if each[0] >= _LEAST_M2]
    large.sort(key=lambda each: -each[0])
    middles = [(shore.min(axis=0) + shore.max(axis=0)) / 2 for _, _, shore in large]
    return [(name, shore) for _, name, shore in large], np.array(middles).reshape(-1, 2)


def _surface_m2(ring: NDArray[np.float64]) -> float:
    east, north = ring.T
    return abs(float(np.sum(east * np.roll(north, -1) - np.roll(east, -1) * north))) / 2


def _winds_round(way: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return whether a closed way goes round each point: its winding number is not 0."""
    here, there = way, np.roll(way, -1, axis=0)
    side = (there[:, 0] - here[:, 0]) * (points[:, None, 1] - here[:, 1])
    side -= (points[:, None, 0] - here[:, 0]) * (there[:, 1] - here[:, 1])
    begins_below = here[:, 1] <= points[:, None, 1]
    ends_below = there[:, 1] <= points[:, None, 1]
    up = begins_below & ~ends_below & (side > 0)
    down = ~begins_below & ends_below & (side < 0)
    return np.asarray(up.sum(axis=1) != down.sum(axis=1))
