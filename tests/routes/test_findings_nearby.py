"""What lies along a walk: roads, bikes, water, playgrounds, ways out, the way there."""

import pytest

from tests.routes.checked import found, on_a_straight, on_two_paths
from tests.routes.ground import SURVEY, area, path, place, route
from walktalk.parks import WayIn
from walktalk.routes import Finding, WalkRequest


def test_a_walk_beside_a_road_names_it() -> None:
    finding = on_two_paths("road", {"road_m": 80.0}, {"beside_road": "Evesham Road"})
    assert finding.level == "caution"
    assert finding.message == "100 m of this walk is along Evesham Road."


def test_road_crossings_are_counted_each_time() -> None:
    ground = area(
        [path("a", (0, 0), (0, 300)), path("b", (0, 300), (0, 315), crosses_road="Evesham Road")]
    )
    there_and_back = route(ground, "a", "b", "-b", "-a", shape="out-and-back")
    finding = found(ground, there_and_back)["road-crossings"]
    assert finding.level == "caution"
    assert finding.message == "The walk crosses Evesham Road twice."


def test_no_recorded_crossing_says_something_only_where_roads_were_looked_for() -> None:
    ways = [path("a", (0, 0), (0, 300))]
    looked = area(ways, searched=["road"])
    assert found(looked, route(looked, "a"))["road-crossings"].level == "pass"
    assert on_a_straight("road-crossings").level == "unknown"


@pytest.mark.parametrize(("east_m", "crossings"), [(60, 1), (-60, 0)])
def test_a_road_is_crossed_where_the_walk_goes_on_at_its_other_side(
    east_m: int, crossings: int
) -> None:
    ground = area(
        [
            path("a", (-60, 0), (0, 0), highway="footway"),
            path("b", (0, 0), (east_m, 30), highway="footway"),
            path("north", (0, 0), (0, 80), highway="residential", name="Park Street"),
            path("south", (0, 0), (0, -80), highway="residential", name="Park Street"),
        ],
        searched=["road"],
    )
    finding = found(ground, route(ground, "a", "b"))["road-crossings"]
    assert finding.level == ("caution" if crossings else "pass")
    assert ("crosses Park Street once" in finding.message) == bool(crossings)


def test_side_roads_of_a_walk_along_a_road_stay_unknown() -> None:
    ground = area([path("a", (0, 0), (0, 300), highway="residential")], searched=["road"])
    assert found(ground, route(ground, "a"))["road-crossings"].level == "unknown"


def test_a_cycleway_is_shared_with_people_on_bikes() -> None:
    finding = on_a_straight("bikes", highway="cycleway", segregated="yes")
    assert finding.level == "caution"
    assert finding.message == "The whole walk is shared with people on bikes."
    assert "their own side on 400 m" in finding.evidence


def test_water_beside_the_walk_is_named() -> None:
    finding = on_two_paths("water", {"water_m": 50.0}, {"beside_water": "River Chelt"})
    assert finding.message == "100 m of this walk is beside River Chelt."
    assert on_a_straight("water", water_m=50.0).level == "pass"


def test_an_underpass_asks_for_care_and_open_sky_must_be_recorded() -> None:
    assert on_a_straight("underpass", tunnel="yes").level == "caution"
    assert on_a_straight("underpass", covered="underpass").level == "caution"
    assert on_a_straight("underpass", tunnel="no").level == "pass"
    assert on_two_paths("underpass", {"tunnel": "no"}, {}).level == "unknown"


def test_a_bridge_overhead_is_told_with_the_road_on_it() -> None:
    finding = on_a_straight("underpass", under_bridge="Gloucester Road")
    assert finding.level == "caution"
    assert finding.evidence == "Overhead: Gloucester Road."


def test_a_map_that_marks_underpasses_shows_none_where_it_marks_none() -> None:
    mapped = area([path("a", (0, 0), (0, 400), highway="footway")], searched=["underpass"])
    assert found(mapped, route(mapped, "a"))["underpass"].level == "pass"
    drawn_by_hand = area([path("a", (0, 0), (0, 400))], searched=["underpass"])
    assert found(drawn_by_hand, route(drawn_by_hand, "a"))["underpass"].level == "unknown"


def test_a_playground_near_the_walk_is_told_with_its_distance() -> None:
    ground = area([path("a", (0, 0), (0, 400))], [place("swings", "playground", 30, 200)])
    finding = found(ground, route(ground, "a"))["playground"]
    assert finding.level == "caution"
    assert finding.message == "The walk passes a playground at about 30 m."


def test_ways_out_are_the_other_paths_that_meet_the_walk_and_the_gates_on_it() -> None:
    ways = [
        path("a", (0, 0), (0, 300)),
        path("b", (0, 300), (0, 900)),
        path("side", (0, 300), (200, 300)),
    ]
    ground = area(ways)
    finding = found(ground, route(ground, "a", "b"))["ways-out"]
    assert finding.level == "caution"
    assert (
        finding.message == "One way leads off this walk; the longest stretch without one is 600 m."
    )
    gated = area(ways, [place("gate", "gate", 5, 600)])
    finding = found(gated, route(gated, "a", "b"))["ways-out"]
    assert finding.level == "pass"
    assert finding.message.startswith("2 ways lead off this walk")


def test_a_walk_with_no_recorded_way_off_is_unknown() -> None:
    assert on_a_straight("ways-out").level == "unknown"


def test_the_approach_tells_the_distance_and_that_the_way_is_not_recorded() -> None:
    ground = area([path("a", (0, 0), (0, 400))], [place("car-park", "car_park", 0, -240)])
    request = WalkRequest(approach="car-park")
    finding = found(ground, route(ground, "a", "-a"), request)["approach"]
    assert finding.level == "unknown"
    assert finding.message == "Car park is 240 m away; the way from there is not recorded."
    near = area([path("a", (0, 0), (0, 400))], [place("car-park", "car_park", 0, -20)])
    assert found(near, route(near, "a", "-a"), request)["approach"].level == "pass"


def coming_from(place_id: str, *path_ids: str, streets_m: float = 0.0, crosses: str = "") -> WayIn:
    return WayIn(
        place=place_id,
        to="start",
        length_m=120.0,
        path_ids=path_ids,
        streets=("Mill Lane",) if streets_m else (),
        streets_m=streets_m,
        crosses=(crosses,) if crosses else (),
        source=SURVEY,
    )


def the_way_there(way: WayIn, *needs: str, **facts: str) -> Finding:
    ground = area(
        [path("a", (0, 0), (0, 400)), path("b", (0, 0), (0, -100), **facts)],
        [place("start", "meeting_point", 0, 0), place("stop", "bus_stop", 0, -110)],
        ways_in=(way,),
    )
    request = WalkRequest(needs=frozenset(needs))
    return found(ground, route(ground, "a", "-a"), request)["approach"]


def test_the_way_from_the_nearest_stop_is_told_on_foot_and_outside_the_walk() -> None:
    finding = the_way_there(coming_from("stop", "b"))
    assert finding.message == "From the bus stop Stop it is 120 m on foot to the start."
    assert "not part of the minutes" in finding.evidence
    assert finding.level == "pass"


def test_steps_on_the_way_there_break_the_need_for_none() -> None:
    way = coming_from("stop", "b")
    assert the_way_there(way, highway="steps").level == "caution"
    broken = the_way_there(way, "step-free", highway="steps")
    assert broken.level == "fail"
    assert "There are steps in one place." in broken.evidence
    assert the_way_there(way, "step-free").level == "unknown"
    assert the_way_there(way, "step-free", steps="no").level == "pass"


def test_streets_and_roads_on_the_way_there_are_named() -> None:
    along = the_way_there(coming_from("stop", streets_m=80.0))
    assert along.level == "unknown"
    assert "80 m of it along Mill Lane; pavements are not recorded." in along.evidence
    across = the_way_there(coming_from("stop", "b", crosses="High Street"))
    assert across.level == "caution"
    assert "It crosses High Street." in across.evidence


def test_who_can_use_the_toilets_is_told_as_far_as_it_is_recorded() -> None:
    ways = [path("a", (0, 0), (0, 400))]
    known = place("loo", "toilets", 0, 20, wheelchair="yes", radar_key="yes", fee="20p")
    ground = area(ways, [known])
    evidence = found(ground, route(ground, "a", "-a"))["toilets"].evidence
    for words in ("Recorded as accessible.", "A RADAR key opens them.", "There is a fee: 20p."):
        assert words in evidence
    ground = area(ways, [place("loo", "toilets", 0, 20)])
    evidence = found(ground, route(ground, "a", "-a"))["toilets"].evidence
    assert "Whether they are accessible is not recorded." in evidence


def test_a_link_that_nobody_recorded_as_open_to_everybody_is_told_by_its_metres() -> None:
    link = {"public": "not recorded"}
    finding = on_two_paths("who-may-walk", {"access": "yes"}, link)
    assert finding.level == "unknown"
    assert finding.message == ("Whether 100 m of this walk is open to everybody is not recorded.")
    assert finding.source == SURVEY.title
    worse = on_two_paths("who-may-walk", {"access": "customers"}, link)
    assert worse.level == "caution"
    assert "Whether 100 m of this walk is open" in worse.evidence
