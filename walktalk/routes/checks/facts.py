"""Reading what is recorded of a path."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from walktalk.parks import LonLat, Path

_WITH_MOTOR_TRAFFIC = frozenset(
    f"{road}{link}"
    for road in ("motorway", "trunk", "primary", "secondary", "tertiary")
    for link in ("", "_link")
) | frozenset(["unclassified", "residential", "service", "living_street", "road", "busway"])
"""Ways that motor traffic uses, walked on or beside."""


_FORDS = frozenset(["ford", "stepping_stones"])


def text(path: Path, fact: str) -> str | None:
    """Return a recorded fact as text, or ``None``."""
    value = path.facts.get(fact)
    return None if value is None else str(value)


def number(path: Path, fact: str, otherwise: float) -> float:
    """Return a recorded number, or ``otherwise`` where none is recorded."""
    value = path.facts.get(fact)
    return float(value) if isinstance(value, int | float) else otherwise


def newest(path: Path, *facts: str) -> str | None:
    """Return which of some facts was recorded last; of those of one date, the first named."""
    recorded = [fact for fact in facts if fact in path.facts]
    dates = {fact: path.sources[fact].as_of for fact in recorded if fact in path.sources}
    return max(recorded, key=lambda fact: dates.get(fact, ""), default=None)


def is_recorded(path: Path, fact: str) -> bool:
    """Whether the fact is recorded with another value than "no"."""
    return str(path.facts.get(fact, "no")) != "no"


def is_carriageway(path: Path) -> bool:
    """Whether motor traffic uses the path."""
    return path.facts.get("highway") in _WITH_MOTOR_TRAFFIC


def surveyed(path: Path) -> Path:
    """Return the path with only the facts that somebody surveyed, not those merely reported."""
    reported = {fact for fact, source in path.sources.items() if source.reported}
    if not reported and not any(barrier.source.reported for barrier in path.barriers):
        return path
    facts = {fact: value for fact, value in path.facts.items() if fact not in reported}
    known = tuple(barrier for barrier in path.barriers if not barrier.source.reported)
    return replace(path, facts=facts, barriers=known)


def is_ford_all_along(path: Path) -> bool:
    """Whether all of the path is a ford, or where on it one lies is not recorded."""
    return is_recorded(path, "ford") or any(
        barrier.kind in _FORDS and barrier.position is None for barrier in path.barriers
    )


def fords_at(path: Path) -> list[LonLat]:
    """Return where on the path one walks through water, or over stepping stones."""
    return [b.position for b in path.barriers if b.kind in _FORDS and b.position is not None]


def is_ford(path: Path) -> bool:
    """Whether one walks through water on the path, or over stepping stones."""
    return is_ford_all_along(path) or bool(fords_at(path))
