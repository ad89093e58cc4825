from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.maps.meadow import MEADOW, NORTH_EAST, PLACES, SOUTH_WEST, walk_along, walk_round
from walktalk.maps.drawing import drawing_of
from walktalk.parks import Line, Place
from walktalk.parks.geodesy import distance_m
from walktalk.routes import Proposal, TimetableEntry, Walk


def test_a_round_walk_has_a_start_and_no_separate_finish() -> None:
    drawing = drawing_of(walk_round())
    assert drawing.start == SOUTH_WEST
    assert drawing.finish is None


def test_a_walk_that_ends_elsewhere_shows_its_finish() -> None:
    assert drawing_of(walk_round(finish_elsewhere=True)).finish == NORTH_EAST


def test_half_way_lies_at_half_the_length() -> None:
    walk = walk_round()
    line = walk.route.line
    half = drawing_of(walk).half_way
    assert distance_m(half, line.point_at(line.length_m / 2)) < 0.1


def test_ten_minute_marks_count_from_the_meeting_and_leave_out_arrival_and_closing() -> None:
    walk = walk_round(arrive_minutes=3)
    marks = drawing_of(walk).minutes
    assert [mark.minute for mark in marks] == [10, 20]
    line = walk.route.line
    seven_minutes_walked = line.point_at(7 * 60 * walk.request.pace)
    assert distance_m(marks[0].position, seven_minutes_walked) < 1


def test_nobody_moves_on_during_a_pause() -> None:
    walk = walk_round()
    length = walk.route.length_m
    paused = (
        TimetableEntry("arrive", 0, 0),
        TimetableEntry("pause", 9, length / 4),
        TimetableEntry("half-way", 13, length / 2),
        TimetableEntry("finish", 18, length),
    )
    asked = walk_round(pauses=((2.0, 0.25),)).request
    (mark,) = drawing_of(Walk(walk.area, asked, _with_timetable(walk, paused))).minutes
    line = walk.route.line
    assert distance_m(mark.position, line.point_at(length / 4)) < 0.1


def test_arrows_point_the_way_people_walk() -> None:
    north = walk_along(((-2.08, 51.900), (-2.08, 51.903)))
    assert {round(arrow.bearing) % 360 for arrow in drawing_of(north).arrows} == {0}


def test_on_the_way_back_the_arrows_of_the_way_out_stand() -> None:
    there_and_back = walk_along(((-2.08, 51.900), (-2.08, 51.903), (-2.08, 51.900)))
    assert {round(arrow.bearing) % 360 for arrow in drawing_of(there_and_back).arrows[:-2]} == {0}
    once = walk_along(((-2.08, 51.900), (-2.08, 51.903)))
    assert len(drawing_of(there_and_back).arrows) < 1.2 * len(drawing_of(once).arrows)


def test_the_place_people_meet_at_is_not_shown_again() -> None:
    house = Place("house", "boathouse", "West gate", (-2.0795, 51.9001))
    area = replace(MEADOW, places={**PLACES, "house": house})
    assert "house" not in {place.id for place in drawing_of(walk_round(area=area)).places}


def test_toilets_come_first_and_a_playground_off_the_walk_not_at_all() -> None:
    beside = Place("swings", "playground", "", (-2.0799, 51.9015))
    off = Place("slide", "playground", "", (-2.0790, 51.9015))
    area = replace(MEADOW, places={"swings": beside, "slide": off, **PLACES})
    shown = [place.id for place in drawing_of(walk_round(area=area)).places]
    assert shown == ["loo", "cafe", "swings"]


def test_only_places_near_the_walk_are_shown() -> None:
    assert {place.id for place in drawing_of(walk_round()).places} == {"loo", "cafe"}


def test_the_drawing_is_the_same_whatever_was_asked_for() -> None:
    plain = walk_round()
    fussy = walk_round(preferences=frozenset({"quiet"}), unknown="refuse")
    assert drawing_of(plain) == drawing_of(fussy)


@given(st.floats(min_value=-10, max_value=5000, allow_nan=False))
def test_a_distance_along_a_line_always_gives_a_point_on_it(metres: float) -> None:
    line = walk_round().route.line
    point = line.point_at(metres)
    before = Line.of((*line.positions[: _segment(line, metres) + 1], point))
    assert abs(before.length_m - min(max(metres, 0), line.length_m)) < 0.01


def _segment(line: Line, metres: float) -> int:
    return max(0, min(sum(1 for at in line.at_m if at <= metres) - 1, len(line.positions) - 2))


def _with_timetable(walk: Walk, timetable: tuple[TimetableEntry, ...]) -> Proposal:
    return replace(walk.proposal, timetable=timetable)
