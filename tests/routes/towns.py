"""Made-up networks for the planner's tests."""

import math
from collections.abc import Iterable, Mapping

import numpy as np
from scipy.spatial import Delaunay

from walktalk.parks import Area, LonLat, Path
from walktalk.parks.model import FactValue

ORIGIN = (-2.08, 51.9)
_METRES_PER_DEGREE = 111_200.0


def at(east_m: float, north_m: float) -> LonLat:
    """Return the position so many metres from the origin, good to a metre or so."""
    lon, lat = ORIGIN
    shrink = math.cos(math.radians(lat))
    return (lon + east_m / (_METRES_PER_DEGREE * shrink), lat + north_m / _METRES_PER_DEGREE)


def area_of(
    lines: Mapping[str, Iterable[tuple[float, float]]],
    facts: Mapping[str, Mapping[str, FactValue]] | None = None,
) -> Area:
    """Return an area from lines of (east, north) metres, with facts by path id."""
    known = facts or {}
    paths = {
        key: Path(key, tuple(at(east, north) for east, north in line), known.get(key, {}))
        for key, line in lines.items()
    }
    return Area("made-up", "Made Up", paths)


def town(edges: int, seed: int, *, spacing_m: float = 80.0, steps_share: float = 0.03) -> Area:
    """Return a random planar network of about so many paths."""
    rng = np.random.default_rng(seed)
    nodes = max(4, int(edges / 2))
    points = rng.random((nodes, 2)) * spacing_m * math.sqrt(nodes)
    corners = Delaunay(points).simplices
    pairs = np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]])
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    pairs = pairs[rng.random(len(pairs)) < edges / len(pairs)]
    lines = {f"p{i}": [tuple(points[a]), tuple(points[b])] for i, (a, b) in enumerate(pairs)}
    highways = ("footway", "path", "residential", "cycleway", "steps")
    shares = (0.45, 0.25, 0.2, 0.1 - steps_share, steps_share)
    facts = {
        key: {"highway": str(rng.choice(highways, p=shares)), "surface": "asphalt"} for key in lines
    }
    return area_of(lines, facts)
