"""How long a walk takes.

Walking time is the sum over legs of ``length / (pace x slope factor x surface factor)``.

* Slope: Tobler's hiking function, ``6 exp(-3.5 |s + 0.05|)`` km/h for a slope ``s`` (rise over
  run), divided by its value on the flat and never above 1, so that nobody is hurried downhill.
  W. Tobler, "Three presentations on geographical analysis and modeling", NCGIA Technical Report
  93-1, 1993, from measurements by E. Imhof.
* Surface: the table ``SURFACES`` below, each factor with its reason.

Pace scales every leg alike, so the ground is turned once into *flat metres*: the length of flat
asphalt that takes as long. Seconds are flat metres divided by pace.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from walktalk.parks import Area, Path
    from walktalk.routes.model import Leg, Route

_TOBLER_STEEPNESS = 3.5  # Tobler 1993
_TOBLER_EASIEST_SLOPE = -0.05  # Tobler 1993: walking is fastest slightly downhill

STEEPEST = 1.0
"""Steepest slope that is timed, 1 in 1: Tobler's measurements end below it, and a climb recorded
on a way of a metre or less says nothing of how long it takes."""


@dataclass(frozen=True, slots=True)
class SurfaceFactor:
    """How a surface slows a walker: the share of the pace on asphalt, and why."""

    factor: float
    reason: str


_HARD = SurfaceFactor(1.0, "hard and even: the pace itself is measured on such ground")
_BOUND = SurfaceFactor(0.98, "firm but uneven: joints and edges ask for a look now and then")
_FINE = SurfaceFactor(
    0.97, "packed fine stone: a little dearer to walk than paving (as dirt in Kowalsky 2021)"
)
_DIRT = SurfaceFactor(
    0.95, "bare ground: dearer to walk than paving, cheaper than grass (Kowalsky 2021)"
)
_LOOSE = SurfaceFactor(
    0.93, "loose stone gives way underfoot: between dirt and grass (Kowalsky 2021)"
)
_GRASS = SurfaceFactor(
    0.91, "soft and uneven: only woodchips cost more of five grounds (Kowalsky 2021)"
)
_CHIPS = SurfaceFactor(0.88, "woodchips cost 27 % more energy than paving (Kowalsky 2021)")
_ROUGH = SurfaceFactor(
    0.86, "chosen speed on a stony trail was 1.07 m/s against 1.24 on a floor (Gast 2019)"
)
_YIELDING = SurfaceFactor(
    0.6, "as off-path walking in Tobler 1993; sand costs over twice the energy (Lejeune 1998)"
)

SURFACES: Mapping[str, SurfaceFactor] = {
    "asphalt": _HARD,
    "concrete": _HARD,
    "concrete:plates": _HARD,
    "paved": _HARD,
    "paving_stones": _HARD,
    "chipseal": _HARD,
    "rubber": _HARD,
    "tartan": _HARD,
    "metal": _HARD,
    "bricks": _BOUND,
    "concrete:lanes": _BOUND,
    "grass_paver": _BOUND,
    "metal_grid": _BOUND,
    "sett": _BOUND,
    "wood": _BOUND,
    "compacted": _FINE,
    "fine_gravel": _FINE,
    "dirt": _DIRT,
    "earth": _DIRT,
    "ground": _DIRT,
    "unpaved": _DIRT,
    "cobblestone": _LOOSE,
    "gravel": _LOOSE,
    "pebblestone": _LOOSE,
    "grass": _GRASS,
    "woodchips": _CHIPS,
    "rock": _ROUGH,
    "stepping_stones": _ROUGH,
    "unhewn_cobblestone": _ROUGH,
    "mud": _YIELDING,
    "sand": _YIELDING,
}
"""OpenStreetMap's surface values with their factors.

The order of the grounds is measured: Kowalsky and others, "Human walking in the real world",
PLoS ONE 16(1), 2021; Gast and others, "Preferred walking speed on rough terrain", Journal of
Experimental Biology 222, 2019; Lejeune and others, "Mechanics and energetics of human locomotion
on sand", Journal of Experimental Biology 201, 1998. They measured energy, mostly; a walker takes
only part of it out of the speed, so the steps between the factors are our reading of them.
"""

UNKNOWN_SURFACE = SurfaceFactor(
    0.95, "not recorded: counted as bare ground, so that a walk ends early rather than late"
)

STEPS_FACTOR = 0.4
"""Share of the pace along the ground on a flight of steps: 0.4 to 0.5 m/s on a long stairway
(Kretz and others, "Upstairs walking speed distributions on a long stairway", Safety Science 46,
2008) against 1.24 m/s on a floor (Gast 2019)."""


def slope_factor(slope: float) -> float:
    """Return the share of the pace kept on a slope, at most 1.

    Args:
        slope: rise over run in the direction of walking; negative downhill. Steeper than
            ``STEEPEST`` counts as that.
    """
    flat = math.exp(-_TOBLER_STEEPNESS * abs(_TOBLER_EASIEST_SLOPE))
    slope = min(STEEPEST, max(-STEEPEST, slope))
    here = math.exp(-_TOBLER_STEEPNESS * abs(slope - _TOBLER_EASIEST_SLOPE))
    return min(1.0, here / flat)


def surface_factor(path: Path) -> SurfaceFactor:
    """Return how the path's surface slows a walker; ``UNKNOWN_SURFACE`` where none is recorded."""
    return SURFACES.get(str(path.facts.get("surface")), UNKNOWN_SURFACE)


def flat_metres(path: Path) -> tuple[float, float]:
    """Return the metres of flat asphalt that take as long as the path, forward and backward.

    Where climb and descent are recorded, the way is taken to rise and fall at one steepness: the
    metres up and down together over the length. Where neither is, it counts as flat: a steepest
    gradient alone does not say which way is up, or for how long.
    """
    climb = float(path.facts.get("climb_m", 0.0))
    descent = float(path.facts.get("descent_m", 0.0))
    length = path.length_m
    if not length:
        return 0.0, 0.0
    ground = surface_factor(path).factor
    if path.facts.get("highway") == "steps":
        ground *= STEPS_FACTOR
    if climb + descent <= 0:
        return length / ground, length / ground
    steepness = (climb + descent) / length
    rising = climb / (climb + descent)
    up, down = 1 / slope_factor(steepness), 1 / slope_factor(-steepness)
    forward = length * (rising * up + (1 - rising) * down) / ground
    backward = length * (rising * down + (1 - rising) * up) / ground
    return forward, backward


def edge_flat_metres(area: Area) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return ``flat_metres`` of every path, forward and backward, in the network's edge order.

    Divide by the pace for seconds. Do not write to the arrays.
    """
    return area.prepared(_edge_flat_metres)


def _edge_flat_metres(area: Area) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    both = np.array([flat_metres(path) for path in area.paths.values()], dtype=float)
    both = both.reshape(-1, 2)
    return both[:, 0].copy(), both[:, 1].copy()


def legs_seconds(area: Area, legs: Iterable[Leg], pace: float) -> list[float]:
    """Return the walking seconds of each leg at ``pace`` metres a second on the flat."""
    flat = area.by_path(_flat_per_metre)
    walked = [(leg.path_id, leg.to_m - leg.from_m) for leg in legs]
    return [
        (on_m * flat[path_id][0] if on_m >= 0 else -on_m * flat[path_id][1]) / pace
        for path_id, on_m in walked
    ]


def _flat_per_metre(path: Path) -> tuple[float, float]:
    forward, backward = flat_metres(path)
    length = path.length_m or 1.0  # nothing of a path without length is walked
    return forward / length, backward / length


def route_minutes(area: Area, route: Route, pace: float) -> float:
    """Return the walking minutes of a route, pauses not counted, at ``pace`` metres a second."""
    return sum(legs_seconds(area, route.legs, pace)) / 60
