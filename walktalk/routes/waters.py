"""What water a way goes round, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from walktalk.parks import Area, LonLat

_LEAST_M2 = 300.0
"""Smaller water is not what somebody would say they walk round."""

_INSIDE_SHARE = 0.9
"""Share of its shore that lies inside the way: the path may cut a corner over a bridge."""

_MOST_NAMED = 2


def waters_inside(area: Area, line: Sequence[LonLat]) -> list[str]:
    """Return what water a closed line goes round, the largest first, two at most.

    Water without a name is "the water", and only where none with a name lies inside. All pieces
    of one name have to lie inside: a brook is not gone round because a piece of it is.
    """
    way = area.network.metres(line)
    low, high = way.min(axis=0), way.max(axis=0)
    inside = [
        name
        for name, shore, middle in area.prepared(_waters)
        if (low <= middle).all()
        and (middle <= high).all()
        and _winds_round(way, shore).mean() >= _INSIDE_SHARE
    ]
    named = [name for name in inside if name][:_MOST_NAMED]
    return named or (["the water"] if inside else [])


def _waters(area: Area) -> list[tuple[str, NDArray[np.float64], NDArray[np.float64]]]:
    """Return the waters by name, the points of their shores and their middles, largest first."""
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
    return [(name, shore, (shore.min(axis=0) + shore.max(axis=0)) / 2) for _, name, shore in large]


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
