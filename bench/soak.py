"""Kills a server and the commands beside it for minutes, and counts what was lost.

Run it with ``make soak``, or ``python -m bench.soak [KILLS] [WRITES] [SEED]``: it goes on until so
many processes were killed and so many writes were acknowledged, 300 and 2,000 unless said
otherwise. It prints figures, and what was said to be saved and is not there.
"""

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.soaking import Soak

_WRITERS = 3


def main(kills: int = 300, writes: int = 2_000, seed: int = 1) -> int:
    console = Console()
    with tempfile.TemporaryDirectory(prefix="walktalk-soak-") as folder:
        soak = Soak(Path(folder), seed)
        began = time.monotonic()
        figures = soak.run(kills, writes, writers=_WRITERS)
        minutes = (time.monotonic() - began) / 60
        lost = soak.lost()
        ended = Counter(dict.fromkeys(figures.kills, 0))
        for (name, _), number in figures.ended.items():
            ended[name] += number
        table = Table("Process", "killed", "ended by itself", title="Killed at random")
        for name in sorted(ended):
            table.add_row(name, str(figures.kills[name]), str(ended[name]))
        console.print(table)
        console.print(
            f"{figures.kills.total()} kills and {len(figures.acknowledged)} acknowledged writes in "
            f"{minutes:.1f} minutes; {figures.unsaid} requests got no answer; {len(lost)} lost."
        )
        console.print(*lost, sep="\n")
        console.print(soak.doctor())
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
