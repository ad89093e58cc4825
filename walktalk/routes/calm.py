"""The planner's published score: how calm a walk is, from what is recorded. Lower is calmer.

``cost`` is a mean over the metres walked, so that walks of different lengths compare::

    cost = (sum of metres x path weight + CROSSING_M x roads crossed + TURN_M x turns
            + REPEATED x repeated metres + BESIDE x metres beside itself) / metres walked
           + ROUND x (1 - 4 pi area / length squared) + UNUSED x share of the time left unused

A path's weight is ``PLAIN`` plus every row of ``PATH_WEIGHTS`` that holds for it. It depends on
what is recorded about the ground and on the request's preferences, never on how a walk was found.
A fact that nobody has recorded has a weight of its own, between its best and its worst value. The
weights are ours: no published scale of calm was found. They say what a metre is worth in metres of
a plain path, so that "0.5" reads as "we would walk 150 m in the park rather than 100 m here".
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.checks.facts import is_carriageway, is_recorded, number
from walktalk.routes.checks.playground import NEAR_PLAYGROUND_M
from walktalk.routes.checks.road import NEAR_ROAD_M
from walktalk.routes.checks.steps import has_steps
from walktalk.routes.checks.surface import LOOSE_SURFACES
from walktalk.routes.checks.width import ACCEPTABLE_M, WIDE_M

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from walktalk.parks import Area, Path

PLAIN = 1.0
"""Weight of a metre of path about which everything is known and nothing stands out."""

LEAST = 0.3
"""No path's weight falls below this: a metre always costs something."""

CROSSING_M = 40.0
"""Metres of plain path that a crossed road is worth: waiting, looking, the talk interrupted."""

TURN_M = 30.0
"""Metres that a turn is worth: a moment's thought about the way instead of the talk."""

TURN_DEG = 45.0
"""Change of direction at a path's end, in degrees, that counts as a turn: half a right angle."""

BESIDE = 1.0
"""Added for each metre that runs beside another part of the same walk, so that a parallel metre
costs two: up one side of a street and down the other feels like going back. The way to a loop and
home again counts too; whole laps, and there and back where that is the shape, do not."""

REPEATED = 3.0
"""Added for each metre walked a second time: as much as a main road adds, so that a calm way is
walked twice rather than a main road once, and nothing is repeated that need not be."""

ROUND = 0.4
"""Added for a walk that encloses nothing; a circle adds nothing. A round shape is easy to follow
and never feels like going back."""

UNUSED = 10.0
"""Added for time left unused, as a share of the walking time: one per cent is worth 0.1."""

NEAR_GREEN_M = 30.0  # the width of a street's worth of trees: still alongside
BY_WATER_M = 30.0  # seen and heard from the path
BESIDE_ROAD_M = 8.0  # a pavement: verge and kerb between walker and traffic


@dataclass(frozen=True, slots=True)
class PathWeight:
    """One row of the table: what is added to a path's weight, when, and why.

    Attributes:
        id: name of the row.
        added: added to the weight of each metre; negative is calmer.
        preferred: what the weight is multiplied by, for each preference that changes it.
        reason: why.
        holds: whether the row holds for a path.
    """

    id: str
    added: float
    preferred: Mapping[str, float]
    reason: str
    holds: Callable[[Path], bool]


_QUIET = {"quiet": 2.0}
_SHADE = {"shade": 3.0}
_FEW_DOGS = {"few-dogs": 10.0}
_FEW_PEOPLE = {"few-people": 10.0}
_UNHEARD = {"hard-to-overhear": 10.0}
_SAME: Mapping[str, float] = {}
_MAIN = frozenset(
    f"{road}{link}" for road in ("trunk", "primary", "secondary") for link in ("", "_link")
)
_THROUGH = frozenset(["tertiary", "tertiary_link", "unclassified", "road", "busway"])
_STREET = frozenset(["residential", "service"])
_TREES = frozenset(["yes", "trees", "full", "deciduous", "evergreen", "dense", "tree_lined"])


def _on(classes: frozenset[str]) -> Callable[[Path], bool]:
    return lambda path: path.facts.get("highway") in classes


def _is_beside_road(path: Path) -> bool:
    near = number(path, "road_m", math.inf) < BESIDE_ROAD_M or is_recorded(path, "beside_road")
    return near and not is_carriageway(path)


def _is_near_road(path: Path) -> bool:
    distance = number(path, "road_m", math.inf)
    apart = not (is_carriageway(path) or is_recorded(path, "beside_road"))
    return BESIDE_ROAD_M <= distance < NEAR_ROAD_M and apart


def _is_beside_main_road(path: Path) -> bool:
    near = _is_beside_road(path) or _is_near_road(path)
    return near and path.facts.get("road_class") in _MAIN


def _has_road(path: Path) -> bool:
    return is_carriageway(path) or _is_beside_road(path) or _is_near_road(path)


def _road_unknown(path: Path) -> bool:
    return not (is_carriageway(path) or "road_m" in path.facts or "beside_road" in path.facts)


def _near(fact: str, metres: float) -> Callable[[Path], bool]:
    return lambda path: number(path, fact, math.inf) < metres


def _by_water(path: Path) -> bool:
    return is_recorded(path, "beside_water") or number(path, "water_m", math.inf) < BY_WATER_M


def _shaded(path: Path) -> bool:
    return number(path, "wood_m", math.inf) < NEAR_GREEN_M or str(path.facts.get("shade")) in _TREES


def _unknown(*facts: str) -> Callable[[Path], bool]:
    return lambda path: not any(fact in path.facts for fact in facts)


def _seen(fact: str, value: str) -> Callable[[Path], bool]:
    return lambda path: path.facts.get(fact) == value


def _busy(path: Path) -> bool:
    return str(path.facts.get("crowds")).startswith("busy")


def _narrow(path: Path) -> bool:
    return number(path, "width_m", math.inf) < ACCEPTABLE_M


def _rather_narrow(path: Path) -> bool:
    return ACCEPTABLE_M <= number(path, "width_m", math.inf) < WIDE_M


def _unlit(path: Path) -> bool:
    return path.facts.get("lit") in ("no", "disused")


def _soft(path: Path) -> bool:
    return path.facts.get("surface") in LOOSE_SURFACES


def _shared_with_bikes(path: Path) -> bool:
    return (
        path.facts.get("highway") == "cycleway"
        or path.facts.get("bicycle") in ("yes", "designated")
    ) and not is_carriageway(path)


PATH_WEIGHTS: tuple[PathWeight, ...] = (
    PathWeight("on-main-road", 3.0, _QUIET, "traffic drowns a quiet voice", _on(_MAIN)),
    PathWeight("on-through-road", 1.8, _QUIET, "steady traffic", _on(_THROUGH)),
    PathWeight("on-street", 0.8, _QUIET, "parked and passing cars, front doors", _on(_STREET)),
    PathWeight(
        "on-living-street", 0.4, _QUIET, "slow cars among people", _on(frozenset(["living_street"]))
    ),
    PathWeight("beside-road", 1.0, _QUIET, "a pavement: traffic at arm's length", _is_beside_road),
    PathWeight("near-road", 0.5, _QUIET, "traffic is heard and seen", _is_near_road),
    PathWeight("main-road", 0.7, _QUIET, "and the road is a main one", _is_beside_main_road),
    PathWeight(
        "road-unknown", 0.3, _QUIET, "nobody has recorded how near a road is", _road_unknown
    ),
    PathWeight(
        "playground",
        0.3,
        _QUIET,
        "children at play, and people who know people",
        _near("playground_m", NEAR_PLAYGROUND_M),
    ),
    PathWeight(
        "playground-unknown",
        0.05,
        _QUIET,
        "nobody has recorded how near a playground is",
        _unknown("playground_m"),
    ),
    PathWeight("bikes", 0.15, _QUIET, "bells from behind break a sentence", _shared_with_bikes),
    PathWeight("steps", 1.5, _SAME, "steps take the breath and the eyes", has_steps),
    PathWeight("soft", 0.2, _SAME, "loose or soft ground asks for a look down", _soft),
    PathWeight("surface-unknown", 0.1, _SAME, "nobody has recorded it", _unknown("surface")),
    PathWeight("unlit", 0.1, _SAME, "less at ease at dusk and in winter", _unlit),
    PathWeight("light-unknown", 0.05, _SAME, "nobody has recorded it", _unknown("lit")),
    PathWeight("narrow", 0.4, _SAME, "walkers go one behind the other", _narrow),
    PathWeight("rather-narrow", 0.15, _SAME, "two abreast, but close", _rather_narrow),
    PathWeight("width-unknown", 0.1, _SAME, "nobody has measured it", _unknown("width_m")),
    PathWeight("dogs", 0.1, _FEW_DOGS, "dogs off the lead come close", _seen("dogs", "off-lead")),
    PathWeight("busy", 0.1, _FEW_PEOPLE, "people were seen there in numbers", _busy),
    PathWeight("overheard", 0.1, _UNHEARD, "others could listen", _seen("overheard", "likely")),
    PathWeight("water", -0.25, _SAME, "water alongside calms", _by_water),
    PathWeight("trees", -0.2, _SHADE, "trees alongside, and their shade", _shaded),
)
"""What makes a metre of path more or less calm."""

PREFERENCE_FACTORS: Mapping[str, Mapping[str, float]] = {
    "loop": {"repeated": 5.0, "round": 1.5},
    "few-turns": {"turn": 3.0},
}
"""What the preferences that concern a whole walk multiply."""


@dataclass(frozen=True, eq=False)
class CalmWeights:
    """The score's weights for one set of preferences.

    Attributes:
        path: weight of each edge's metres, in the network's edge order.
        crossing_m: metres that each edge adds for a road it crosses.
        crossed_m: metres that a road crossed between two paths is worth.
        turn_m: metres that a turn is worth.
        beside: added for each metre beside another part of the walk.
        repeated: added for each metre walked again.
        round: added for a walk that encloses nothing.
        near_road, by_water, by_trees: what lies along each edge, where it is recorded.
    """

    path: NDArray[np.float64]
    crossing_m: NDArray[np.float64]
    crossed_m: float
    turn_m: float
    beside: float
    repeated: float
    round: float
    near_road: NDArray[np.bool_]
    by_water: NDArray[np.bool_]
    by_trees: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class WalkMeasures:
    """What the score needs to know of a walk.

    Attributes:
        weighted_m: sum of metres x path weight, and the metres added for roads crossed on a path.
        crossings: how often a road is crossed between two paths.
        turns: how often the way changes direction by more than ``TURN_DEG``.
        repeated_m: metres of every second pass.
        beside_m: metres that run beside another part of the walk.
        enclosed_m2: area the walk goes round, square metres.
        length_m: metres walked.
        unused: share of the walking time left unused, 0 to 1.
    """

    weighted_m: float
    crossings: float
    turns: float
    repeated_m: float
    beside_m: float
    enclosed_m2: float
    length_m: float
    unused: float


def walk_cost(weights: CalmWeights, walk: WalkMeasures) -> float:
    """Return the score of a walk, as the module's docstring defines it."""
    along = walk.weighted_m + weights.crossed_m * walk.crossings + weights.turn_m * walk.turns
    along += weights.repeated * walk.repeated_m + weights.beside * walk.beside_m
    roundness = min(1.0, 4 * math.pi * abs(walk.enclosed_m2) / walk.length_m**2)
    return along / walk.length_m + weights.round * (1 - roundness) + UNUSED * walk.unused


def calm_weights(area: Area, preferences: frozenset[str]) -> CalmWeights:
    """Return the score's weights for an area, computed once for each set of preferences."""
    return area.prepared(_weigh, preferences)


def path_weight(path: Path, preferences: frozenset[str]) -> float:
    """Return the weight of a metre of the path under the preferences."""
    added = sum(
        row.added * math.prod(row.preferred.get(wish, 1.0) for wish in preferences)
        for row in PATH_WEIGHTS
        if row.holds(path)
    )
    return max(LEAST, PLAIN + added)


def _weigh(area: Area, preferences: frozenset[str]) -> CalmWeights:
    factors = [PREFERENCE_FACTORS.get(wish, {}) for wish in sorted(preferences)]

    def times(what: str) -> float:
        return math.prod(factor.get(what, 1.0) for factor in factors)

    paths = area.paths.values()
    crossed = [is_recorded(path, "crosses_road") for path in paths]
    return CalmWeights(
        path=np.array([path_weight(path, preferences) for path in paths], dtype=float),
        crossing_m=CROSSING_M * np.array(crossed, dtype=float),
        crossed_m=CROSSING_M,
        turn_m=TURN_M * times("turn"),
        beside=BESIDE,
        repeated=REPEATED * times("repeated"),
        round=ROUND * times("round"),
        near_road=np.array([_has_road(path) for path in paths], dtype=bool),
        by_water=np.array([_by_water(path) for path in paths], dtype=bool),
        by_trees=np.array([_shaded(path) for path in paths], dtype=bool),
    )
