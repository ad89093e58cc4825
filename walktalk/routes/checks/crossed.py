"""Where a walk crosses roads and railways: inside a path, or from one path to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from walktalk.parks.nearness import MAIN_ROADS
from walktalk.routes.checks.facts import is_carriageway, is_recorded, text
from walktalk.routes.cues import heading_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from walktalk.parks import Area, Path
    from walktalk.parks.model import Crossing
    from walktalk.routes.checks.walked import Stretch, Walked

AT_AN_END_M = 0.5
"""Metres from a path's end within which a road is met there, but never more than a quarter of the
path."""

TRAMWAYS = frozenset(["tram", "light_rail"])
RAILWAYS = frozenset(["rail", "narrow_gauge", "preserved", "funicular", "miniature", "subway"])
RAILS = TRAMWAYS | RAILWAYS

_SHORT_SHARE = 0.25
_CIRCLE_DEG = 360.0
_SIDES = 2
_ALONG_DEG = 8.0  # bearings are whole degrees, and a path's is read some metres on
_FACT = "crosses_road"

End = tuple[str, bool]
"""A path's end: its id, and whether it is the last."""


@dataclass(frozen=True, slots=True)
class Crossed:
    """A road or railway that a walk crosses.

    Attributes:
        kind: its class, as ``Crossing`` has it.
        name: as recorded, or ``""``.
        crossing: what is recorded of the crossing, ``None`` where it follows from the paths.
    """

    kind: str
    name: str
    crossing: Crossing | None = None

    @classmethod
    def recorded(cls, crossing: Crossing) -> Crossed:
        """Return what a recorded crossing says."""
        return cls(crossing.kind, _name(crossing), crossing)


class Passed(NamedTuple):
    """What is crossed on a stretch of a walk, and at its end by going on to the next."""

    inside: tuple[Crossed, ...]
    at_end: tuple[Crossed, ...]


def at_an_end(path: Path, crossing: Crossing) -> str:
    """Return at which end of a path a road is met: "first", "last", or "" for neither."""
    if crossing.position in path.coordinates[1:-1]:
        return ""
    at_m, length_m = path.line.nearest(crossing.position).along_m, path.length_m
    near_m = min(AT_AN_END_M, _SHORT_SHARE * length_m)
    if at_m <= near_m:
        return "first"
    return "last" if at_m >= length_m - near_m else ""


def crosses_somewhere(path: Path) -> bool:
    """Whether a path is recorded to cross a road, and none of its crossings says where."""
    if not is_recorded(path, _FACT):
        return False
    says = path.sources.get(_FACT)
    return not any(not at_an_end(path, each) or each.source == says for each in path.crossings)


def crossings_walked(walked: Walked) -> list[Passed]:
    """Return the roads and railways that the walk surely crosses, stretch by stretch.

    A road is crossed where it leaves a node to both sides of the walk, also by walking along
    another. So is a railway; where its bearings are not recorded, or those of a road that nobody
    may walk along, it is crossed if both paths meet it. The side streets of a road that is walked
    along are crossed or not, by the pavement that is taken: they are not counted.
    """
    area = walked.area
    found: list[Passed] = []
    on_paths = area.by_path(_inside)
    following = (*walked.stretches[1:], None)
    for stretch, node, after in zip(walked.stretches, walked.nodes, following, strict=True):
        leg = stretch.leg
        low, high = sorted((leg.from_m, leg.to_m))
        on_it = tuple(crossed for crossed, at_m in on_paths[stretch.path.id] if low < at_m < high)
        at_end: tuple[Crossed, ...] = ()
        if after is not None and node is not None:
            came_by = (stretch.path.id, leg.to_m > leg.from_m)
            goes_by = (after.path.id, after.leg.to_m < after.leg.from_m)
            at_end = area.prepared(crossed_between, node, came_by, goes_by)
        found.append(Passed(on_it if leg.to_m >= leg.from_m else on_it[::-1], at_end))
    return found


def crossed_somewhere(walked: Walked, passed: Sequence[Passed]) -> list[Stretch]:
    """Return a stretch for each crossing of which only a fact tells, and no place.

    Paths in a row that tell of the same are one crossing drawn in pieces; where a road is crossed
    at one of its ends, that is it.
    """
    runs: list[list[int]] = []
    somewhere = walked.area.by_path(crosses_somewhere)
    for number, stretch in enumerate(walked.stretches):
        if not somewhere[stretch.path.id]:
            continue
        before = walked.stretches[runs[-1][-1]] if runs and runs[-1][-1] == number - 1 else None
        goes_on = before is not None and before.path.id != stretch.path.id
        if before and goes_on and text(before.path, _FACT) == text(stretch.path, _FACT):
            runs[-1].append(number)
        else:
            runs.append([number])
    return [
        walked.stretches[run[0]]
        for run in runs
        if not any(passed[number].at_end for number in range(max(0, run[0] - 1), run[-1] + 1))
    ]


def _inside(path: Path) -> tuple[tuple[Crossed, float], ...]:
    """Return what a path crosses between its ends, with the metres along it, in order."""
    inside = [each for each in path.crossings if not at_an_end(path, each)]
    placed = [(Crossed.recorded(c), path.line.nearest(c.position).along_m) for c in inside]
    return tuple(sorted(placed, key=lambda each: each[1]))


def crossed_between(area: Area, node: int, came_by: End, goes_by: End) -> tuple[Crossed, ...]:
    """Return what is crossed at a node by coming in by one path's end and leaving by another."""
    if came_by == goes_by:
        return ()
    roads = [end for end in area.network.ends_at(node) if is_carriageway(area.paths[end[0]])]
    arms = [_arm(area, end) for end in roads if end not in (came_by, goes_by)]
    kinds = {text(area.paths[path_id], "highway") for path_id, _ in roads}
    along_a_road = len(arms) < len(roads)
    is_seen = along_a_road or len(arms) >= _SIDES
    headings = heading_out(area, *came_by), heading_out(area, *goes_by)
    came, goes = _met_at(area, came_by), _met_at(area, goes_by)
    met = {(each.position, each.kind): each for each in (*goes, *came)}
    both = {(each.position, each.kind) for each in came} & {(g.position, g.kind) for g in goes}
    found: list[Crossed] = []
    for key, each in met.items():
        bearings = _arms_deg(each)
        closed = [
            _Arm(deg, each.kind, _name(each)) for deg in bearings if not _is_walked(deg, headings)
        ]
        if not bearings and key in both and not (is_seen and each.kind in kinds):
            found.append(Crossed.recorded(each))
        elif each.kind not in RAILS:
            arms += closed
        elif _are_on_both_sides(closed, *headings):
            found.append(Crossed.recorded(each))
    if along_a_road:  # the drives beside it are taken no notice of
        arms = [arm for arm in arms if arm.kind != "service"]
    if _are_on_both_sides(arms, *headings):
        found.append(_crossed(arms, met.values()))
    return tuple(found)


class _Arm(NamedTuple):
    """A road or railway that leaves a node: its heading in degrees, its class and its name."""

    heading: float
    kind: str
    name: str


def _arm(area: Area, end: End) -> _Arm:
    path = area.paths[end[0]]
    kind = text(path, "highway") or "road"
    return _Arm(heading_out(area, *end), kind, text(path, "name") or "")


def _name(crossing: Crossing) -> str:
    return str(crossing.facts.get("name", ""))


def _arms_deg(crossing: Crossing) -> list[float]:
    return [float(each) for each in str(crossing.facts.get("arms_deg", "")).split()]


def _is_walked(arm_deg: float, headings: tuple[float, float]) -> bool:
    """Return whether a bearing is that of the walk itself, which runs along the road there."""
    half = _CIRCLE_DEG / 2
    off = [abs((arm_deg - each + half) % _CIRCLE_DEG - half) for each in headings]
    return min(off) < _ALONG_DEG


def _met_at(area: Area, end: End) -> list[Crossing]:
    """Return the roads and railways that are met at a path's end."""
    path, where = area.paths[end[0]], "last" if end[1] else "first"
    return [each for each in path.crossings if at_an_end(path, each) == where]


def _are_on_both_sides(arms: Iterable[_Arm], came_deg: float, goes_deg: float) -> bool:
    """Return whether some of what leaves a node leaves it to either side of the way through."""
    apart = (goes_deg - came_deg) % _CIRCLE_DEG
    return len({(arm.heading - came_deg) % _CIRCLE_DEG < apart for arm in arms}) > 1


def _crossed(arms: Sequence[_Arm], met: Iterable[Crossing]) -> Crossed:
    """Return the road that some arms make up, called by its main arm, with what is recorded."""
    kinds = {arm.kind for arm in arms}
    recorded = next((each for each in met if each.kind in kinds), None)
    best = min(arms, key=lambda arm: (arm.kind not in MAIN_ROADS, not arm.name))
    return Crossed(best.kind, best.name or (_name(recorded) if recorded else ""), recorded)
