"""Which paths of an area somebody has checked on foot, and which are worth walking next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from walktalk.parks.observed import MAY_HAVE_CHANGED
from walktalk.routes.checks import CHECK_BY_NEED, verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from walktalk.parks import Area, Path

PathState = Literal["checked", "ageing", "unknown"]

NEEDS_SEEN = ("step-free", "firm-surface", "two-abreast")
"""Needs whose answer a person sees on every path that they walk along."""

_PIECE = re.compile(r"(-part-\d+)+$")


@dataclass(frozen=True)
class WorthWalking:
    """Paths of which something is unknown, with what it would settle to walk along them.

    Attributes:
        needs: what is unknown there.
        path_ids: the paths, as the area's file records them.
        length_m: how much of them is unknown, metres.
        walks: how many walks none of the needs is unknown on, once these have been walked.
        stored: how many of those are stored routes, which nobody has planned to walk yet.
    """

    needs: tuple[str, ...]
    path_ids: tuple[str, ...]
    length_m: float
    walks: int
    stored: int

    @property
    def planned(self) -> int:
        """How many of the walks are planned."""
        return self.walks - self.stored


def recorded_id(path_id: str) -> str:
    """Return the id of the recorded path that a piece was cut from, or the same."""
    return _PIECE.sub("", path_id)


def state_of(area: Area, path: Path) -> PathState:
    """Return whether all that is seen on a path is known, and whether it may have changed."""
    if any(verdict(area, path, need) == "unknown" for need in NEEDS_SEEN):
        return "unknown"
    facts = {fact for need in NEEDS_SEEN for fact in CHECK_BY_NEED[need].facts}
    sources = (source for fact, source in path.sources.items() if fact in facts)
    return "ageing" if any(each.title == MAY_HAVE_CHANGED for each in sources) else "checked"


def states_of(area: Area) -> Mapping[str, PathState]:
    """Return the state of every path by its id, worked out once for an area."""
    return area.prepared(_states)


def lengths_of(area: Area) -> Mapping[PathState, float]:
    """Return how many metres of an area's paths are in each state."""
    states = states_of(area)
    found: dict[PathState, float] = {"checked": 0.0, "ageing": 0.0, "unknown": 0.0}
    for path in area.paths.values():
        found[states[path.id]] += path.length_m
    return found


def worth_walking(area: Area, planned: Sequence[Collection[str]]) -> list[WorthWalking]:
    """Return what is worth walking along, what most planned walks use first.

    Of each walk on which a need is unknown, the unknown paths together are one proposal, with every
    need that is unknown on just those. It counts every walk that has no other unknown path. Of two
    that settle as many planned walks the shorter comes first; where none is planned, what settles
    most stored routes.

    Args:
        area: as it is known today.
        planned: the ids of the paths of each planned walk.
    """
    stored = [{recorded_id(each) for each in route.path_ids} for route in area.routes.values()]
    walks = [{recorded_id(each) for each in walk} for walk in planned]
    found: dict[tuple[frozenset[str], int, int], list[str]] = {}
    metres: dict[frozenset[str], float] = {}
    for need in NEEDS_SEEN:
        unknown = _unknown_m(area, need)
        left = [frozenset(unknown.keys() & walk) for walk in (*walks, *stored)]
        for paths in dict.fromkeys(filter(None, left)):
            settled = [bool(each) and each <= paths for each in left]
            counts = (sum(settled), sum(settled[len(walks) :]))
            found.setdefault((paths, *counts), []).append(need)
            metres[paths] = sum(unknown[each] for each in paths)
    return sorted(
        (
            WorthWalking(tuple(needs), tuple(sorted(paths)), metres[paths], *counts)
            for (paths, *counts), needs in found.items()
        ),
        key=_order,
    )


def _order(each: WorthWalking) -> tuple[float, ...]:
    length_m = each.length_m
    return (-each.planned, length_m if each.planned else 0.0, -each.stored, length_m)


def _states(area: Area) -> Mapping[str, PathState]:
    return {path.id: state_of(area, path) for path in area.paths.values()}


def _unknown_m(area: Area, need: str) -> dict[str, float]:
    """Return the metres of each recorded path of which a need is unknown."""
    found: dict[str, float] = {}
    for path in area.paths.values():
        if verdict(area, path, need) == "unknown":
            whole = recorded_id(path.id)
            found[whole] = found.get(whole, 0.0) + path.length_m
    return found
