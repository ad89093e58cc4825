"""How often the walk crosses a road, at a recorded crossing or where paths meet one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.facts import is_carriageway, is_recorded, text
from walktalk.routes.checks.walked import any_recorded, names, sources_of
from walktalk.routes.cues import heading_out, node_at_end
from walktalk.routes.sentences import Several, say, times
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.routes.checks.walked import Stretch, Walked

_CIRCLE_DEG = 360.0
_CROSSABLE = 4  # path ends at a crossing: in, out, and a road on either side


def _find(walked: Walked) -> Outcome:
    """Look at the roads crossed.

    A walk along a road passes no judgement on the side roads it may cross: that stays unknown.
    """
    recorded = [s for s in walked.stretches if is_recorded(s.path, "crosses_road")]
    at_junctions = roads_crossed_at_junctions(walked)
    sources = sources_of(recorded or walked.stretches, "crosses_road")
    if recorded or at_junctions:
        crossed = [*names(recorded, "crosses_road"), *filter(None, at_junctions)]
        named = list(dict.fromkeys(crossed))[:2]
        says = say(
            "The walk crosses %(road)s %(times)s.",
            road=Several(tuple(named)) if named else say("a road"),
            times=times(len(recorded) + len(at_junctions)),
        )
        sources = sources or sources_of(walked.stretches, "geometry")
        return Outcome("caution", says, sources=sources)
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
    came = heading_out(area, stretch.path.id, stretch.leg.to_m > stretch.leg.from_m)
    goes = heading_out(area, following.path.id, following.leg.to_m < following.leg.from_m)
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
