"""The point of a walk from which the way back takes longest, and that way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.parks.network import cut
from walktalk.routes.model import FarthestPoint
from walktalk.routes.search.local import shortest_ways

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from walktalk.parks import LonLat
    from walktalk.routes.search.local import Local
    from walktalk.routes.search.walks import Move


def farthest_of(local: Local, moves: Iterable[Move]) -> FarthestPoint:
    """Return where the quickest way back to the start takes longest, over the ground's segments.

    Inside a segment that is where the ways back over its two ends take equally long.
    """
    home_m = _home_m(local)
    best = (-1.0, 0.0, 0.0, 0, 0.0)
    walked = 0.0
    for segment, begin, end in moves:
        row = local.segments[segment]
        tail, head = int(row["tail"]), int(row["head"])
        over_tail, over_head = local.backward_s[segment], local.forward_s[segment]
        both = float(over_tail + over_head)
        level = (over_head + local.back_s[head] - local.back_s[tail]) / both if both else 0.0
        low, high = min(begin, end), max(begin, end)
        for share in (low, float(min(max(level, low), high)), high):
            by_tail = float(local.back_s[tail] + share * over_tail)
            by_head = float(local.back_s[head] + (1 - share) * over_head)
            back_s = min(by_tail, by_head)
            if back_s > best[0]:
                metres = float(row["metres"])
                back_m = (
                    home_m[tail] + share * metres
                    if by_tail <= by_head
                    else home_m[head] + (1 - share) * metres
                )
                best = (back_s, walked + abs(share - begin) * metres, back_m, segment, share)
        walked += abs(end - begin) * float(row["metres"])
    back_s, distance_m, back_m, segment, share = best
    return FarthestPoint(_position(local, segment, share), distance_m, float(back_m), back_s / 60)


def _position(local: Local, segment: int, share: float) -> LonLat:
    row = local.segments[segment]
    at_m = float(row["from_m"] + share * (row["to_m"] - row["from_m"]))
    lon, lat = cut(local.ground.network.lines[int(row["path"])], at_m, at_m)[0]
    return (float(lon), float(lat))


def _home_m(local: Local) -> NDArray[np.float64]:
    """Return the metres of the quickest way from each node to the start."""
    arcs = local.arcs
    homeward = arcs.each_way(local.backward_s, local.forward_s)
    seconds, before = shortest_ways(arcs.matrix(homeward), 0)
    into = np.flatnonzero(before[arcs.end] == arcs.begin)
    metres = np.zeros(local.nodes)
    step = np.zeros(local.nodes)
    step[arcs.end[into]] = local.segments["metres"][arcs.segment[into]]
    for node in np.argsort(seconds, kind="stable"):
        if before[node] >= 0:
            metres[node] = metres[before[node]] + step[node]
    return metres
