"""Keeps what was measured on each network, and shows it before and after.

python -m bench.figures BEFORE AFTER        two folders written by bench.loops --out
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def spread(values: Sequence[float], digits: int) -> str:
    """Return the median and the 95th percentile."""
    if not values:
        return "-"
    median, high = np.percentile(values, [50, 95])
    return f"{median:.{digits}f} / {high:.{digits}f}"


def keep(folder: Path, network: str, name: str, figures: Mapping[str, Mapping[str, Any]]) -> None:
    """Write what was measured of one network: for each planner its columns and counts."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"name": name, **figures}, indent=1)
    (folder / f"{network}.json").write_text(text + "\n", "utf-8")


def _said(value: float | Sequence[float] | None) -> str:
    if value is None:
        return "-"
    return spread(value, 2) if isinstance(value, list) else f"{value:g}"


def main() -> None:
    """Print each network's columns: before, after, and the circle of waypoints after."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    given = parser.parse_args()
    for file in sorted(given.after.glob("*.json")):
        after = json.loads(file.read_text("utf-8"))
        old = given.before / file.name
        before = json.loads(old.read_text("utf-8")) if old.exists() else {}
        print(f"{after['name']}; median / 95 %")
        print(f"  {'':22}{'before':>18}{'after':>18}{'circle':>18}")
        for column in after["planner"]:
            values = [
                each.get(who, {}).get(column)
                for each, who in ((before, "planner"), (after, "planner"), (after, "circle"))
            ]
            print(f"  {column:22}" + "".join(f"{_said(value):>18}" for value in values))


if __name__ == "__main__":
    main()
