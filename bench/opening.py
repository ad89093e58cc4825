"""Measures how long it takes to open a kept walk, over the size of the area it lies in.

Run it with ``python -m bench.opening``. For grid towns of 500, 3,000 and 20,000 paths it prints
the processor time of opening the copy that a session keeps, as it is kept now (the walk's
surroundings) and as it was kept before (the whole area), and what each weighs. It asserts nothing.
"""

from __future__ import annotations

import json
import math
import os
import zlib
from collections.abc import Callable
from statistics import median
from time import process_time

from rich.console import Console
from rich.table import Table

from tests.routes.ground import area, path, place
from walktalk.parks import Area
from walktalk.routes import Walk, WalkRequest, plan_walks
from walktalk.sessions.store.frozen import freeze, freeze_whole, thaw

SIZES = (500, 3_000, 20_000)
_BLOCK_M = 90.0
_RUNS = 9


def a_town(paths: int) -> Area:
    """A grid town of about so many paths, people meeting in its middle."""
    blocks = round(math.sqrt(paths / 2))
    grid = []
    for i in range(blocks):
        for j in range(blocks):
            here = (i * _BLOCK_M, j * _BLOCK_M)
            facts: dict[str, str | float] = {
                "surface": "asphalt",
                "lit": "yes",
                "width_m": 2.0,
                "highway": "footway",
            }
            east, north = (here[0] + _BLOCK_M, here[1]), (here[0], here[1] + _BLOCK_M)
            grid += [path(f"e{i}-{j}", here, east, **facts), path(f"n{i}-{j}", here, north)]
    middle = blocks // 2 * _BLOCK_M
    return area(grid, [place("start", "meeting_point", middle, middle)])


def opened_ms(frozen: str) -> float:
    """Return the processor milliseconds of opening a copy, the median of some runs."""
    times = []
    for _ in range(_RUNS):
        begin = process_time()
        thaw(json.loads(frozen))
        times.append((process_time() - begin) * 1000)
    return median(times)


def main() -> None:
    """Print the table."""
    table = Table("paths", "now, ms", "before, ms", "now, KB", "before, KB", title="A walk opened")
    keepers: tuple[Callable[[Walk], object], ...] = (freeze, freeze_whole)
    for size in SIZES:
        town = a_town(size)
        request = WalkRequest(start="start", minutes=50)
        walk = Walk(town, request, plan_walks(town, request)[0])
        copies = [json.dumps(keep(walk)) for keep in keepers]
        table.add_row(
            f"{len(town.paths):,}",
            *(f"{opened_ms(copy):.1f}" for copy in copies),
            *(f"{len(zlib.compress(copy.encode())) / 1000:.1f}" for copy in copies),
        )
    console = Console()
    console.print(table)
    console.print(f"Load of this machine: {os.getloadavg()[0]:.1f} over {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
