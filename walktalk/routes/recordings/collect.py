"""Collects the points of tracks while a file is read, in little memory."""

from __future__ import annotations

from array import array
from datetime import datetime

import numpy as np

from walktalk.routes.recordings.model import RecordingError, Track

NOTHING = float("nan")
MAX_POINTS = 1_000_000
"""Most points a file may hold: eleven days at one a second."""

MAX_TRACKS = 200
"""Most tracks a file may hold: nobody can choose among more."""


class TrackCollector:
    """Gathers points into tracks, and tracks into a list."""

    def __init__(self) -> None:
        self._tracks: list[tuple[list[array[float]], bool]] = []
        self._columns = _columns()
        self._points = 0
        self._piece = 0

    def point(
        self, lon: str | float | None, lat: str | float | None, height: object, time: object
    ) -> None:
        """Add a point; what is no number counts as missing.

        Raises:
            RecordingError: there are too many points.
        """
        self._points += 1
        if self._points > MAX_POINTS:
            raise RecordingError(
                f"the recording has more than {MAX_POINTS:,} points; cut it to the walk itself"
            )
        lons, lats, heights, seconds, pieces = self._columns
        lons.append(_number(lon))
        lats.append(_number(lat))
        heights.append(_number(height) if height is not None else NOTHING)
        seconds.append(_moment(time) if time is not None else NOTHING)
        pieces.append(self._piece)

    def end_of_piece(self) -> None:
        """Begin another piece of the same track."""
        self._piece += 1

    def end_of_track(self, *, is_route: bool = False) -> None:
        """Close the track; an empty one does not count.

        Args:
            is_route: it was planned, not recorded.

        Raises:
            RecordingError: there are too many tracks.
        """
        if self._columns[0]:
            self._tracks.append((self._columns, is_route))
            self._columns = _columns()
        if len(self._tracks) > MAX_TRACKS:
            raise RecordingError(
                f"the file holds more than {MAX_TRACKS} tracks; export the one walk that is meant"
            )

    def tracks(self) -> list[Track]:
        """Return the tracks gathered so far."""
        self.end_of_track()
        return [_track(columns, is_route) for columns, is_route in self._tracks]


def _track(columns: list[array[float]], is_route: bool) -> Track:
    lon, lat, height_m, seconds, piece = (np.frombuffer(column, dtype=float) for column in columns)
    return Track(lon, lat, height_m, seconds, piece, is_route)


def _columns() -> list[array[float]]:
    return [array("d") for _ in range(5)]


def _number(value: object) -> float:
    if not isinstance(value, str | int | float):
        return NOTHING
    try:
        return float(value)
    except (ValueError, OverflowError):
        pass
    try:  # a decimal comma, as some programs write it where people do
        return float(value.replace(",", ".", 1)) if isinstance(value, str) else NOTHING
    except ValueError:
        return NOTHING


def _moment(value: object) -> float:
    """Return seconds since 1970 for an ISO 8601 text or a number of seconds."""
    if isinstance(value, int | float):
        return float(value)
    if not isinstance(value, str):
        return NOTHING
    try:
        moment = datetime.fromisoformat(value.strip())
        return moment.timestamp() if moment.tzinfo else NOTHING
    except (ValueError, OverflowError):
        return NOTHING
