"""The planner's published score: how calm a walk is, from what is recorded. Lower is calmer.

``cost`` is a mean over the metres walked, so that walks of different lengths compare::

    cost = (sum of metres x path weight + metres that the roads crossed are worth
            + TURN_M x turns + REPEATED x repeated metres + BACK x metres walked back over
            + BESIDE x metres beside itself) / metres walked
           + ROUND x (1 - 4 pi area / length squared) + UNUSED x share of the time left unused

A path's weight is a sum over the table in ``walktalk.routes.path_weights``, and a road crossed is
worth what ``walktalk.routes.crossing_costs`` says of its class. Both depend on what is recorded
about the ground and on the request's preferences, never on how a walk was found.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.crossing_costs import crossed_on_paths_m
from walktalk.routes.path_weights import (
    by_trees,
    by_water,
    has_road,
    path_weights,
    with_bikes,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from walktalk.parks import Area

TURN_M = 150.0
"""Metres that a turn is worth: a moment's thought about the way instead of the talk.

Chosen with ``bench.loops``, with the other weights as they were then (BESIDE 1.5, UNUSED 10). Turns
a kilometre in the median, and calm share in the mean, of first walks; the circle of waypoints in
the same run beside them:

=========  ===========  ===========  ===========  ===========  ===========  ===========
network    75           120          150          200          400          the circle
=========  ===========  ===========  ===========  ===========  ===========  ===========
Monaco     5.8, .30     5.4, .27     4.7, .25     4.6, .25     3.5, .21     7.1, .20
Krems      3.1, .52     3.0, .51     2.8, .52     -            -            4.9, .44
250        4.3, .83     4.0, .83     3.8, .82     3.7, .81     3.3, .79     5.3, .73
1,000      4.2, .80     -            3.9, .79     -            -            5.3, .70
10,000     3.9, .78     -            3.5, .75     -            -            5.7, .69
100,000    4.1, .80     -            3.9, .79     -            -            5.7, .68
=========  ===========  ===========  ===========  ===========  ===========  ===========
"""

TURN_DEG = 45.0
"""Change of direction at a path's end, in degrees, that counts as a turn: half a right angle."""

BESIDE = 4.0
"""Added for each metre that runs beside another part of the same walk: up one side of a street and
down the other feels like going back. Whole laps, and there and back where that is the shape, do
not count. At 1.5 one loop or lollipop in twenty of Monaco and of Krems was still beside itself for
more than a quarter of its way; at 3 for a quarter, at 4 for a fifth, at 5 for no less
(``bench.loops``)."""

BACK = 5.0
"""Added for each metre of a way round that is walked a second time, on top of ``REPEATED``: the way
to a loop is home again too. A loop is then better than there and back while less than a fifth of
the walk repeats the way to it. At 3 one loop or lollipop in twenty of Krems was beside itself for
.28 of its way, at 5 for .19, and at 8 for no less."""

REPEATED = 3.0
"""Added for each metre walked a second time: as much as a main road adds, so that a calm way is
walked twice rather than a main road once, and nothing is repeated that need not be."""

ROUND = 0.4
"""Added for a walk that encloses nothing; a circle adds nothing. A round shape is easy to follow
and never feels like going back."""

UNUSED = 5.0
"""Added for time left unused, as a share of the walking time: one per cent is worth 0.05. What is
left becomes a longer closing or a pause; at 10 walks still went up and down a street to fill the
last minute. At 10, 5 and 3 Monaco's first walks leave .5, 1.0 and 1.6 % in the median."""

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
        crossing_m: metres that each edge adds for the roads it crosses.
        turn_m: metres that a turn is worth.
        beside: added for each metre beside another part of the walk.
        back: added for each metre of a way round that is walked again.
        repeated: added for each metre walked again.
        round: added for a walk that encloses nothing.
        near_road, by_water, by_trees, with_bikes: on how much of each edge there is one alongside,
            or bikes share it, where that is recorded.
    """

    path: NDArray[np.float64]
    crossing_m: NDArray[np.float64]
    turn_m: float
    beside: float
    back: float
    repeated: float
    round: float
    near_road: NDArray[np.float64]
    by_water: NDArray[np.float64]
    by_trees: NDArray[np.float64]
    with_bikes: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WalkMeasures:
    """What the score needs to know of a walk.

    Attributes:
        weighted_m: sum of metres x path weight, and the metres added for roads crossed on a path.
        crossed_m: metres that the roads crossed between two paths are worth.
        turns: how often the way changes direction by more than ``TURN_DEG``.
        repeated_m: metres of every second pass.
        back_m: the same of a way round walked once, 0 for other shapes.
        beside_m: metres that run beside another part of the walk.
        enclosed_m2: area the walk goes round, square metres.
        length_m: metres walked.
        unused: share of the walking time left unused, 0 to 1.
    """

    weighted_m: float
    crossed_m: float
    turns: float
    repeated_m: float
    back_m: float
    beside_m: float
    enclosed_m2: float
    length_m: float
    unused: float


def walk_cost(weights: CalmWeights, walk: WalkMeasures) -> float:
    """Return the score of a walk, as the module's docstring defines it."""
    along = walk.weighted_m + walk.crossed_m + weights.turn_m * walk.turns
    along += weights.repeated * walk.repeated_m + weights.back * walk.back_m
    along += weights.beside * walk.beside_m
    roundness = min(1.0, 4 * math.pi * abs(walk.enclosed_m2) / walk.length_m**2)
    return along / walk.length_m + weights.round * (1 - roundness) + UNUSED * walk.unused


def calm_weights(area: Area, preferences: frozenset[str]) -> CalmWeights:
    """Return the score's weights for an area, computed once for each set of preferences."""
    return area.prepared(_weigh, preferences)


def _weigh(area: Area, preferences: frozenset[str]) -> CalmWeights:
    factors = [PREFERENCE_FACTORS.get(wish, {}) for wish in sorted(preferences)]

    def times(what: str) -> float:
        return math.prod(factor.get(what, 1.0) for factor in factors)

    return CalmWeights(
        path=path_weights(area, preferences),
        crossing_m=area.prepared(crossed_on_paths_m),
        turn_m=TURN_M * times("turn"),
        beside=BESIDE,
        back=BACK,
        repeated=REPEATED * times("repeated"),
        round=ROUND * times("round"),
        near_road=area.prepared(has_road),
        by_water=area.prepared(by_water),
        by_trees=area.prepared(by_trees),
        with_bikes=area.prepared(with_bikes),
    )
