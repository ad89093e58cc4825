"""What somebody on a walk can see and name: where a walk turns round, and where it pauses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.beside_walk import Along
from walktalk.routes.cues import CHOICE, node_at_end
from walktalk.routes.words import first_name, within_a_sentence
from walktalk.wording import N_, Table, _

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.parks import Area, LonLat, Place
    from walktalk.routes.model import Route

AT_M = 15.0
"""Metres from a path within which somebody on it is at a place: some ten paces."""

SEATS = frozenset(["bench", "seat"])
RESTS = SEATS | {"shelter", "bandstand", "cafe", "kiosk"}
"""Where people can stand or sit and talk without being in the way."""

_WORDS: Table[str] = Table(
    {
        "bandstand": N_("the bandstand"),
        "bench": N_("the seat"),
        "boathouse": N_("the boathouse"),
        "cafe": N_("the café"),
        "drinking_water": N_("the drinking water tap"),
        "entrance": N_("the way out to the street"),
        "gate": N_("the gate"),
        "information": N_("the information board"),
        "kiosk": N_("the kiosk"),
        "seat": N_("the seat"),
        "shelter": N_("the shelter"),
        "toilets": N_("the toilets"),
    }
)
"""What a thing without a name is called."""

_NAMED_ONLY = frozenset(["attraction", "meeting_point"])
THINGS = frozenset(_WORDS) | _NAMED_ONLY
"""What somebody can be sent to; the last two only where they have a name."""

_SAME_PLACE_M = 0.5  # two points of a walk nearer than this are one
_REST_FROM = 0.25  # a rest belongs in the middle of a walk


@dataclass(frozen=True, eq=False)
class Landmarks:
    """Things that lie at a path, in the area's order.

    Attributes:
        places: the things.
        edge: the path of each, by its number in the network.
        along_m: where on that path each is nearest, metres from its first point.
        xy: metres east and north of the network's middle, shape (places, 2).
    """

    places: tuple[Place, ...]
    edge: NDArray[np.int64]
    along_m: NDArray[np.float64]
    xy: NDArray[np.float64]


def landmarks_of(area: Area) -> Landmarks:
    """Return the things at an area's paths that a walk can turn at."""
    return area.prepared(_landmarks)


def _landmarks(area: Area) -> Landmarks:
    number = {path_id: edge for edge, path_id in enumerate(area.network.path_ids)}
    found = []
    for place in area.places.values():
        if place.kind in THINGS and _can_be_named(place) and number:
            snap = area.network.snap(place.position)
            if snap.distance_m <= AT_M:
                found.append((place, number[snap.path_id], snap.along_m))
    places = tuple(place for place, _, _ in found)
    return Landmarks(
        places=places,
        edge=np.array([edge for _, edge, _ in found], dtype=np.int64),
        along_m=np.array([along for _, _, along in found], dtype=float),
        xy=area.network.metres([place.position for place in places]),
    )


def _can_be_named(place: Place) -> bool:
    """Whether a place is surveyed, open to all, and can be called something."""
    source = place.sources.get("geometry")
    reported = source is not None and source.reported
    is_open = not reported and place.facts.get("access") not in ("no", "private")
    return is_open and (bool(place.name) or place.kind not in _NAMED_ONLY)


def thing_in_words(place: Place) -> str:
    """Return what a thing is called: its own name, else what it is, with its article."""
    return place.name or _WORDS[place.kind]


def spoken_of(place: str) -> str:
    """Return what a place is called by somebody who is not there: one seat is like another."""
    return _("a seat") if place == _("the seat") else within_a_sentence(place)


def place_at(area: Area, position: LonLat, kinds: frozenset[str] = THINGS) -> Place | None:
    """Return the nearest thing of some kinds at a position, or ``None`` where there is none."""
    known = landmarks_of(area)
    which = np.flatnonzero([place.kind in kinds for place in known.places])
    if not len(which):
        return None
    off_m = np.hypot(*(known.xy[which] - area.network.metres([position])[0]).T)
    nearest = int(np.argmin(off_m))
    return known.places[which[nearest]] if off_m[nearest] <= AT_M else None


def seat_near_middle(area: Area, route: Route) -> tuple[Place, float] | None:
    """Return where to rest nearest to half way, and the share of the walk at which it is passed.

    A seat comes first; else another place where people can stay, if it has a name.
    """
    along = Along(area, route)
    for kinds in (SEATS, RESTS):
        passes = [
            (metres / route.length_m, place)
            for metres, place in along.near(kinds, AT_M).passes
            if place.name or place.kind in SEATS
        ]
        middle = [each for each in passes if _REST_FROM <= each[0] <= 1 - _REST_FROM]
        if middle:
            share, place = min(middle, key=lambda each: abs(each[0] - 0.5))
            return place, share
    return None


def thing_at(area: Area, route: Route, distance_m: float) -> str:
    """Return what somebody finds at a point of a walk, in words, or ``""`` for nothing to name.

    That is a thing at the path, the end of the path, or the junction with another named path.
    """
    place = place_at(area, route.line.point_at(distance_m))
    if place is not None:
        return thing_in_words(place)
    node = node_after(area, route, distance_m)
    if node is None:
        return ""
    ends = area.network.ends_at(node)
    if len(ends) == 1:
        return _("the end of the path")
    walked = {leg.path_id for leg in route.legs}
    called = [(path_id, str(area.paths[path_id].facts.get("name", ""))) for path_id, _ in ends]
    here = {name for path_id, name in called if path_id in walked}  # the way that one is on
    others = (name for path_id, name in called if path_id not in walked and name not in here)
    first = first_name(next(filter(None, others), ""))
    return _("the junction with %(path)s", path=first) if first else ""


def node_after(area: Area, route: Route, distance_m: float) -> int | None:
    """Return the node of the network at which a walk is after so many metres, if it is at one."""
    for leg, walked in zip(route.legs, route.walked_m[1:].tolist(), strict=True):
        if abs(walked - distance_m) <= _SAME_PLACE_M:
            node = node_at_end(area, leg)
            if node is not None:
                return node
    return None


def turning_point_m(route: Route) -> float | None:
    """Return the metres after which a walk there and back turns first, ``None`` for others."""
    return route.length_m / route.laps / 2 if route.shape == "out-and-back" else None


def turning_point_in_words(area: Area, route: Route) -> str:
    """Return where a walk there and back turns, in words; ``""`` for others."""
    metres = turning_point_m(route)
    return "" if metres is None else place_in_words_at(area, route, metres)


def place_in_words_at(area: Area, route: Route, distance_m: float) -> str:
    """Return what is at a point of a walk, a junction without a name included."""
    node = node_after(area, route, distance_m)
    junction = node is not None and area.network.degrees[node] >= CHOICE
    return thing_at(area, route, distance_m) or (_("a junction of paths") if junction else "")
