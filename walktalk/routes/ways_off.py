"""Where recorded ways lead off a walk, and the next of them along the walk from any point of it.

Paths that meet the walk, gates and entrances on it, and its own start count. Where a path leads is
said only as far as its recorded facts go, and nobody is sent across country.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from walktalk.parks.geodesy import distances_m
from walktalk.routes.beside_walk import Along
from walktalk.routes.checks.facts import surveyed
from walktalk.routes.cues import node_at_end
from walktalk.routes.model import Leg
from walktalk.routes.words import about_distance_in_words, compass_in_words
from walktalk.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from walktalk.parks import Area, Path
    from walktalk.routes.model import Route

WayKind = Literal["path", "entrance", "start"]

HERE_M = 10.0
"""Metres within which a way off is here: about the error of a phone in the open."""

_ENTRANCES = frozenset(["entrance", "gate"])
_ENTRANCE_REACH_M = 20.0  # as the check of the ways off counts them
_SET_OFF_M = 20.0  # so far ahead somebody looks to see which way the walk goes
_SAME_PLACE_M = 1.0
_CLOSED = ("no", "private")
_UNNAMED = ("yes", "no")


@dataclass(frozen=True, slots=True)
class WayOff:
    """Somewhere the walk can be left.

    Attributes:
        at_m: metres walked when it is passed.
        kind: what it is.
        fact: the recorded fact that says where it leads (``crosses_road``, ``beside_road``,
            ``name`` or ``street``), or ``""``.
        name: what that fact names, or ``""``.
    """

    at_m: float
    kind: WayKind
    fact: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class NextWayOff:
    """The way off that is nearest along the walk.

    Attributes:
        way: that way.
        walk_m: metres along the walk to it, below 0 for back the way one came.
        direction: which way the walk goes there at first: "north-east".
    """

    way: WayOff
    walk_m: float
    direction: str

    def in_words(self, passed_again: bool = False) -> str:
        """Return how to get there and what is recorded about where it leads.

        Args:
            passed_again: on and back mean nothing here, for the walk comes by more than once.
        """
        way = {"way": self.direction, "far": about_distance_in_words(abs(self.walk_m))}
        if abs(self.walk_m) < HERE_M:
            where = ""
        elif passed_again:
            where = _("Follow the walk for %(far)s, to the %(way)s at first.", **way)
        elif self.walk_m > 0:
            where = _("Go on along the walk for %(far)s, to the %(way)s at first.", **way)
        else:
            where = _("Go back along the walk for %(far)s, to the %(way)s at first.", **way)
        return " ".join(part for part in (where, _what(self.way, not where)) if part)


def ways_off(area: Area, route: Route) -> tuple[WayOff, ...]:
    """Return every way off a walk, each time it is passed, in the order of walking."""
    found = [*_starts(route), *_paths(area, route), *_entrances(area, route)]
    return tuple(sorted(found, key=lambda way: way.at_m))


def next_way_off(ways: Sequence[WayOff], route: Route, metre: float) -> NextWayOff | None:
    """Return the way off nearest along the walk, or ``None`` at a start that nothing leads off.

    Args:
        ways: the walk's ways off.
        route: the walk.
        metre: metres walked.
    """
    others = [way for way in ways if way.kind != "start" or abs(way.at_m - metre) >= _SAME_PLACE_M]
    if not others:
        return None
    way = min(others, key=lambda each: (abs(each.at_m - metre), each.at_m))
    walk_m = way.at_m - metre
    look_m = metre + float(np.clip(walk_m, -_SET_OFF_M, _SET_OFF_M))
    here, there = route.line.points_at([metre, look_m])
    return NextWayOff(way, walk_m, compass_in_words(here, there))


def _what(way: WayOff, is_here: bool) -> str:
    if way.kind == "start":
        return _("The start is here.") if is_here else _("That is the start.")
    if way.kind == "entrance":
        if not way.name:
            return _("A gate is here.") if is_here else _("A gate is there.")
        if is_here:
            return _("A way out to %(street)s is here.", street=way.name)
        return _("A way out to %(street)s is there.", street=way.name)
    what = _("A path leads off here.") if is_here else _("A path leads off there.")
    return f"{what} {_where_to(way)}".rstrip()


def _where_to(way: WayOff) -> str:
    if way.fact == "crosses_road":
        return _("It crosses %(road)s.", road=way.name)
    if way.fact == "beside_road":
        return _("It runs beside %(road)s.", road=way.name)
    if way.fact == "name":
        return _("Its name is %(name)s.", name=way.name)
    return ""


def _starts(route: Route) -> Iterator[WayOff]:
    """Give each time the walk is at its start, the first included."""
    ends = route.walked_m[1:].tolist()
    yield WayOff(0.0, "start")
    away_m = distances_m(route.coordinates[0], route.line.points_at(ends))
    for metre, away in zip(ends, away_m.tolist(), strict=True):
        if away < _SAME_PLACE_M:
            yield WayOff(metre, "start")


def _paths(area: Area, route: Route) -> Iterator[WayOff]:
    """Give the junctions at which a path that is not walked, and not closed, meets the walk."""
    walked = {leg.path_id for leg in route.legs}
    for metre, node in _junctions(area, route):
        off = [
            _leads_to(surveyed(area.paths[path_id]))
            for path_id, _at_last in area.network.ends_at(node)
            if path_id not in walked and not _is_closed(area.paths[path_id])
        ]
        if off:
            fact, name = max(off, key=lambda told: bool(told[1]))
            yield WayOff(metre, "path", fact, name)


def _junctions(area: Area, route: Route) -> Iterator[tuple[float, int]]:
    """Give the metres walked and the node at the start and at each leg's end."""
    if not route.legs:
        return
    first = route.legs[0]
    nodes = [node_at_end(area, Leg(first.path_id, first.to_m, first.from_m))]
    nodes += [node_at_end(area, leg) for leg in route.legs]
    for metre, node in zip(route.walked_m.tolist(), nodes, strict=True):
        if node is not None:
            yield metre, node


def _leads_to(path: Path) -> tuple[str, str]:
    """Return the fact that says best where a path leads, and the name in it."""
    for fact in ("crosses_road", "beside_road", "name"):
        name = str(path.facts.get(fact, "no"))
        if name not in _UNNAMED:
            return fact, name
    return "", ""


def _is_closed(path: Path) -> bool:
    return path.facts.get("foot", path.facts.get("access")) in _CLOSED


def _entrances(area: Area, route: Route) -> Iterator[WayOff]:
    near = Along(area, route).near(_ENTRANCES, _ENTRANCE_REACH_M)
    for place, metre in zip(near.places, near.along_m, strict=True):
        street = str(place.facts.get("street", ""))
        yield WayOff(metre, "entrance", "street" if street else "", street)
