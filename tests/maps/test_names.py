"""Names of the ground stand once each, on nothing that matters more."""

from dataclasses import replace
from itertools import combinations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.maps.meadow import MEADOW, walk_along, walk_round
from walktalk.maps.drawing import drawing_of
from walktalk.maps.furniture import furniture_boxes
from walktalk.maps.ground import ground_on
from walktalk.maps.name_places import width_of
from walktalk.maps.names import NameMark, labelled
from walktalk.maps.paper import Paper
from walktalk.maps.room import meet
from walktalk.parks.geodesy import distance_m
from walktalk.parks.model import BackgroundShape
from walktalk.routes import Walk

_at = st.tuples(st.floats(-2.082, -2.075), st.floats(51.899, 51.904))
_line = st.lists(_at, min_size=3, max_size=8, unique=True).map(tuple)
_streets = st.lists(st.tuples(_line, st.sampled_from(["Mill Lane", "Old Bath Road"])), max_size=6)
_lakes = st.lists(st.tuples(_at, st.sampled_from(["The Lake", "Upper Pond"])), max_size=3)


def _square(at: tuple[float, float], half: float = 0.0008) -> tuple[tuple[float, float], ...]:
    (x, y) = at
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    return tuple((x + a * half, y + b * half / 1.6) for a, b in corners)


@settings(max_examples=40, deadline=None)
@given(_line, _streets, _lakes)
def test_no_name_lies_on_the_walk_on_a_mark_on_another_name_or_on_the_scale(
    line: tuple[tuple[float, float], ...],
    streets: list[tuple[tuple[tuple[float, float], ...], str]],
    lakes: list[tuple[tuple[float, float], str]],
) -> None:
    background = [BackgroundShape("road", (part,), name, "primary") for part, name in streets]
    background += [BackgroundShape("water", (_square(at),), name) for at, name in lakes]
    area = replace(MEADOW, background=tuple(background))
    drawing = drawing_of(walk_along(line, area=area))
    paper = Paper.around(drawing.walk_box)
    ground = ground_on(area, paper)
    reserved = furniture_boxes(paper)
    plan, names = labelled(drawing, ground, paper, area.name, reserved)
    assert len({name.words for name in names}) == len(names)
    walk = shapely.LineString(paper.flat(drawing.line))
    sheet = shapely.box(0, 0, paper.width, paper.height)
    for name in names:
        assert sheet.contains(name.box)
        assert name.box.distance(walk) > 4.5  # half the line with its edge
        assert not any(name.box.intersects(shapely.box(*box)) for box in (*plan.boxes, *reserved))
    for one, other in combinations(names, 2):
        assert not one.box.intersects(other.box)
    for box in plan.boxes[1:]:  # the start's ring comes first, and lies inside the margins
        assert not any(meet(box, each) for each in reserved)


def _names_of(walk: Walk) -> dict[str, NameMark]:
    drawing = drawing_of(walk)
    paper = Paper.on_a_phone(drawing.walk_box)
    ground = ground_on(walk.area, paper)
    return {name.words: name for name in labelled(drawing, ground, paper, walk.area.name, [])[1]}


def test_a_lake_inside_the_walk_is_named_on_its_water() -> None:
    walk = walk_round()
    lake = _names_of(walk)["The lake"]
    water = shapely.box(-2.079, 51.901, -2.077, 51.902)
    assert water.contains(shapely.Point(lake.position))


def test_a_street_is_named_along_itself_and_the_right_way_up() -> None:
    up = ((-2.0807, 51.8995), (-2.0806, 51.9035))
    for line in (up, up[::-1]):
        area = replace(MEADOW, background=(BackgroundShape("road", (line,), "Mill Lane", "x"),))
        lane = _names_of(walk_round(area=area))["Mill Lane"]
        assert -90 <= lane.turn_deg <= 90
        assert abs(lane.turn_deg) > 80
        assert distance_m(lane.position, (lane.position[0], 51.9015)) < 250


def test_a_name_too_long_for_its_lake_stands_in_two_lines() -> None:
    lake = BackgroundShape("water", (_square((-2.078, 51.9015), 0.0005),), "Pittville Lower Lake")
    name = _names_of(walk_round(area=replace(MEADOW, background=(lake,))))["Pittville Lower Lake"]
    assert name.lines == ("Pittville", "Lower Lake")


def test_a_pond_too_small_for_its_name_is_named_beside_it() -> None:
    square = _square((-2.078, 51.9015), 0.00023)
    pond = BackgroundShape("water", (square,), "Upper Pond")
    name = _names_of(walk_round(area=replace(MEADOW, background=(pond,))))["Upper Pond"]
    assert 0 < distance_m(name.position, (-2.078, 51.9015)) < 60


def test_a_street_too_short_for_its_name_goes_unnamed() -> None:
    line = ((-2.0815, 51.9), (-2.0813, 51.9))
    road = BackgroundShape("road", (line,), "A Road With a Name Much Too Long", "x")
    assert not _names_of(walk_round(area=replace(MEADOW, background=(road,))))


@pytest.mark.parametrize(("short", "long"), [("lilt", "mamm"), ("a", "ab")])
def test_wide_letters_take_more_room(short: str, long: str) -> None:
    assert width_of(short, 12) < width_of(long, 12)
