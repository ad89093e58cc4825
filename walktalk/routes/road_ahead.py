"""The next road with a name along a walk, in minutes: "Evesham Road is about 3 minutes ahead"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.checks.crossed import RAILS
from walktalk.routes.words import compass_in_words, minutes_in_words
from walktalk.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walktalk.parks import Area
    from walktalk.routes.model import Route

RoadMet = tuple[float, str]
"""Metres walked where the walk comes to a road, and its name."""

HERE_M = 20.0
"""Metres within which somebody is at the road: the size of a crossing."""

FARTHEST_MINUTES = 10.0
"""Minutes along the walk after which a road is no longer told: another way off is nearer then."""

_LOOK_M = 20.0  # so far ahead somebody looks to see which way the walk goes
_FACTS = ("crosses_road", "beside_road")
_UNNAMED = ("yes", "no")


def roads_met(area: Area, route: Route) -> tuple[RoadMet, ...]:
    """Return where a walk comes to a road with a name, from both sides, in walking order.

    Where a path crosses a road is recorded as a point. A path of which only a fact says that it
    crosses a road, or runs beside one, does so somewhere between its ends: both count.
    """
    met: list[RoadMet] = []
    walked = route.walked_m.tolist()
    for leg, begin, end in zip(route.legs, walked, walked[1:], strict=False):
        path = area.paths[leg.path_id]
        low, high = sorted((leg.from_m, leg.to_m))
        for crossing in path.crossings:
            along_m = path.line.nearest(crossing.position).along_m
            named = str(crossing.facts.get("name", ""))
            if named and crossing.kind not in RAILS and low <= along_m <= high:
                met.append((begin + abs(along_m - leg.from_m), named))
        facts = path.facts
        names = [str(facts.get(fact, "no")) for fact in _FACTS]
        name = next((name for name in names if name not in _UNNAMED), "")
        if name:
            met += [(begin, name), (end, name)]
    return tuple(sorted(met))


def road_ahead(
    met: Sequence[RoadMet], route: Route, metre: float, pace_m_a_minute: float, once: bool
) -> str:
    """Return how many minutes along the walk the nearest road is, ``""`` for none that is near.

    Args:
        met: the walk's roads.
        route: the walk.
        metre: metres walked.
        pace_m_a_minute: metres walked in a minute, on the average of the walk.
        once: whether the walk comes by here only once; else ahead and back mean nothing.
    """
    if not met:
        return ""
    at_m, name = min(met, key=lambda each: abs(each[0] - metre))
    away_m = at_m - metre
    if abs(away_m) <= HERE_M:
        return _("You are at %(road)s.", road=name)
    minutes = abs(away_m) / pace_m_a_minute
    if minutes > FARTHEST_MINUTES:
        return ""
    told = {"road": name, "minutes": minutes_in_words(minutes)}
    if once and away_m > 0:
        return _("%(road)s is %(minutes)s ahead.", **told)
    if once:
        return _("%(road)s is %(minutes)s back the way you came.", **told)
    look_m = metre + float(np.clip(away_m, -_LOOK_M, _LOOK_M))
    here, there = route.line.points_at([metre, look_m])
    way = compass_in_words(here, there)
    return _("%(road)s is %(minutes)s along the walk, to the %(way)s at first.", way=way, **told)
