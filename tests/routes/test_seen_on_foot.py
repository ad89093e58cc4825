"""What people saw on the ground, in the findings."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from tests.routes.checked import found, on_a_straight, on_two_paths
from tests.routes.ground import area, path, place, route, straight
from walktalk.parks import Source
from walktalk.parks.observed import Observation
from walktalk.routes import Proposal, Walk, WalkRequest
from walktalk.routes.clock import LONDON
from walktalk.routes.path_weights import path_weights
from walktalk.routes.rechecked import news, rechecked
from walktalk.routes.timetable import timetable

DAY = date(2026, 3, 3)
OLD, NEW = Source("old", "A map", "2020-01-01"), Source("seen", "Checked on foot", "2026-03-03")


def newest_of(check: str, before: dict[str, object], after: dict[str, object]) -> str:
    ground, walk = straight(400, **before, **after)
    way = next(iter(ground.paths.values()))
    sources = dict.fromkeys(before, OLD) | dict.fromkeys(after, NEW)
    seen = replace(way, sources={**way.sources, **sources})
    return found(replace(ground, paths={way.id: seen}), walk)[check].level


@pytest.mark.parametrize(
    ("check", "facts", "level"),
    [
        ("two-abreast", {"two_abreast": "yes"}, "pass"),
        ("two-abreast", {"two_abreast": "no"}, "fail"),
        ("surface", {"firm": "yes"}, "pass"),
        ("surface", {"firm": "no"}, "fail"),
        ("surface", {"firm": "yes", "mud": "yes"}, "fail"),
        ("seats", {"seats": "none"}, "caution"),
        ("seats", {"seats": "yes"}, "caution"),
        ("width", {"width_m": 3.0, "narrowed_by_plants": "yes"}, "caution"),
        ("gradient", {"steep": "yes"}, "caution"),
        ("gradient", {"steep": "yes", "gradient_pct": 1.0}, "caution"),
        ("toilets", {"toilets_open": "yes"}, "caution"),
        ("toilets", {"toilets_open": "no"}, "caution"),
        ("road-crossings", {"crosses_road": "no"}, "pass"),
    ],
)
def test_what_somebody_saw_is_a_finding(check: str, facts: dict[str, Any], level: str) -> None:
    finding = on_a_straight(check, **facts)
    assert (finding.level, finding.is_known) == (level, True)


@pytest.mark.parametrize(
    ("check", "fact", "values"),
    [
        ("dogs", "dogs", ["off-lead", "few"]),
        ("crowds", "crowds", ["busy", "quiet", "quiet Sa 09:00"]),
        ("overheard", "overheard", ["likely", "few"]),
    ],
)
def test_dogs_crowds_and_being_overheard_are_noted_and_never_fit(
    check: str, fact: str, values: list[str]
) -> None:
    assert on_a_straight(check).level == "unknown"
    for value in values:
        noted: dict[str, Any] = {fact: value}
        assert on_a_straight(check, **noted).level == "caution"


def test_a_busy_hour_is_named_and_told_apart_from_the_walks_own() -> None:
    ground, walk = straight(400, crowds="busy Sa 09:00")
    for day, other in [(28, False), (29, True)]:
        at = datetime(2026, 11, day, 9, 30, tzinfo=LONDON)
        finding = found(ground, walk, WalkRequest(at=at))["crowds"]
        assert "busy on 400 m, on a Saturday about 09:00" in finding.message
        assert ("another time" in finding.evidence) == other


@pytest.mark.parametrize(
    ("check", "before", "after", "level"),
    [
        ("two-abreast", {"width_m": 1.0}, {"two_abreast": "yes"}, "pass"),
        ("two-abreast", {"two_abreast": "yes"}, {"width_m": 1.0}, "fail"),
        ("surface", {"surface": "asphalt"}, {"firm": "no"}, "fail"),
        ("surface", {"firm": "no"}, {"surface": "asphalt"}, "pass"),
    ],
)
def test_of_two_facts_that_contradict_each_other_the_newer_is_believed(
    check: str, before: dict[str, object], after: dict[str, object], level: str
) -> None:
    assert newest_of(check, before, after) == level


def test_what_was_seen_on_a_part_is_told_of_that_part() -> None:
    finding = on_two_paths("overheard", {"overheard": "likely"}, {"overheard": "few"})
    assert finding.message == "Others could overhear on 300 m of this walk."


@pytest.mark.parametrize(
    ("wish", "facts"),
    [
        ("few-dogs", {"dogs": "off-lead"}),
        ("few-people", {"crowds": "busy"}),
        ("hard-to-overhear", {"overheard": "likely"}),
    ],
)
def test_a_preference_makes_a_noted_path_cost_more(wish: str, facts: dict[str, str]) -> None:
    noted, plain = path("a", (0, 0), (0, 9), **facts), path("b", (0, 0), (0, 9))
    wished = path_weights(area([noted, plain]), frozenset({wish}))
    bare = path_weights(area([noted, plain]), frozenset())
    assert wished[0] > bare[0]
    assert wished[1] == bare[1]


def a_walk() -> Walk:
    ground = area([path("a", (0, 0), (0, 300)), path("b", (0, 300), (0, 400))])
    there = route(ground, "a", "b")
    back = [replace(leg, from_m=leg.to_m, to_m=leg.from_m) for leg in reversed(there.legs)]
    line = (*there.coordinates, *there.coordinates[-2::-1])
    walk = replace(
        there,
        coordinates=line,
        legs=(*there.legs, *back),
        length_m=2 * there.length_m,
        shape="out-and-back",
    )
    asked = WalkRequest()
    return Walk(
        ground,
        asked,
        Proposal(
            route=walk,
            walking_minutes=10,
            total_minutes=20,
            repeated_m=400,
            forced_repeated_m=400,
            cost=1,
            findings=tuple(found(ground, walk, asked).values()),
            timetable=timetable(ground, asked, walk),
            reason="",
        ),
    )


def test_a_walk_checked_again_says_what_is_new_and_keeps_its_line() -> None:
    walk = a_walk()
    way = walk.area.paths["a"]
    line = way.line.cut(0, 100)
    seen = [Observation("1", "a", line, 0, 100, "firm", "no", DAY)]
    after = rechecked(walk, seen, DAY)
    assert after.route.coordinates == walk.route.coordinates
    assert sum(leg.length_m for leg in after.route.legs) == pytest.approx(800, abs=1)
    [new] = news(walk, after)
    assert new.message == "The ground is not firm on 200 m of this walk."
    assert (new.source, new.checked_on) == ("Checked on foot", "2026-03-03")
    assert news(after, rechecked(after, seen, DAY)) == ()
    assert news(walk, rechecked(after, [], DAY)) == ()


def test_a_lost_signal_is_told_with_the_ways_off_the_walk() -> None:
    told = on_two_paths("ways-out", {"phone_signal": "no"}, {})
    assert "The phone had no signal on" in told.evidence


def test_a_road_seen_on_two_pieces_in_a_row_is_crossed_once() -> None:
    assert (
        "once"
        in on_two_paths("road-crossings", {"crosses_road": "yes"}, {"crosses_road": "yes"}).message
    )
    named = on_two_paths("road-crossings", {"crosses_road": "High Street"}, {"crosses_road": "yes"})
    assert "twice" in named.message


def test_what_was_noted_for_the_walks_own_hour_is_told_before_another_hours() -> None:
    ground, walk = straight(400, crowds="busy Sa 09:00; quiet Tu 10:00")
    saturday, tuesday = (datetime(2026, 11, day, 9, 30, tzinfo=LONDON) for day in (28, 24))
    told = {
        at: found(ground, walk, WalkRequest(at=at))["crowds"].message for at in (saturday, tuesday)
    }
    assert "busy on 400 m, on a Saturday about 09:00" in told[saturday]
    assert "quiet on 400 m, on a Tuesday about 10:00" in told[tuesday]


def test_places_where_dogs_run_or_people_sit_beside_the_walk_are_told_as_recorded() -> None:
    ground, walk = straight(400)
    ground = replace(
        ground,
        places={
            each.id: each
            for each in (place("field", "dog_area", 30, 100), place("seat", "bench", 5, 100))
        },
    )
    findings = found(ground, walk)
    assert findings["dogs"].message == "A place for dogs off the lead is 30 m from the walk."
    assert findings["dogs"].level == "caution"
    assert findings["overheard"].level == "unknown"
    assert "People may sit at one place within 10 m" in findings["overheard"].evidence
