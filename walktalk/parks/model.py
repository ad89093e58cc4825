"""The land in plain values: areas, paths, places, and where each fact about them comes from."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeVar, TypeVarTuple

from walktalk.parks.geodesy import LonLat
from walktalk.parks.line import Line
from walktalk.parks.network import Network

Derived = TypeVar("Derived")
By = TypeVarTuple("By")

FactValue = str | float | int | bool
"""A recorded fact. What nobody has recorded is absent, never a default."""

Height = float | None
"""Metres above mean sea level, ``None`` where unknown."""

BackgroundKind = Literal["boundary", "water", "green", "building", "road"]


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so, and when.

    Attributes:
        id: key of the source within its area file.
        title: how it is named to a reader.
        as_of: the date, month or years the source speaks of, ISO 8601 ("2026-09-15", "2021/2023").
        licence: SPDX-like name of the data licence, or ``None`` where the source states none.
        url: where to read more.
        reported: somebody said so and nobody surveyed it: good for a note, never for a ``pass``.
    """

    id: str
    title: str
    as_of: str
    licence: str | None = None
    url: str | None = None
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Barrier:
    """A gate, stile, bollard, kerb ... that one passes on a path.

    Attributes:
        kind: what it is (see ``walktalk.parks.barriers.RULES``).
        position: where it stands, or ``None`` where only its path is known.
        source: who says so, and when.
        facts: what is recorded about it (see ``walktalk.parks.fact_schema.BarrierFacts``).
    """

    kind: str
    position: LonLat | None
    source: Source
    facts: Mapping[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Crossing:
    """A road, railway or tramway that a path crosses at grade, or meets at its end.

    Attributes:
        kind: its class: OpenStreetMap's value of ``highway``, or of ``railway`` ("rail", "tram").
        position: where, as (longitude, latitude).
        source: who says so, and when.
        facts: what is recorded about it (see ``walktalk.parks.fact_schema.CrossingFacts``).
    """

    kind: str
    position: LonLat
    source: Source
    facts: Mapping[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True)
class Path:
    """A stretch of way on the ground between two junctions.

    Attributes:
        id: unique in its area; survives a re-import.
        coordinates: the line as (longitude, latitude), at least two points.
        facts: what is recorded, by name (see ``walktalk.parks.fact_schema.PathFacts``).
        sources: for each fact, for ``"geometry"`` and for ``"heights_m"``, where it comes from.
        heights_m: one for each point of the line, or ``None`` where nobody has recorded any.
        barriers: what one passes on it, in the order of the line where that is known.
        crossings: the roads and railways it crosses, or meets at its ends.

    Raises:
        ValueError: there is not one height for each point of the line.
    """

    id: str
    coordinates: tuple[LonLat, ...]
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    heights_m: tuple[Height, ...] | None = None
    barriers: tuple[Barrier, ...] = ()
    crossings: tuple[Crossing, ...] = ()

    def __post_init__(self) -> None:
        """Refuse heights that belong to another line."""
        if self.heights_m is not None and len(self.heights_m) != len(self.coordinates):
            raise ValueError(
                f"path {self.id!r} has {len(self.heights_m)} heights for "
                f"{len(self.coordinates)} points"
            )

    @cached_property
    def line(self) -> Line:
        """The line, measured once."""
        return Line.of(self.coordinates)

    @cached_property
    def length_m(self) -> float:
        """Geodesic length in metres."""
        return self.line.length_m


@dataclass(frozen=True)
class Place:
    """A point that matters: meeting point, bench, toilets, car park, playground, ...

    Attributes:
        id: a slug, unique in its area.
        kind: what it is (see ``walktalk.parks.schema.PLACE_KINDS``).
        name: as recorded, or ``""`` where it has none.
        position: (longitude, latitude).
        how_to_find: plain-English directions made from recorded facts only; every meeting point
            has them, other places need not.
        facts: what else is recorded (``fee``, ``capacity``, ``wheelchair``, ...).
        sources: for each fact, and for ``"geometry"``, where it comes from.
    """

    id: str
    kind: str
    name: str
    position: LonLat
    how_to_find: str = ""
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)

    @property
    def is_meeting_point(self) -> bool:
        """Whether a walk can start here by name."""
        return self.kind == "meeting_point"


@dataclass(frozen=True, slots=True)
class StoredRoute:
    """A walk kept with the area's file: its paths in walking order.

    Attributes:
        id: a slug, unique in its area.
        name: how it is called in the library.
        about: what it is like, from recorded facts only.
        start: id of the meeting point it starts from.
        path_ids: the paths in the order walked once through, each end meeting the next.
        closed: whether it ends where it starts (a loop).
    """

    id: str
    name: str
    about: str
    start: str
    path_ids: tuple[str, ...]
    closed: bool


@dataclass(frozen=True, slots=True)
class LostRoute:
    """A stored walk that can no longer be walked as it was, kept so that somebody decides.

    Attributes:
        route: as it was stored.
        gone: the ids of its paths that are no longer there.
        line: where it ran, as (longitude, latitude).
    """

    route: StoredRoute
    gone: tuple[str, ...]
    line: tuple[LonLat, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about the area that nobody surveyed, for the checks it concerns."""

    text: str
    checks: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class WayIn:
    """How one comes on foot from a bus stop or a car park to a meeting point, as recorded.

    Attributes:
        place: id of the stop or the car park.
        to: id of the meeting point.
        length_m: metres on foot, along paths and streets, not as the crow flies.
        path_ids: the area's paths on it, in the order of walking.
        streets: names of the streets walked along, in order; ``""`` for one without a name.
        streets_m: metres along them; whether they have a pavement is not recorded.
        crosses: names of the roads crossed, ``""`` for one without a name.
        source: who says so, and when.
    """

    place: str
    to: str
    length_m: float
    path_ids: tuple[str, ...]
    streets: tuple[str, ...]
    streets_m: float
    crosses: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class BackgroundShape:
    """Something that lies around the paths: drawn behind a walk, and near it or not.

    ``rings`` holds lines (roads) or closed rings (everything else) of (longitude, latitude): the
    outer ring first, then the holes in it. ``detail`` is a road's class, or what else tells one
    shape of a kind from another.
    """

    kind: BackgroundKind
    rings: tuple[tuple[LonLat, ...], ...]
    name: str = ""
    detail: str = ""
    source: Source | None = None


class ByPath(dict[str, Derived]):
    """What is derived from paths, by their ids, each made when it is first asked for."""

    def __init__(self, paths: Mapping[str, Path], make: Callable[[Path], Derived]) -> None:
        super().__init__()
        self._paths = paths
        self._make = make

    def __missing__(self, path_id: str) -> Derived:
        """Make what is asked for and keep it."""
        self[path_id] = made = self._make(self._paths[path_id])
        return made


@dataclass(frozen=True)
class Area:
    """One park or green corridor: one file in ``data/parks/``.

    Attributes:
        id: slug and file name.
        name: as people call it.
        about: one or two plain sentences, from recorded facts only.
        paths: by id, in the file's order.
        places: by id, in the file's order; the first meeting point is the default start.
        routes: the area's stored routes by id.
        notes: what people report, for the findings that concern it.
        background: what a map draws behind the walk.
        sources: every source named in the file, by id.
        searched: kinds of place (or ``"road"``, ``"water"``) for which a source was searched over
            the whole area, with that source: only there does "none recorded" say something.
        lost_routes: stored routes whose paths have gone or no longer meet, by id.
        ways_in: how one comes to the meeting points from stops and car parks, where that is known.
    """

    id: str
    name: str
    paths: Mapping[str, Path]
    places: Mapping[str, Place] = field(default_factory=dict)
    about: str = ""
    routes: Mapping[str, StoredRoute] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    background: tuple[BackgroundShape, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    searched: Mapping[str, Source] = field(default_factory=dict)
    lost_routes: Mapping[str, LostRoute] = field(default_factory=dict)
    ways_in: tuple[WayIn, ...] = ()

    @cached_property
    def network(self) -> Network:
        """The graph of the area's paths, built once."""
        return Network.of(self.paths)

    def prepared(self, make: "Callable[[Area, *By], Derived]", *by: *By) -> Derived:
        """Return what is derived from the area: made when it is first asked for, then kept.

        It is kept as long as the area is, and by it: every module that derives something from an
        area (verdicts, weights, segments, what is near) asks for it here.

        Args:
            make: makes it from the area; it must not change what it gave afterwards.
            by: what else it depends on; a few values in all, for each is kept.
        """
        key = (make, *by)
        if key not in self._derived:
            self._derived[key] = make(self, *by)
        made: Derived = self._derived[key]
        return made

    def by_path(self, make: "Callable[[Path], Derived]") -> "Mapping[str, Derived]":
        """Return what is derived from each path, by its id: made when it is first asked for.

        Args:
            make: makes it from one path; it must not change what it gave afterwards.
        """
        return self.prepared(_by_path, make)

    @cached_property
    def _derived(self) -> dict[Hashable, Any]:
        return {}

    @property
    def meeting_points(self) -> list[Place]:
        """The places where a walk can start by name, the default first."""
        return [place for place in self.places.values() if place.is_meeting_point]


def _by_path(area: Area, make: Callable[[Path], Derived]) -> ByPath[Derived]:
    return ByPath(area.paths, make)
