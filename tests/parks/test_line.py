"""The measured line: what it says of itself agrees with measuring it point by point."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from walktalk.parks import Line, LonLat
from walktalk.parks.geodesy import bearing_deg, distance_m

_STEP = st.floats(min_value=-0.004, max_value=0.004)
_TURNS = st.lists(st.tuples(_STEP, _STEP), min_size=1, max_size=8)
_SHARE = st.floats(min_value=0.0, max_value=1.0)


def _line(turns: list[tuple[float, float]]) -> Line:
    places = np.cumsum([(-2.07, 51.9), *turns], axis=0)
    return Line.of([(float(lon), float(lat)) for lon, lat in places])


def _densely(line: Line) -> list[tuple[float, LonLat]]:
    """Return positions every share of each segment, with the metres to them, by geopy alone."""
    found, gone = [(0.0, line.positions[0])], 0.0
    for (lon, lat), (to_lon, to_lat) in zip(line.positions, line.positions[1:], strict=False):
        length = distance_m((lon, lat), (to_lon, to_lat))
        for share in np.linspace(0, 1, 60)[1:].tolist():
            position = (lon + share * (to_lon - lon), lat + share * (to_lat - lat))
            found.append((gone + share * length, position))
        gone += length
    return found


@settings(derandomize=True, deadline=None, max_examples=60)
@given(turns=_TURNS, shares=st.tuples(_SHARE, _SHARE))
def test_the_parts_of_a_cut_line_are_as_long_as_the_metres_between_the_cuts(
    turns: list[tuple[float, float]], shares: tuple[float, float]
) -> None:
    line = _line(turns)
    gone = sum(map(distance_m, line.positions, line.positions[1:]))
    assert line.length_m == pytest.approx(gone, abs=1e-6)
    from_m, to_m = (share * line.length_m for share in shares)
    part = Line.of(line.cut(from_m, to_m))
    assert part.length_m == pytest.approx(abs(to_m - from_m), abs=0.01)
    assert part.positions == line.cut(to_m, from_m)[::-1]
    assert part.positions[0] == line.point_at(from_m)
    assert part.positions[-1] == line.point_at(to_m)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(turns=_TURNS, off=st.tuples(_STEP, _STEP))
@pytest.mark.slow
def test_no_point_of_a_line_is_nearer_than_its_nearest_point(
    turns: list[tuple[float, float]], off: tuple[float, float]
) -> None:
    line = _line(turns)
    here = (-2.07 + off[0], 51.9 + off[1])
    foot = line.nearest(here)
    assert distance_m(foot.position, line.point_at(foot.along_m)) < 0.01
    away = distance_m(here, foot.position)
    assert foot.off_m == pytest.approx(away, rel=1e-3, abs=0.01)
    assert all(away <= distance_m(here, position) * 1.001 for _, position in _densely(line))


@settings(derandomize=True, deadline=None, max_examples=30)
@given(turns=_TURNS)
def test_the_point_at_a_distance_is_the_one_reached_after_so_many_metres(
    turns: list[tuple[float, float]],
) -> None:
    line = _line(turns)
    for metres, position in _densely(line):
        assert distance_m(line.point_at(metres), position) < 0.05
    assert line.point_at(-5) == line.positions[0]
    assert line.point_at(line.length_m + 5) == line.positions[-1]


def test_a_line_says_its_direction_over_a_bend_and_what_changes_along_it() -> None:
    line = Line.of([(-2.07, 51.9), (-2.069, 51.9), (-2.069, 51.901)])
    ahead = bearing_deg(line.positions[0], line.positions[1])
    assert line.bearings([20.0])[0] == pytest.approx(ahead, abs=0.1)
    assert line.bearings([line.at_m[1]])[0] == pytest.approx(45, abs=1)
    halves = (line.at_m[:-1] + line.at_m[1:]) / 2
    assert line.values_at(halves, np.array([0.0, 10.0, 0.0])) == pytest.approx([5.0, 5.0])
    assert line.evenly_m(20.0)[[0, -1]] == pytest.approx([0.0, line.length_m])


def test_a_line_of_one_point_has_no_length_and_is_nearest_there() -> None:
    line = Line.of([(-2.07, 51.9)])
    assert line.length_m == 0
    assert line.nearest((-2.07, 51.901)).off_m == pytest.approx(111.3, abs=0.1)


@pytest.mark.parametrize("off_m", [-1e-9, 0.0, 1e-9])
def test_a_cut_that_touches_a_point_of_the_line_has_it_once(off_m: float) -> None:
    line = Line.of([(-2.08, 51.9), (-2.0799, 51.9), (-2.0799, 51.9002)])
    corner_m = float(line.at_m[1])
    for part in (line.cut(0.0, corner_m + off_m), line.cut(corner_m - off_m, line.length_m)):
        assert len(part) == 2
