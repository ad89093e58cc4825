"""The ups and downs of each path by the model of heights every 50 m."""

from collections.abc import Iterable
from dataclasses import replace

from walktalk.parks import Area, Height, Path
from walktalk.parks.heights import HeightSource, with_heights

NO_CHANGE_M = 1.0
"""A smaller change along one path is not counted. The model states an error of 4 m for a height;
along a path of a few dozen metres two heights come from the same cells and share most of it, and
a walk is many such paths: to leave out all that is below 4 m would make every hill flat."""


def with_climbs(area: Area, heights: HeightSource) -> Area:
    """Return the area with heights, slopes and climbs, each with the model's stated error."""
    measured, _ = with_heights(area, [heights])
    return replace(measured, paths={path.id: _with_climb(path) for path in measured.paths.values()})


def _with_climb(path: Path) -> Path:
    if path.heights_m is None or "climb_m" not in path.facts:
        return path
    climb, descent = ups_and_downs(path.heights_m)
    facts = {**path.facts, "climb_m": round(climb, 1), "descent_m": round(descent, 1)}
    return replace(path, facts=facts)


def ups_and_downs(heights: Iterable[Height]) -> tuple[float, float]:
    """Return the metres up and down along heights, in the order of the line."""
    known = [height for height in heights if height is not None]
    climb = descent = 0.0
    turn = known[0] if known else 0.0
    for height in known:
        change = height - turn
        if abs(change) >= NO_CHANGE_M:
            climb += max(change, 0.0)
            descent += max(-change, 0.0)
            turn = height
    return climb, descent
