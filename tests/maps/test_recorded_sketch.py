"""The drawing of a recorded walk over the paths of its park, and its words."""

import xml.etree.ElementTree as ET
from itertools import pairwise

from tests.maps.real_walks import PARKS, stored_walks
from tests.routes import recorded
from walktalk.maps.recorded_sketch import recorded_in_words, recorded_sketch
from walktalk.parks import LonLat
from walktalk.parks.geodesy import length_m
from walktalk.routes.recordings import LaidRecording, read_to_look_at

AREA = PARKS["pittville-park"]
LOOP = stored_walks()["pittville-park/lower-lake-loop"].route
START = LOOP.coordinates[0]


def laid(line: list[LonLat]) -> LaidRecording:
    return read_to_look_at(AREA, recorded.as_geojson(line), "walk.geojson")


def across_the_grass(steps: int = 12) -> list[LonLat]:
    return [(START[0] + 0.0001 * step, START[1] - 0.0004 * step) for step in range(steps)]


def classes(walk: LaidRecording) -> list[str]:
    drawn = ET.fromstring(recorded_sketch(AREA, walk.kept.line, walk.parts))
    return [each.get("class", "") for each in drawn]


def words(walk: LaidRecording) -> tuple[str, ...]:
    return recorded_in_words(AREA, walk.kept.line, walk.parts)


def test_the_parts_of_a_recording_make_up_all_of_it() -> None:
    line = [*LOOP.coordinates[:40], *across_the_grass()]
    parts = laid(line).parts
    assert len({part.on_paths for part in parts}) == 2
    assert abs(sum(part.length_m for part in parts) - length_m(line)) < 0.02 * length_m(line)
    for before, after in pairwise(parts):
        assert before.line[-1] == after.line[0]
        assert before.on_paths != after.on_paths


def test_a_walk_on_the_paths_is_drawn_solid_and_said_to_be_so() -> None:
    walk = laid(recorded.walked(LOOP.coordinates, LOOP.length_m, jitter_m=2.0))
    assert "sketch-walk" in classes(walk)
    assert "sketch-off" not in classes(walk)
    assert "sketch-finish" not in classes(walk)
    start, end, paths = words(walk)
    assert start.startswith("It starts ")
    assert end == "It ends where it starts."
    assert paths == "All of it lies on recorded paths."


def test_where_it_leaves_the_paths_is_drawn_otherwise_and_told_in_metres() -> None:
    walk = laid([*LOOP.coordinates[:40], *across_the_grass()])
    assert "sketch-off" in classes(walk)
    assert "sketch-finish" in classes(walk)
    off = [part for part in walk.parts if not part.on_paths]
    told = [each for each in words(walk) if "lie on no recorded path" in each]
    assert len(told) == len(off) > 0
    assert any(each.startswith("It ends ") for each in words(walk))


def test_a_walk_on_no_path_says_so_once() -> None:
    field = [(START[0] + 0.004 + 0.0001 * step, START[1] + 0.004) for step in range(12)]
    walk = laid(field)
    assert [part.on_paths for part in walk.parts] == [False]
    assert words(walk)[-1] == "None of it lies on a recorded path."


def test_there_and_back_says_where_it_turns() -> None:
    there = stored_walks()["montpellier-gardens/across-the-gardens"]
    line = [*there.route.coordinates, *there.route.coordinates[-2::-1]]
    walk = read_to_look_at(there.area, recorded.as_geojson(line), "walk.geojson")
    told = recorded_in_words(there.area, walk.kept.line, walk.parts)
    assert told[1].startswith("It turns round ")
    assert told[1].endswith(", and comes back the same way.")


def test_no_colour_or_style_stands_in_the_drawing() -> None:
    walk = laid(across_the_grass())
    drawn = recorded_sketch(AREA, walk.kept.line, walk.parts)
    assert "style" not in drawn
    assert "#" not in drawn
