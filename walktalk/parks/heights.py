"""Heights and gradients from height models: how high and steep each path is, and how surely."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from walktalk.parks.line_heights import rounded_height
from walktalk.parks.merge_paths import HEIGHT_SOURCES
from walktalk.parks.model import Area, FactValue, Path, Source
from walktalk.parks.schema import HIGHEST_M, LOWEST_M

Heights = NDArray[np.float64]

SAMPLE_EVERY_M = 10.0
"""Heights are taken this far apart along a path."""

SHORTEST_BASELINE_M = 20.0
"""No gradient is taken over less: a kerb is no hill, and the models are no finer."""

_NO_CHANGE_M = 0.01
_NOT_ON_THE_GROUND = ("bridge", "tunnel")


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


def with_heights(area: Area, sources: Sequence[HeightSource]) -> tuple[Area, HeightsSummary]:
    """Return the area with heights, gradients, climbs and descents along its paths.

    A gradient that somebody recorded stays, and so do heights that somebody recorded. Bridges and
    tunnels stay unknown: a height model shows the ground, not the way over or under it. Where one
    source has no height the next is asked; the largest of their errors counts. Each point of a
    path's line gets the height that the sources give there, as they give it to the gradients, or
    none; a path of which any height is missing has no gradient, and keeps the heights there are.

    Args:
        area: as it is.
        sources: the best first.
    """
    summary = HeightsSummary()
    paths: dict[str, Path] = {}
    for path in area.paths.values():
        if any(path.facts.get(fact, "no") != "no" for fact in _NOT_ON_THE_GROUND):
            summary.unknown += 1
            paths[path.id] = path
            continue
        paths[path.id] = _with_heights_of_its_points(_measured(path, sources, summary), sources)
    used = {source.source.id: source.source for source in sources}
    summary.left_out = sum(source.left_out for source in sources)
    return replace(area, paths=paths, sources={**area.sources, **used}), summary


def _measured(path: Path, sources: Sequence[HeightSource], summary: HeightsSummary) -> Path:
    positions, along = _samples(path)
    heights, used = _asked(positions, sources)
    if not used or np.isnan(heights).any():
        summary.unknown += 1
        return path
    error_m = max(source.error_m for source in used)
    baseline_m = max(SHORTEST_BASELINE_M, *(source.spacing_m for source in used))
    facts = _facts(heights, along, baseline_m, error_m)
    recorded = _is_recorded(path) or path.facts.get("highway") == "steps"
    if recorded:
        facts = {name: facts[name] for name in ("climb_m", "descent_m")}
        summary.kept += 1
    else:
        summary.filled += 1
    stays = {name: value for name, value in path.facts.items() if not _from_heights(path, name)}
    return replace(
        path,
        facts={**stays, **facts},
        sources={**path.sources, **dict.fromkeys(facts, used[0].source)},
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


def _with_heights_of_its_points(path: Path, sources: Sequence[HeightSource]) -> Path:
    """Return a path with a height for each point of its line, and their stated error."""
    if path.heights_m is not None and not _from_heights(path, "heights_m"):
        return path
    heights, used = _asked(np.array(path.coordinates), sources)
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


def _facts(
    heights: Heights, along: Heights, baseline_m: float, error_m: float
) -> dict[str, FactValue]:
    """Return the gradient facts of one path.

    The steepest gradient is taken over a baseline no shorter than the model's spacing; two
    heights each off by the stated error make a gradient off by error * sqrt(2) / baseline.
    """
    length = float(along[-1])
    span = min(baseline_m, length)
    starts = np.linspace(0.0, length - span, max(2, len(along)))
    rise = np.interp(starts + span, along, heights) - np.interp(starts, along, heights)
    climb, descent = _ups_and_downs(heights, error_m)
    return {
        "gradient_pct": round(min(100.0, float(np.abs(rise).max()) / span * 100), 1),
        "gradient_error_pct": round(min(1000.0, error_m * np.sqrt(2) / span * 100), 1),
        "climb_m": round(climb, 1),
        "descent_m": round(descent, 1),
        "height_error_m": error_m,
    }


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


def _samples(path: Path) -> tuple[NDArray[np.float64], Heights]:
    """Return positions every few metres along a path, ends included, and their distances."""
    along = path.line.evenly_m(SAMPLE_EVERY_M)
    return np.array(path.line.points_at(along)), along


def _is_recorded(path: Path) -> bool:
    return "gradient_pct" in path.facts and not _from_heights(path, "gradient_pct")


def _from_heights(path: Path, fact: str) -> bool:
    return fact in path.sources and path.sources[fact].id.startswith(HEIGHT_SOURCES)
