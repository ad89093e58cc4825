"""Where a walk can be rested: seats along it and toilets within reach.

Neither is ever broken: nobody records every bench, so one that is not recorded may still be there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from walktalk.routes.beside_walk import Along

if TYPE_CHECKING:
    from walktalk.parks import Area, Place
    from walktalk.routes.model import Route

SEAT_KINDS = frozenset(["bench", "seat"])
TOILET_KINDS = frozenset(["toilets"])

SEAT_REACH_M = 20.0
"""Metres from the line within which a seat is along the walk: in sight, a few steps off."""

SEAT_GAP_M = 50.0
"""Metres between seats where people commonly walk: Inclusive Mobility (Department for Transport,
2021), "no more than 50 metres". The same guide reports that 3 in 10 of the disabled people who can
walk manage no more than that without a stop."""

TOILET_REACH_M = 300.0
"""Metres in a straight line within which toilets are in reach: five minutes at a gentle pace of
1 m/s. No published yardstick for parks was found; the choice is ours."""


@dataclass(frozen=True, slots=True)
class Seats:
    """The recorded seats along a walk and the longest stretch of it without one, in metres."""

    places: tuple[Place, ...]
    longest_gap_m: float


def seats_along(along: Along) -> Seats:
    """Return the recorded seats within ``SEAT_REACH_M`` of the walk and its longest gap."""
    near = along.near(SEAT_KINDS, SEAT_REACH_M)
    # the walk's two ends close the first and the last gap
    stops = np.concatenate(([0.0], near.covered_m, [along.route.length_m]))
    return Seats(places=near.places, longest_gap_m=float(np.diff(stops).max()))


def seats_verdict(area: Area, route: Route) -> Literal["met", "unknown"]:
    """Return ``met`` when seats are recorded never more than ``SEAT_GAP_M`` apart."""
    seats = seats_along(Along(area, route))
    return "met" if seats.places and seats.longest_gap_m <= SEAT_GAP_M else "unknown"


def toilets_verdict(area: Area, route: Route) -> Literal["met", "unknown"]:
    """Return ``met`` when toilets are recorded within ``TOILET_REACH_M`` of the walk."""
    return "met" if Along(area, route).near(TOILET_KINDS, TOILET_REACH_M).places else "unknown"
