"""Where the walk can be left: other paths that meet it, and recorded gates."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.facts import text
from walktalk.routes.checks.walked import metres_on, place_sources
from walktalk.routes.sentences import Metres, say, say_n
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.routes.checks.walked import Walked

WAYS_OUT_GAP_M = 500.0
"""Metres between two ways off the walk above which it asks for care: about eight minutes at a
gentle pace of 1 m/s. The choice is ours."""

GATE_KINDS = frozenset(["gate", "entrance"])
GATE_REACH_M = 20.0
"""Metres from the walk within which a gate is on it."""


def _find(walked: Walked) -> Outcome:
    paths = _paths_leading_off_m(walked)
    gates = walked.along.near(GATE_KINDS, GATE_REACH_M)
    because = say(
        "Counted: other recorded paths that meet the walk, and recorded gates and entrances "
        "within %(reach)s m. Where each leads is not checked.",
        reach=f"{GATE_REACH_M:.0f}",
    )
    silent = [each for each in walked.stretches if text(each.path, "phone_signal") == "no"]
    no_signal = [say("The phone had no signal on %(length)s.", length=metres_on(silent))]
    more = no_signal if silent else []
    heard = walked.sources_of(silent, "phone_signal")
    if not paths and not gates.places:
        says = say("Ways off this walk: none is recorded between its start and its end.")
        return Outcome("unknown", says, [because, *more], heard)
    passed = [*(at for places in paths.values() for at in places), *gates.along_m]
    stops = np.concatenate(([0.0], np.sort(passed), [walked.route.length_m]))
    gap_m = float(np.diff(stops).max())
    says = say_n(
        "One way leads off this walk; the longest stretch without one is %(gap)s.",
        "%(number)s ways lead off this walk; the longest stretch without one is %(gap)s.",
        len(paths) + len(gates.places),
        gap=Metres(gap_m),
    )
    return Outcome(
        "pass" if gap_m <= WAYS_OUT_GAP_M else "caution",
        says,
        [because, *more],
        [*walked.sources_of(walked.stretches, "geometry"), *place_sources(gates.places), *heard],
    )


def _paths_leading_off_m(walked: Walked) -> dict[int, list[float]]:
    """Return the junctions where other paths meet the walk, with the metres of each passing."""
    network = walked.area.network
    walked_ids = {stretch.path.id for stretch in walked.stretches}
    ways_walked = Counter(node for path_id in walked_ids for node in network.ends_of(path_id))
    found: dict[int, list[float]] = {}
    along_m = 0.0
    for stretch, node in zip(walked.stretches, walked.nodes, strict=True):
        along_m += stretch.length_m
        if node is not None and network.degrees[node] > ways_walked[node]:
            found.setdefault(node, []).append(along_m)
    return found


CHECK = Check(id="ways-out", title=N_("Ways off the walk"), facts=("phone_signal",), find=_find)
