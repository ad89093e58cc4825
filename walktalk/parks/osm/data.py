"""What is read from OpenStreetMap, in plain values, whatever the file's format."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from walktalk.parks.geodesy import LonLat

Tags = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OsmNode:
    """A tagged node."""

    id: int
    tags: Tags
    position: LonLat


@dataclass(frozen=True, slots=True)
class OsmWay:
    """A way with the position of each of its nodes, ``None`` where the node is missing."""

    id: int
    tags: Tags
    refs: tuple[int, ...]
    positions: tuple[LonLat | None, ...]

    @property
    def line(self) -> tuple[LonLat, ...]:
        """The positions that are known."""
        return tuple(position for position in self.positions if position is not None)

    @property
    def is_closed(self) -> bool:
        """Whether it ends at the node it starts from."""
        return len(self.refs) > 3 and self.refs[0] == self.refs[-1]  # noqa: PLR2004 - a triangle


@dataclass(frozen=True, slots=True)
class OsmRelation:
    """A multipolygon or boundary: the ids of its member ways with their roles."""

    id: int
    tags: Tags
    members: tuple[tuple[int, str], ...]


@dataclass
class OsmData:
    """The part of an extract that an import needs.

    Attributes:
        nodes: tagged nodes by id.
        ways: ways by id, in file order.
        relations: multipolygons and boundaries by id.
        as_of: the date the data speak of, ISO 8601.
        warnings: how often each oddity was met, in plain English.
    """

    nodes: dict[int, OsmNode] = field(default_factory=dict)
    ways: dict[int, OsmWay] = field(default_factory=dict)
    relations: dict[int, OsmRelation] = field(default_factory=dict)
    as_of: str = ""
    warnings: Counter[str] = field(default_factory=Counter)

    def elements(self) -> Iterator[tuple[str, int, Tags]]:
        """Return kind ("node", "way", "relation"), id and tags of everything."""
        for node in self.nodes.values():
            yield "node", node.id, node.tags
        for way in self.ways.values():
            yield "way", way.id, way.tags
        for relation in self.relations.values():
            yield "relation", relation.id, relation.tags
