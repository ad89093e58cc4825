"""What a metre of each path is worth: the table of the published score, row by row.

A row holds for a share of each path: what is near is known along it, as stretches, and everything
else for the whole of it. A fact that nobody has recorded has a weight of its own, between its best
and its worst value. The weights are ours: no published scale of calm was found. They say what a
metre is worth in metres of a plain path, so that "0.5" reads as "we would walk 150 m in the park
rather than 100 m here".
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from walktalk.parks.nearness import MAIN_ROADS, nearness
from walktalk.routes.checks.facts import is_carriageway, is_recorded, number
from walktalk.routes.checks.near import share_near
from walktalk.routes.checks.pavement import without_pavement
from walktalk.routes.checks.playground import NEAR_PLAYGROUND_M
from walktalk.routes.checks.road import NEAR_ROAD_M
from walktalk.routes.checks.steps import has_steps
from walktalk.routes.checks.surface import LOOSE_SURFACES
from walktalk.routes.checks.width import ACCEPTABLE_M, WIDE_M

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from walktalk.parks import Area, Path

    Shares = NDArray[np.float64]
    """How much of each edge a row holds for, 0 to 1, in the network's edge order."""

PLAIN = 1.0
"""Weight of a metre of path about which everything is known and nothing stands out."""

LEAST = 0.3
"""No path's weight falls below this: a metre always costs something."""

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
        shares: how much of each path of an area the row holds for.
    """

    id: str
    added: float
    preferred: Mapping[str, float]
    reason: str
    shares: Callable[[Area], Shares]


_QUIET = {"quiet": 2.0}
_SHADE = {"shade": 3.0}
_FEW_DOGS = {"few-dogs": 10.0}
_FEW_PEOPLE = {"few-people": 10.0}
_UNHEARD = {"hard-to-overhear": 10.0}
_SAME: Mapping[str, float] = {}
_MAIN = MAIN_ROADS - frozenset(["motorway", "motorway_link"])
_THROUGH = frozenset(["tertiary", "tertiary_link", "unclassified", "road", "busway"])
_STREET = frozenset(["residential", "service"])
_TREES = frozenset(["yes", "trees", "full", "deciduous", "evergreen", "dense", "tree_lined"])


def _whole(holds: Callable[[Path], bool]) -> Callable[[Area], Shares]:
    """Return the shares of a row that holds for all of a path or for nothing of it."""
    return lambda area: np.array([holds(path) for path in area.paths.values()], dtype=float)


def _on(classes: frozenset[str]) -> Callable[[Area], Shares]:
    return _whole(lambda path: path.facts.get("highway") in classes)


def _off_road(area: Area) -> Shares:
    return 1 - _whole(is_carriageway)(area)


def _recorded_beside(area: Area) -> Shares:
    return _whole(lambda path: is_recorded(path, "beside_road"))(area)


def beside_road(area: Area) -> Shares:
    """Return how much of each path runs beside a road, as a pavement does."""
    near = share_near(area, "road", BESIDE_ROAD_M, "road_m")
    return np.maximum(near, _recorded_beside(area)) * _off_road(area)


def near_road(area: Area) -> Shares:
    """Return how much of each path is near a road and not beside it."""
    near = share_near(area, "road", NEAR_ROAD_M, "road_m") * _off_road(area)
    return np.clip(near - beside_road(area), 0.0, 1.0)


def _near_main_road(area: Area) -> Shares:
    """Return how much of each path is near a main road, or beside a road that is a main one."""
    drawn = nearness(area, "main-road") is not None
    main = _whole(lambda path: path.facts.get("road_class") in _MAIN)(area)
    if drawn:
        main = np.maximum(
            share_near(area, "main-road", NEAR_ROAD_M, "main_road_m"), main * _recorded_beside(area)
        )
    return np.minimum(main, beside_road(area) + near_road(area))


def _road_unknown(area: Area) -> Shares:
    if nearness(area, "road") is not None:
        return np.zeros(len(area.paths))
    return _whole(
        lambda path: (
            not (is_carriageway(path) or "road_m" in path.facts or "beside_road" in path.facts)
        )
    )(area)


def has_road(area: Area) -> Shares:
    """Return how much of each path is on, beside or near a road."""
    return 1 - _off_road(area) + beside_road(area) + near_road(area)


def by_water(area: Area) -> Shares:
    """Return how much of each path has water alongside."""
    named = _whole(lambda path: is_recorded(path, "beside_water"))(area)
    return np.maximum(share_near(area, "water", BY_WATER_M, "water_m"), named)


def by_trees(area: Area) -> Shares:
    """Return how much of each path has trees alongside."""
    shaded = _whole(lambda path: str(path.facts.get("shade")) in _TREES)(area)
    return np.maximum(share_near(area, "wood", NEAR_GREEN_M, "wood_m"), shaded)


def _near_playground(area: Area) -> Shares:
    return share_near(area, "playground", NEAR_PLAYGROUND_M, "playground_m")


def _playground_unknown(area: Area) -> Shares:
    looked = "playground" in area.searched
    return _whole(lambda path: not looked and "playground_m" not in path.facts)(area)


def _unknown(*facts: str) -> Callable[[Area], Shares]:
    return _whole(lambda path: not any(fact in path.facts for fact in facts))


def _seen(fact: str, value: str) -> Callable[[Area], Shares]:
    return _whole(lambda path: path.facts.get(fact) == value)


def _busy(path: Path) -> bool:
    return "busy" in str(path.facts.get("crowds"))


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


with_bikes = _whole(_shared_with_bikes)
"""How much of each path is shared with people on bikes, roads left out."""

PATH_WEIGHTS: tuple[PathWeight, ...] = (
    PathWeight("on-main-road", 3.0, _QUIET, "traffic drowns a quiet voice", _on(_MAIN)),
    PathWeight(
        "no-pavement",
        2.0,
        _SAME,
        "a main road, and nobody has recorded a pavement to walk on",
        _whole(without_pavement),
    ),
    PathWeight("on-through-road", 1.8, _QUIET, "steady traffic", _on(_THROUGH)),
    PathWeight("on-street", 0.8, _QUIET, "parked and passing cars, front doors", _on(_STREET)),
    PathWeight(
        "on-living-street", 0.4, _QUIET, "slow cars among people", _on(frozenset(["living_street"]))
    ),
    PathWeight("beside-road", 1.0, _QUIET, "a pavement: traffic at arm's length", beside_road),
    PathWeight("near-road", 0.5, _QUIET, "traffic is heard and seen", near_road),
    PathWeight("main-road", 0.7, _QUIET, "and the road is a main one", _near_main_road),
    PathWeight(
        "road-unknown", 0.3, _QUIET, "nobody has recorded how near a road is", _road_unknown
    ),
    PathWeight(
        "playground",
        0.3,
        _QUIET,
        "children at play, and people who know people",
        _near_playground,
    ),
    PathWeight(
        "playground-unknown",
        0.05,
        _QUIET,
        "nobody has recorded how near a playground is",
        _playground_unknown,
    ),
    PathWeight("bikes", 0.15, _QUIET, "bells from behind break a sentence", with_bikes),
    PathWeight("steps", 1.5, _SAME, "steps take the breath and the eyes", _whole(has_steps)),
    PathWeight("soft", 0.2, _SAME, "loose or soft ground asks for a look down", _whole(_soft)),
    PathWeight("surface-unknown", 0.1, _SAME, "nobody has recorded it", _unknown("surface")),
    PathWeight("unlit", 0.1, _SAME, "less at ease at dusk and in winter", _whole(_unlit)),
    PathWeight("light-unknown", 0.05, _SAME, "nobody has recorded it", _unknown("lit")),
    PathWeight("narrow", 0.4, _SAME, "walkers go one behind the other", _whole(_narrow)),
    PathWeight("rather-narrow", 0.15, _SAME, "two abreast, but close", _whole(_rather_narrow)),
    PathWeight("width-unknown", 0.1, _SAME, "nobody has measured it", _unknown("width_m")),
    PathWeight("dogs", 0.1, _FEW_DOGS, "dogs off the lead come close", _seen("dogs", "off-lead")),
    PathWeight("busy", 0.1, _FEW_PEOPLE, "people were seen there in numbers", _whole(_busy)),
    PathWeight("overheard", 0.1, _UNHEARD, "others could listen", _seen("overheard", "likely")),
    PathWeight("water", -0.25, _SAME, "water alongside calms", by_water),
    PathWeight("trees", -0.2, _SHADE, "trees alongside, and their shade", by_trees),
)
"""What makes a metre of path more or less calm."""


def path_weights(area: Area, preferences: frozenset[str]) -> Shares:
    """Return the weight of a metre of each path under the preferences, in edge order."""
    total = np.full(len(area.paths), PLAIN)
    for row in PATH_WEIGHTS:
        factor = math.prod(row.preferred.get(wish, 1.0) for wish in preferences)
        total += row.added * factor * area.prepared(row.shares)
    return np.asarray(np.maximum(LEAST, total))
