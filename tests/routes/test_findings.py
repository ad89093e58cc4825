"""Every check says what is recorded, and never passes what nobody has recorded."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.routes.checked import found, on_a_straight, on_two_paths
from tests.routes.ground import SURVEY, area, path, place, route, straight
from walktalk.parks import Note, Source
from walktalk.routes import LEVELS, NEEDS, WalkRequest
from walktalk.routes.checks import CHECK_BY_NEED, CHECKS, check_walk, walk_verdict
from walktalk.routes.clock import LONDON
from walktalk.routes.timetable import timetable
from walktalk.routes.words import LEVEL_WORDS

FROM_THE_GEOMETRY = {"length", "way-back", "ways-out"}
"""Checks that the drawn lines alone can answer."""


facts = st.fixed_dictionaries(
    {},
    optional={
        "highway": st.sampled_from(["footway", "cycleway", "steps", "residential"]),
        "surface": st.sampled_from(["asphalt", "gravel", "compacted", "sett", "odd ground"]),
        "smoothness": st.sampled_from(["good", "bad"]),
        "steps": st.sampled_from(["yes", "no"]),
        "wheelchair": st.sampled_from(["yes", "no", "limited"]),
        "gradient_pct": st.floats(0, 20),
        "climb_m": st.floats(0, 20),
        "width_m": st.floats(0.5, 4),
        "lit": st.sampled_from(["yes", "no", "limited"]),
        "beside_road": st.just("Evesham Road"),
        "crosses_road": st.sampled_from(["Evesham Road", "no"]),
        "road_m": st.floats(0, 100),
        "bicycle": st.sampled_from(["yes", "no"]),
        "beside_water": st.just("River Chelt"),
        "water_m": st.floats(0, 100),
        "playground_m": st.floats(0, 200),
        "tunnel": st.sampled_from(["yes", "no"]),
    },
)
evening = datetime(2026, 12, 1, 16, 0, tzinfo=LONDON)
morning = datetime(2026, 12, 1, 10, 0, tzinfo=LONDON)


def test_every_check_answers_once_and_in_order() -> None:
    ground, walk = straight()
    request = WalkRequest()
    findings = check_walk(ground, request, walk, timetable(ground, request, walk))
    assert [finding.check for finding in findings] == [check.id for check in CHECKS]


def test_ground_that_nobody_has_checked_passes_nothing_but_what_its_lines_show() -> None:
    findings = found(*straight(400))
    for check, finding in findings.items():
        if check not in FROM_THE_GEOMETRY:
            assert finding.level == "unknown", check
            assert finding.source == finding.checked_on == ""


@given(facts, facts)
def test_a_need_passes_only_where_it_is_met(first: dict[str, Any], second: dict[str, Any]) -> None:
    ground = area([path("a", (0, 0), (0, 300), **first), path("b", (0, 300), (0, 400), **second)])
    walk = route(ground, "a", "b")
    findings = found(ground, walk)
    for need, check in CHECK_BY_NEED.items():
        verdict = walk_verdict(ground, walk, need)
        level = findings[check.id].level
        assert (level == "pass") == (verdict == "met"), need
        if need != "lit":  # no time is given here: whether unlit paths are dark is unknown
            assert (level == "unknown") == (verdict == "unknown"), need


@given(facts, facts, st.sampled_from([None, morning, evening]))
def test_every_message_is_one_short_sentence(
    first: dict[str, Any], second: dict[str, Any], moment: datetime | None
) -> None:
    ground = area([path("a", (0, 0), (0, 300), **first), path("b", (0, 300), (0, 400), **second)])
    for finding in found(ground, route(ground, "a", "b"), WalkRequest(at=moment)).values():
        assert finding.level in LEVELS
        assert finding.message.endswith(".")
        assert ". " not in finding.message
        assert finding.message[0].isupper() or finding.message[0].isdigit()
        assert len(finding.message.split()) <= 20, finding.message
        assert LEVEL_WORDS["unknown"] not in finding.message


def test_what_is_unknown_names_its_subject_after_the_label() -> None:
    findings = found(*straight(400))
    for check, message in {
        "steps": "Steps: not recorded on any of the walk.",
        "width": "Width: not measured on any of the walk.",
        "road-crossings": "Road crossings: not recorded on any of the walk.",
        "underpass": "Underpasses and bridges overhead: not recorded on any of the walk.",
        "approach": "The way from a car park or bus stop is not part of this check.",
    }.items():
        assert findings[check].message == message
    for finding in findings.values():
        assert "nobody" not in finding.message.casefold()
    partly = on_two_paths("underpass", {"tunnel": "no"}, {})
    assert partly.message.endswith(": not recorded on part of the walk.")


@given(st.frozensets(st.sampled_from(sorted(NEEDS))), facts)
def test_everybody_is_told_the_same_whatever_they_need(
    needs: frozenset[str], recorded: dict[str, Any]
) -> None:
    ground, walk = straight(400, **recorded)
    plain = WalkRequest(at=evening)
    wanting = replace(plain, needs=needs, preferences=frozenset({"quiet"}), unknown="refuse")
    assert found(ground, walk, plain) == found(ground, walk, wanting)


def test_a_finding_names_its_source_and_the_date_of_the_oldest() -> None:
    older = Source(id="older", title="An older survey", as_of="2024-05-01")
    first = path("a", (0, 0), (0, 300), surface="asphalt")
    second = replace(path("b", (0, 300), (0, 400), surface="asphalt"), sources={"surface": older})
    ground = area([first, second])
    finding = found(ground, route(ground, "a", "b"))["surface"]
    assert finding.source == "A survey; An older survey"
    assert finding.checked_on == "2024-05-01"


def test_what_people_report_is_quoted_and_changes_no_level() -> None:
    hearsay = Source(id="talk", title="A walker's notes", as_of="2026-11", reported=True)
    ground, walk = straight(400)
    noted = replace(ground, notes=(Note("It is all tarmac.", ("surface",), hearsay),))
    before, after = found(ground, walk)["surface"], found(noted, walk)["surface"]
    assert before.level == after.level == "unknown"
    assert (
        'Reported, not checked: "It is all tarmac." (A walker\'s notes, 2026-11)' in after.evidence
    )
    assert "tarmac" not in found(noted, walk)["steps"].evidence


def test_a_reported_fact_is_no_pass() -> None:
    hearsay = Source(id="talk", title="A walker's notes", as_of="2026-11", reported=True)
    way = replace(path("a", (0, 0), (0, 300), surface="asphalt"), sources={"surface": hearsay})
    ground = area([way])
    assert found(ground, route(ground, "a"))["surface"].level == "unknown"


@pytest.mark.parametrize(
    ("minutes", "level", "message"),
    [
        (28, "pass", "Everything together takes 28 minutes."),
        (40, "caution", "The walk ends about 12 minutes before the 40 minutes are over."),
        (20, "fail", "The walk takes about 8 minutes longer than the 20 minutes."),
    ],
)
def test_the_length_is_everything_together(minutes: int, level: str, message: str) -> None:
    ground, walk = straight(1200, surface="asphalt")
    finding = found(ground, walk, WalkRequest(minutes=minutes))["length"]
    assert (finding.level, finding.message) == (level, message)
    assert "1.2 km of walking" in finding.evidence


def test_a_length_on_unrecorded_ground_says_what_was_assumed() -> None:
    assert "counted as bare ground" in on_a_straight("length").evidence
    assert "counted as bare ground" not in on_a_straight("length", surface="asphalt").evidence


def test_steps_are_counted_where_they_are_recorded() -> None:
    ground = area(
        [
            path("a", (0, 0), (0, 100), steps="no"),
            path("b", (0, 100), (0, 110), highway="steps", step_count=12),
            path("c", (0, 110), (0, 200)),
        ]
    )
    finding = found(ground, route(ground, "a", "b", "c"))["steps"]
    assert finding.level == "fail"
    assert finding.message == "There are steps in one place on this walk."
    assert finding.evidence == "12 steps counted. Not recorded on 90 m of it."


def test_a_flight_is_counted_once_however_often_it_is_walked_and_in_pieces() -> None:
    ground = area(
        [
            path("a", (0, 0), (0, 100)),
            path("low", (0, 100), (0, 105), highway="steps", step_count=9),
            path("high", (0, 105), (0, 110), highway="steps", step_count=11),
            path("b", (0, 110), (0, 200)),
            path("far", (0, 200), (0, 205), highway="steps"),
        ]
    )
    there = ["a", "low", "high", "b", "far"]
    back = [f"-{each}" for each in reversed(there)]
    walk = route(ground, *there, *back, shape="out-and-back")
    finding = found(ground, walk)["steps"]
    assert finding.message == "There are steps in 2 places on this walk."
    assert finding.evidence.startswith("20 steps counted.")


def test_the_steps_of_a_way_that_is_cut_in_two_are_counted_once() -> None:
    ground = area(
        [
            path("w7-n1-n2", (0, 0), (0, 8), highway="steps", step_count=20),
            path("w7-n2-n3", (0, 8), (0, 16), highway="steps", step_count=20),
            path("w8-n3-n4", (0, 16), (0, 20), highway="steps", step_count=5),
        ]
    )
    finding = found(ground, route(ground, "w7-n1-n2", "w7-n2-n3", "w8-n3-n4"))["steps"]
    assert finding.evidence.startswith("25 steps counted.")


def test_partly_checked_steps_say_how_much_is_left() -> None:
    finding = on_two_paths("steps", {"steps": "no"}, {})
    assert finding.level == "unknown"
    assert finding.message == "No steps on 300 m; not recorded on the other 100 m."


def test_a_surface_is_told_by_its_share_of_the_way() -> None:
    for second, level, message in [
        ({"surface": "asphalt"}, "pass", "Asphalt all the way."),
        ({}, "unknown", "Asphalt on 300 m of 400 m; not recorded on the rest."),
        ({"surface": "gravel"}, "fail", "Asphalt on 300 m of 400 m and gravel on 100 m."),
        ({"surface": "sett"}, "unknown", "Asphalt on 300 m of 400 m and sett on 100 m."),
    ]:
        finding = on_two_paths("surface", {"surface": "asphalt"}, second)
        assert (finding.level, finding.message) == (level, message)


def test_rough_asphalt_is_not_firm() -> None:
    finding = on_a_straight("surface", surface="asphalt", smoothness="very_bad")
    assert finding.level == "fail"
    assert "Recorded as rough on 400 m." in finding.evidence


def test_heights_too_coarse_to_prove_a_gentle_slope_are_a_caution_and_never_a_pass() -> None:
    finding = on_a_straight(
        "gradient", gradient_pct=2.0, gradient_error_pct=47.1, height_error_m=10.0
    )
    assert finding.level == "caution"
    assert "too coarse to be sure" in finding.message
    assert "off by 10 m" in finding.evidence


@pytest.mark.parametrize(
    ("gradient", "level", "words"),
    [
        (0.4, "pass", "level"),
        (4, "pass", "1 in 25"),
        (6, "caution", "1 in 16"),
        (9, "fail", "1 in 11"),
    ],
)
def test_a_gradient_is_judged_by_inclusive_mobility(
    gradient: float, level: str, words: str
) -> None:
    finding = on_a_straight("gradient", gradient_pct=gradient)
    assert finding.level == level
    assert words in finding.message
    assert "Inclusive Mobility (2021)" in finding.evidence


@pytest.mark.parametrize(("width", "level"), [(2.4, "pass"), (1.6, "caution"), (1.2, "fail")])
def test_a_width_is_judged_by_inclusive_mobility(width: float, level: str) -> None:
    finding = on_a_straight("width", width_m=width)
    assert finding.level == level
    assert f"{width} m" in finding.message
    assert "Inclusive Mobility (2021)" in finding.evidence


def test_two_abreast_needs_room_all_the_way() -> None:
    assert on_a_straight("two-abreast", width_m=1.5).level == "pass"
    assert on_two_paths("two-abreast", {"width_m": 2.0}, {"width_m": 1.4}).level == "fail"
    assert on_two_paths("two-abreast", {"width_m": 2.0}, {}).level == "unknown"


@pytest.mark.parametrize(
    ("hour", "lit", "level"),
    [
        (10, None, "pass"),
        (10, "no", "pass"),
        (15, "no", "caution"),
        (15, None, "unknown"),
        (18, "yes", "pass"),
        (18, "no", "fail"),
        (18, None, "unknown"),
        (6, "no", "fail"),
    ],
)
def test_light_depends_on_the_sun_and_then_on_lamps(hour: int, lit: str | None, level: str) -> None:
    ground, walk = straight(1800, surface="asphalt", **({"lit": lit} if lit else {}))
    request = WalkRequest(at=datetime(2026, 12, 1, hour, 40, tzinfo=LONDON))
    assert found(ground, walk, request)["light"].level == level


@pytest.mark.parametrize("lit", ["yes", "no", None])
@pytest.mark.parametrize(
    ("hour", "begins"), [(15, "Part of this"), (17, "The whole"), (22, "The whole")]
)
def test_light_says_the_whole_where_all_of_it_is_meant_and_always_when_the_sun_sets(
    hour: int, begins: str, lit: str | None
) -> None:
    paths = {"before": "no", "after": lit}
    ground = area(
        [
            path(name, (0, at), (0, at + 900), **({"lit": value} if value else {}))
            for (name, value), at in zip(paths.items(), (0, 900), strict=True)
        ]
    )
    request = WalkRequest(at=datetime(2026, 12, 1, hour, 40, tzinfo=LONDON))
    said = found(ground, route(ground, "before", "after"), request)["light"].message
    assert said.startswith(begins)
    assert "sunset is at 16:00" in said


def test_only_the_stretch_walked_after_dark_needs_lamps() -> None:
    ground = area(
        [path("dim", (0, 0), (0, 900), lit="no"), path("bright", (0, 900), (0, 3600), lit="yes")]
    )
    request = WalkRequest(minutes=70, at=datetime(2026, 12, 1, 15, 30, tzinfo=LONDON))
    there = found(ground, route(ground, "dim", "bright"), request)["light"]
    back = found(ground, route(ground, "-bright", "-dim"), request)["light"]
    assert there.level == "pass"
    assert back.level in ("caution", "fail")


def test_light_is_unknown_without_a_time_unless_all_of_it_is_lit() -> None:
    assert on_a_straight("light", lit="no").level == "unknown"
    assert on_a_straight("light", lit="yes").level == "pass"


def test_daylight_names_the_sunset_of_that_day_on_the_wall_clock() -> None:
    ground, walk = straight(1200)
    for day, sunset in [(24, "17:54"), (25, "16:52")]:
        request = WalkRequest(at=datetime(2026, 10, day, 11, 0, tzinfo=LONDON))
        hour, minute = sunset.split(":")
        message = found(ground, walk, request)["light"].message
        assert message.startswith("The whole walk is in daylight; sunset is at ")
        told = message.removesuffix(".").split()[-1]
        assert abs(int(told[-2:]) + 60 * int(told[:2]) - 60 * int(hour) - int(minute)) <= 3


def test_seats_are_known_only_where_recorded() -> None:
    ground = area([path("a", (0, 0), (0, 100))], [place("seat", "bench", 3, 50)])
    assert found(ground, route(ground, "a"))["seats"].level == "pass"
    ground = area([path("a", (0, 0), (0, 400))], [place("seat", "bench", 3, 50)])
    finding = found(ground, route(ground, "a"))["seats"]
    assert finding.level == "caution"
    assert finding.message == (
        "One seat is recorded, after about 1 minute; the longest stretch without one is 350 m."
    )
    assert finding.source == SURVEY.title


def test_a_seat_passed_again_on_the_way_back_shortens_the_stretch_without_one() -> None:
    ground = area([path("a", (0, 0), (0, 200))], [place("seat", "bench", 3, 50)])
    there_and_back = route(ground, "a", "-a", shape="out-and-back")
    finding = found(ground, there_and_back)["seats"]
    assert finding.message == (
        "One seat is recorded, after about 1 minute; the longest stretch without one is 300 m."
    )


def test_toilets_say_how_far_and_whether_the_hours_are_known() -> None:
    ways = [path("a", (0, 0), (0, 400))]
    for off_m, more, level in [
        (100, {}, "caution"),
        (100, {"opening_hours": "Mo-Su 08:00-18:00"}, "pass"),
        (500, {"opening_hours": "24/7"}, "caution"),
    ]:
        ground = area(ways, [place("toilets", "toilets", off_m, 200, **more)])
        finding = found(ground, route(ground, "a"))["toilets"]
        assert finding.level == level
        assert f"{off_m} m" in finding.message


@pytest.mark.parametrize(("one_way_m", "back", "level"), [(600, 10, "pass"), (1200, 20, "caution")])
def test_the_way_back_asks_for_care_above_a_quarter_of_an_hour(
    one_way_m: float, back: int, level: str
) -> None:
    ground = area([path("a", (0, 0), (0, one_way_m), surface="asphalt")])
    finding = found(ground, route(ground, "a", "-a", shape="out-and-back"))["way-back"]
    assert finding.level == level
    assert f"about {back} minutes back" in finding.message


def test_the_way_back_takes_a_short_cut_only_over_paths_of_the_walk() -> None:
    ring = [
        path("a", (0, 0), (0, 300), surface="asphalt"),
        path("b", (0, 300), (300, 300), surface="asphalt"),
        path("c", (300, 300), (0, 0), surface="asphalt"),
    ]
    across = path("d", (0, 0), (150, 310), surface="asphalt")
    loop = ["a", "b", "c"]
    alone = found(area(ring), route(area(ring), *loop, shape="loop"))["way-back"]
    beside = area([*ring, across])
    assert found(beside, route(beside, *loop, shape="loop"))["way-back"].message == alone.message
