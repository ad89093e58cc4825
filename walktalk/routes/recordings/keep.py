"""What is kept of a recording in the library: where it runs, and how well that is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shapely import LineString, segmentize
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from walktalk.parks import Area, Height, LonLat
from walktalk.parks.geodesy import distance_m, length_m
from walktalk.parks.joined import walked_line
from walktalk.parks.line_heights import is_known
from walktalk.parks.plane import Plane
from walktalk.routes.recordings.heights import heights_beside
from walktalk.routes.recordings.match import (
    MATCH_WITHIN_M,
    NetworkMatch,
    RecordedPart,
    match_to_network,
)
from walktalk.routes.recordings.model import Recording
from walktalk.routes.recordings.park import park_of
from walktalk.routes.recordings.read import file_kind, read_recording

GOOD_SHARE = 0.9
"""A walk with less of its length on recorded paths has a line of its own."""

_SAME_WALK_M = 30.0
"""A walk over whole paths that strays no farther from the recording is the same walk."""

_SAME_LENGTH = 0.1  # and its length differs by no more than this share
_SIMPLER_M = 1.0  # a line this near the recorded one is as true: receivers err by more
_HEIGHT_EVERY_M = 25.0  # a rise shorter than this is within what a receiver's heights err by
_MOST_POINTS = 2000
_DECIMALS = 7  # about 1 cm: what OpenStreetMap stores


@dataclass(frozen=True, slots=True)
class KeptRecording:
    """A recorded walk as the library keeps it: nothing in it says who walked, or when that day.

    Attributes:
        kind: what kind of file it came from.
        path_ids: the area's paths it follows in walking order; empty where it has its own line.
        line: where it runs, as (longitude, latitude).
        length_m: geodesic length of the line.
        share: how much of the recording lies on recorded paths, 0 to 1.
        median_m, p95_m: how far from them that part lies, metres.
        lowest_m, highest_m: metres above the sea, ``None`` where no heights were recorded.
        recorded_on: the day, or ``None``.
        warnings: what was left out or odd in the file.
        heights_m: the recorded height at each point of the line, metres above the sea, ``None``
            where none was recorded near it; ``None`` altogether where none was anywhere.
    """

    kind: str
    path_ids: tuple[str, ...]
    line: tuple[LonLat, ...]
    length_m: float
    share: float
    median_m: float
    p95_m: float
    lowest_m: float | None
    highest_m: float | None
    recorded_on: date | None
    warnings: tuple[str, ...] = ()
    heights_m: tuple[Height, ...] | None = None


@dataclass(frozen=True, slots=True)
class LaidRecording:
    """A recorded walk laid on an area's paths, to be looked at before it is kept.

    Attributes:
        kept: what the library would keep of it.
        parts: the recording itself, on the paths and off them; never kept.
    """

    kept: KeptRecording
    parts: tuple[RecordedPart, ...]


def read_to_keep(area: Area, data: bytes, filename: str, track: int | None = None) -> KeptRecording:
    """Read a recorded walk, lay it on an area's paths, and return what the library keeps.

    Raises:
        SeveralTracks: there are several and ``track`` does not say which.
        RecordingError: the file cannot be used, or lies nowhere near the area.
    """
    return read_to_look_at(area, data, filename, track).kept


def read_to_look_at(
    area: Area, data: bytes, filename: str, track: int | None = None
) -> LaidRecording:
    """Read a recorded walk and lay it on an area's paths.

    A walk that goes back the way it came is kept as its way out.

    Raises:
        SeveralTracks: there are several and ``track`` does not say which.
        RecordingError: the file cannot be used, or lies nowhere near the area.
    """
    return _laid(area, read_recording(data, filename, track), file_kind(data))


def read_in_its_park(
    areas: Iterable[Area], data: bytes, filename: str, track: int | None = None
) -> tuple[Area, LaidRecording]:
    """Read a recorded walk, find which of some areas it lies in, and lay it on its paths.

    Raises:
        SeveralTracks: there are several and ``track`` does not say which.
        RecordingError: the file cannot be used, or lies nowhere near any of the areas.
    """
    recording = read_recording(data, filename, track)
    area = park_of(list(areas), recording.line)
    return area, _laid(area, recording, file_kind(data))


def _laid(area: Area, recording: Recording, kind: str) -> LaidRecording:
    """Lay a recording on an area's paths."""
    match = match_to_network(area, recording)
    line = _way_out(_closed(match.line))
    path_ids = _whole_paths(area, match, line)
    if path_ids:
        line, _ = walked_line(area.paths, path_ids, line[0])
    else:
        line = _simpler(line, heights_too=is_known(recording.heights_m))
    heights = [height for height in recording.heights_m if height is not None]
    kept = KeptRecording(
        kind=kind,
        path_ids=path_ids,
        line=line,
        length_m=length_m(line),
        share=match.share,
        median_m=match.median_m,
        p95_m=match.p95_m,
        lowest_m=min(heights, default=None),
        highest_m=max(heights, default=None),
        recorded_on=recording.recorded_on,
        warnings=recording.warnings,
        heights_m=heights_beside(recording, line),
    )
    return LaidRecording(kept, match.parts)


def _closed(line: tuple[LonLat, ...]) -> tuple[LonLat, ...]:
    """Return a line whose ends a receiver cannot tell apart as a round."""
    if len(line) < 4 or distance_m(line[0], line[-1]) > MATCH_WITHIN_M:  # noqa: PLR2004 - a round
        return line
    return line if line[0] == line[-1] else (*line, line[0])


def _way_out(line: tuple[LonLat, ...]) -> tuple[LonLat, ...]:
    """Return the first half of a line whose second half is the same way back, else the line."""
    if line[0] != line[-1]:
        return line
    plane = Plane.around(line)
    [flat] = plane.flat([LineString(line)])
    out, back = substring(flat, 0, 0.5, normalized=True), substring(flat, 0.5, 1, normalized=True)
    if out.hausdorff_distance(back) > MATCH_WITHIN_M:
        return line
    return _positions(plane, out)


def _whole_paths(area: Area, match: NetworkMatch, line: tuple[LonLat, ...]) -> tuple[str, ...]:
    """Return the whole paths that are the same walk as a line, or none where none are."""
    if match.share < GOOD_SHARE:
        return ()
    order = tuple(leg.path_id for leg in match.legs) or match.path_ids
    target = LineString(area.network.metres(line))
    best: tuple[float, tuple[str, ...]] = (_SAME_WALK_M, ())
    closed = line[0] == line[-1]
    orders = _orders(order)
    if closed:
        orders |= {longer for each in orders for longer in _with_one_more(area, each)}
    for path_ids in sorted(orders):
        away_m = _strays_m(area, path_ids, target, closed=closed)
        if away_m < best[0]:
            best = (away_m, path_ids)
    return _begun_nearest(area, best[1], line[0]) if closed else best[1]


def _begun_nearest(area: Area, path_ids: tuple[str, ...], start: LonLat) -> tuple[str, ...]:
    """Return a round begun at the junction nearest to where the recording began."""

    def away_m(turned: tuple[str, ...]) -> float:
        return distance_m(walked_line(area.paths, turned)[0][0], start)

    turns = [path_ids[i:] + path_ids[:i] for i in range(len(path_ids))]
    return min(turns, key=away_m, default=())


def _orders(order: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return ways to walk whole paths: with or without those begun or left half way."""
    found = {order, order[1:], order[:-1], order[1:-1]}
    found |= {half for each in found if (half := each[: (len(each) + 1) // 2]) + half[::-1] == each}
    return {each for each in found if each}


def _with_one_more(area: Area, path_ids: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return a walk with each path that leads from its end to its start: too short to notice."""
    try:
        line, _ = walked_line(area.paths, path_ids)
    except ValueError:
        return []
    ends = {line[0], line[-1]}
    return [
        (*path_ids, path.id)
        for path in area.paths.values()
        if {path.coordinates[0], path.coordinates[-1]} == ends and len(ends) > 1
    ]


def _strays_m(area: Area, path_ids: tuple[str, ...], target: LineString, *, closed: bool) -> float:
    """Return how far a walk over whole paths strays from a line; infinite if it is another walk."""
    try:
        walked, _ = walked_line(area.paths, path_ids)
    except ValueError:
        return float("inf")
    flat = LineString(area.network.metres(walked))
    same_length = abs(flat.length - target.length) <= _SAME_LENGTH * target.length
    if not same_length or closed != (walked[0] == walked[-1]):
        return float("inf")
    return float(flat.hausdorff_distance(target))


def _simpler(line: tuple[LonLat, ...], *, heights_too: bool) -> tuple[LonLat, ...]:
    """Return a line without the points that it does not need.

    Where heights go with it, a straight stretch keeps enough points to show a rise on it.
    """
    plane, within_m = Plane.around(line), _SIMPLER_M
    [flat] = plane.flat([LineString(line)])
    simple = flat.simplify(within_m)
    while len(simple.coords) > _MOST_POINTS:
        within_m *= 2
        simple = flat.simplify(within_m)
    if heights_too:
        apart_m = max(_HEIGHT_EVERY_M, simple.length / (_MOST_POINTS - len(simple.coords) + 1))
        simple = segmentize(simple, apart_m)
    return _positions(plane, simple)


def _positions(plane: Plane, flat: BaseGeometry) -> tuple[LonLat, ...]:
    """Return a line in degrees, to 1 cm; a round ends exactly where it starts."""
    [line] = plane.round([flat])
    return tuple((round(lon, _DECIMALS), round(lat, _DECIMALS)) for lon, lat in line.coords)
