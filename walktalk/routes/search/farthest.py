"""The point of a walk from which the way back takes longest, and that way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.parks.network import cut
from walktalk.routes.model import FarthestPoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walktalk.parks import LonLat
    from walktalk.routes.search.local import Local
    from walktalk.routes.search.walks import Move


def farthest_of(local: Local, moves: Sequence[Move]) -> FarthestPoint:
    """Return where the quickest way back to the start takes longest, over the ground's segments.

    Inside a segment that is where the ways back over its two ends take equally long.
    """
    segment = np.array([move[0] for move in moves], dtype=np.int64)
    begin, end = np.array([move[1:] for move in moves], dtype=float).T
    row = local.segments[segment]
    tail, head, metres = row["tail"], row["head"], row["metres"]
    over_tail, over_head = local.backward_s[segment], local.forward_s[segment]
    both = np.where(over_tail + over_head > 0, over_tail + over_head, 1.0)
    level = (over_head + local.back_s[head] - local.back_s[tail]) / both
    level = np.clip(level, np.minimum(begin, end), np.maximum(begin, end))
    shares = np.column_stack([begin, level, end])
    by_tail = local.back_s[tail, None] + shares * over_tail[:, None]
    by_head = local.back_s[head, None] + (1 - shares) * over_head[:, None]
    back_s = np.minimum(by_tail, by_head)
    move, point = np.unravel_index(int(np.argmax(back_s)), back_s.shape)
    share = float(shares[move, point])
    over, rest = (
        (tail, share) if by_tail[move, point] <= by_head[move, point] else (head, 1 - share)
    )
    walked = float((np.abs(end - begin) * metres)[:move].sum())
    return FarthestPoint(
        position=_position(local, int(segment[move]), share),
        distance_m=walked + abs(share - float(begin[move])) * float(metres[move]),
        back_m=float(local.home_m[over[move]] + rest * metres[move]),
        back_minutes=float(back_s[move, point]) / 60,
    )


def _position(local: Local, segment: int, share: float) -> LonLat:
    row = local.segments[segment]
    at_m = float(row["from_m"] + share * (row["to_m"] - row["from_m"]))
    lon, lat = cut(local.ground.network.lines[int(row["path"])], at_m, at_m)[0]
    return (float(lon), float(lat))
