"""Heights along a walk: known between two known points of one path, unknown everywhere else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.routes import ground
from walktalk.parks import Area, Height, Path
from walktalk.parks.line_heights import SAME_POINT_M, cut_heights, heights_at
from walktalk.routes import Leg, Route
from walktalk.routes.legs import heights_along, line_heights
from walktalk.routes.search.walks import route_over

POINTS = ((0, 0), (100, 0), (150, 80), (300, 80))
_HEIGHTS = st.tuples(*(st.none() | st.floats(-100, 1000) for _ in POINTS))
_SHARES = st.floats(0, 1)


def _path(*heights: Height, name: str = "hill", points: tuple[tuple[float, float], ...]) -> Path:
    return replace(ground.path(name, *points), heights_m=heights or None)


def _hill(*heights: Height) -> Path:
    return _path(*heights, points=POINTS)


def _walk(*paths: Path, legs: tuple[Leg, ...]) -> tuple[Area, Route]:
    area = ground.area(paths)
    return area, route_over(area, legs, "loop")


def test_heights_of_another_line_are_refused() -> None:
    with pytest.raises(ValueError, match="3 heights for 4 points"):
        _hill(1.0, 2.0, 3.0)


def test_a_point_cut_into_a_path_lies_evenly_between_its_known_neighbours() -> None:
    area, route = _walk(_hill(10.0, 20.0, 24.0, None), legs=(Leg("hill", 50.0, 100.0),))
    assert line_heights(area, route) == pytest.approx((15.0, 20.0), abs=0.01)


def test_nothing_is_said_beside_a_point_whose_height_is_unknown() -> None:
    path = _hill(10.0, None, 24.0, 30.0)
    area, route = _walk(path, legs=(Leg("hill", 0.0, path.length_m),))
    assert line_heights(area, route) == (10.0, None, 24.0, 30.0)
    assert heights_along(area, route, [0.0, 50.0, 100.0, 150.0]) == (10.0, None, None, None)
    (known,) = heights_along(area, route, [path.length_m - 75.0])
    assert known == pytest.approx(27.0, abs=0.01)


def test_where_two_paths_meet_either_may_know_and_nothing_is_said_across() -> None:
    first = _path(5.0, None, name="first", points=((0, 0), (100, 0)))
    second = _path(8.0, 18.0, name="second", points=((100, 0), (200, 0)))
    legs = (Leg("first", 0.0, first.length_m), Leg("second", 0.0, second.length_m))
    area, route = _walk(first, second, legs=legs)
    assert line_heights(area, route) == (5.0, 8.0, 18.0)
    assert heights_along(area, route, [50.0])[0] is None
    assert heights_along(area, route, [150.0])[0] == pytest.approx(13.0, abs=0.01)


def test_a_line_that_is_not_the_one_over_its_legs_has_no_heights() -> None:
    path = _hill(1.0, 2.0, 3.0, 4.0)
    area, route = _walk(path, legs=(Leg("hill", 0.0, path.length_m),))
    moved = replace(route, coordinates=tuple((lon + 0.001, lat) for lon, lat in route.coordinates))
    assert line_heights(area, moved) == (None,) * len(POINTS)
    assert heights_along(area, moved, [0.0]) == (None,)


@given(_HEIGHTS, _SHARES, _SHARES)
def test_a_leg_has_the_same_heights_in_both_directions(
    heights: tuple[Height, ...], one: float, other: float
) -> None:
    path = _hill(*heights)
    from_m, to_m = one * path.length_m, other * path.length_m
    there, back = cut_heights(path, from_m, to_m), cut_heights(path, to_m, from_m)
    assert there == back[::-1]
    assert len(there) == len(path.line.cut(from_m, to_m))
    if from_m != to_m:
        area = ground.area([path])
        out = route_over(area, (Leg("hill", from_m, to_m),), "loop")
        home = route_over(area, (Leg("hill", to_m, from_m),), "loop")
        assert line_heights(area, out) == line_heights(area, home)[::-1]


@given(_HEIGHTS, _SHARES)
def test_a_height_lies_between_its_known_neighbours_or_is_unknown(
    heights: tuple[Height, ...], share: float
) -> None:
    path = _hill(*heights)
    at = [0.0, *(ground.path("part", *POINTS[:n]).length_m for n in (2, 3, 4))]
    along = share * path.length_m
    (found,) = heights_at(path, [along])
    near = [h for a, h in zip(at, heights, strict=True) if abs(a - along) <= SAME_POINT_M]
    if near:
        assert found in near
        return
    after = next(n for n, a in enumerate(at) if a > along)
    low, high = heights[after - 1], heights[after]
    if low is None or high is None:
        assert found is None
    else:
        assert found is not None
        assert min(low, high) - 1e-6 <= found <= max(low, high) + 1e-6


@given(_HEIGHTS)
def test_the_heights_of_the_pieces_of_a_path_are_those_of_the_path(
    heights: tuple[Height, ...],
) -> None:
    path = _hill(*heights)
    before, after = cut_heights(path, 0.0, 120.0), cut_heights(path, 120.0, path.length_m)
    assert before[-1] == after[0]
    assert (*before[:-1], *after[1:]) == heights
