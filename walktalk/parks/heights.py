"""Heights and gradients from height models: how high and steep each path is, and how surely."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString

from walktalk.parks.gradients import gradient_of, step_m
from walktalk.parks.line_heights import rounded_height
from walktalk.parks.merge_paths import HEIGHT_SOURCES
from walktalk.parks.model import Area, FactValue, Path, Source
from walktalk.parks.plane import Plane
from walktalk.parks.schema import HIGHEST_M, LOWEST_M

Heights = NDArray[np.float64]

AROUND_BRIDGES_M = 15.0
"""So far around a bridge or a tunnel a model of the ground says nothing of the way: it is cut away
or built up there."""

_NO_CHANGE_M = 0.01
_NOT_ON_THE_GROUND = ("bridge", "tunnel", "layer")


class HeightSource(Protocol):
    """Anything that knows heights.

    Attributes:
        source: who says so, and when.
        error_m: vertical error between two nearby heights, metres, as the source states it.
        spacing_m: how far apart its heights are.
        left_out: how many of the heights that were looked at cannot be right.
    """

    source: Source
    error_m: float
    spacing_m: float

    @property
    def left_out(self) -> int:
        """How many heights cannot be right, so far."""

    def at(self, positions: NDArray[np.float64]) -> Heights:
        """Return heights in metres for positions (n, 2) in degrees; NaN where unknown."""


@dataclass
class HeightsSummary:
    """How many paths got heights, kept what was recorded, or lie outside the models.

    ``left_out`` counts the heights in the sources that cannot be right.
    """

    filled: int = 0
    kept: int = 0
    unknown: int = 0
    left_out: int = 0

    def in_words(self) -> str:
        """Return how many paths are of each kind, as a sentence."""
        return (
            f"{self.filled} paths with gradients from heights, {self.kept} keep what was "
            f"recorded, {self.unknown} stay unknown."
        )


def with_heights(area: Area, sources: Sequence[HeightSource]) -> tuple[Area, HeightsSummary]:
    """Return the area with heights, gradients, climbs and descents along its paths.

    A gradient that somebody recorded stays, and so do heights that somebody recorded. Bridges,
    tunnels, other layers and the ground ``AROUND_BRIDGES_M`` around them stay unknown: a height
    model shows the ground, not the way over or under it (see ``gradient_of`` for slopes). Where one
    source has no height the next is asked; the largest of their errors counts. Each point of a
    path's line gets the height that the sources give there, as they give it to the gradients, or
    none; a path of which any height is missing has no gradient, and keeps the heights there are.

    Args:
        area: as it is.
        sources: the best first.
    """
    summary = HeightsSummary()
    ground = _Ground(area, sources)
    paths: dict[str, Path] = {}
    for path in area.paths.values():
        if _is_off_the_ground(path):
            summary.unknown += 1
            paths[path.id] = path
            continue
        paths[path.id] = _with_heights_of_its_points(_measured(path, ground, summary), ground)
    used = {source.source.id: source.source for source in sources}
    summary.left_out = sum(source.left_out for source in sources)
    return replace(area, paths=paths, sources={**area.sources, **used}), summary


class _Ground:
    """The heights of the ground of an area, none around what is not on it."""

    def __init__(self, area: Area, sources: Sequence[HeightSource]) -> None:
        self.area = area
        self._sources = sources
        off = [path.line.positions for path in area.paths.values() if _is_off_the_ground(path)]
        self._plane = Plane.around(off[0]) if off else None
        lines = self._plane.flat(LineString(line) for line in off) if self._plane else []
        self._off = shapely.union_all(lines)

    def asked(self, positions: NDArray[np.float64]) -> tuple[Heights, list[HeightSource]]:
        """Return heights, NaN where no source has one, and the sources that gave any."""
        heights, used = _asked(positions, self._sources)
        if self._plane is not None:
            points = shapely.points(self._plane.to_metres(positions))
            heights[shapely.dwithin(points, self._off, AROUND_BRIDGES_M)] = np.nan
        return heights, used


def _is_off_the_ground(path: Path) -> bool:
    return any(path.facts.get(fact, "no") not in ("no", "0") for fact in _NOT_ON_THE_GROUND)


def _measured(path: Path, ground: _Ground, summary: HeightsSummary) -> Path:
    _, used = ground.asked(np.array(path.line.positions))
    spacing_m = max((source.spacing_m for source in used), default=0.0)
    heights, used = ground.asked(
        np.array(path.line.points_at(path.line.evenly_m(step_m(spacing_m))))
    )
    if not used or np.isnan(heights).any():
        summary.unknown += 1
        return _without_gradient(path) if used else path
    error_m = max(source.error_m for source in used)
    climb, descent = _ups_and_downs(heights, error_m)
    facts: dict[str, FactValue] = {"climb_m": round(climb, 1), "descent_m": round(descent, 1)}
    if _is_recorded(path) or path.facts.get("highway") == "steps":
        summary.kept += 1
    else:
        summary.filled += 1
        facts |= _gradient(path, ground, spacing_m, error_m)
    left = _without_gradient(path)
    return replace(
        left,
        facts={**left.facts, **facts},
        sources={**left.sources, **dict.fromkeys(facts, used[0].source)},
    )


def _gradient(
    path: Path, ground: _Ground, spacing_m: float, error_m: float
) -> dict[str, FactValue]:
    found = gradient_of(ground.area, path, lambda at: ground.asked(at)[0], spacing_m, error_m)
    if found is None:
        return {}
    least = {"gradient_least_pct": found.least_pct} if found.least_pct < found.steepest_pct else {}
    return {
        "gradient_pct": found.steepest_pct,
        "gradient_error_pct": found.error_pct,
        "gradient_window_m": found.window_m,
        "height_error_m": error_m,
        **least,
    }


def _without_gradient(path: Path) -> Path:
    """Return a path without what was taken from heights before, but the heights themselves."""
    old = {name for name in path.facts if _from_heights(path, name)}
    return replace(
        path,
        facts={name: value for name, value in path.facts.items() if name not in old},
        sources={name: source for name, source in path.sources.items() if name not in old},
    )


def _asked(
    positions: NDArray[np.float64], sources: Sequence[HeightSource]
) -> tuple[Heights, list[HeightSource]]:
    """Return heights, NaN where no source has one, and the sources that gave any."""
    heights = np.full(len(positions), np.nan)
    used: list[HeightSource] = []
    for source in sources:
        missing = np.isnan(heights)
        if not missing.any():
            break
        found = source.at(positions[missing])
        if not np.isnan(found).all():
            heights[missing] = found
            used.append(source)
    return heights, used


def _with_heights_of_its_points(path: Path, ground: _Ground) -> Path:
    """Return a path with a height for each point of its line, and their stated error."""
    if path.heights_m is not None and not _from_heights(path, "heights_m"):
        return path
    heights, used = ground.asked(np.array(path.coordinates))
    within = (heights >= LOWEST_M) & (heights <= HIGHEST_M)
    if not within.any():
        return path
    error_m = max(source.error_m for source in used)
    known = zip(heights.tolist(), within.tolist(), strict=True)
    return replace(
        path,
        facts={"height_error_m": error_m} | dict(path.facts),
        sources={"height_error_m": used[0].source, **path.sources, "heights_m": used[0].source},
        heights_m=tuple(rounded_height(height) if sure else None for height, sure in known),
    )


def _ups_and_downs(heights: Heights, error_m: float) -> tuple[float, float]:
    """Add up ups and downs in metres; a change smaller than the error is not counted as one."""
    climb = descent = 0.0
    turn = heights[0]
    for height in heights:
        change = float(height - turn)
        if abs(change) >= max(error_m, _NO_CHANGE_M):
            climb += max(change, 0.0)
            descent += max(-change, 0.0)
            turn = height
    return climb, descent


def _is_recorded(path: Path) -> bool:
    return "gradient_pct" in path.facts and not _from_heights(path, "gradient_pct")


def _from_heights(path: Path, fact: str) -> bool:
    return fact in path.sources and path.sources[fact].id.startswith(HEIGHT_SOURCES)
