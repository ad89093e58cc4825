"""Heights along recorded tracks: where somebody measured, and nowhere between."""

import re
from pathlib import Path as FilePath

import gpxpy
import gpxpy.gpx
import numpy as np
import shapely
from numpy.typing import NDArray

from walktalk.parks.errors import ParkDataError
from walktalk.parks.geodesy import LonLat, segment_lengths_m
from walktalk.parks.line import Line
from walktalk.parks.model import Source
from walktalk.parks.plane import Plane
from walktalk.parks.plausible import Heights, are_gaps, without_voids

TRACK_WITHIN_M = 15.0
"""A recorded track tells the height of a path this close: what satellites are off by at worst."""

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_Point = tuple[LonLat, float]


class Track:
    """The heights along a recorded track, piece by piece: its gaps stay gaps.

    Attributes:
        source: who says so, and when.
        error_m: vertical error in metres.
        spacing_m: how far apart heights are: as near as the receiver wrote them.
        left_out: how many heights cannot be right.
    """

    spacing_m = 0.0

    def __init__(self, path: FilePath, source: Source, error_m: float) -> None:
        self.source = source
        self.error_m = error_m
        segments = _segments(path)
        heights = np.array([height for points in segments for _, height in points])
        known, self.left_out = without_voids(heights)
        self._plane = Plane.around(position for points in segments for position, _ in points)
        self._pieces: list[tuple[shapely.LineString, Line, Heights]] = []
        first = 0
        for points in segments:
            self._take([position for position, _ in points], known[first : first + len(points)])
            first += len(points)

    def at(self, positions: NDArray[np.float64]) -> Heights:
        """Return heights in metres; NaN farther from the track than ``TRACK_WITHIN_M``."""
        points = shapely.points(self._plane.to_metres(positions))
        found = np.full(len(positions), np.nan)
        nearest = np.full(len(positions), TRACK_WITHIN_M)
        for drawn, line, heights in self._pieces:
            away = drawn.distance(points)
            here = line.values_at(drawn.project(points), heights)
            better = (away <= nearest) & ~np.isnan(here)
            found, nearest = np.where(better, here, found), np.where(better, away, nearest)
        return found

    def _take(self, positions: list[LonLat], heights: Heights) -> None:
        """Keep a segment in pieces: without its gaps, and without points of unknown height."""
        apart = are_gaps(segment_lengths_m(positions))
        start = 0
        for number in range(len(positions) + 1):
            ends = number == len(positions) or np.isnan(heights[number])
            if ends or (number and apart[number - 1]):
                self._keep(positions[start:number], heights[start:number])
                start = number + 1 if ends else number

    def _keep(self, positions: list[LonLat], heights: Heights) -> None:
        if len(positions) > 1:
            drawn = shapely.LineString(self._plane.to_metres(np.array(positions)))
            self._pieces.append((drawn, Line.of(positions), heights))


def _segments(path: FilePath) -> list[list[_Point]]:
    """Return the points of each segment, NaN for those without a height.

    Raises:
        ParkDataError: the file is no GPX, or no track in it has heights.
    """
    data = path.read_bytes()
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        # what the declaration says of the encoding is no matter once it is text
        gpx = gpxpy.parse(_DECLARATION.sub("", data.decode(encoding), count=1))
    except (gpxpy.gpx.GPXException, ValueError) as error:
        raise ParkDataError(f"{path}: not a GPX file, or a damaged one: {error}") from error
    found = [_points(segment) for track in gpx.tracks for segment in track.segments]
    if not gpx.tracks and gpx.routes:
        raise ParkDataError(
            f"{path}: it holds a planned route and no recorded track: nobody measured its heights"
        )
    if sum(not np.isnan(height) for points in found for _, height in points) < 2:  # noqa: PLR2004 - a line has two ends
        raise ParkDataError(f"{path}: its track has no heights")
    return [points for points in found if points]


def _points(segment: gpxpy.gpx.GPXTrackSegment) -> list[_Point]:
    return [
        (
            (point.longitude, point.latitude),
            np.nan if point.elevation is None else float(point.elevation),
        )
        for point in segment.points
        if abs(point.latitude) <= 90 and abs(point.longitude) <= 180  # noqa: PLR2004 - on the Earth
    ]
