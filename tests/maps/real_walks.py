"""Walks on the shipped parks: every stored route, and walks planned for random requests."""

import random
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache

from walktalk.parks import Area, LonLat, load_areas
from walktalk.parks.geodesy import length_m
from walktalk.resources import shipped_parks
from walktalk.routes import (
    PACES,
    Leg,
    NoWalkFits,
    Proposal,
    Route,
    Walk,
    WalkRequest,
    plan_walks,
)
from walktalk.routes.timetable import timetable
from walktalk.routes.timing import route_minutes

PARKS = load_areas(shipped_parks())
_SEED = 20261201
_PLANNED_WALKS = 60
"""At least so many: all that is proposed for a request is taken, since planning is what costs."""
_LONGEST_MINUTES = 70
_LEAST_M = 2000.0
"""In smaller areas many a random request is refused, which tells nothing here and takes long."""

MORNING = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


@cache
def stored_walks() -> dict[str, Walk]:
    """Every stored route of every park, walked once through."""
    walks = {}
    for area in PARKS.values():
        for route in area.routes.values():
            walks[f"{area.id}/{route.id}"] = walk_by(area, legs_in_order(area, route.path_ids))
    return walks


@cache
def planned_walks() -> tuple[Walk, ...]:
    """Walks planned for random requests that can be met, in the larger areas."""
    chance = random.Random(_SEED)
    walks: list[Walk] = []
    large = [area for area in PARKS.values() if sum(area.network.lengths_m) >= _LEAST_M]
    while len(walks) < _PLANNED_WALKS:
        area = chance.choice(large)
        path = chance.choice(list(area.paths.values()))
        request = WalkRequest(
            start=chance.choice(path.coordinates),
            minutes=chance.randint(20, _LONGEST_MINUTES),
            pace=chance.choice(list(PACES.values())),
            at=MORNING,
            variant=chance.randint(0, 2),
        )
        with suppress(NoWalkFits):
            walks += [Walk(area, request, each) for each in plan_walks(area, request)]
    return tuple(walks)


def legs_in_order(area: Area, path_ids: tuple[str, ...]) -> list[Leg]:
    ends = {
        path_id: (int(tail), int(head))
        for path_id, tail, head in zip(
            area.network.path_ids, area.network.tail, area.network.head, strict=True
        )
    }
    first, *rest = path_ids
    turned_round = bool(rest) and ends[first][1] not in ends[rest[0]]
    node = ends[first][0 if turned_round else 1]
    legs = [_leg(area, first, forward=node == ends[first][1])]
    for path_id in rest:
        forward = ends[path_id][0] == node
        node = ends[path_id][1] if forward else ends[path_id][0]
        legs.append(_leg(area, path_id, forward=forward))
    return legs


def _leg(area: Area, path_id: str, *, forward: bool) -> Leg:
    length = area.paths[path_id].length_m
    return Leg(path_id, 0.0, length) if forward else Leg(path_id, length, 0.0)


def walk_by(area: Area, legs: list[Leg]) -> Walk:
    line: list[LonLat] = []
    for leg in legs:
        part = area.paths[leg.path_id].coordinates
        part = part if leg.to_m > leg.from_m else part[::-1]
        assert not line or line[-1] == part[0]
        line += part[1 if line else 0 :]
    route = Route(tuple(line), length_m(line), "loop", tuple(legs))
    request = WalkRequest(start=line[0], at=MORNING)
    minutes = route_minutes(area, route, request.pace)
    proposal = Proposal(
        route=route,
        walking_minutes=minutes,
        total_minutes=minutes,
        repeated_m=0,
        forced_repeated_m=0,
        cost=1,
        findings=(),
        timetable=timetable(area, request, route),
        reason="",
    )
    return Walk(area, request, proposal)
