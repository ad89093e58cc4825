"""The ground is chosen and made simple in one place, and says where things are."""

import re
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.maps.meadow import MEADOW, NORTH_EAST, SOUTH_WEST
from walktalk.maps.ground import SIMPLIFIED_TO, Ground, ground_on
from walktalk.maps.ground_svg import FINENESS, ground_svg
from walktalk.maps.paper import SHAPES, Paper
from walktalk.parks import Area, Path, Place
from walktalk.parks.model import BackgroundShape, FactValue

BOX = (-2.080, 51.900, -2.076, 51.903)
PAPER = Paper.around(BOX)
SQUARE = ((-2.079, 51.901), (-2.077, 51.901), (-2.077, 51.902), (-2.079, 51.902), (-2.079, 51.901))
ISLE = (
    (-2.0785, 51.9013),
    (-2.0785, 51.9017),
    (-2.0775, 51.9017),
    (-2.0775, 51.9013),
    (-2.0785, 51.9013),
)
BROOK = ((-2.0795, 51.9005), (-2.078, 51.9006), (-2.0765, 51.9004))


def ground_of(*shapes: BackgroundShape, area: Area = MEADOW) -> Ground:
    return ground_on(replace(area, background=shapes), PAPER)


@pytest.mark.parametrize(
    ("shape", "layer"),
    [
        (BackgroundShape("water", (SQUARE,)), "water"),
        (BackgroundShape("water", (BROOK,), "", "stream"), "stream"),
        (BackgroundShape("boundary", (SQUARE,)), "park"),
        (BackgroundShape("green", (SQUARE,), "", "garden"), "park"),
        (BackgroundShape("green", (SQUARE,), "", "wood"), "wood"),
        (BackgroundShape("green", (SQUARE,), "", "pitch"), "grass"),
        (BackgroundShape("building", (SQUARE,)), "building"),
        (BackgroundShape("road", (BROOK,), "A Road", "trunk or primary"), "main-road"),
        (BackgroundShape("road", (BROOK,), "A Road", "tertiary"), "road"),
        (BackgroundShape("road", (BROOK,), "A Road", "residential"), "street"),
        (BackgroundShape("road", (BROOK,), "", "service"), "lane"),
    ],
)
def test_every_kind_of_ground_has_its_own_layer(shape: BackgroundShape, layer: str) -> None:
    assert [each for each in ground_of(shape).layers if each != "path"] == [layer]


def test_steps_are_steps_an_underpass_is_told_and_a_pavement_is_its_road() -> None:
    line = (SOUTH_WEST, NORTH_EAST)
    facts: list[dict[str, FactValue]] = [
        {"highway": "steps"},
        {"tunnel": "yes"},
        {"beside_road": "yes"},
        {},
    ]
    paths = {str(number): Path(str(number), line, known) for number, known in enumerate(facts)}
    ground = ground_of(area=replace(MEADOW, paths=paths))
    assert list(ground.layers) == ["path", "under", "steps"]


def test_seats_and_gates_are_drawn_and_those_off_the_paper_are_not() -> None:
    places = {
        "seat": Place("seat", "bench", "", (-2.078, 51.9015)),
        "far": Place("far", "bench", "", (-2.05, 51.91)),
        "way-in": Place("way-in", "gate", "", (-2.079, 51.9015)),
    }
    ground = ground_of(area=replace(MEADOW, places=places))
    assert len(ground.layers["seat"]) == 1
    assert len(ground.layers["gate"]) == 1


def test_an_island_in_a_lake_stays_dry() -> None:
    for isle in (ISLE, ISLE[::-1]):
        (lake,) = ground_of(BackgroundShape("water", (SQUARE, isle))).layers["water"]
        middle = shapely.Point(*PAPER.xy((-2.078, 51.9015)))
        assert not lake.contains(middle)
        assert lake.exterior.is_ccw != lake.interiors[0].is_ccw  # what SVG leaves empty


_points = st.tuples(st.floats(-2.085, -2.071), st.floats(51.897, 51.906))


@settings(max_examples=60, deadline=None)
@given(st.lists(_points, min_size=2, max_size=25, unique=True))
def test_a_line_stays_where_it_is_within_half_a_pixel_and_on_its_paper(
    line: list[tuple[float, float]],
) -> None:
    ground = ground_of(BackgroundShape("road", (tuple(line),), "A Road", "primary"))
    sheet = shapely.box(0, 0, PAPER.width, PAPER.height)
    whole = shapely.LineString(PAPER.flat(line)).intersection(sheet)
    drawn = shapely.union_all(ground.layers.get("main-road", []))
    assert drawn.difference(sheet.buffer(0.01)).is_empty
    for one, other in ((whole, drawn), (drawn, whole)):
        for x, y in [] if other.is_empty else shapely.get_coordinates(one):
            assert other.distance(shapely.Point(x, y)) <= SIMPLIFIED_TO + 0.01


def test_what_is_written_reads_back_as_the_lines_drawn() -> None:
    ground = ground_of(BackgroundShape("water", (BROOK,), "", "stream"))
    data = re.findall(r'<path class="ground-stream" d="M(\S+) (\S+)l([^"]*)"/>', ground_svg(ground))
    start = np.array(data[0][:2], dtype=float)
    steps = np.array(re.findall(r"-?\d+", data[0][2]), dtype=float).reshape(-1, 2)
    read = (start + np.vstack(([0, 0], np.cumsum(steps, axis=0)))) / FINENESS
    (line,) = ground.layers["stream"]
    assert np.abs(read - shapely.get_coordinates(line)).max() <= 0.5 / FINENESS + 1e-9


def test_a_paper_has_the_shape_of_its_walk_within_limits() -> None:
    flat, square, tall = (
        Paper.on_a_phone((-2.08, 51.9, -2.08 + wide, 51.9 + high))
        for wide, high in ((0.02, 0.0005), (0.01, 0.004), (0.0005, 0.02))
    )
    assert flat.shape == 1
    assert 1 < square.shape < len(SHAPES)
    assert tall.shape == len(SHAPES)
    assert flat.height < square.height < tall.height


@given(st.floats(-2.1, -2.0), st.floats(51.8, 52.0))
def test_a_point_of_the_paper_is_a_position_and_back(lon: float, lat: float) -> None:
    (x, y) = PAPER.flat([(lon, lat)])[0]
    assert PAPER.position(x, y) == pytest.approx((lon, lat), abs=1e-9)
