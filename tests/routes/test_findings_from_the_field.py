"""What stands on the way, who may walk it, when it is open and what it crosses is told by name."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from tests.routes.checked import found, on_a_straight, on_two_paths
from tests.routes.ground import SURVEY, area, at, path, route
from walktalk.maps.drawing import places_on
from walktalk.parks import Area
from walktalk.parks.model import Barrier, Crossing
from walktalk.routes import (
    Finding,
    NoWalkFits,
    Proposal,
    Route,
    Walk,
    WalkRequest,
    plan_walks,
)
from walktalk.routes.barriers_met import barriers_met
from walktalk.routes.clock import LONDON
from walktalk.routes.directions import directions

EVENING = datetime(2026, 12, 1, 19, 0, tzinfo=LONDON)
NOON = datetime(2026, 12, 1, 12, 0, tzinfo=LONDON)
GOOD: dict[str, Any] = {"wheelchair": "yes", "width_m": 3.0, "surface": "asphalt"}


def passing(kind: str, **facts: Any) -> tuple[Area, Route]:
    """Two paths in a line with a barrier where they meet: on both of them, as imports have it."""
    barrier = Barrier(kind, at(0, 200), SURVEY, facts)
    ways = [path("a", (0, 0), (0, 200), **GOOD), path("b", (0, 200), (0, 400), **GOOD)]
    ground = area([replace(way, barriers=(barrier,)) for way in ways])
    return ground, route(ground, "a", "b", shape="out-and-back")


def finding(check: str, ground: Area, walk: Route, at_time: datetime | None = None) -> Finding:
    return found(ground, walk, WalkRequest(at=at_time))[check]


def test_a_barrier_is_named_in_findings_directions_and_on_the_map_once() -> None:
    ground, walk = passing("kissing_gate", wheelchair="no")
    steps, width = finding("steps", ground, walk), finding("width", ground, walk)
    assert (steps.level, steps.message) == ("fail", "The walk passes a kissing gate.")
    assert (width.level, "Not measured at a kissing gate." in width.evidence) == ("unknown", True)
    (met,) = barriers_met(ground, walk)
    assert met.at_m == pytest.approx(200, abs=0.1)
    said = " ".join(step.text for step in directions(ground, walk, 1.0))
    assert said.count("You pass a kissing gate.") == 1
    proposal = Proposal(walk, 7.0, 20.0, 0.0, 0.0, 1.0, (), (), "")
    places = places_on(Walk(ground, WalkRequest(), proposal))
    assert [(place.kind, place.name) for place in places] == [("gate", "A kissing gate")]


def test_a_barrier_on_the_part_of_a_path_that_is_not_walked_is_not_passed() -> None:
    ground, walk = passing("stile")
    shorter = replace(walk, legs=(replace(walk.legs[0], to_m=100.0),))
    assert not barriers_met(ground, shorter)


def test_a_barrier_that_only_some_can_pass_is_unknown_and_named() -> None:
    steps = finding("steps", *passing("cycle_barrier"))
    assert steps.level == "unknown"
    assert "Not everybody can pass a cycle barrier." in steps.evidence


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"access": "customers"}, "100 m is for customers only"),
        ({"disused": "yes"}, "100 m is recorded as disused"),
        ({"foot": "a new word"}, "100 m is recorded with a value that says nothing sure"),
    ],
)
def test_who_may_walk_is_a_caution_that_names_how_much_and_why(
    facts: dict[str, str], reason: str
) -> None:
    told = on_two_paths("who-may-walk", {}, facts)
    assert told.level == "caution"
    assert reason in told.message


def test_nothing_against_walking_is_unknown_until_somebody_says_that_all_may() -> None:
    assert on_a_straight("who-may-walk").level == "unknown"
    assert on_a_straight("who-may-walk", foot="yes").level == "pass"


@pytest.mark.parametrize(
    ("at_time", "level", "words"),
    [
        (NOON, "pass", "Open all the time: a gate, open 08:00-18:00."),
        (EVENING, "fail", "Closed at some time of this walk: a gate, open 08:00-18:00."),
        (None, "caution", "Look at the hours before you go: a gate, open 08:00-18:00."),
    ],
)
def test_the_hours_of_a_gate_are_held_against_the_session(
    at_time: datetime | None, level: str, words: str
) -> None:
    told = finding("opening", *passing("gate", opening_hours="08:00-18:00"), at_time)
    assert (told.level, told.message) == (level, words)


def test_hours_that_nobody_can_read_are_a_caution_with_the_hours() -> None:
    told = finding("opening", *passing("gate", opening_hours="ask the keeper"), NOON)
    assert (told.level, "ask the keeper" in told.message) == ("caution", True)


def test_no_walk_is_planned_over_what_is_closed_at_the_time() -> None:
    ring = path("ring", (0, 0), (300, 0), (300, 300), (0, 300), (0, 0), opening_hours="08:00-18:00")
    ground = area([ring, path("way", (0, 0), (-2000, 0))])
    for at_time, used in ((NOON, True), (None, True), (EVENING, False)):
        walks = plan_walks(ground, WalkRequest(start=at(0, 0), minutes=30, at=at_time), limit=3)
        assert any(leg.path_id == "ring" for walk in walks for leg in walk.route.legs) == used
    private = area([replace(ring, facts={"access": "private"})])
    with pytest.raises(NoWalkFits):
        plan_walks(private, WalkRequest(start=at(0, 0), minutes=30))


TRUNK = {"name": "Great Road"}


def crossing(kind: str, north_m: float, **facts: Any) -> Crossing:
    return Crossing(kind, at(0, north_m), SURVEY, facts)


@pytest.mark.parametrize(
    ("kind", "facts", "words", "evidence"),
    [
        ("trunk", TRUNK, "The walk crosses Great Road once.", "No lights are recorded"),
        ("trunk", TRUNK | {"signals": "yes"}, "crosses Great Road once.", "There are lights once."),
        ("rail", {}, "The walk crosses a railway once.", ""),
        ("tram", {}, "The walk crosses a tramway once.", ""),
        ("residential", {"island": "yes"}, "crosses a road once.", "There is an island once."),
    ],
)
def test_a_crossing_on_the_level_is_told_with_what_is_known_of_it(
    kind: str, facts: dict[str, Any], words: str, evidence: str
) -> None:
    way = replace(path("way", (0, 0), (0, 400)), crossings=(crossing(kind, 200, **facts),))
    ground = area([way])
    told = finding("road-crossings", ground, route(ground, "way"))
    assert told.level == "caution"
    assert words in told.message
    assert evidence in told.evidence


def test_a_road_at_the_end_of_an_alley_is_crossed_only_by_walking_on() -> None:
    met = (crossing("trunk", 200, **TRUNK),)
    ways = [path("a", (0, 0), (0, 200)), path("b", (0, 200), (0, 400))]
    ground = area([replace(way, crossings=met) for way in ways])
    for steps, level in ((("a", "b"), "caution"), (("a", "-a"), "unknown")):
        told = finding("road-crossings", ground, route(ground, *steps))
        assert told.level == level, steps


def test_a_path_crossed_in_part_crosses_only_what_is_walked() -> None:
    met = (crossing("trunk", 100), crossing("trunk", 300))
    ground = area([replace(path("way", (0, 0), (0, 400)), crossings=met)])
    whole = route(ground, "way")
    half = replace(whole, legs=(replace(whole.legs[0], to_m=200.0),))
    assert "twice" in finding("road-crossings", ground, whole).message
    assert "once" in finding("road-crossings", ground, half).message


MAIN: dict[str, Any] = {"highway": "primary", "name": "Great Road"}


@pytest.mark.parametrize(
    ("facts", "length_m", "level"),
    [
        (MAIN, 60, "caution"),
        (MAIN, 40, "unknown"),
        (MAIN | {"sidewalk": "no"}, 60, "caution"),
        (MAIN | {"sidewalk": "both"}, 60, "pass"),
        ({"highway": "residential"}, 60, "unknown"),
        ({"highway": "footway"}, 60, "pass"),
    ],
)
def test_a_main_road_without_a_recorded_pavement_is_a_caution_that_names_it(
    facts: dict[str, Any], length_m: float, level: str
) -> None:
    told = on_a_straight("pavement", length_m, **facts)
    assert told.level == level
    assert ("Great Road" in told.message) == (level == "caution")
