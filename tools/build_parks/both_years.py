"""The ways of 2026 beside those of 2023: where both have a line it is one way with both's facts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from tools.build_parks.facts import WAYS_2026, Feature
from tools.build_parks.ways import (
    Way,
    cut_at,
    facts_of_2026,
    flat,
    flat_lines,
    on_the_ground,
    position_of,
    rounded,
)
from walktalk.parks import LonLat
from walktalk.parks.model import FactValue

SAME_LINE_M = 3.0
"""Lines this close all along are one way, as in the design's contract. Where both files have a
way they agree to 6 cm in the median; the west was drawn anew every 4 m and thinned."""

LONG_ENOUGH_M = 8.0
"""A shorter way may lie across a line and not along it: the facts' own mark decides there."""

SHORTEST_M = 4.0
"""A shorter rest of a line of 2026 is where two drawings of one way part by a little."""

BESIDE_IT_M = 0.3
"""Where a new line comes this close to a recorded one, it leaves it there."""

_STEP_M = 0.5
_LOOKED_BACK_M = 12.0
_SAMPLES = 7


def with_2026(ways: Sequence[Way], files: Mapping[str, list[Feature]]) -> list[Way]:
    """Return the ways of 2023 with the facts of 2026, and the lines that only 2026 has."""
    found = list(ways)
    for name, features in files.items():
        found = _with_file(found, features, name)
    return found


def _with_file(ways: list[Way], features: list[Feature], file: str) -> list[Way]:
    source = WAYS_2026[file]
    lines = flat_lines(features)
    ways = _cut_where_lines_end(ways, lines)
    ours = flat(ways)
    tree = shapely.STRtree(lines)
    same = [
        n
        for n, (way, line) in enumerate(zip(ways, ours, strict=True))
        if way.file == file or _is_along(line, lines, tree)
    ]
    known = {n: _facts_along(ours[n], tree, features) for n in same}
    ways = [
        replace(way.with_facts(known[n], source), file=file) if n in known else way
        for n, way in enumerate(ways)
    ]
    return _with_new_lines(ways, same, lines, features, file)


def _cut_where_lines_end(ways: list[Way], lines: Sequence[LineString]) -> list[Way]:
    """Return the ways, cut where a line of 2026 ends on one: from there on it says nothing."""
    ours = flat(ways)
    tree = shapely.STRtree(ours)
    cuts: dict[int, list[LonLat]] = defaultdict(list)
    for position in sorted({end for line in lines for end in (line.coords[0], line.coords[-1])}):
        point = Point(position)
        for n in tree.query(point, predicate="dwithin", distance=BESIDE_IT_M).tolist():
            along = ours[n].project(point)
            if LONG_ENOUGH_M < along < ours[n].length - LONG_ENOUGH_M:
                cuts[n].append(position_of(ours[n].interpolate(along)))
    return cut_at(ways, cuts)


def _is_along(line: LineString, lines: Sequence[LineString], tree: shapely.STRtree) -> bool:
    """Return whether all of a line lies on recorded ones."""
    near = tree.query(line, predicate="dwithin", distance=SAME_LINE_M)
    if not len(near) or line.length < LONG_ENOUGH_M:
        return False
    ground = shapely.union_all([lines[int(n)] for n in near])
    return all(ground.distance(point) <= SAME_LINE_M for point in _samples(line))


def _samples(line: LineString) -> list[Point]:
    return [line.interpolate(share, normalized=True) for share in np.linspace(0, 1, _SAMPLES)]


def _facts_along(
    line: LineString,
    tree: shapely.STRtree,
    features: Sequence[Feature],
) -> dict[str, FactValue]:
    """Return what all of the lines under a way say of it: a fact that changes along it is left."""
    seen = Counter(int(tree.nearest(point)) for point in _samples(line)[1:-1])
    said = [facts_of_2026(features[n]) for n in seen]
    return {
        name: value
        for name, value in said[0].items()
        if all(facts.get(name) == value for facts in said)
    }


def _with_new_lines(
    ways: list[Way],
    same: Sequence[int],
    lines: Sequence[LineString],
    features: Sequence[Feature],
    file: str,
) -> list[Way]:
    """Return the ways and the pieces that only 2026 has, tied to where they leave the others."""
    source = WAYS_2026[file]
    ours = flat(ways)
    known = [ours[n] for n in same]
    tree = shapely.STRtree(known)
    cuts: dict[int, list[LonLat]] = defaultdict(list)
    new: list[Way] = []
    for line, feature in zip(_between_junctions(lines), _of_each(lines, features), strict=True):
        for piece in _rests(line, known, tree):
            ends = [*on_the_ground(piece)]
            for end in (0, -1):
                tied = _tied(Point(piece.coords[end]), known, tree)
                if tied is not None:
                    number, position = tied
                    ends[end] = position
                    cuts[same[number]].append(position)
            whole = rounded(ends)
            if len(whole) > 1:
                way = Way(whole, sources={"geometry": source}, file=file)
                new.append(way.with_facts(facts_of_2026(feature), source))
    return [*cut_at(ways, cuts), *new]


def _between_junctions(lines: Sequence[LineString]) -> Iterable[LineString]:
    """Return the lines, cut wherever two of them share a position."""
    for _, piece in _cut_lines(lines):
        yield piece


def _of_each(lines: Sequence[LineString], features: Sequence[Feature]) -> Iterable[Feature]:
    for number, _ in _cut_lines(lines):
        yield features[number]


def _cut_lines(lines: Sequence[LineString]) -> Iterable[tuple[int, LineString]]:
    uses = Counter(position for line in lines for position in set(line.coords))
    for number, line in enumerate(lines):
        start = 0
        points = list(line.coords)
        for at in range(1, len(points)):
            if at == len(points) - 1 or uses[points[at]] > 1:
                yield number, LineString(points[start : at + 1])
                start = at


def _rests(
    line: LineString, known: Sequence[LineString], tree: shapely.STRtree
) -> Iterable[LineString]:
    """Return the parts of a line that none of the known lines has, back to where they leave it."""
    near = [known[int(n)] for n in tree.query(line, predicate="dwithin", distance=SAME_LINE_M)]
    if not near:
        yield line
        return
    ground = shapely.union_all(near)
    rest = line.difference(ground.buffer(SAME_LINE_M))
    parts = [part for part in shapely.get_parts(rest) if part.length]
    found: list[tuple[float, float]] = []
    for start, end in _stretches(line, parts):
        first = _walked_back(line, ground, start, -_STEP_M) if start > 0 else 0.0
        last = _walked_back(line, ground, end, _STEP_M) if end < line.length else line.length
        found.append((first, last))
    for first, last in _without_short_gaps(found, 2 * _STEP_M):
        piece = substring(line, first, last)
        if isinstance(piece, LineString):
            yield piece


def _stretches(line: LineString, parts: Iterable[LineString]) -> list[tuple[float, float]]:
    """Return from where to where the parts lie along a line, those with short gaps as one."""
    spans = [sorted(line.project(Point(part.coords[end])) for end in (0, -1)) for part in parts]
    found = _without_short_gaps(sorted((start, end) for start, end in spans), LONG_ENOUGH_M)
    return [(start, end) for start, end in found if end - start >= SHORTEST_M]


def _without_short_gaps(
    spans: Iterable[tuple[float, float]], gap_m: float
) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for start, end in spans:
        if found and start - found[-1][1] < gap_m:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _walked_back(line: LineString, ground: BaseGeometry, along: float, step: float) -> float:
    """Return where along a line it touches the ground nearest to a place, going one way."""
    steps = np.arange(along, along + np.sign(step) * _LOOKED_BACK_M, step)
    steps = np.clip(steps, 0.0, line.length)
    away = [ground.distance(line.interpolate(float(at))) for at in steps]
    touching = [at for at, metres in zip(steps, away, strict=True) if metres <= BESIDE_IT_M]
    return float(touching[0] if touching else steps[int(np.argmin(away))])


def _tied(
    point: Point, known: Sequence[LineString], tree: shapely.STRtree
) -> tuple[int, LonLat] | None:
    """Return the known line an end lies on, and the position there: its own end where near."""
    near = tree.query_nearest(point, max_distance=SHORTEST_M, all_matches=False)
    if not len(near):
        return None
    number = int(near[0])
    line = known[number]
    if line.distance(point) > BESIDE_IT_M:
        return None
    ends = [Point(line.coords[0]), Point(line.coords[-1])]
    nearest = min(ends, key=point.distance)
    on_it = nearest if nearest.distance(point) <= 1 else line.interpolate(line.project(point))
    return number, position_of(on_it)
