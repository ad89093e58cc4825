"""What stands on the stretches of a way: barriers at nodes, and barriers drawn across it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from walktalk.parks.geodesy import LonLat
from walktalk.parks.model import Barrier, FactValue, Source
from walktalk.parks.osm.across import Across, is_level, lines_across
from walktalk.parks.osm.cutting import Piece, ends_of, is_passed
from walktalk.parks.osm.data import OsmData, OsmWay, Tags
from walktalk.parks.osm.facts import barrier_facts
from walktalk.parks.osm.values import text

_NONE = frozenset({"no", "none"})
_HIGH = frozenset({"raised", "regular", "yes"})
_OPENS_A_LINE = ("barrier", "entrance", "door")
_ON_EDGES = frozenset({"kerb"})
"""Lines that run beside a way and are told by the kerb's own node where one crosses them."""


def barriers_on(
    pieces: Sequence[Piece], data: OsmData, source: Source
) -> list[tuple[Barrier, ...]]:
    """Return what one passes on each stretch, in the order of its line.

    A node's barrier counts for the stretches that it stands on (see ``is_passed``). A wall, fence
    or other barrier drawn as a line counts where it crosses a stretch at the same level and no
    node there says what opens it.
    """
    ends = ends_of(pieces)
    tagged = {
        node.id: made
        for node in data.nodes.values()
        if (made := tuple(_at_node(node.tags, node.position, source, data.warnings)))
    }
    opened = {n.id for n in data.nodes.values() if any(key in n.tags for key in _OPENS_A_LINE)}
    across = lines_across(pieces, _lines(data))
    return [
        (
            *(
                barrier
                for ref in dict.fromkeys(piece.refs)
                if ref in tagged and is_passed(piece, ref, ends)
                for barrier in tagged[ref]
            ),
            *(
                _of_line(found, source, data.warnings)
                for found in _each_once(across[number])
                if found.ref not in opened
                and (found.ref is None or is_passed(piece, found.ref, ends))
            ),
        )
        for number, piece in enumerate(pieces)
    ]


def _lines(data: OsmData) -> list[OsmWay]:
    return [
        way
        for way in data.ways.values()
        if way.tags.get("barrier", "no") not in _NONE | _ON_EDGES
        and "highway" not in way.tags
        and is_level(way.tags)
    ]


def _each_once(across: Iterable[Across]) -> Iterable[Across]:
    """Return lines that pass a stretch, those of one kind at one node once."""
    passing = [each for each in across if not each.is_at_end or len(each.arms) > 1]
    return {(each.position, each.way.tags["barrier"]): each for each in passing}.values()


def _of_line(found: Across, source: Source, warnings: Counter[str]) -> Barrier:
    tags = found.way.tags
    kind = text(tags["barrier"].split(";")[0]) or "yes"
    return Barrier(kind, found.position, source, barrier_facts(tags, warnings))


def _at_node(
    tags: Tags, position: LonLat, source: Source, warnings: Counter[str]
) -> Iterator[Barrier]:
    kinds = list(_kinds(tags))
    if not kinds:
        return
    facts: Mapping[str, FactValue] = barrier_facts(tags, warnings)
    for kind in dict.fromkeys(kinds):
        yield Barrier(kind, position, source, facts)


def _kinds(tags: Tags) -> Iterator[str]:
    """Return the kinds of barrier that a node is; several stand in a list with semicolons."""
    for value in tags.get("barrier", "").split(";"):
        kind = text(value)
        if kind and kind not in _NONE | {"kerb"}:
            yield kind.replace("-", "_")
    if tags.get("highway") == "steps":
        yield "steps"
    if tags.get("door", "no") not in _NONE and "barrier" not in tags:
        yield "door"
    if tags.get("ford", "no") not in _NONE or tags.get("highway") == "ford":
        yield "stepping_stones" if tags.get("ford") == "stepping_stones" else "ford"
    if tags.get("hazard", "no") not in _NONE:
        yield "hazard"
    if tags.get("kerb") in _HIGH or "kerb:height" in tags:
        yield "kerb"
