"""From what a receiver wrote down to the line that was walked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from math import dist

import numpy as np
from pyproj import Geod

from walktalk.parks import LonLat
from walktalk.parks.geodesy import length_m
from walktalk.parks.plane import projection
from walktalk.parks.plausible import without_voids
from walktalk.routes.clock import LONDON
from walktalk.routes.recordings.ends import on_foot, recorded_gaps, say_gaps
from walktalk.routes.recordings.model import Flags, Floats, Recording, RecordingError, Track
from walktalk.routes.words import distance_in_words

LONGEST_M = 100_000.0
"""Longest recording taken for a walk: far more than anybody walks in a day."""

_FASTEST_M_S = 12.0  # faster than any sprinter: the receiver jumped, not the person
_JUMP_M = 2000.0  # without times, only a jump this long there and back is taken for one
_STAY_WITHIN_M = 8.0  # an open-sky receiver that lies still wanders about this far
_STAY_SECONDS = 45.0
_STAY_POINTS = 30  # without times: that many points within the circle are a stop
_SMOOTH_OVER_M = 10.0  # jitter is shorter than this, paths' bends are longer
_DENSE_POINTS = 4  # fewer points in 10 m are a drawn line, not a receiver's
_FEWEST_FOR_A_LINE = 3  # points: two make a line whatever they are off by
_LONGEST_WINDOW = 128
_LINE_POINTS = 200_000  # a point every half second of a day's walk
_PATH_POINTS = 20_000  # enough for a day's walk at a point every 4 s
_OLDEST_S = 15 * 365.25 * 86_400.0  # nobody brings a recording of fifteen years ago
_AHEAD_S = 2 * 86_400.0  # a clock set to another time zone
_MOST = 0.5
_AT_ONCE = 50_000  # points measured at once

_WGS84 = Geod(ellps="WGS84")


def cleaned(track: Track, warnings: list[str]) -> Recording:
    """Return a track as a recording, leaving out what cannot be right and saying so.

    Raises:
        RecordingError: fewer than two different positions are left, latitude and longitude are
            swapped, or the positions are too far apart for a walk.
    """
    said = list(warnings)
    track = _with_longitudes_round_greenwich(track)
    keep = _usable(track, said)
    track = _only(track, keep)
    track = _only(track, _not_jumping(track, said))
    track = _only(track, _moved(track))
    track = _only(track, on_foot(_steps_m(track), track.seconds, said))
    if len(track.lon) < 2:  # noqa: PLR2004 - a line has two ends
        raise RecordingError("the recording has fewer than two different positions")
    if np.any(np.diff(track.seconds[np.isfinite(track.seconds)]) < 0):
        count = int(np.sum(np.diff(track.seconds[np.isfinite(track.seconds)]) < 0))
        said.append(f"Times run backwards at {_points(count)}. The order of the file was kept.")
    step_m = _steps_m(track)
    gaps = recorded_gaps(track, step_m)
    say_gaps(step_m[gaps], said)
    heights_m, left_out = without_voids(track.height_m)
    if left_out:
        were = "1 height" if left_out == 1 else f"{left_out:,} heights"
        said.append(f"{were} that cannot be right {'was' if left_out == 1 else 'were'} left out.")
    recorded = float(np.sum(step_m))
    if recorded > LONGEST_M:
        raise RecordingError(
            f"the positions are spread over {distance_in_words(recorded)}; "
            f"a walk of at most {distance_in_words(LONGEST_M)} is accepted"
        )
    path = _walked_path(track, said)
    kept = _thinned(len(track.lon), _LINE_POINTS)
    return Recording(
        line=_positions(_only(track, kept)),
        heights_m=tuple(None if np.isnan(each) else each for each in heights_m[kept].tolist()),
        recorded_on=_day(track.seconds, said),
        path=path,
        recorded_m=recorded,
        length_m=length_m(path),
        warnings=tuple(said),
        gaps=_gaps_between(kept, gaps),
    )


def _gaps_between(kept: Flags, gaps: Flags) -> frozenset[int]:
    """Return after which of the points that are kept a gap lies."""
    before = np.concatenate(([0], np.cumsum(gaps)))[kept]
    return frozenset(np.flatnonzero(np.diff(before)).tolist())


def _with_longitudes_round_greenwich(track: Track) -> Track:
    """Return longitudes from -180 to 180 degrees where they were counted from 0 to 360."""
    lon = np.where((track.lon > 180) & (track.lon <= 360), track.lon - 360, track.lon)  # noqa: PLR2004
    return replace(track, lon=lon)


def _usable(track: Track, said: list[str]) -> Flags:
    finite = np.isfinite(track.lon) & np.isfinite(track.lat)
    on_earth = finite & (np.abs(track.lat) <= 90) & (np.abs(track.lon) <= 180)  # noqa: PLR2004
    swapped = finite & (np.abs(track.lat) > 90) & (np.abs(track.lon) <= 90)  # noqa: PLR2004
    if len(finite) and np.mean(swapped) > _MOST:
        raise RecordingError("latitude and longitude are swapped; export the recording again")
    metres = finite & ((np.abs(track.lat) > 360) | (np.abs(track.lon) > 360))  # noqa: PLR2004
    if len(finite) and np.mean(metres) > _MOST:
        raise RecordingError(
            "the positions are metres of another grid, not degrees; export it in WGS 84, as "
            "latitude and longitude"
        )
    nowhere = on_earth & (track.lon == 0) & (track.lat == 0)
    _count(said, ~finite, "without a position")
    _count(said, finite & ~on_earth, "off the Earth")
    _count(said, nowhere, "at latitude and longitude zero")
    return np.asarray(on_earth & ~nowhere)


def _not_jumping(track: Track, said: list[str]) -> Flags:
    """Leave out single positions far from those before and after them."""
    keep = np.ones(len(track.lon), dtype=bool)
    if len(track.lon) < 3:  # noqa: PLR2004 - a jump there and back takes three
        return keep
    step_m = _steps_m(track)
    across_m = _apart_m(track, 2)
    seconds = np.diff(track.seconds)
    with np.errstate(divide="ignore", invalid="ignore"):
        too_fast = np.where(seconds > 0, step_m / seconds > _FASTEST_M_S, step_m > _JUMP_M)
    there_and_back = across_m < np.minimum(step_m[:-1], step_m[1:]) * _MOST
    keep[1:-1] = ~(too_fast[:-1] & too_fast[1:] & there_and_back)
    _count(said, ~keep, "in a jump far away and back")
    return keep


def _moved(track: Track) -> Flags:
    """Leave out positions equal to the one before."""
    same = (np.diff(track.lon) == 0) & (np.diff(track.lat) == 0)
    return np.concatenate((np.ones(min(1, len(track.lon)), dtype=bool), ~same))


def _walked_path(track: Track, said: list[str]) -> tuple[LonLat, ...]:
    """Return the line that was walked, without stops and without the receiver's jitter."""
    track = _only(track, _thinned(len(track.lon), _PATH_POINTS))
    flat = projection((track.lon[0], track.lat[0]))
    points = np.column_stack(flat.transform(track.lon, track.lat))
    window = _window(points)
    if window < _DENSE_POINTS:
        return _positions(track)
    points, stops = _without_stops(points, track.seconds)
    if stops:
        said.append(f"Standing still was taken out at {stops} place{'' if stops == 1 else 's'}.")
    smooth = _smoothed(points, window)
    lon, lat = flat.transform(smooth[:, 0], smooth[:, 1], direction="INVERSE")
    return tuple(zip(np.asarray(lon).tolist(), np.asarray(lat).tolist(), strict=True))


def _thinned(count: int, most: int) -> Flags:
    """Return which of many points to keep, evenly, so that at most so many are left."""
    keep = np.zeros(count, dtype=bool)
    keep[np.linspace(0, count - 1, min(count, most)).astype(int)] = True
    return keep


def _window(points: Floats) -> int:
    """Return how many points a walker takes to get 10 m on: the jitter averages out over them."""
    window = 1
    while window <= min(_LONGEST_WINDOW, len(points) // 2):
        apart = np.hypot(*(points[window:] - points[:-window]).T)
        if np.median(apart) >= _SMOOTH_OVER_M:
            return window
        window += max(1, window // 2)
    return window if window <= _LONGEST_WINDOW else _LONGEST_WINDOW


def _without_stops(points: Floats, seconds: Floats) -> tuple[Floats, int]:
    """Replace each stop by one point, and return how many there were."""
    kept: list[Floats] = []
    plain = points.tolist()  # one by one, lists are read many times faster than arrays
    stops, here, count = 0, 0, len(points)
    while here < count:
        away = here + 1
        while away < count and dist(plain[away], plain[here]) <= _STAY_WITHIN_M:
            away += 1
        if _is_stop(seconds[here:away]):
            kept.append(np.median(points[here:away], axis=0))
            stops, here = stops + 1, away
        else:
            kept.append(points[here])
            here += 1
    return np.array(kept), stops


def _is_stop(seconds: Floats) -> bool:
    lasted = seconds[-1] - seconds[0]
    return bool(lasted >= _STAY_SECONDS if np.isfinite(lasted) else len(seconds) >= _STAY_POINTS)


def _smoothed(points: Floats, window: int) -> Floats:
    """Average twice over the window, and take each end from the way that leads to it."""
    from scipy.ndimage import uniform_filter1d

    if len(points) <= window:
        return points
    smooth = points
    for _ in range(2):
        smooth = uniform_filter1d(smooth, window, axis=0, mode="nearest")
    smooth[0], smooth[-1] = _start_of(points[:window]), _start_of(points[::-1][:window])
    return smooth


def _start_of(points: Floats) -> Floats:
    """Return where a few points begin, by the straight line through them (least squares).

    The first point alone may be off by more than the whole walk to the next junction.
    """
    if len(points) < _FEWEST_FOR_A_LINE:
        start: Floats = points[0]
        return start
    _, start = np.polyfit(np.arange(len(points)), points, 1)
    return start


def _steps_m(track: Track) -> Floats:
    """Return metres from each point to the next, shape (points - 1,)."""
    return _apart_m(track, 1)


def _apart_m(track: Track, points: int) -> Floats:
    """Return metres from each point to the one so many after it, in parts that need no memory."""
    far = np.empty(max(0, len(track.lon) - points))
    for start in range(0, len(far), _AT_ONCE):
        here = slice(start, min(start + _AT_ONCE, len(far)))
        there = slice(here.start + points, here.stop + points)
        ends = track.lon[here], track.lat[here], track.lon[there], track.lat[there]
        far[here] = _WGS84.inv(*ends)[2]
    return far


def _only(track: Track, keep: Flags | slice) -> Track:
    return Track(
        track.lon[keep],
        track.lat[keep],
        track.height_m[keep],
        track.seconds[keep],
        track.piece[keep],
        track.is_route,
    )


def _positions(track: Track) -> tuple[LonLat, ...]:
    return tuple(zip(track.lon.tolist(), track.lat.tolist(), strict=True))


def _day(seconds: Floats, said: list[str]) -> date | None:
    """Return the day of the first time that can be true.

    A receiver's count of weeks rolls over every 1,024 of them, which puts a walk 19.6 years back.
    """
    known = seconds[np.isfinite(seconds)]
    now = datetime.now(UTC).timestamp()
    believed = known[(known > now - _OLDEST_S) & (known < now + _AHEAD_S)]
    if len(known) and not len(believed):
        said.append("The dates in the file cannot be right and were left out.")
    if not len(believed):
        return None
    return datetime.fromtimestamp(float(believed[0]), UTC).astimezone(LONDON).date()


def _count(said: list[str], flags: Flags, what: str) -> None:
    number = int(np.sum(flags))
    if number:
        said.append(
            f"{_points(number).capitalize()} {what} {'was' if number == 1 else 'were'} left out."
        )


def _points(number: int) -> str:
    return f"{number:,} point{'' if number == 1 else 's'}"
