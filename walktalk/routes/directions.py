"""What the walk is like, step by step, in plain sentences made from its line and recorded facts.

Every sentence says one thing and names nothing that is not recorded: no landmarks, no views.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from walktalk.parks.geodesy import bearing_deg, compass_point
from walktalk.routes.along import points_at
from walktalk.routes.cues import LOOK_M, Cue, CueKind, CuePlace, turn_cues
from walktalk.routes.needs import has_steps, is_recorded, surveyed
from walktalk.routes.timing import leg_seconds
from walktalk.routes.words import listed, minutes_in_words
from walktalk.routes.yardsticks import CARRIAGEWAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from walktalk.parks import Area, LonLat, Path
    from walktalk.routes.model import Leg, Route

Confidence = Literal["recorded", "partly", "line only"]

__all__ = ["Confidence", "Cue", "Step", "directions", "turn_cues"]

_HALF_A_MINUTE = 0.5
_TENS_M = 10

_DO: dict[CueKind, str] = {
    "left": "Turn left.",
    "right": "Turn right.",
    "slight-left": "Keep left.",
    "slight-right": "Keep right.",
    "straight": "Go straight on.",
    "u-turn": "Turn round.",
}
_TO: dict[CuePlace, str] = {
    "junction": "to the next junction",
    "bend": "to the next sharp bend",
    "turning-point": "to the point where you turn round",
}
_GROUND: dict[str, str] = {
    "bricks": "brick",
    "chipseal": "asphalt",
    "cobblestone": "cobbled",
    "compacted": "packed stone",
    "dirt": "earth",
    "earth": "earth",
    "fine_gravel": "fine gravel",
    "ground": "earth",
    "mud": "muddy",
    "paving_stones": "paved",
    "sett": "cobbled",
    "unhewn_cobblestone": "cobbled",
    "unpaved": "unpaved",
    "wood": "wooden",
    "woodchips": "wood chip",
}
"""Recorded surfaces in a child's words, where OpenStreetMap's own word is not one."""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a walk in words.

    Attributes:
        text: plain sentences.
        kind: what to do where it begins.
        distance_m: metres along the walk where it begins.
        length_m: metres until the next step.
        minutes: walking minutes until the next step.
        position: (longitude, latitude) where it begins.
        confidence: whether the ground of this part is recorded, partly so, or only its line.
    """

    text: str
    kind: CueKind
    distance_m: float
    length_m: float
    minutes: float
    position: LonLat
    confidence: Confidence


def directions(area: Area, route: Route, pace: float) -> tuple[Step, ...]:
    """Return a walk step by step, in walking order, the last step being its finish.

    A way back over the same paths is one step, and so are further laps of the same round.

    Args:
        area: the land.
        route: the walk.
        pace: walking speed on the flat in metres a second.
    """
    cues = _without_what_is_walked_again(route, turn_cues(area, route))
    steps = [_step(area, route, pace, here, following) for here, following in pairwise(cues)]
    back = route.coordinates[0] == route.coordinates[-1]
    text = "You are back at the start." if back else "This is the end of the walk."
    last = cues[-1]
    end = Step(text, "finish", last.distance_m, 0.0, 0.0, last.position, "recorded")
    return (*steps, end)


def _without_what_is_walked_again(route: Route, cues: Sequence[Cue]) -> list[Cue]:
    """Leave out the cues of the way back, and of further laps, that only repeat what was said."""
    start, *inner, finish = cues
    round_m = route.length_m / _rounds(route)
    told_m, again = round_m, []
    if _goes_back(_first_round(route)):
        told_m = round_m / 2
        again.append(_cue_at(route, "u-turn", told_m, "turning-point"))
    if round_m < route.length_m:
        again.append(_cue_at(route, "straight", round_m, "end"))
    if again:
        inner = [cue for cue in inner if cue.distance_m < told_m - LOOK_M]
    return [start, *inner, *again, finish]


def _cue_at(route: Route, kind: CueKind, distance_m: float, place: CuePlace) -> Cue:
    [position] = points_at(route.coordinates, [distance_m])
    return Cue(kind, distance_m, position, place)


def _rounds(route: Route) -> int:
    """Return how often the same legs are walked, one after the other."""
    count, rest = divmod(len(route.legs), route.laps)
    same = not rest and route.legs == route.legs[:count] * route.laps
    return route.laps if same else 1


def _first_round(route: Route) -> Sequence[Leg]:
    return route.legs[: len(route.legs) // _rounds(route)]


def _goes_back(legs: Sequence[Leg]) -> bool:
    """Whether the second half of the legs is the first half walked backwards."""
    there, back = legs[: len(legs) // 2], legs[len(legs) // 2 :]
    return len(there) == len(back) > 0 and all(
        (out.path_id, out.from_m, out.to_m) == (home.path_id, home.to_m, home.from_m)
        for out, home in zip(there, reversed(back), strict=True)
    )


def _step(area: Area, route: Route, pace: float, here: Cue, following: Cue) -> Step:
    legs = _legs_between(route, here.distance_m, following.distance_m)
    paths = [(surveyed(area.paths[leg.path_id]), leg.length_m) for leg in legs]
    minutes = sum(leg_seconds(area, leg, pace) for leg in legs) / 60
    length_m = following.distance_m - here.distance_m
    return Step(
        text=" ".join(_sentences(route, here, following, paths, minutes)),
        kind=here.kind,
        distance_m=here.distance_m,
        length_m=length_m,
        minutes=minutes,
        position=here.position,
        confidence=_confidence(paths),
    )


def _legs_between(route: Route, from_m: float, to_m: float) -> list[Leg]:
    """Return the parts of the legs between two distances along the walk."""
    found: list[Leg] = []
    walked = 0.0
    for leg in route.legs:
        begin, end = max(from_m - walked, 0.0), min(to_m - walked, leg.length_m)
        walked += leg.length_m
        if end > begin:
            sign = 1 if leg.to_m >= leg.from_m else -1
            part = type(leg)(leg.path_id, leg.from_m + sign * begin, leg.from_m + sign * end)
            found.append(part)
    return found


def _sentences(
    route: Route, here: Cue, following: Cue, paths: list[tuple[Path, float]], minutes: float
) -> list[str]:
    length_m = following.distance_m - here.distance_m
    how_long = _how_long(minutes, length_m)
    if here.kind == "u-turn" and following.place == "end" and _goes_back(_first_round(route)):
        return ["Turn round.", f"Go back the same way {how_long}, to the start."]
    if here.place == "end" and here.kind == "straight":
        more = route.laps - 1
        times = "once more" if more == 1 else f"{more} more times"
        return [f"Walk the same way {times}.", f"This takes {minutes_in_words(minutes)}."]
    first = _DO.get(here.kind) or _set_off(route)
    back = route.coordinates[0] == route.coordinates[-1]
    to = _TO.get(following.place) or ("back to the start" if back else "to the end of the walk")
    if following.place == "end" and following.kind == "straight":
        to = "to the place where you began"
    return [first, f"Follow {_way(paths)} {how_long}, {to}.", *_on_the_way(paths)]


def _set_off(route: Route) -> str:
    [ahead] = points_at(route.coordinates, [min(2 * LOOK_M, route.length_m)])
    if ahead == route.coordinates[0]:
        return "Set off."
    return f"Set off to the {compass_point(bearing_deg(route.coordinates[0], ahead))}."


def _how_long(minutes: float, length_m: float) -> str:
    if minutes < _HALF_A_MINUTE:
        return f"for about {max(_TENS_M, round(length_m / _TENS_M) * _TENS_M)} m"
    return f"for {minutes_in_words(minutes)}"


def _way(paths: list[tuple[Path, float]]) -> str:
    """Return how to call the way: by the name, else the ground, that most of it has."""
    name = _mostly(paths, lambda path: path.facts.get("name"))
    if name:
        return listed([part.strip() for part in name.split(";")])
    on_road = _mostly(paths, lambda path: str(path.facts.get("highway") in CARRIAGEWAYS)) == "True"
    surface = _mostly(paths, lambda path: path.facts.get("surface"))
    ground = _ground_in_words(surface) + " " if surface else ""
    return f"the {ground}{'road' if on_road else 'path'}"


def _ground_in_words(surface: str) -> str:
    return _GROUND.get(surface, surface.split(":", maxsplit=1)[0].replace("_", " "))


def _mostly(paths: list[tuple[Path, float]], value: Callable[[Path], object | None]) -> str | None:
    """Return the value that more than half of the metres have, or ``None``."""
    metres: dict[str, float] = {}
    for path, length_m in paths:
        found = value(path)
        if found is not None:
            metres[str(found)] = metres.get(str(found), 0.0) + length_m
    most = max(metres, key=metres.__getitem__, default=None)
    whole = sum(length_m for _, length_m in paths)
    return most if most is not None and metres[most] > whole / 2 else None


def _on_the_way(paths: list[tuple[Path, float]]) -> list[str]:
    """Return what is recorded on this part, each thing once, in walking order."""
    said: list[str] = []
    for path, _ in paths:
        if has_steps(path):
            said.append("There are steps here.")
        if is_recorded(path, "crosses_road"):
            said.append(f"You cross {_named(path, 'crosses_road', 'a road')}.")
        if is_recorded(path, "bridge"):
            said.append("You go over a bridge.")
        if is_recorded(path, "tunnel"):
            said.append("You go through an underpass.")
        if is_recorded(path, "beside_road"):
            said.append(f"The path runs beside {_named(path, 'beside_road', 'a road')}.")
        if is_recorded(path, "beside_water"):
            said.append(f"The path runs beside {_named(path, 'beside_water', 'water')}.")
    return list(dict.fromkeys(said))


def _named(path: Path, fact: str, otherwise: str) -> str:
    value = str(path.facts[fact])
    return otherwise if value == "yes" else value


def _confidence(paths: list[tuple[Path, float]]) -> Confidence:
    recorded = ["surface" in path.facts for path, _ in paths]
    if all(recorded):
        return "recorded"
    return "partly" if any(recorded) else "line only"
