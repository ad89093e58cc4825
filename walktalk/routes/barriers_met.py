"""What stands on the paths of a walk, in walking order: gates, stiles, bollards and the like."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from walktalk.parks import Place
from walktalk.parks.barriers import barrier_name
from walktalk.routes.sentences import from_land, tell

if TYPE_CHECKING:
    from walktalk.parks import Area, LonLat
    from walktalk.parks.model import Barrier
    from walktalk.routes.model import Route

_SAME_PLACE_M = 1.0
_TOO_SMALL = frozenset(["kerb"])  # a step of a few centimetres is told with the steps


@dataclass(frozen=True, slots=True)
class Met:
    """A barrier where the walk passes it.

    Attributes:
        barrier: what stands there.
        at_m: metres along the walk; where only its path is known, where that path begins.
    """

    barrier: Barrier
    at_m: float

    @property
    def words(self) -> str:
        """What it is called, with its article, in the reader's language."""
        return tell(from_land(barrier_name(self.barrier)))


def barriers_met(area: Area, route: Route) -> tuple[Met, ...]:
    """Return the barriers that a walk passes, each time it does, in walking order.

    One that stands where two paths meet is passed once by walking from one to the other.
    """
    met: list[Met] = []
    for leg, walked in zip(route.legs, route.walked_m.tolist(), strict=False):
        path = area.paths[leg.path_id]
        low, high = sorted((leg.from_m, leg.to_m))
        for barrier in path.barriers:
            if barrier.kind in _TOO_SMALL:
                continue
            if barrier.position is None:
                met.append(Met(barrier, walked))
                continue
            at_m = path.line.nearest(barrier.position).along_m
            if low - _SAME_PLACE_M <= at_m <= high + _SAME_PLACE_M:
                met.append(Met(barrier, walked + abs(at_m - leg.from_m)))
    met.sort(key=lambda each: each.at_m)
    twice = {number for number, (a, b) in enumerate(pairwise(met), 1) if _is_one(a, b)}
    return tuple(each for number, each in enumerate(met) if number not in twice)


def barrier_places(area: Area, route: Route) -> list[Place]:
    """Return the barriers of a walk as places that a map shows by name, each once."""
    places: dict[tuple[LonLat, str], Place] = {}
    for each in barriers_met(area, route):
        position = each.barrier.position
        if position is not None and (position, each.barrier.kind) not in places:
            name = each.words
            places[position, each.barrier.kind] = Place(
                id=f"barrier-{len(places) + 1}",
                kind="gate",
                name=f"{name[:1].upper()}{name[1:]}",
                position=position,
                sources={"geometry": each.barrier.source},
            )
    return list(places.values())


def _is_one(before: Met, after: Met) -> bool:
    same = before.barrier.kind == after.barrier.kind
    same_place = before.barrier.position == after.barrier.position
    return same and same_place and after.at_m - before.at_m <= _SAME_PLACE_M
