"""Lays a recorded walk on the area's paths, where it lies on them.

Each position, every few metres, may lie on any path near it. The likeliest row of paths is found
by dynamic programming (Viterbi): a position far from a path costs, and so does going from one
path to another that does not meet it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
import shapely

from walktalk.parks import Area, LonLat, Network
from walktalk.parks.geodesy import length_m
from walktalk.parks.line import Line
from walktalk.routes.model import Leg
from walktalk.routes.recordings.grouping import OFF, Lines, Points, Stretch, lay_out
from walktalk.routes.recordings.model import Recording, RecordingError
from walktalk.routes.words import distance_in_words

MATCH_WITHIN_M = 15.0
"""A recording this near a path is on it: a receiver under trees errs by 5 to 10 m."""

_SAMPLE_M = 5.0
_FAR_AWAY_M = 2000.0
_OFF_PATH_COST = MATCH_WITHIN_M  # lying on no path is as likely as lying 15 m from one
_NEXT_PATH_COST = 10.0  # metres: how much nearer a joining path must be to change over to it
_LEAVING_COST = 30.0  # the same for leaving the paths, or coming back to them
_OTHER_PATH_COST = 60.0  # the same for a path that does not join


@dataclass(frozen=True, slots=True)
class RecordedPart:
    """A part of a recording, as it was recorded, that lies on the area's paths or on none.

    Attributes:
        on_paths: whether it lies on them.
        line: its positions as (longitude, latitude); the next part begins where it ends.
    """

    on_paths: bool
    line: tuple[LonLat, ...]

    @property
    def length_m(self) -> float:
        """Geodesic length in metres."""
        return length_m(self.line)


@dataclass(frozen=True)
class NetworkMatch:
    """How a recording lies on the area's paths.

    Attributes:
        share: how much of its length lies on recorded paths, 0 to 1.
        median_m, p95_m: distance from the paths of the part that lies on them, metres.
        path_ids: the paths it follows, in walking order.
        legs: the stretches of path, or empty when part of it lies on no path.
        line: the paths' own line where it lies on them, the recording's elsewhere.
        length_m: geodesic length of ``line``.
        parts: the recording, cut where it comes to the paths or leaves them.
    """

    share: float
    median_m: float
    p95_m: float
    path_ids: tuple[str, ...]
    legs: tuple[Leg, ...]
    line: tuple[LonLat, ...]
    length_m: float
    parts: tuple[RecordedPart, ...]


def match_to_network(area: Area, recording: Recording) -> NetworkMatch:
    """Lay a recording on the paths of an area.

    Raises:
        RecordingError: it lies nowhere near the area; says so if swapping latitude and longitude
            would bring it there.
    """
    network = area.network
    edges = np.array([shapely.LineString(network.metres(line.positions)) for line in network.lines])
    tree = shapely.STRtree(edges)
    _refuse_far_away(area, recording, tree)
    positions = _sampled(recording.path)
    samples = np.asarray(shapely.points(network.metres(positions)), dtype=object)
    near = _near_edges(tree, edges, samples)
    chosen = _likeliest(network, near)
    distances = [near[i][edge] for i, edge in enumerate(chosen) if edge != OFF]
    stretches = [
        Stretch(edge, tuple(members))
        for edge, members in groupby(range(len(chosen)), key=chosen.__getitem__)
    ]
    legs, line = lay_out(network, edges, samples, positions, stretches)
    return NetworkMatch(
        share=len(distances) / len(chosen),
        median_m=float(np.median(distances)) if distances else 0.0,
        p95_m=float(np.percentile(distances, 95)) if distances else 0.0,
        path_ids=tuple(network.path_ids[each.edge] for each in stretches if each.edge != OFF),
        legs=legs,
        line=line,
        length_m=length_m(line),
        parts=_parts(positions, chosen),
    )


def _parts(positions: list[LonLat], chosen: list[int]) -> tuple[RecordedPart, ...]:
    """Return the positions in parts on and off the paths; a part leads up to the next one."""
    parts = []
    for on_paths, group in groupby(range(len(chosen)), key=lambda i: chosen[i] != OFF):
        members = list(group)
        line = positions[members[0] : members[-1] + 2]
        if len(line) > 1:
            parts.append(RecordedPart(on_paths, tuple(line)))
    return tuple(parts)


def _refuse_far_away(area: Area, recording: Recording, tree: shapely.STRtree) -> None:
    def away_m(positions: list[LonLat]) -> float:
        points = shapely.MultiPoint(area.network.metres(positions))
        (_, distances) = tree.query_nearest(points, return_distance=True)
        return float(distances[0])

    ends = [recording.line[0], recording.line[-1]]
    here = away_m(ends)
    if here <= _FAR_AWAY_M:
        return
    turned = [(lat, lon) for lon, lat in ends]
    swapped = all(abs(lat) <= 90 for _, lat in turned) and away_m(turned) <= _FAR_AWAY_M  # noqa: PLR2004
    hint = "; latitude and longitude are swapped, export it again" if swapped else ""
    raise RecordingError(f"the recording lies {distance_in_words(here)} from {area.name}{hint}")


def _sampled(path: tuple[LonLat, ...]) -> list[LonLat]:
    line = Line.of(path)
    return line.points_at(line.evenly_m(_SAMPLE_M))


def _near_edges(tree: shapely.STRtree, edges: Lines, samples: Points) -> list[dict[int, float]]:
    """Return, for each sample, the edges near it with their distance in metres."""
    rows, found = tree.query(samples, predicate="dwithin", distance=MATCH_WITHIN_M)
    away_m = np.atleast_1d(shapely.distance(samples[rows], edges[found]))
    near: list[dict[int, float]] = [{} for _ in samples]
    for row, edge, metres in zip(rows.tolist(), found.tolist(), away_m.tolist(), strict=True):
        near[row][edge] = metres
    return near


def _likeliest(network: Network, near: list[dict[int, float]]) -> list[int]:
    """Return the edge each sample most likely lies on, or "off", by Viterbi's method."""
    ends = list(zip(network.tail.tolist(), network.head.tolist(), strict=True))

    def change(before: int, after: int) -> float:
        if before == after:
            return 0.0
        if OFF in (before, after):
            return _LEAVING_COST
        return _NEXT_PATH_COST if set(ends[before]) & set(ends[after]) else _OTHER_PATH_COST

    costs = {OFF: _OFF_PATH_COST, **near[0]}
    came_from: list[dict[int, int]] = []
    for candidates in near[1:]:
        following: dict[int, float] = {}
        best_before: dict[int, int] = {}
        for edge, metres in {OFF: _OFF_PATH_COST, **candidates}.items():
            cost, before = min((costs[each] + change(each, edge), each) for each in costs)
            best_before[edge] = before
            following[edge] = cost + metres
        came_from.append(best_before)
        costs = following
    chosen = [min(costs, key=costs.__getitem__)]
    for best_before in reversed(came_from):
        chosen.append(best_before[chosen[-1]])
    return chosen[::-1]
