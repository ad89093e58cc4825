"""Which of the town's ways belong to one area: those on its ground and those that lead to it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely.geometry.base import BaseGeometry

from tools.build_parks.grounds import INSIDE_SHARE, ON_THE_EDGE_M
from tools.build_parks.ways import Way
from walktalk.parks import LonLat

REACH_M = 60.0
"""Ways that join a park to the streets and bus stops around it lie within this of it."""

SMALLEST_PIECE_M = 300.0
"""A shorter piece that nothing joins to the rest is no walk, five minutes at the gentle pace: it is
left out, unless a file of 2026 has it."""


@dataclass(frozen=True)
class Town:
    """The ways that may be walked, with their lines in metres."""

    ways: Sequence[Way]
    lines: Sequence[shapely.LineString]
    tree: shapely.STRtree

    @classmethod
    def of(cls, ways: Sequence[Way], lines: Sequence[shapely.LineString]) -> "Town":
        """Index the ways by where they lie."""
        return cls(ways, lines, shapely.STRtree(lines))


@dataclass(frozen=True)
class Selected:
    """The ways of one area.

    Attributes:
        ways: numbers of the ways in the town's list, in its order.
        inside: those of them that lie on the area's own ground.
        main: those that lie on the longest connected piece.
        left_out_m: length of the pieces that nothing joins to the rest.
    """

    ways: list[int]
    inside: set[int]
    main: set[int]
    left_out_m: float


def select(
    town: Town,
    ground: BaseGeometry,
    reach_m: float = REACH_M,
    names: Iterable[str] = (),
    files: Iterable[str] = (),
) -> Selected:
    """Return the ways of one area.

    They are: the ways half of which lies on the ground; the ways that bear one of the names, or
    stand in one of the files of 2026; and the ways half of which lies within reach of all these
    and that are joined to them. Pieces shorter than ``SMALLEST_PIECE_M`` are left out.
    """
    own = set(_mostly_in(town, ground.buffer(ON_THE_EDGE_M)))
    wanted, of_files = frozenset(names), frozenset(files)
    along = {
        n
        for n, way in enumerate(town.ways)
        if way.facts.get("name") in wanted or way.file in of_files
    }
    core = own | along
    shape = shapely.union_all([ground, *(town.lines[n] for n in sorted(along - own))])
    around = set(_mostly_in(town, shape.buffer(reach_m)))
    kept, main, left_out_m = _joined(town, sorted(core | around), core, along)
    return Selected(kept, own & set(kept), main, left_out_m)


def _mostly_in(town: Town, ground: BaseGeometry) -> list[int]:
    shapely.prepare(ground)
    near = np.sort(town.tree.query(ground, predicate="intersects")).tolist()
    return [
        n
        for n in near
        if town.lines[n].intersection(ground).length >= INSIDE_SHARE * town.lines[n].length
    ]


def _joined(
    town: Town, chosen: Sequence[int], core: set[int], along: set[int]
) -> tuple[list[int], set[int], float]:
    """Return the chosen ways without short pieces and those that hold nothing of the core."""
    index: dict[LonLat, int] = {}
    ends = [tuple(index.setdefault(end, len(index)) for end in town.ways[n].ends) for n in chosen]
    if not ends:
        return [], set(), 0.0
    tail, head = np.array(ends).T
    graph = coo_array((np.ones(len(ends)), (tail, head)), shape=(len(index), len(index)))
    _, piece_of = connected_components(graph, directed=False)
    lengths: dict[int, float] = defaultdict(float)
    with_core: set[int] = set()
    for n, at in zip(chosen, tail, strict=True):
        lengths[int(piece_of[at])] += town.lines[n].length
        if n in core:
            with_core.add(int(piece_of[at]))
    longest = max(with_core, key=lengths.__getitem__, default=-1)
    named = {int(piece_of[at]) for n, at in zip(chosen, tail, strict=True) if n in along}
    good = {p for p in with_core if lengths[p] >= SMALLEST_PIECE_M} | named | {longest}
    kept = [n for n, at in zip(chosen, tail, strict=True) if int(piece_of[at]) in good]
    left_out = sum(metres for p, metres in lengths.items() if p in with_core - good)
    main = {n for n, at in zip(chosen, tail, strict=True) if int(piece_of[at]) == longest}
    return kept, main, left_out
