"""Which of the tracks in a file are walks of their own, and which of them is meant."""

from __future__ import annotations

import numpy as np
import shapely
from shapely import LineString

from walktalk.parks.plane import Plane
from walktalk.routes.recordings.clean import cleaned
from walktalk.routes.recordings.model import RecordingError, SeveralTracks, Track, TrackChoice

SAME_WALK_M = 50.0
"""A line that strays no farther from another is the same walk drawn or recorded again."""

SAME_START_S = 60.0
"""Two recordings of one walk start within a minute; walks on two days do not."""

_COMPARED_AT = 200  # points of each line


def chosen(tracks: list[Track], number: int | None, warnings: list[str]) -> Track:
    """Return the one walk that is meant; what a file holds twice counts once.

    Raises:
        SeveralTracks: there are several and ``number`` does not say which.
        RecordingError: there is none, or no such number.
    """
    if not tracks:
        raise RecordingError("the file holds no track, only other things; export the track itself")
    own = _each_once(tracks)
    if len(own) < len(tracks):
        warnings.append("The file holds this walk more than once. It was counted once.")
    if number is None and len(own) == 1:
        return own[0]
    if number is None:
        raise SeveralTracks([_choice(index, each) for index, each in enumerate(own, start=1)])
    if not 1 <= number <= len(own):
        raise RecordingError(f"there is no track {number}; accepted: 1 to {len(own)}")
    return own[number - 1]


def _each_once(tracks: list[Track]) -> list[Track]:
    """Leave out planned routes along a recorded track, and lines drawn from one."""
    recorded_first = sorted(tracks, key=lambda track: (track.is_route, not track.has_times))
    kept: list[Track] = []
    for track in recorded_first:
        if not any(_is_same_walk(track, other) for other in kept):
            kept.append(track)
    return [track for track in tracks if any(track is each for each in kept)]


def _is_same_walk(track: Track, other: Track) -> bool:
    if track.has_times and other.has_times:
        apart_s = abs(float(np.nanmin(track.seconds) - np.nanmin(other.seconds)))
        if apart_s > SAME_START_S:
            return False
    here, there = _line(track), _line(other)
    if here is None or there is None:
        return False
    plane = Plane.around([here[0], there[0]])
    one, two = plane.flat([LineString(here), LineString(there)])
    along = [one.interpolate(share, normalized=True) for share in np.linspace(0, 1, _COMPARED_AT)]
    near = bool(np.all(shapely.distance(along, two) <= SAME_WALK_M))
    # a planned route may leave out bends, and a part of a walk is no walk of its own
    return near and (track.is_route or abs(one.length - two.length) <= 0.1 * two.length)


def _line(track: Track) -> list[tuple[float, float]] | None:
    usable = np.isfinite(track.lon) & (np.abs(track.lat) <= 90) & (np.abs(track.lon) <= 180)  # noqa: PLR2004 - poles, date line
    lon, lat = track.lon[usable], track.lat[usable]
    if len(lon) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    every = max(1, len(lon) // 2000)
    return list(zip(lon[::every].tolist(), lat[::every].tolist(), strict=True))


def _choice(number: int, track: Track) -> TrackChoice:
    try:
        length = cleaned(track, []).recorded_m
    except RecordingError:
        length = 0.0
    return TrackChoice(number, len(track.lon), length)
