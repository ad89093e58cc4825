"""Prints how long the files of a walk take and how large they are.

Run from the top folder: ``python -m bench.files``.
"""

from __future__ import annotations

import resource
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from math import cos, radians, sin
from statistics import median
from time import perf_counter

from tests.maps.meadow import MEADOW, walk_along
from walktalk.maps import FORMATS
from walktalk.parks import LonLat, Path
from walktalk.parks.geodesy import length_m
from walktalk.routes import Leg, Walk
from walktalk.routes.recordings import RecordingError, read_recording
from walktalk.routes.recordings.collect import MAX_POINTS

POINTS = 600
LENGTH_M = 3000
ROUNDS = 15
RECORDED_POINTS = 10_000
TOO_LARGE = 100_000_000
START = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
_LON, _LAT = -2.08, 51.90
_DEGREES_PER_METRE = 1 / 111_320  # of latitude, near enough for a made-up line


def winding_walk() -> Walk:
    """A made-up walk of 3 km with 600 points and their heights, each step turning a little."""
    line: list[LonLat] = [(_LON, _LAT)]
    step = LENGTH_M / (POINTS - 1) * _DEGREES_PER_METRE
    for number in range(POINTS - 1):
        heading = radians(number * 360 / POINTS + 25 * sin(number / 7))
        lon, lat = line[-1]
        line.append((lon + step * sin(heading) / cos(radians(_LAT)), lat + step * cos(heading)))
    heights = tuple(60 + 5 * sin(number / 40) for number in range(POINTS))
    area = replace(MEADOW, paths={"only": Path("only", tuple(line), heights_m=heights)})
    return walk_along(tuple(line), legs=(Leg("only", 0.0, length_m(line)),), area=area)


def milliseconds(task: Callable[[], object]) -> float:
    """The median time of a task in milliseconds, after one round to warm up."""
    task()
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        task()
        times.append(perf_counter() - start)
    return median(times) * 1000


def noisy_gpx(points: int) -> bytes:
    """A recording of ``points`` seconds round the made-up walk, with heights and times."""
    line = winding_walk().route.coordinates
    there = [(lon, lat) for lon, lat in line] + [(lon, lat) for lon, lat in reversed(line)]
    moments = (START + timedelta(seconds=number) for number in range(points))
    rows = (
        f'<trkpt lat="{there[i % len(there)][1]:.7f}" lon="{there[i % len(there)][0]:.7f}">'
        f"<ele>61.2</ele><time>{moment:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>"
        for i, moment in enumerate(moments)
    )
    head = '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
    return f"{head}{''.join(rows)}</trkseg></trk></gpx>".encode()


def plain_gpx(points: int) -> bytes:
    """A made-up line of positions alone, a zigzag that stays under 100 km."""
    rows = (
        f'<trkpt lat="{51.9 + i % 2 * 5e-7:.7f}" lon="{_LON + i % 1000 * 1e-7:.7f}"/>'
        for i in range(points)
    )
    head = '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
    return f"{head}{''.join(rows)}</trkseg></trk></gpx>".encode()


def print_reading() -> None:
    """Print the time an ordinary recording takes, and time and memory of the longest accepted."""
    data = noisy_gpx(RECORDED_POINTS)
    took = milliseconds(lambda: read_recording(data, "walk.gpx"))
    print(
        f"reading {RECORDED_POINTS:,} points, {len(data) / 1e6:.1f} MB of GPX: {took / 1000:.2f} s"
    )
    data = plain_gpx(MAX_POINTS)
    start = perf_counter()
    read_recording(data, "walk.gpx")
    took = perf_counter() - start
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"reading {MAX_POINTS:,} points, {len(data) / 1e6:.0f} MB of GPX: {took:.1f} s, ", end="")
    print(f"{memory_mb:.0f} MB at most, this program and the file included")
    start = perf_counter()
    with suppress(RecordingError):
        read_recording(b"<" * TOO_LARGE, "walk.gpx")
    print(f"refusing {TOO_LARGE / 1e6:.0f} MB: {(perf_counter() - start) * 1000:.1f} ms")


def main() -> None:
    walk = winding_walk()
    print(f"a walk of {walk.route.length_m:.0f} m with {len(walk.route.coordinates)} points")
    for each in FORMATS.values():
        took = milliseconds(partial(each.write, walk))
        print(f"{each.key:12} {took:7.1f} ms {len(each.write(walk)) / 1000:7.1f} kB")
    print_reading()


if __name__ == "__main__":
    main()
