"""How often the walk crosses a road or railway, at a crossing or where paths meet one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from walktalk.parks.nearness import MAIN_ROADS
from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.facts import is_carriageway, is_recorded, text
from walktalk.routes.checks.walked import any_recorded, names, sources_of
from walktalk.routes.cues import heading_out, node_at_end
from walktalk.routes.sentences import Several, say, times
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.parks import Area
    from walktalk.parks.model import Crossing
    from walktalk.routes.checks.walked import Stretch, Walked
    from walktalk.routes.sentences import Figure

_CIRCLE_DEG = 360.0
_AT_AN_END_M = 0.5
TRAMWAYS = frozenset(["tram", "light_rail"])
RAILWAYS = frozenset(["rail", "narrow_gauge", "preserved", "funicular", "miniature", "subway"])
_CROSSABLE = 4  # path ends at a crossing: in, out, and a road on either side


def _find(walked: Walked) -> Outcome:
    """Look at the roads crossed.

    A walk along a road passes no judgement on the side roads it may cross: that stays unknown.
    """
    drawn = crossings_walked(walked)
    on_drawn = {id(stretch) for stretch, _ in drawn}
    recorded = [
        stretch
        for stretch in walked.stretches
        if is_recorded(stretch.path, "crosses_road") and id(stretch) not in on_drawn
    ]
    at_junctions = roads_crossed_at_junctions(walked)
    sources = sources_of(recorded or walked.stretches, "crosses_road")
    if recorded or at_junctions or drawn:
        crossed: list[Figure] = [
            *(_in_words(crossing) for _, crossing in drawn),
            *names(recorded, "crosses_road"),
            *filter(None, at_junctions),
        ]
        named = [one for number, one in enumerate(crossed) if one not in crossed[:number]]
        says = say(
            "The walk crosses %(road)s %(times)s.",
            road=Several(tuple(named[:2])) if named else say("a road"),
            times=times(_places(walked, recorded) + len(at_junctions) + len(drawn)),
        )
        sources = sources or sources_of(walked.stretches, "geometry")
        return Outcome("caution", says, _how(drawn), sources)
    looked = all(text(stretch.path, "crosses_road") == "no" for stretch in walked.stretches)
    searched = walked.area.searched.get("road")
    along_none = not any(is_carriageway(stretch.path) for stretch in walked.stretches)
    if looked or (searched and along_none):
        says = say("The walk crosses no road that is on the map.")
        return Outcome("pass", says, sources=sources or ([searched] if searched else []))
    if any_recorded(walked.stretches, "crosses_road"):
        says = say("Road crossings: not recorded on part of the walk.")
        return Outcome("unknown", says, sources=sources)
    return Outcome("unknown", None, sources=sources)


def _places(walked: Walked, recorded: list[Stretch]) -> int:
    """Return in how many places roads are crossed: one that was seen on a part of a path is one."""
    found = 0
    before = ""
    for stretch in walked.stretches:
        here = text(stretch.path, "crosses_road") or "" if stretch in recorded else ""
        found += bool(here) and not (here == before == "yes")
        before = here
    return found


def crossings_walked(walked: Walked) -> list[tuple[Stretch, Crossing]]:
    """Return each road and railway that the walk crosses on a path, with the stretch it is on.

    One that is met at a path's end is crossed where the walk goes on from there on another path
    that meets it too; a road that one may walk along is judged by its sides, at the junction.
    """
    found: list[tuple[Stretch, Crossing]] = []
    for number, stretch in enumerate(walked.stretches):
        following = walked.stretches[number + 1] if number + 1 < len(walked.stretches) else None
        low, high = sorted((stretch.leg.from_m, stretch.leg.to_m))
        for crossing, at_m in walked.area.prepared(_crossings_on, stretch.path.id):
            if _AT_AN_END_M < at_m < stretch.path.length_m - _AT_AN_END_M:
                if low <= at_m <= high:
                    found.append((stretch, crossing))
            elif following is not None and abs(at_m - stretch.leg.to_m) <= _AT_AN_END_M:
                met = {each.position for each in following.path.crossings}
                goes_on = following.path.id != stretch.path.id and crossing.position in met
                if goes_on and not _has_road(walked, stretch):
                    found.append((stretch, crossing))
    return found


def _crossings_on(area: Area, path_id: str) -> list[tuple[Crossing, float]]:
    """Return the roads and railways that a path crosses or meets, with where along it."""
    path = area.paths[path_id]
    return [(each, path.line.nearest(each.position).along_m) for each in path.crossings]


def _has_road(walked: Walked, stretch: Stretch) -> bool:
    """Return whether a road that one may walk along is at the end of a stretch."""
    node = node_at_end(walked.area, stretch.leg)
    if node is None:
        return False
    ends = walked.area.network.ends_at(node)
    return any(is_carriageway(walked.area.paths[path_id]) for path_id, _ in ends)


def _in_words(crossing: Crossing) -> Figure:
    name = crossing.facts.get("name")
    if crossing.kind in TRAMWAYS:
        return say("a tramway")
    if crossing.kind in RAILWAYS:
        return say("a railway")
    if name:
        return str(name)
    return say("a main road") if crossing.kind in MAIN_ROADS else say("a road")


def _how(drawn: list[tuple[Stretch, Crossing]]) -> list[Figure]:
    """Return what is known of the crossings: lights, islands, and main roads without either."""
    with_lights = [each for _, each in drawn if each.facts.get("signals") == "yes"]
    with_island = [each for _, each in drawn if each.facts.get("island") == "yes"]
    busy = [
        _in_words(each)
        for _, each in drawn
        if each.kind in MAIN_ROADS and each.facts.get("signals") != "yes"
    ]
    said: list[Figure] = []
    if with_lights:
        said.append(say("There are lights %(times)s.", times=times(len(with_lights))))
    if with_island:
        said.append(say("There is an island %(times)s.", times=times(len(with_island))))
    if busy:
        once = tuple(one for number, one in enumerate(busy) if one not in busy[:number])
        said.append(say("No lights are recorded at %(road)s.", road=Several(once)))
    return said


def roads_crossed_at_junctions(walked: Walked) -> list[str | None]:
    """Return the name, or ``None`` without one, of each road crossed where two paths meet it.

    A road is crossed where the walk comes in by a path and leaves by a path with the road's two
    sides between them. Crossings that are recorded are not counted again.
    """
    found = []
    for stretch, following in pairwise(walked.stretches):
        node = node_at_end(walked.area, stretch.leg)
        if node is None or walked.area.network.degrees[node] < _CROSSABLE:
            continue
        if _is_off_road(stretch) and _is_off_road(following):
            found += _crossed_between(walked, node, stretch, following)
    return found


def _is_off_road(stretch: Stretch) -> bool:
    return not is_carriageway(stretch.path) and not is_recorded(stretch.path, "crosses_road")


def _crossed_between(
    walked: Walked, node: int, stretch: Stretch, following: Stretch
) -> list[str | None]:
    area = walked.area
    came_by = (stretch.path.id, stretch.leg.to_m > stretch.leg.from_m)
    goes_by = (following.path.id, following.leg.to_m < following.leg.from_m)
    return area.prepared(_crossed_at, node, came_by, goes_by)


def _crossed_at(
    area: Area, node: int, came_by: tuple[str, bool], goes_by: tuple[str, bool]
) -> list[str | None]:
    came, goes = heading_out(area, *came_by), heading_out(area, *goes_by)
    apart = (goes - came) % _CIRCLE_DEG
    sides: dict[bool, list[str | None]] = {True: [], False: []}
    for path_id, at_last in area.network.ends_at(node):
        path = area.paths[path_id]
        if is_carriageway(path):
            turned = (heading_out(area, path_id, at_last) - came) % _CIRCLE_DEG
            sides[turned < apart].append(text(path, "name") or None)
    return [next(filter(None, sides[True] + sides[False]), None)] if all(sides.values()) else []


CHECK = Check(
    id="road-crossings",
    title=N_("Road crossings"),
    facts=("highway", "name", "crosses_road"),
    find=_find,
    nothing_known=N_("Road crossings: not recorded on any of the walk."),
)
