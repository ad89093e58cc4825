"""A recorded walk in plain values, and what can be wrong with one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from walktalk.parks import LonLat

ACCEPTED = "a recorded walk as GPX, FIT, TCX, KML, KMZ or GeoJSON, or one of them in a zip or gz"
MAX_BYTES = 64_000_000
"""Largest file that is looked at: 1,000,000 points take up to about 45 MB in the plainest GPX."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class RecordingError(ValueError):
    """A file that holds no walk that can be used: says what is wrong and what is accepted."""


@dataclass(frozen=True, slots=True)
class TrackChoice:
    """One of several tracks in a file.

    Attributes:
        number: what to ask for, from 1.
        points: how many positions it has.
        length_m: metres, as recorded.
    """

    number: int
    points: int
    length_m: float


class SeveralTracks(RecordingError):  # noqa: N818 - a question more than an error
    """A file with several tracks: ask which one is meant.

    Attributes:
        choices: what there is to choose from.
    """

    def __init__(self, choices: Sequence[TrackChoice]) -> None:
        super().__init__(
            f"the file holds {len(choices)} tracks; say which one, 1 to {len(choices)}"
        )
        self.choices = tuple(choices)


@dataclass(frozen=True)
class Track:
    """One track as a file holds it, before anything is judged. Times are never kept.

    Attributes:
        lon, lat: degrees, not a number where the file has none.
        height_m: metres, not a number where the file has none.
        seconds: time of each point since 1970 in UTC, not a number where the file has none.
        piece: which of the track's pieces each point belongs to, from 0 on.
        is_route: planned, not recorded.
    """

    lon: Floats
    lat: Floats
    height_m: Floats
    seconds: Floats
    piece: Floats
    is_route: bool = False

    @property
    def has_times(self) -> bool:
        """Whether any point has a time."""
        return bool(np.any(np.isfinite(self.seconds)))


@dataclass(frozen=True)
class Recording:
    """A recorded walk without anything that says who walked it, or when in the day.

    Attributes:
        line: the positions as recorded, without those that cannot be right; of a very long
            recording evenly so many as a day's walk has.
        heights_m: metres above the sea for each of them, ``None`` where none was recorded.
        recorded_on: the day in Cheltenham, or ``None``.
        path: the line that was walked: standing still and the receiver's jitter taken out.
        recorded_m: geodesic length of all that was recorded, which jitter makes too long.
        length_m: geodesic length of ``path``.
        warnings: what was left out or odd, one sentence each with its count.
        gaps: the points of ``line``, by number, after which nothing was recorded for a while.
    """

    line: tuple[LonLat, ...]
    heights_m: tuple[float | None, ...]
    recorded_on: date | None
    path: tuple[LonLat, ...]
    recorded_m: float
    length_m: float
    warnings: tuple[str, ...]
    gaps: frozenset[int] = frozenset()
