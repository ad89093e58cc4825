"""The walks in plain values: what is asked for, what is proposed, what was found out."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from walktalk.parks import Area, Line, LonLat, Network, Place
from walktalk.routes.sentences import Figure, tell

Shape = Literal["loop", "out-and-back", "lollipop", "laps"]
Level = Literal["pass", "caution", "fail", "unknown"]
Event = Literal["arrive", "set-off", "pause", "lap", "half-way", "last-stretch", "finish"]
UnknownRule = Literal["allow", "refuse"]
Side = Literal["", "left", "right", "straight"]

SHAPES: tuple[Shape, ...] = ("loop", "out-and-back", "lollipop", "laps")
LEVELS: tuple[Level, ...] = ("pass", "caution", "fail", "unknown")

PREFERENCES: Mapping[str, str] = {
    "quiet": "Quiet",
    "shade": "Shade",
    "loop": "A loop rather than there and back",
    "few-turns": "Few turns",
    "few-dogs": "Few dogs off the lead",
    "few-people": "Few people",
    "hard-to-overhear": "Few places to be overheard",
}
"""Every preference by its id. They rank walks and never exclude one."""

PACES: Mapping[str, float] = {"stroll": 0.8, "gentle": 1.0, "steady": 1.2}
"""Named walking speeds on the flat, metres a second."""

Pause = tuple[float, float]
"""A stop on the way: (minutes, share of the walk at which it is made, 0 to 1)."""


@dataclass(frozen=True)
class WalkRequest:
    """What a walk should be like.

    Attributes:
        start: id of a place of the area, or (longitude, latitude); ``None`` for the area's first
            meeting point.
        minutes: the session's length, 20 to 120, everything included.
        pace: walking speed on the flat, metres a second.
        arrive_minutes: minutes kept at the start to arrive and settle.
        close_minutes: minutes kept at the end to close.
        pauses: stops on the way.
        needs: ids from ``walktalk.routes.checks.NEEDS``; hard.
        preferences: ids from ``PREFERENCES``; they rank.
        unknown: ``"allow"`` puts walks where a need is unknown after the others, ``"refuse"``
            leaves them out.
        shape: only walks of this shape, or ``None`` for any.
        max_minutes_from_start: never farther than this many walking minutes from the start.
        at: when the session starts, with its time zone; ``None`` leaves light unchecked.
        variant: another number gives other walks for the same request.
        keep_away_from: ids of places, or positions, that no walk comes near.
        approach: id of the car park or bus stop people come from, or ``None``.
        seats_within_m: never farther between two recorded seats, or a seat and an end, than this;
            a need like any other, ``None`` for any distance.
        seated: mostly seated: a short walk to a seat, a long pause there, and back.
    """

    start: str | LonLat | None = None
    minutes: int = 50
    pace: float = 1.0
    arrive_minutes: float = 3
    close_minutes: float = 5
    pauses: tuple[Pause, ...] = ()
    needs: frozenset[str] = frozenset()
    preferences: frozenset[str] = frozenset()
    unknown: UnknownRule = "allow"
    shape: Shape | None = None
    max_minutes_from_start: float | None = None
    at: datetime | None = None
    variant: int = 0
    keep_away_from: tuple[str | LonLat, ...] = ()
    approach: str | None = None
    seats_within_m: float | None = None
    seated: bool = False


@dataclass(frozen=True, slots=True)
class Leg:
    """A stretch of one path, walked from ``from_m`` to ``to_m`` (metres from its first point)."""

    path_id: str
    from_m: float
    to_m: float

    @property
    def length_m(self) -> float:
        """Metres walked."""
        return abs(self.to_m - self.from_m)


@dataclass(frozen=True)
class Route:
    """An ordered walk over paths: a line with a start, a finish, a length.

    Attributes:
        coordinates: the line as (longitude, latitude).
        length_m: geodesic length in metres.
        shape: how it is laid out on the ground.
        legs: the stretches of path it follows, in order.
        laps: how often the shape is walked.
        lap_starts_m: metres walked where each lap after the first begins; ``()`` where a walk was
            saved without them, and then its laps count as equally long.
    """

    coordinates: tuple[LonLat, ...]
    length_m: float
    shape: Shape
    legs: tuple[Leg, ...]
    laps: int = 1
    lap_starts_m: tuple[float, ...] = ()

    @classmethod
    def along(
        cls,
        line: Line,
        shape: Shape,
        legs: tuple[Leg, ...],
        laps: int = 1,
        lap_starts_m: tuple[float, ...] = (),
    ) -> "Route":
        """Return the route along a line that is measured."""
        route = cls(line.positions, line.length_m, shape, legs, laps, lap_starts_m)
        vars(route)["line"] = line
        return route

    @cached_property
    def line(self) -> Line:
        """The line, measured once."""
        return Line.of(self.coordinates)

    def flat_m(self, network: Network) -> NDArray[np.float64]:
        """Return the line's points in metres on a network's flat projection, worked out once."""
        if network not in self._flat_on:
            self._flat_on[network] = network.metres(self.coordinates)
        return self._flat_on[network]

    @cached_property
    def _flat_on(self) -> dict[Network, NDArray[np.float64]]:
        return {}

    @cached_property
    def walked_m(self) -> NDArray[np.float64]:
        """Metres walked where each leg begins, and at the end of the last: shape (legs + 1,)."""
        return np.concatenate(([0.0], np.cumsum([leg.length_m for leg in self.legs])))


@dataclass(frozen=True, slots=True)
class Shares:
    """Metres of a walk on which what a check asks is met, unknown and broken."""

    met_m: float
    unknown_m: float
    broken_m: float


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in the words in which it was told."""

    message: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's outcome: figures, told when they are shown, unless words of it are kept.

    Attributes:
        check: id of the check.
        level: ``unknown`` is an outcome of its own and never counts as ``pass``.
        says: one sentence with its figures.
        because: what it rests on: figures, path names, shares of the way.
        source: who says so, or ``""`` where nobody does.
        checked_on: the date the source speaks of, ISO 8601, or ``""``.
        is_known: false where nothing at all is known of any part of the walk.
        shares: how much of the walk is met, unknown and broken, where the check judges paths.
        told: the words as they were told, which stay; ``None`` where they are made when shown.
    """

    check: str
    level: Level
    says: Figure
    because: Figure = ""
    source: str = ""
    checked_on: str = ""
    is_known: bool = True
    shares: Shares | None = None
    told: Told | None = None

    @property
    def message(self) -> str:
        """One sentence in plain English, or in the language that is spoken."""
        return self.told.message if self.told else tell(self.says)

    @property
    def evidence(self) -> str:
        """What it rests on, in words."""
        return self.told.evidence if self.told else tell(self.because)

    def without_evidence(self) -> "Finding":
        """Return what is found without what it rests on."""
        told = self.told and replace(self.told, evidence="")
        return replace(self, because="", told=told)


@dataclass(frozen=True, slots=True)
class TimetableEntry:
    """Where the walk is when.

    Attributes:
        event: what happens.
        minute: minutes from the session's start.
        distance_m: metres from the walk's start.
        place: what is there, in words, where that helps: at a pause, where the walk turns, and
            which lap begins.
    """

    event: Event
    minute: float
    distance_m: float
    place: str = ""


@dataclass(frozen=True, slots=True)
class FarthestPoint:
    """The point of a walk from which the way back takes longest.

    Attributes:
        position: (longitude, latitude).
        distance_m: metres walked when it is reached.
        back_m: metres of the quickest way back to the start over paths that keep every need.
        back_minutes: how long that takes at the request's pace.
    """

    position: LonLat
    distance_m: float
    back_m: float
    back_minutes: float


@dataclass(frozen=True, slots=True)
class WayHome:
    """The quickest way home from a junction of a walk, over paths no worse than the walk's own.

    Attributes:
        distance_m: metres walked when the junction is first reached.
        home_m: metres of the way home.
        minutes: how long that takes at the request's pace.
    """

    distance_m: float
    home_m: float
    minutes: float


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A way home near half way that saves some minutes, over paths no worse than the walk's own.

    Attributes:
        distance_m: metres walked where it leaves the walk.
        minutes: how long it takes to the start at the request's pace.
        saved_minutes: how much sooner that is.
        place: where it leaves the walk, in words, or ``""``.
        coordinates: its line as (longitude, latitude), to the start.
        legs: the stretches of path that it follows, in order; ``()`` where it was kept without.
        side: to which side of the walk it leaves: ``"left"``, ``"right"``, ``"straight"`` ahead,
            or ``""`` where that is not known.
    """

    distance_m: float
    minutes: float
    saved_minutes: float
    place: str
    coordinates: tuple[LonLat, ...]
    legs: tuple[Leg, ...] = ()
    side: Side = ""


@dataclass(frozen=True)
class Proposal:
    """A walk that fits a request.

    Attributes:
        route: the walk.
        walking_minutes: minutes of walking at the request's pace.
        total_minutes: arrival, walking, pauses and closing together.
        repeated_m: metres of every second pass over a stretch.
        forced_repeated_m: the part of them that bridges from the start, or the requested shape,
            force.
        cost: the planner's published score, lower is calmer.
        findings: every check's outcome, the same checks whatever was asked for.
        timetable: where the walk is when.
        reason: a few short sentences: how it is laid out, the ground, and what it has more of or
            less of than the first.
        farthest: where the way back is longest.
        name: the stored route it follows, or ``""``.
        arrive_minutes, close_minutes, pauses: as this walk keeps them, ``None`` where that is as
            asked for: minutes left over lengthen the closing or become a pause, and a walk may
            need up to two minutes less for arriving. Choosing it is agreeing to them.
        ways_home: the way home from every junction of the walk.
        shortcut: a way home near half way, where one saves some minutes.
        home_for_all: whether these two follow from the walk alone, as they do but for walks that
            were kept when they still followed from what was asked for.
        other_way_minutes: walking minutes the other way round, where that fits the time as well.
    """

    route: Route
    walking_minutes: float
    total_minutes: float
    repeated_m: float
    forced_repeated_m: float
    cost: float
    findings: tuple[Finding, ...]
    timetable: tuple[TimetableEntry, ...]
    reason: str
    farthest: FarthestPoint | None = None
    name: str = field(default="")
    arrive_minutes: float | None = None
    close_minutes: float | None = None
    pauses: tuple[Pause, ...] | None = None
    ways_home: tuple[WayHome, ...] = ()
    shortcut: Shortcut | None = None
    home_for_all: bool = False
    other_way_minutes: float | None = None

    def agreed(self, request: WalkRequest) -> WalkRequest:
        """Return the request with the minutes that this walk keeps."""
        changed = {
            name: value
            for name in ("arrive_minutes", "close_minutes", "pauses")
            if (value := getattr(self, name)) is not None
        }
        return replace(request, **changed)


@dataclass(frozen=True)
class Walk:
    """A chosen walk with the land it lies on: what maps, files and pages are made from."""

    area: Area
    request: WalkRequest
    proposal: Proposal

    @classmethod
    def chosen(cls, area: Area, request: WalkRequest, proposal: Proposal) -> "Walk":
        """Return the walk of a proposal, its request with the minutes that choosing it agrees."""
        return cls(area, proposal.agreed(request), proposal)

    @property
    def route(self) -> Route:
        """The walk itself."""
        return self.proposal.route

    @property
    def meeting_place(self) -> Place | None:
        """The place where the walk starts, or ``None`` when it starts at a bare position."""
        if isinstance(self.request.start, str):
            return self.area.places[self.request.start]
        if self.request.start is None:
            return self.area.meeting_points[0]
        return None
