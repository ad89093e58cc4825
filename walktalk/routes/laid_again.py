"""A walk that was kept, laid over the land of today: its paths may be cut elsewhere since.

What people see on a part of a path cuts it there, so a path of a kept walk may be several today,
or one where it was several. The line stays the same to ``SAME_M``, or it is not laid at all.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count, takewhile
from typing import TYPE_CHECKING

from walktalk.parks import Line
from walktalk.parks.geodesy import distance_m
from walktalk.parks.observed import PART
from walktalk.routes.legs import leg_line
from walktalk.routes.model import Leg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from walktalk.parks import Area, Path
    from walktalk.routes.model import Route

SAME_M = 0.5
"""Metres within which a line is where it was: well below what a walker could tell."""

_LOOKED_AT = (0.0, 0.25, 0.5, 0.75, 1.0)
_TOUCH_M = 1e-3


def laid_again(area: Area, before: Area, route: Route) -> Route | None:
    """Return a route over an area's paths of today, ``None`` where they are not as they were.

    Args:
        area: the land as it is now.
        before: the land that the route lay on.
        route: the route.
    """
    legs: list[Leg] = []
    for leg in route.legs:
        today = _today(area, before.paths[leg.path_id], leg)
        if today is None:
            return None
        for each in today:
            goes_on = bool(legs) and _goes_on(legs[-1], each)
            legs.append(Leg(each.path_id, legs.pop().from_m, each.to_m) if goes_on else each)
    return replace(route, legs=tuple(legs))


def _today(area: Area, before: Path, leg: Leg) -> list[Leg] | None:
    """Return one leg over the paths of today, ``None`` where none of them is the same."""
    same = area.paths.get(before.id)
    if same is not None and same.coordinates == before.coordinates:
        return [leg]
    for whole_id in _whole_ids(before.id):
        parts = _parts(area, whole_id)
        if not parts:
            continue
        line = Line.of(
            [*parts[0].coordinates, *(p for each in parts[1:] for p in each.coordinates[1:])]
        )
        offset_m = line.nearest(before.coordinates[0]).along_m if whole_id != before.id else 0.0
        walked = Leg(whole_id, leg.from_m + offset_m, leg.to_m + offset_m)
        then = Line.of(leg_line(before, leg))
        now = Line.of(line.cut(walked.from_m, walked.to_m))
        if all(
            distance_m(then.point_at(share * then.length_m), now.point_at(share * now.length_m))
            <= SAME_M
            for share in _LOOKED_AT
        ):
            return list(_over(parts, walked))
    return None


def _goes_on(leg: Leg, following: Leg) -> bool:
    """Whether two legs are one that was cut on its way."""
    ahead = leg.to_m >= leg.from_m, following.to_m >= following.from_m
    touch = abs(leg.to_m - following.from_m) <= _TOUCH_M
    return leg.path_id == following.path_id and ahead[0] == ahead[1] and touch


def _whole_ids(path_id: str) -> Iterator[str]:
    """Give the id of a path, and of those that it may be a piece of."""
    yield path_id
    while PART in path_id:
        path_id = path_id.rpartition(PART)[0]
        yield path_id


def _parts(area: Area, path_id: str) -> list[Path]:
    """Return the pieces of a path in order, or the path itself; nothing where it is not there."""
    if path_id in area.paths:
        return [area.paths[path_id]]
    ids = (f"{path_id}{PART}{number}" for number in count(1))
    return [area.paths[each] for each in takewhile(area.paths.__contains__, ids)]


def _over(parts: list[Path], walked: Leg) -> Iterator[Leg]:
    """Give a leg over the pieces of its path, in walking order."""
    ahead = walked.to_m >= walked.from_m
    low, high = sorted((walked.from_m, walked.to_m))
    found: list[Leg] = []
    begins_m = 0.0
    for part in parts:
        from_m, to_m = max(low - begins_m, 0.0), min(high - begins_m, part.length_m)
        if to_m - from_m > _TOUCH_M:
            found.append(Leg(part.id, from_m, to_m))
        begins_m += part.length_m
    if ahead:
        yield from found
    else:
        yield from (Leg(each.path_id, each.to_m, each.from_m) for each in reversed(found))
