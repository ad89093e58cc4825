"""Damages files of every kind at random, and counts what is answered by anything but a sentence.

Run it with ``make soak``, or ``python -m bench.fuzz [FILES] [SEED] [NAME...]``: so many of each
kind, 50,000 unless said otherwise. Each line of what is printed at the end names the file's kind
and the seed that damages it again.
"""

import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.fuzzing import Kind, damaged, kinds, try_to_read

_AT_ONCE = 500
_SHOWN = 20


@cache
def _kinds() -> dict[str, Kind]:
    with tempfile.TemporaryDirectory() as folder:
        return dict(kinds(Path(folder)))


def _tried(name: str, first: int, last: int) -> tuple[str, Counter[str], list[str]]:
    """Try the seeds from first up to last; return how many were read, refused, and broke."""
    warnings.simplefilter("ignore")
    kind = _kinds()[name]
    counts: Counter[str] = Counter()
    broken: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(first, last):
            try:
                was_read = try_to_read(kind, damaged(kind, seed), Path(folder))
            except Exception:
                counts["broken"] += 1
                last_line = traceback.format_exc().strip().splitlines()[-1]
                broken.append(f"{name}, seed {seed}: {last_line[:200]}")
            else:
                counts["read" if was_read else "refused"] += 1
    return name, counts, broken


def main(files: int, seed: int, names: Sequence[str]) -> int:
    console = Console()
    began = time.monotonic()
    counts: dict[str, Counter[str]] = {name: Counter() for name in names or _kinds()}
    broken: list[str] = []
    with ProcessPoolExecutor() as pool:
        jobs = [
            pool.submit(_tried, name, at, min(at + _AT_ONCE, seed + files))
            for at in range(seed, seed + files, _AT_ONCE)
            for name in counts
        ]
        for job in jobs:
            name, found, lines = job.result()
            counts[name] += found
            broken += lines
    table = Table("Kind", "damaged", "read", "refused", "broken", title="Damaged at random")
    for name, found in counts.items():
        figures = (found.total(), found["read"], found["refused"], found["broken"])
        table.add_row(name, *map(str, figures))
    console.print(table)
    minutes = (time.monotonic() - began) / 60
    console.print(f"{sum(c.total() for c in counts.values())} files in {minutes:.1f} minutes.")
    console.print(*broken[:_SHOWN], sep="\n")
    return 1 if broken else 0


def _asked(words: Sequence[str]) -> tuple[int, int, Sequence[str]]:
    """Return how many files, the first seed, and the names of kinds that were asked for."""
    files = int(words[0]) if words else 50_000
    seed = int(words[1]) if len(words) > 1 else 0
    return files, seed, words[2:]


if __name__ == "__main__":
    sys.exit(main(*_asked(sys.argv[1:])))
