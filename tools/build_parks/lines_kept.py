"""Proves that every shipped path lies on a line of the facts."""

from collections.abc import Iterable
from dataclasses import dataclass

import shapely

from tools.build_parks.facts import Facts
from tools.build_parks.ways import TOWN, flat_lines
from walktalk.parks import Area

MOST_OFF_M = 0.3
"""Metres a path may lie off every line of the facts: the tiles draw to 0.2 m."""

_LOOKED_AT_EVERY_M = 0.5


@dataclass(frozen=True)
class LinesKept:
    """How far the shipped paths lie from the lines of the facts.

    Attributes:
        paths: how many were measured, each once however many areas hold it.
        kilometres: their length together.
        farthest_m: the farthest point of them all, the joins that are marked left out.
        joins: how many paths are marked as joined.
        longest_join_m: the longest of these joins.
        off: a line for each path farther off than ``MOST_OFF_M``: its area, its id and by how much.
    """

    paths: int
    kilometres: float
    farthest_m: float
    joins: int
    longest_join_m: float
    off: tuple[str, ...]


def lines_kept(areas: Iterable[Area], facts: Facts) -> LinesKept:
    """Measure every path of some areas against the lines of the facts, of 2023 and of 2026.

    A path whose end was joined may lie as far off as it says, ``joined_m``.
    """
    ways = [*facts.paths, *(way for found in facts.ways_2026.values() for way in found)]
    lines = shapely.STRtree(flat_lines(ways))
    paths = {path.coordinates: (area, path) for area in areas for path in area.paths.values()}
    found: list[tuple[float, float, float]] = []
    off: list[str] = []
    for area, path in paths.values():
        (line,) = TOWN.flat([shapely.LineString(path.coordinates)])
        points = shapely.points(shapely.get_coordinates(line.segmentize(_LOOKED_AT_EVERY_M)))
        _, away = lines.query_nearest(points, all_matches=False, return_distance=True)
        farthest_m, joined_m = float(away.max()), float(path.facts.get("joined_m", 0.0))
        found.append((line.length, farthest_m, joined_m))
        if farthest_m > max(MOST_OFF_M, joined_m):
            off.append(f"{area.id}: path {path.id!r} lies {farthest_m:.2f} m off every line")
    return LinesKept(
        paths=len(found),
        kilometres=sum(metres for metres, _, _ in found) / 1000,
        farthest_m=max((away for _, away, joined in found if not joined), default=0.0),
        joins=sum(joined > 0 for *_, joined in found),
        longest_join_m=max((joined for *_, joined in found), default=0.0),
        off=tuple(off),
    )
