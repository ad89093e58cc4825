"""What runs beside what: both sides of a street, never a way that goes on, never over water."""

import pytest

from tests.routes.towns import area_of, at
from walktalk.parks import Area
from walktalk.parks.model import BackgroundShape
from walktalk.routes import WalkRequest, plan_walks
from walktalk.routes.search.beside import beside_each_other


def beside_m(area: Area, one: str, other: str) -> float:
    """Return the metres of one path that run beside another."""
    rows = list(area.paths)
    return float(beside_each_other(area)[rows.index(one), rows.index(other)])


def test_two_ways_within_25_m_are_beside_each_other_for_as_long_as_both_run() -> None:
    area = area_of({"long": [(0, 0), (480, 0)], "short": [(120, 18), (360, 18)]})
    assert beside_m(area, "short", "long") == pytest.approx(240, rel=0.02)
    assert beside_m(area, "long", "short") == pytest.approx(240, rel=0.1)


@pytest.mark.parametrize(
    "other",
    [
        [(480, 0), (960, 0)],  # it goes on
        [(480, 0), (480, 400)],  # it turns off
        [(0, 40), (480, 40)],  # it is too far off
        [(240, -200), (240, 200)],  # it crosses
    ],
)
def test_what_goes_on_turns_off_crosses_or_is_far_is_not_beside(
    other: list[tuple[float, float]],
) -> None:
    area = area_of({"one": [(0, 0), (480, 0)], "other": other})
    assert beside_m(area, "one", "other") == 0
    assert beside_m(area, "other", "one") == 0


def test_water_between_two_ways_keeps_them_apart() -> None:
    lines = {"north": [(0, 20), (480, 20)], "south": [(0, 0), (480, 0)]}
    pond = BackgroundShape("water", ((at(-9, 9), at(490, 9), at(490, 11), at(-9, 11), at(-9, 9)),))
    dry = area_of(lines)
    wet = Area("wet", "Wet", dry.paths, background=(pond,))
    assert beside_m(dry, "north", "south") > 400
    assert beside_m(wet, "north", "south") == 0


def test_a_round_apart_is_chosen_before_one_up_and_down_the_same_street() -> None:
    street = {"up": [(0, 0), (0, 960)], "over": [(0, 960), (15, 960)], "down": [(15, 960), (0, 0)]}
    apart = {"out": [(0, 0), (240, 480)], "on": [(240, 480), (0, 960)]}
    area = area_of({**street, **apart})
    (walk, *_) = plan_walks(area, WalkRequest(start=at(0, 0), minutes=44))
    used = {leg.path_id for leg in walk.route.legs}
    assert {"out", "on"} <= used
