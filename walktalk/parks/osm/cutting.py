"""Cuts walkable ways at junctions into paths."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from walktalk.parks.geodesy import LonLat
from walktalk.parks.osm.data import OsmData, OsmWay, Tags
from walktalk.parks.osm.rules import is_closed_barrier, is_walkable
from walktalk.parks.osm.selection import Inside

_HALF_ROUND_DEG = 180.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one way between two junctions or ends.

    Attributes:
        way: the way it is part of.
        refs: ids of its nodes.
        line: their positions.
    """

    way: OsmWay
    refs: tuple[int, ...]
    line: tuple[LonLat, ...]

    @property
    def path_id(self) -> str:
        """The id its path keeps over re-imports: way and end nodes."""
        return f"w{self.way.id}-n{self.refs[0]}-n{self.refs[-1]}"


def way_of(path_id: str) -> int:
    """Return the id of the way a path was cut from."""
    return int(path_id[1 : path_id.index("-n")])


def cut_ways(data: OsmData, inside: Inside | None = None) -> list[Piece]:
    """Cut every walkable way at the nodes it shares with another, or with itself.

    A bridge shares no node with what passes below, and is not joined to it. Stretches that a
    closed barrier stands on are left out; where nodes are missing the way ends.

    Args:
        data: the extract; its warnings count what was left out.
        inside: keep only stretches with a node for which this holds, up to the first node beyond.
    """
    runs = [run for way in _walkable(data) for run in _runs(way, inside, data.warnings)]
    junctions = _junctions(run.refs for run in runs)
    pieces = [piece for run in runs for piece in _cut(run, junctions)]
    closed = {n.id for n in data.nodes.values() if is_closed_barrier(n.tags)}
    return _without_closed(pieces, closed, data.warnings)


def _walkable(data: OsmData) -> Iterator[OsmWay]:
    """Yield every way to walk, and the edges of squares that are drawn as a relation.

    A square is walked along its edges, whether it is one way or several; an edge that is a way to
    walk of its own stays that.
    """
    yield from (way for way in data.ways.values() if is_walkable(way.tags))
    edges: dict[int, OsmWay] = {}
    for relation in data.relations.values():
        if is_walkable(relation.tags):
            for ref, _role in relation.members:
                way = data.ways.get(ref)
                if way is not None and not is_walkable(way.tags):
                    edges[ref] = replace(way, tags=relation.tags)
    yield from edges.values()


def _runs(way: OsmWay, inside: Inside | None, warnings: Counter[str]) -> Iterator[Piece]:
    """Return the stretches of a way whose nodes are there and, where asked, inside."""
    if None in way.positions:
        warnings["ways with missing nodes, cut where they are missing"] += 1
    keep = [p is not None and (inside is None or inside(p)) for p in way.positions]
    refs: list[int] = []
    line: list[LonLat] = []
    for i, position in enumerate(way.positions):
        if line and position is not None and abs(position[0] - line[-1][0]) > _HALF_ROUND_DEG:
            warnings["ways over the date line, cut there"] += 1
            yield from _run(way, refs, line)
            refs, line = [], []
        linked = keep[i] or (i > 0 and keep[i - 1]) or (i + 1 < len(keep) and keep[i + 1])
        if position is None or not linked:
            yield from _run(way, refs, line)
            refs, line = [], []
            continue
        if line and not keep[i] and not keep[i - 1]:
            yield from _run(way, refs, line)
            refs, line = [], []
        if not refs or refs[-1] != way.refs[i]:
            refs.append(way.refs[i])
            line.append(position)
    yield from _run(way, refs, line)


def _run(way: OsmWay, refs: list[int], line: list[LonLat]) -> Iterator[Piece]:
    if len(refs) > 1:
        yield Piece(way, tuple(refs), tuple(line))


def _junctions(runs: Iterable[tuple[int, ...]]) -> frozenset[int]:
    """Return the nodes that two runs share, or that one run passes twice."""
    seen = Counter(ref for refs in runs for ref in refs)
    return frozenset(ref for ref, times in seen.items() if times > 1)


def _cut(run: Piece, junctions: frozenset[int]) -> Iterator[Piece]:
    start = 0
    last = len(run.refs) - 1
    for i in range(1, last + 1):
        if i == last or run.refs[i] in junctions:
            yield Piece(run.way, run.refs[start : i + 1], run.line[start : i + 1])
            start = i


def _without_closed(pieces: list[Piece], closed: set[int], warnings: Counter[str]) -> list[Piece]:
    """Leave out the stretches on which a closed barrier stands.

    A barrier inside a stretch closes it. One where two stretches meet end to end closes both; at
    a junction it closes those of the ways that end there, not a way that passes. At a way's own
    end, with nothing beyond, it closes nothing.
    """
    ends = ends_of(pieces)

    def is_stopped(piece: Piece) -> bool:
        return any(
            ref in closed and is_passed(piece, ref, ends) and ends[ref] != 1 for ref in piece.refs
        )

    kept = [piece for piece in pieces if not is_stopped(piece)]
    if len(kept) < len(pieces):
        warnings["stretches left out behind a closed barrier"] += len(pieces) - len(kept)
    return kept


def ends_of(pieces: Iterable[Piece]) -> Counter[int]:
    """Return how many stretches end at each node."""
    return Counter(ref for piece in pieces for ref in (piece.refs[0], piece.refs[-1]))


def is_passed(piece: Piece, ref: int, ends: Counter[int]) -> bool:
    """Return whether what stands at a node of a stretch stands on the stretch.

    At a junction it stands on the ways that end there, not on a way that passes.
    """
    if ref not in (piece.refs[0], piece.refs[-1]):
        return True
    return ends[ref] <= 2 or ref in (piece.way.refs[0], piece.way.refs[-1])  # noqa: PLR2004


def nodes_on(piece: Piece, tags_of: dict[int, Tags]) -> Iterator[Tags]:
    """Return the tags of the tagged nodes a stretch passes, ends included."""
    for ref in dict.fromkeys(piece.refs):
        if ref in tags_of:
            yield tags_of[ref]
