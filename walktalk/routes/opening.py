"""Which paths are open to walkers through a session, and what stands against the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from walktalk.parks.access import access_of
from walktalk.parks.hours import Openness, Span, has_hours, openness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from walktalk.parks import Area, LonLat, Path
    from walktalk.parks.model import Barrier, FactValue
    from walktalk.routes.model import WalkRequest


@dataclass(frozen=True, slots=True)
class Held:
    """A path, or a barrier on it, that has hours or is shut.

    Attributes:
        facts: what is recorded of it.
        position: where it is.
        barrier: the barrier, ``None`` for the path itself.
    """

    facts: Mapping[str, FactValue]
    position: LonLat
    barrier: Barrier | None = None


def session_span(request: WalkRequest) -> Span | None:
    """Return from when to when a session is, from arriving to its end, ``None`` without a time."""
    if request.at is None:
        return None
    return Span(request.at, request.at + timedelta(minutes=request.minutes))


def held_on(path: Path) -> Iterator[Held]:
    """Return the path and its barriers, as far as they have hours or are shut."""
    middle = path.coordinates[len(path.coordinates) // 2]
    if _is_held(path.facts):
        yield Held(path.facts, middle)
    for barrier in path.barriers:
        if _is_held(barrier.facts):
            yield Held(barrier.facts, barrier.position or middle, barrier)


def open_edges(area: Area, request: WalkRequest) -> NDArray[np.bool_]:
    """Return which edges are not known to be shut at any time of a session.

    Returns:
        A mask in the network's edge order. Without a time, what has hours counts as open: the
        finding names them.
    """
    mask = np.ones(len(area.paths), dtype=bool)
    span = session_span(request)
    for edge, held in area.prepared(_held):
        if any(openness(each.facts, each.position, span) == "closed" for each in held):
            mask[edge] = False
    return mask


def openness_of(held: Held, span: Span | None) -> Openness:
    """Return whether a path or a barrier is open all through a session."""
    return openness(held.facts, held.position, span)


def _held(area: Area) -> list[tuple[int, tuple[Held, ...]]]:
    found = ((edge, tuple(held_on(path))) for edge, path in enumerate(area.paths.values()))
    return [(edge, held) for edge, held in found if held]


def _is_held(facts: Mapping[str, FactValue]) -> bool:
    shut = facts.get("locked") == "yes" or access_of(facts).standing == "closed"
    return shut or has_hours(facts)
