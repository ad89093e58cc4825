"""From what a receiver wrote down to the line that was walked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from math import dist

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod
from scipy.ndimage import uniform_filter1d

from walktalk.parks import LonLat
from walktalk.parks.geodesy import length_m
from walktalk.parks.plane import projection
from walktalk.parks.schema import HIGHEST_M, LOWEST_M
from walktalk.routes.clock import LONDON
from walktalk.routes.recordings.model import Floats, Recording, RecordingError, Track
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
_LONGEST_WINDOW = 128
_PATH_POINTS = 20_000  # enough for a day's walk at a point every 4 s
_YEARS = (1990, 2100)
_MOST = 0.5

_WGS84 = Geod(ellps="WGS84")
Flags = NDArray[np.bool_]


def cleaned(track: Track, warnings: list[str]) -> Recording:
    """Return a track as a recording, leaving out what cannot be right and saying so.

    Raises:
        RecordingError: fewer than two different positions are left, latitude and longitude are
            swapped, or the positions are too far apart for a walk.
    """
    said = list(warnings)
    keep = _usable(track, said)
    track = _only(track, keep)
    track = _only(track, _not_jumping(track, said))
    track = _only(track, _moved(track))
    if len(track.lon) < 2:  # noqa: PLR2004 - a line has two ends
        raise RecordingError("the recording has fewer than two different positions")
    if np.any(np.diff(track.seconds[np.isfinite(track.seconds)]) < 0):
        count = int(np.sum(np.diff(track.seconds[np.isfinite(track.seconds)]) < 0))
        said.append(f"Times run backwards at {_points(count)}. The order of the file was kept.")
    line = _positions(track)
    recorded = length_m(line)
    if recorded > LONGEST_M:
        raise RecordingError(
            f"the positions are spread over {distance_in_words(recorded)}; "
            f"a walk of at most {distance_in_words(LONGEST_M)} is accepted"
        )
    path = _walked_path(track, said)
    return Recording(
        line=line,
        heights_m=tuple(_height(value) for value in track.height_m.tolist()),
        recorded_on=_day(track.seconds),
        path=path,
        recorded_m=recorded,
        length_m=length_m(path),
        warnings=tuple(said),
    )


def _usable(track: Track, said: list[str]) -> Flags:
    finite = np.isfinite(track.lon) & np.isfinite(track.lat)
    on_earth = finite & (np.abs(track.lat) <= 90) & (np.abs(track.lon) <= 180)  # noqa: PLR2004
    swapped = finite & (np.abs(track.lat) > 90) & (np.abs(track.lon) <= 90)  # noqa: PLR2004
    if len(finite) and np.mean(swapped) > _MOST:
        raise RecordingError("latitude and longitude are swapped; export the recording again")
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
    _, _, across_m = _WGS84.inv(track.lon[:-2], track.lat[:-2], track.lon[2:], track.lat[2:])
    seconds = np.diff(track.seconds)
    with np.errstate(divide="ignore", invalid="ignore"):
        too_fast = np.where(seconds > 0, step_m / seconds > _FASTEST_M_S, step_m > _JUMP_M)
    there_and_back = np.asarray(across_m) < np.minimum(step_m[:-1], step_m[1:]) * _MOST
    keep[1:-1] = ~(too_fast[:-1] & too_fast[1:] & there_and_back)
    _count(said, ~keep, "in a jump far away and back")
    return keep


def _moved(track: Track) -> Flags:
    """Leave out positions equal to the one before."""
    same = (np.diff(track.lon) == 0) & (np.diff(track.lat) == 0)
    return np.concatenate((np.ones(min(1, len(track.lon)), dtype=bool), ~same))


def _walked_path(track: Track, said: list[str]) -> tuple[LonLat, ...]:
    """Return the line that was walked, without stops and without the receiver's jitter."""
    if len(track.lon) > _PATH_POINTS:
        chosen = np.linspace(0, len(track.lon) - 1, _PATH_POINTS).astype(int)
        track = _only(track, np.isin(np.arange(len(track.lon)), chosen))
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
    """Average twice over the window; the ends stay where they are."""
    if len(points) <= window:
        return points
    smooth = points
    for _ in range(2):
        smooth = uniform_filter1d(smooth, window, axis=0, mode="nearest")
    smooth[0], smooth[-1] = points[0], points[-1]
    return smooth


def _steps_m(track: Track) -> Floats:
    _, _, steps = _WGS84.inv(track.lon[:-1], track.lat[:-1], track.lon[1:], track.lat[1:])
    return np.asarray(steps, dtype=float)


def _only(track: Track, keep: Flags) -> Track:
    return Track(track.lon[keep], track.lat[keep], track.height_m[keep], track.seconds[keep])


def _positions(track: Track) -> tuple[LonLat, ...]:
    return tuple(zip(track.lon.tolist(), track.lat.tolist(), strict=True))


def _height(value: float) -> float | None:
    return value if LOWEST_M <= value <= HIGHEST_M else None


def _day(seconds: Floats) -> date | None:
    for value in seconds[np.isfinite(seconds)].tolist():
        try:
            moment = datetime.fromtimestamp(value, UTC)
        except (ValueError, OverflowError, OSError):
            continue
        if _YEARS[0] <= moment.year <= _YEARS[1]:
            return moment.astimezone(LONDON).date()
    return None


def _count(said: list[str], flags: Flags, what: str) -> None:
    number = int(np.sum(flags))
    if number:
        said.append(
            f"{_points(number).capitalize()} {what} {'was' if number == 1 else 'were'} left out."
        )


def _points(number: int) -> str:
    return f"{number:,} point{'' if number == 1 else 's'}"
