"""What a crossed road, railway or tramway is worth, by its class and what helps across.

In metres of a plain path: waiting, looking, the talk interrupted. The figures are ours; their
order is that of the traffic. They were tried at once, one and a half, two, two and a half and three
times a street's 40 m: at two and a half no network's walks cross more roads than the circle of
waypoints of ``bench.loops`` does (a town of 250 paths .7 a kilometre, in place of .8), and are as
calm but for a hundredth of their way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.parks.nearness import MAIN_ROADS
from walktalk.routes.checks.crossed import RAILS, at_an_end, crosses_somewhere

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from walktalk.parks import Area, Path
    from walktalk.parks.model import FactValue

CROSSING_M = 100.0
"""A street, or a road whose class nobody has recorded."""

MAIN_CROSSING_M = 300.0
"""A main road with neither lights nor an island recorded: three streets' worth of waiting."""

HELPED_CROSSING_M = 200.0
"""A main road with lights or an island."""

THROUGH_CROSSING_M = 150.0
"""A road with steady traffic, or the rails of a railway or tramway."""

DRIVE_CROSSING_M = 40.0
"""A drive or a car park's aisle: a look to either side."""

_THROUGH = frozenset(["tertiary", "tertiary_link", "busway", "bus_guideway"])


def crossing_cost_m(kind: str, facts: Mapping[str, FactValue]) -> float:
    """Return what crossing a road or railway of a class is worth, in metres of a plain path."""
    if kind in MAIN_ROADS:
        helped = facts.get("signals") == "yes" or facts.get("island") == "yes"
        return HELPED_CROSSING_M if helped else MAIN_CROSSING_M
    if kind in _THROUGH or kind in RAILS:
        return THROUGH_CROSSING_M
    return DRIVE_CROSSING_M if kind == "service" else CROSSING_M


def crossed_on_paths_m(area: Area) -> NDArray[np.float64]:
    """Return what the roads crossed on each path are worth, in the network's edge order."""
    return np.array([_crossed_on_m(path) for path in area.paths.values()], dtype=float)


def _crossed_on_m(path: Path) -> float:
    drawn = [each for each in path.crossings if not at_an_end(path, each)]
    somewhere_m = CROSSING_M if crosses_somewhere(path) else 0.0
    return somewhere_m + sum(crossing_cost_m(each.kind, each.facts) for each in drawn)
