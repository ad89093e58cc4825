"""Measures what the shipped areas cost, beside those of another commit.

Run it with ``python -m bench.land COMMIT``. For that commit's whole tree and for this one it
prints the size of ``data/parks``, the processor time until a server has started and read every
area, and that of the planning page and of planning 50 minutes in the area with the most paths. The
two are measured in turns in the same run, each in a process of its own. It asserts nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

_HERE = Path(__file__).parent.parent
_STARTS = 5
_HASH_SHOWN = 7
_IN_ITS_TREE = """
import json, sys, tempfile, time
from pathlib import Path
begun = time.process_time()
from walktalk.settings import Settings
from walktalk.web.app import create_app
from walktalk.web.state import EXTENSION
with tempfile.TemporaryDirectory() as home:
    state = create_app(Settings(home=Path(home))).extensions[EXTENSION]
    areas = state.files.areas() if hasattr(state, "files") else state.areas
    told = {"start": time.process_time() - begun, "areas": len(areas)}
if "all" in sys.argv:
    from tests.web.desk import Desk, make_app
    from walktalk.routes import WalkRequest, plan_walks
    def timed(act):
        act()
        times = []
        for _ in range(5):
            begin = time.process_time()
            act()
            times.append(time.process_time() - begin)
        return sorted(times)[2]
    largest = max(areas.values(), key=lambda area: sum(p.length_m for p in area.paths.values()))
    told["largest"] = largest.id
    told["plan"] = timed(lambda: plan_walks(largest, WalkRequest(minutes=50)))
    with tempfile.TemporaryDirectory() as home:
        desk = Desk(make_app(Path(home)))
        desk.sign_up()
        start = f"{largest.id}/{largest.meeting_points[0].id}"
        told["page"] = timed(lambda: desk.get("/plan"))
        told["answer"] = timed(lambda: desk.plan(start=start))
print(json.dumps(told))
"""


@dataclass(frozen=True)
class Cost:
    """What one tree's areas cost: megabytes, processor milliseconds, and the largest area's id."""

    areas: int
    megabytes: float
    start_ms: float
    page_ms: float
    plan_ms: float
    answer_ms: float
    largest: str


def cost_of(tree: Path, starts: list[float]) -> Cost:
    """Measure a tree; ``starts`` are the seconds of its starts so far."""
    told = _run(tree, "all")
    return Cost(
        areas=int(told["areas"]),
        megabytes=sum(file.stat().st_size for file in (tree / "data" / "parks").iterdir()) / 1e6,
        start_ms=median(starts) * 1000,
        page_ms=float(told["page"]) * 1000,
        plan_ms=float(told["plan"]) * 1000,
        answer_ms=float(told["answer"]) * 1000,
        largest=str(told["largest"]),
    )


def _run(tree: Path, *words: str) -> dict[str, str | float]:
    command = [sys.executable, "-W", "ignore", "-c", _IN_ITS_TREE, *words]
    env = {**os.environ, "PYTHONPATH": str(tree)}
    ran = subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True, check=True)
    told: dict[str, str | float] = json.loads(ran.stdout.splitlines()[-1])
    return told


def main() -> None:
    """Print the table."""
    commit = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        packed = subprocess.run(
            ["git", "archive", commit], cwd=_HERE, capture_output=True, check=True
        )
        with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
            archive.extractall(there, filter="data")
        starts: dict[Path, list[float]] = {there: [], _HERE: []}
        for tree in (there, _HERE):
            _run(tree)  # so that neither has to compile its modules
        for _ in range(_STARTS):
            for tree, seconds in starts.items():
                seconds.append(float(_run(tree)["start"]))
        before, now = (cost_of(tree, seconds) for tree, seconds in starts.items())
    table = Table("", commit[:_HASH_SHOWN], "now", "ratio", title="What the areas cost")
    rows = (
        ("areas", before.areas, now.areas),
        ("data/parks, MB", before.megabytes, now.megabytes),
        ("server started, ms", before.start_ms, now.start_ms),
        ("planning page, ms", before.page_ms, now.page_ms),
        ("three walks planned, ms", before.plan_ms, now.plan_ms),
        ("and shown on a page, ms", before.answer_ms, now.answer_ms),
    )
    for name, old, new in rows:
        shown = (f"{each:,.2f}" if isinstance(each, float) else str(each) for each in (old, new))
        table.add_row(name, *shown, f"{new / old:.2f}")
    console = Console()
    console.print(table)
    console.print(f"Planned in {before.largest} and in {now.largest}, 50 minutes.")
    console.print(f"Load of this machine: {os.getloadavg()[0]:.1f} over {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
