"""Prints how long the files of a walk take and how large they are.

Run from the top folder: ``python -m bench.files``.
"""

from __future__ import annotations

from collections.abc import Callable
from math import cos, radians, sin
from statistics import median
from time import perf_counter

from tests.maps.meadow import walk_along
from walktalk.maps import FORMATS
from walktalk.parks import LonLat
from walktalk.routes import Walk

POINTS = 600
LENGTH_M = 3000
ROUNDS = 30
_LON, _LAT = -2.08, 51.90
_DEGREES_PER_METRE = 1 / 111_320  # of latitude, near enough for a made-up line


def winding_walk() -> Walk:
    """A made-up walk of 3 km with 600 points, each step turning a little."""
    line: list[LonLat] = [(_LON, _LAT)]
    step = LENGTH_M / (POINTS - 1) * _DEGREES_PER_METRE
    for number in range(POINTS - 1):
        heading = radians(number * 360 / POINTS + 25 * sin(number / 7))
        lon, lat = line[-1]
        line.append((lon + step * sin(heading) / cos(radians(_LAT)), lat + step * cos(heading)))
    return walk_along(tuple(line))


def milliseconds(task: Callable[[], object]) -> float:
    """The median time of a task in milliseconds, after one round to warm up."""
    task()
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        task()
        times.append(perf_counter() - start)
    return median(times) * 1000


def main() -> None:
    walk = winding_walk()
    print(f"a walk of {walk.route.length_m:.0f} m with {len(walk.route.coordinates)} points")
    for each in FORMATS.values():
        took = milliseconds(lambda each=each: each.write(walk))
        print(f"{each.key:12} {took:7.1f} ms {len(each.write(walk)) / 1000:7.1f} kB")


if __name__ == "__main__":
    main()
