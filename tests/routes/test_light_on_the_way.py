"""The light of a walk that ends near sunset or later, stretch by stretch, from what is recorded."""

from datetime import datetime

import pytest

from tests.routes.ground import area, path
from walktalk.routes import Leg, Proposal, Route, Walk, WalkRequest
from walktalk.routes.clock import LONDON
from walktalk.routes.light_on_the_way import light_in_words, light_stretches
from walktalk.routes.timetable import timetable

GROUND = area(
    [
        path("lit", (0, 0), (600, 0), lit="yes"),
        path("unknown", (600, 0), (1200, 0)),
        path("unlit", (1200, 0), (1800, 0), lit="no"),
    ]
)
ORDER = ("lit", "unknown", "unlit")


def walk_at(clock: str) -> Walk:
    legs = tuple(Leg(each, 0, GROUND.paths[each].length_m) for each in ORDER)
    line = [GROUND.paths["lit"].coordinates[0]]
    line += [GROUND.paths[each].coordinates[-1] for each in ORDER]
    route = Route(tuple(line), sum(leg.length_m for leg in legs), "loop", legs)
    at = datetime.fromisoformat(f"2026-12-01T{clock}").replace(tzinfo=LONDON)
    request = WalkRequest(start=line[0], minutes=40, at=at)
    times = timetable(GROUND, request, route)
    return Walk(GROUND, request, Proposal(route, 30, 38, 0, 0, 0, (), times, ""))


def lights(walk: Walk) -> list[str]:
    assert walk.request.at is not None
    return [each.light for each in light_stretches(walk, walk.request.at)]


@pytest.mark.parametrize("clock", ["10:00", "14:10"])
def test_a_walk_that_ends_an_hour_before_sunset_says_nothing_of_it(clock: str) -> None:
    assert lights(walk_at(clock)) == ["day"]
    assert light_in_words(walk_at(clock)) == ()


def test_within_an_hour_before_sunset_the_sunset_is_told() -> None:
    [said] = light_in_words(walk_at("14:40"))
    assert said.startswith("Sunset is at 15:5") or said.startswith("Sunset is at 16:0")


@pytest.mark.parametrize("clock", ["18:00", "22:00"])
def test_at_night_each_stretch_is_lit_or_not_recorded_or_dark(clock: str) -> None:
    assert lights(walk_at(clock)) == ["lit", "not recorded", "dark"]
    sunset, lit, unknown, dark = light_in_words(walk_at(clock))
    assert sunset.startswith("Sunset is at ")
    hour = clock[:2]
    assert lit.startswith(f"About {hour}:00 to {hour}:15, ")
    assert lit.endswith(" m: lit.")
    assert unknown.endswith(": lamps not recorded.")
    assert dark.endswith(": dark, no lamps.")


def test_a_walk_into_the_dusk_tells_only_what_is_walked_without_daylight() -> None:
    seen = lights(walk_at("15:40"))
    assert seen[0] == "day"
    assert "dark" not in seen
    assert seen[-1] == "dusk"


def test_before_sunrise_the_sunrise_is_told() -> None:
    assert light_in_words(walk_at("07:30"))[0].startswith("Sunrise is at 07:5")
