"""A file that is read again and written again is the same file."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.maps.meadow import walk_along
from tests.maps.readers import deviation_m
from tests.maps.real_walks import planned_walks
from walktalk.maps import FORMATS
from walktalk.routes import Walk
from walktalk.routes.recordings import read_recording

_positions = st.tuples(
    st.floats(-2.09, -2.07, allow_nan=False), st.floats(51.895, 51.905, allow_nan=False)
)
_lines = st.lists(_positions, min_size=2, max_size=60).filter(
    lambda line: len({(round(lon, 7), round(lat, 7)) for lon, lat in line}) > 1
)


def _written_again(walk: Walk, key: str) -> bytes:
    read = read_recording(FORMATS[key].write(walk), FORMATS[key].address)
    straight = "straight line"  # a path drawn with few points reads as one with gaps
    assert all(straight in warning for warning in read.warnings)
    route = replace(walk.route, coordinates=read.line)
    again = replace(walk, proposal=replace(walk.proposal, route=route))
    return FORMATS[key].write(again)


@settings(max_examples=60, deadline=None)
@given(_lines)
def test_any_line_comes_back_as_the_same_gpx_file(line: list[tuple[float, float]]) -> None:
    walk = walk_along(tuple(line))
    written = FORMATS["gpx"].write(walk)
    points = written.split(b"<trk>")[1]
    assert _written_again(walk, "gpx").split(b"<trk>")[1] == points


@pytest.mark.parametrize("key", ["gpx", "geojson", "kml"])
def test_walks_come_back_as_the_same_file(key: str) -> None:
    for walk in planned_walks()[::20]:
        rounded = tuple((round(lon, 7), round(lat, 7)) for lon, lat in walk.route.coordinates)
        route = replace(walk.route, coordinates=rounded)
        again = replace(walk, proposal=replace(walk.proposal, route=route))
        assert _written_again(again, key) == FORMATS[key].write(again)


def test_a_fit_course_comes_back_with_the_same_line_to_2_centimetres() -> None:
    for walk in planned_walks()[::20]:
        read = read_recording(FORMATS["fit"].write(walk), "walk.fit")
        assert deviation_m(list(walk.route.coordinates), list(read.line)) < 0.02
