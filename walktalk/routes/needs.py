"""Whether the ground meets a need: ``met``, ``unknown`` or ``broken``.

A need is met only by a recorded fact and broken only by a recorded fact; everything else is
``unknown``, and unknown is never met. The figures stand in ``walktalk.routes.yardsticks``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from walktalk.routes.beside_walk import PLAYGROUND
from walktalk.routes.resting import seats_verdict, toilets_verdict
from walktalk.routes.yardsticks import (
    CARRIAGEWAYS,
    FIRM_SURFACES,
    GENTLE_PCT,
    LOOSE_SURFACES,
    NEAR_PLAYGROUND_M,
    NEAR_ROAD_M,
    NEAR_WATER_M,
    PAST_AN_OBSTACLE_M,
    ROUGH_SMOOTHNESS,
    TWO_ABREAST_M,
    WIDE_M,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    from walktalk.parks import Area, Path
    from walktalk.routes.model import Route

Verdict = Literal["met", "unknown", "broken"]

_LIT = frozenset(["yes", "24/7", "automatic", "sunset-sunrise", "dusk-dawn"])
_UNLIT = frozenset(["no", "disused"])
_BIKES = frozenset(["yes", "designated", "permissive", "official"])
_NO_BIKES = frozenset(["no", "dismount", "private", "use_sidepath"])
_CLIMBED = frozenset(["stile", "step", "log"])
_HIGH_KERBS = frozenset(["raised", "regular"])
_BIKE_WAYS = frozenset(["cycleway", "bridleway"])
"""Bicycles may use a bridleway in England: Countryside Act 1968, section 30."""


PLAYGROUND_KINDS = frozenset([PLAYGROUND])


def is_recorded(path: Path, fact: str) -> bool:
    """Whether the fact is recorded with another value than "no"."""
    return str(path.facts.get(fact, "no")) != "no"


def has_steps(path: Path) -> bool:
    """Whether steps, a stile or a raised kerb are recorded on the path."""
    facts = path.facts
    return (
        facts.get("highway") == "steps"
        or facts.get("steps") == "yes"
        or number(path, "step_count", 0.0) > 0
        or not _CLIMBED.isdisjoint(str(facts.get("barrier", "")).split(";"))
        or facts.get("kerb") in _HIGH_KERBS
    )


def number(path: Path, fact: str, otherwise: float) -> float:
    """Return a recorded number, or ``otherwise`` where none is recorded."""
    value = path.facts.get(fact)
    return float(value) if isinstance(value, int | float) else otherwise


def _step_free(path: Path) -> Verdict:
    if has_steps(path) or path.facts.get("wheelchair") == "no":
        return "broken"
    recorded = path.facts.get("steps") == "no" or path.facts.get("step_count") == 0
    return "met" if recorded or path.facts.get("wheelchair") in ("yes", "designated") else "unknown"


def _firm_surface(path: Path) -> Verdict:
    surface = path.facts.get("surface")
    if surface in LOOSE_SURFACES or path.facts.get("smoothness") in ROUGH_SMOOTHNESS:
        return "broken"
    return "met" if surface in FIRM_SURFACES else "unknown"


def _gentle_slope(path: Path) -> Verdict:
    if path.facts.get("highway") == "steps" or mean_gradient_pct(path) > GENTLE_PCT:
        return "broken"
    steepest = number(path, "gradient_pct", np.nan)
    error = number(path, "gradient_error_pct", 0.0)
    if steepest - error > GENTLE_PCT:
        return "broken"
    return "met" if steepest + error <= GENTLE_PCT else "unknown"


def mean_gradient_pct(path: Path) -> float:
    """Return the recorded climb and descent together over the length, in per cent; else 0.

    The steepest stretch is at least as steep, so this can break a need and never meet one.
    """
    rise = number(path, "climb_m", 0.0) + number(path, "descent_m", 0.0)
    return 100 * rise / path.length_m if path.length_m else 0.0


def _at_least(width_m: float) -> Callable[[Path], Verdict]:
    def rule(path: Path) -> Verdict:
        width = number(path, "width_m", np.nan)
        if width < width_m or number(path, "barrier_width_m", np.inf) < PAST_AN_OBSTACLE_M:
            return "broken"
        return "met" if width >= width_m else "unknown"

    return rule


def _lit(path: Path) -> Verdict:
    lit = path.facts.get("lit")
    if lit in _LIT:
        return "met"
    return "broken" if lit in _UNLIT else "unknown"


def _away_from_roads(path: Path) -> Verdict:
    if (
        is_recorded(path, "beside_road")
        or is_recorded(path, "crosses_road")
        or path.facts.get("highway") in CARRIAGEWAYS
    ):
        return "broken"
    return _far(number(path, "road_m", np.nan), NEAR_ROAD_M)


def _away_from_water(path: Path) -> Verdict:
    if is_recorded(path, "beside_water"):
        return "broken"
    return _far(number(path, "water_m", np.nan), NEAR_WATER_M)


def _no_bikes(path: Path) -> Verdict:
    highway, bicycle = path.facts.get("highway"), path.facts.get("bicycle")
    if bicycle in _NO_BIKES:
        return "met"
    shared = highway in _BIKE_WAYS or highway in CARRIAGEWAYS
    return "broken" if shared or bicycle in _BIKES else "unknown"


def _far(metres: float, near_m: float) -> Verdict:
    if np.isnan(metres):
        return "unknown"
    return "met" if metres >= near_m else "broken"


_FACT_RULES: Mapping[str, Callable[[Path], Verdict]] = {
    "step-free": _step_free,
    "firm-surface": _firm_surface,
    "gentle-slope": _gentle_slope,
    "wide-path": _at_least(WIDE_M),
    "two-abreast": _at_least(TWO_ABREAST_M),
    "lit": _lit,
    "away-from-roads": _away_from_roads,
    "away-from-water": _away_from_water,
    "no-bikes": _no_bikes,
}

PATH_NEEDS = frozenset(_FACT_RULES) | {"away-from-playgrounds"}
"""Needs that every path of a walk has to meet."""

WALK_NEEDS = frozenset(["seats", "toilets"])
"""Needs that the walk as a whole meets; no path breaks them."""


def playground_distances_m(area: Area) -> NDArray[np.float64]:
    """Return the metres from each edge to the nearest recorded playground, infinite where none."""
    places = [place.position for place in area.places.values() if place.kind in PLAYGROUND_KINDS]
    imported = [number(path, "playground_m", np.inf) for path in area.paths.values()]
    return np.minimum(area.network.distances_m(places), imported)


def _playground_verdicts(area: Area) -> list[Verdict]:
    # far from every recorded playground says something only where playgrounds were looked for
    searched = "playground" in area.searched
    known = [searched or "playground_m" in path.facts for path in area.paths.values()]
    return [
        "broken" if metres < NEAR_PLAYGROUND_M else "met" if sure else "unknown"
        for metres, sure in zip(playground_distances_m(area), known, strict=True)
    ]


def surveyed(path: Path) -> Path:
    """Return the path with only the facts that somebody surveyed, not those merely reported."""
    reported = {fact for fact, source in path.sources.items() if source.reported}
    if not reported:
        return path
    facts = {fact: value for fact, value in path.facts.items() if fact not in reported}
    return replace(path, facts=facts)


def _by_surveyed_facts(path: Path, rule: Callable[[Path], Verdict]) -> Verdict:
    # what is only reported may break a need, to be safe, and never meets one
    return "broken" if rule(path) == "broken" else rule(surveyed(path))


class _ByPath(dict[str, Verdict]):
    """The verdicts of an area's paths by id, each worked out when it is first asked for."""

    def __init__(self, area: Area, rule: Callable[[Path], Verdict]) -> None:
        super().__init__()
        self._paths = area.paths
        self._rule = rule

    def __missing__(self, path_id: str) -> Verdict:
        self[path_id] = _by_surveyed_facts(self._paths[path_id], self._rule)
        return self[path_id]


def verdicts_by_path(area: Area, need: str) -> dict[str, Verdict]:
    """Return a lookup of the verdict of every path by id."""
    return area.prepared(_verdicts_by_path, need)


def _verdicts_by_path(area: Area, need: str) -> dict[str, Verdict]:
    if need == "away-from-playgrounds":
        return dict(zip(area.paths, _playground_verdicts(area), strict=True))
    return _ByPath(area, _FACT_RULES[need])


def verdict(area: Area, path: Path, need: str) -> Verdict:
    """Return whether one path of the area meets a need.

    Args:
        area: the area the path belongs to.
        path: the path.
        need: one of ``PATH_NEEDS``.

    Raises:
        KeyError: ``need`` is not one that a single path can meet.
    """
    return verdicts_by_path(area, need)[path.id]


def path_verdicts(area: Area, needs: Iterable[str]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which edges may be walked, and on which of them a need is unknown.

    Args:
        area: the area.
        needs: ids of needs; those of the whole walk (``WALK_NEEDS``) exclude no path.

    Returns:
        Two masks in the network's edge order: no need is broken; no need is broken and at least
        one is unknown.
    """
    allowed = np.ones(len(area.paths), dtype=bool)
    unknown = np.zeros(len(area.paths), dtype=bool)
    for need in sorted(set(needs) - WALK_NEEDS):
        unbroken, not_known = area.prepared(_masks, need)
        allowed &= unbroken
        unknown |= not_known
    return allowed, unknown & allowed


def _masks(area: Area, need: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    of_path = verdicts_by_path(area, need)
    verdicts = np.array([of_path[path_id] for path_id in area.paths], dtype="U7")
    return verdicts != "broken", verdicts == "unknown"


def walk_verdict(area: Area, route: Route, need: str) -> Verdict:
    """Return whether a whole walk meets a need: broken before unknown before met."""
    if need == "seats":
        return seats_verdict(area, route)
    if need == "toilets":
        return toilets_verdict(area, route)
    of_path = verdicts_by_path(area, need)
    verdicts = {of_path[leg.path_id] for leg in route.legs}
    if "broken" in verdicts:
        return "broken"
    return "met" if verdicts == {"met"} else "unknown"
