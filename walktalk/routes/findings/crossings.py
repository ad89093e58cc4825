"""Roads that a walk crosses where paths meet them, without a crossing being recorded."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from walktalk.routes.cues import heading_out, node_at_end
from walktalk.routes.findings.subject import fact
from walktalk.routes.needs import is_recorded
from walktalk.routes.yardsticks import CARRIAGEWAYS

if TYPE_CHECKING:
    from walktalk.routes.findings.subject import Stretch, Subject

_CIRCLE_DEG = 360.0
_CROSSABLE = 4  # path ends at a crossing: in, out, and a road on either side


def roads_crossed_at_junctions(subject: Subject) -> list[str | None]:
    """Return the name, or ``None`` without one, of each road crossed where two paths meet it.

    A road is crossed where the walk comes in by a path and leaves by a path with the road's two
    sides between them. Crossings that are recorded are not counted again.
    """
    found = []
    for stretch, following in pairwise(subject.stretches):
        node = node_at_end(subject.area, stretch.leg)
        if node is None or subject.area.network.degrees[node] < _CROSSABLE:
            continue
        if _is_off_road(stretch) and _is_off_road(following):
            found += _crossed_between(subject, node, stretch, following)
    return found


def _is_off_road(stretch: Stretch) -> bool:
    on_road = fact(stretch, "highway") in CARRIAGEWAYS
    return not on_road and not is_recorded(stretch.path, "crosses_road")


def _crossed_between(
    subject: Subject, node: int, stretch: Stretch, following: Stretch
) -> list[str | None]:
    area = subject.area
    came = heading_out(area, stretch.path.id, stretch.leg.to_m > stretch.leg.from_m)
    goes = heading_out(area, following.path.id, following.leg.to_m < following.leg.from_m)
    apart = (goes - came) % _CIRCLE_DEG
    sides: dict[bool, list[str | None]] = {True: [], False: []}
    for path_id, at_last in area.network.ends_at(node):
        facts = area.paths[path_id].facts
        if facts.get("highway") in CARRIAGEWAYS:
            turned = (heading_out(area, path_id, at_last) - came) % _CIRCLE_DEG
            name = facts.get("name")
            sides[turned < apart].append(str(name) if name else None)
    return [next(filter(None, sides[True] + sides[False]), None)] if all(sides.values()) else []
