"""Prints how true every file stays when other people's programs read it back.

Run from the top folder: ``python -m bench.reading_back``. It needs gpsbabel. Every stored route
and 200 planned walks on the shipped areas go through every format and every reader that takes it:
gpsbabel, Garmin's FIT SDK, fitdecode, GDAL and gpxpy. The exit status is 1 where a bound is broken.
The tests read a share of the same walks back each time; this reads all of them, once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.maps import readers
from tests.maps.real_walks import planned_walks, stored_walks
from walktalk.maps import FORMATS
from walktalk.maps.thinned import SIMPLE_POINTS, SIMPLE_WITHIN_M
from walktalk.parks.geodesy import distance_m, length_m
from walktalk.routes import Walk

FULL_WITHIN_M = 0.5
SAME_LENGTH_PCT = 0.5
COURSE_POINT_WITHIN_M = 2.0
_DEGREES_PER_SEMICIRCLE = 180 / 2**31


@dataclass(frozen=True, slots=True)
class Worst:
    """The worst of many files.

    Attributes:
        deviation_m: how far a line that was read back lies from the walk's.
        length_pct: how much its length differs.
    """

    deviation_m: float = 0.0
    length_pct: float = 0.0

    def or_worse(self, deviation_m: float, length_pct: float) -> Worst:
        """Return the worse of both, each figure for itself."""
        return Worst(max(self.deviation_m, deviation_m), max(self.length_pct, length_pct))


def readings(folder: Path) -> Iterable[tuple[str, str, Callable[[bytes], readers.Line]]]:
    """Give each format's key, who reads it, and how."""
    for key, kind in (("gpx", "gpx"), ("gpx-simple", "gpx"), ("kml", "kml")):
        yield key, "gpsbabel", partial(readers.by_gpsbabel, folder=folder, kind=kind)
    for key in ("fit", "fit-silent"):
        yield key, "gpsbabel", partial(readers.by_gpsbabel, folder=folder, kind="garmin_fit")
        yield key, "Garmin's SDK", readers.by_garmins_sdk
        yield key, "fitdecode", readers.by_fitdecode
    yield "tcx", "gpsbabel", partial(readers.by_gpsbabel, folder=folder, kind="gtrnctr")
    for key in ("gpx", "gpx-simple"):
        yield key, "gpxpy", readers.by_gpxpy
        yield key, "GDAL", partial(by_gdal, folder=folder, key=key, layer="tracks")
    for key in ("kml", "geojson"):
        yield key, "GDAL", partial(by_gdal, folder=folder, key=key, layer=0)


def by_gdal(data: bytes, folder: Path, key: str, layer: str | int) -> readers.Line:
    return readers.by_gdal(data, folder, FORMATS[key].extension, layer)


def read_back(
    key: str, reader: Callable[[bytes], readers.Line], walks: Iterable[Walk]
) -> tuple[Worst, int]:
    """Return the worst of all walks, and the most points a file had."""
    worst, most = Worst(), 0
    for walk in walks:
        line = reader(FORMATS[key].write(walk))
        length_pct = abs(length_m(line) / walk.route.length_m - 1) * 100
        away_m = readers.deviation_m(list(walk.route.coordinates), line)
        worst, most = worst.or_worse(away_m, length_pct), max(most, len(line))
    return worst, most


def course_points_away_m(walks: Iterable[Walk]) -> float:
    """Return how far a course point lies from where its distance says, at worst, in metres."""
    worst = 0.0
    for walk in walks:
        line = walk.route.line
        points = readers.garmin_messages(FORMATS["fit"].write(walk))["course_point_mesgs"]
        distances = [point["distance"] for point in points]
        if distances != sorted(distances):
            return float("inf")
        for point in points:
            position = (
                point["position_long"] * _DEGREES_PER_SEMICIRCLE,
                point["position_lat"] * _DEGREES_PER_SEMICIRCLE,
            )
            worst = max(worst, distance_m(position, line.point_at(point["distance"])))
    return worst


def main() -> int:
    stored, planned = stored_walks().values(), planned_walks()
    walks = [*stored, *planned]
    print(f"{len(stored)} stored routes and {len(planned)} planned walks, in every format")
    broken = 0
    with TemporaryDirectory() as folder:
        for key, name, reader in readings(Path(folder)):
            start = perf_counter()
            worst, most = read_back(key, reader, walks)
            simple = key == "gpx-simple"
            within_m = SIMPLE_WITHIN_M if simple else FULL_WITHIN_M
            fits = worst.deviation_m <= within_m and worst.length_pct <= SAME_LENGTH_PCT
            fits &= not simple or most <= SIMPLE_POINTS
            broken += not fits
            print(
                f"{key:11} {name:13} at worst {worst.deviation_m:6.3f} m away (bound {within_m:g}),"
                f" length {worst.length_pct:6.4f}% off (bound {SAME_LENGTH_PCT:g}),"
                f" {most:5} points at most, {perf_counter() - start:4.0f} s"
                f"{'' if fits else '  BROKEN'}",
                flush=True,
            )
    away_m = course_points_away_m(walks)
    broken += away_m > COURSE_POINT_WITHIN_M
    print(f"course points {away_m:.3f} m from their distance at worst ({COURSE_POINT_WITHIN_M:g})")
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
