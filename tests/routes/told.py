"""What holds of every walk that is told step by step."""

from collections.abc import Sequence

import pytest

from walktalk.parks import Area
from walktalk.routes import Route
from walktalk.routes.directions import Step
from walktalk.routes.timing import route_minutes


def cover(steps: Sequence[Step], area: Area, walk: Route, pace: float) -> bool:
    """Whether each step begins where the one before ends, and they take the walk's whole time."""
    at_m = 0.0
    for step in steps:
        assert step.distance_m == pytest.approx(at_m, abs=0.01)
        at_m += step.length_m
    minutes = sum(step.minutes for step in steps)
    whole_m = at_m == pytest.approx(walk.length_m)
    return whole_m and minutes == pytest.approx(route_minutes(area, walk, pace))
