"""What is wide, gentle, firm or near: every figure by which the ground is judged, with its source.

* *Inclusive Mobility* (Department for Transport, 2021), sections 4.2 and 4.3.
* Sensory Trust, *Outdoor access guidance: paths*, the forerunner of the *Outdoor Accessibility
  Guidance* (Paths for All and Sensory Trust, 2023).
* Wheels for Wellbeing, guide sheet on accessible surfaces.
"""

WIDE_M = 2.0
"""Clear width in metres of a wide path: Inclusive Mobility (2021)."""

TWO_ABREAST_M = 1.5
"""Width in metres for a wheelchair with a walker alongside: Sensory Trust, guidance on paths;
the least width that Inclusive Mobility (2021) accepts for a stretch of way."""

PAST_AN_OBSTACLE_M = 1.0
"""Least clear width in metres past an obstacle: Inclusive Mobility (2021)."""

GENTLE_PCT = 5.0
"""Steepest gentle slope in per cent, 1 in 20: Inclusive Mobility (2021)."""

RAMP_PCT = 100 / 12
"""Steepest ramp in per cent, 1 in 12: Inclusive Mobility (2021)."""

NEAR_ROAD_M = 20.0
"""Metres from a road within which a path is not away from it: the traffic is seen, heard and a
few steps off. No published yardstick for a talk beside a road was found; the choice is ours."""

NEAR_WATER_M = 10.0
"""Metres from water within which a path is not away from it: a few steps. The choice is ours."""

NEAR_PLAYGROUND_M = 50.0
"""Metres from a playground's middle within which a path is near it: the 30 m that Fields in Trust
asks between a neighbourhood play area and the nearest home, and half the width of such an area
(about 20 m)."""

FIRM_SURFACES = frozenset(
    [
        "asphalt",
        "bricks",
        "chipseal",
        "concrete",
        "concrete:plates",
        "metal",
        "metal_grid",
        "paved",
        "paving_stones",
        "rubber",
        "tartan",
        "wood",
    ]
)
LOOSE_SURFACES = frozenset(
    [
        "clay",
        "cobblestone",
        "dirt",
        "earth",
        "fine_gravel",
        "grass",
        "grass_paver",
        "gravel",
        "ground",
        "mud",
        "pebblestone",
        "rock",
        "sand",
        "shells",
        "snow",
        "stepping_stones",
        "stone",
        "unhewn_cobblestone",
        "woodchips",
    ]
)
"""Surfaces that are not firm. Fine gravel is among them: gravel, however neat, is hard going for
many wheels (Wheels for Wellbeing). Between the two sets lie ``compacted``, ``sett``,
``concrete:lanes`` and ``unpaved``: firm where well kept and not where they are not, so they stay
unknown until somebody has recorded more."""

ROUGH_SMOOTHNESS = frozenset(["bad", "very_bad", "horrible", "very_horrible", "impassable"])
"""OpenStreetMap's smoothness values too rough for a wheelchair's wheels, whatever the surface."""

CARRIAGEWAYS = frozenset(
    f"{road}{link}"
    for road in ("motorway", "trunk", "primary", "secondary", "tertiary")
    for link in ("", "_link")
) | frozenset(["unclassified", "residential", "service", "living_street", "road", "busway"])
"""Ways that motor traffic uses, walked on or beside."""
