"""A cue is given where a walker needs one, at the right place, and nowhere else."""

import math
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.routes.ground import area, path, route
from walktalk.parks import Area
from walktalk.parks.geodesy import distance_m
from walktalk.routes import Leg, Route
from walktalk.routes.cues import Cue, turn_cues

BLOCK_M = 60
SIDE = 4
Corner = tuple[int, int]


def _grid() -> Area:
    """Straight streets between the corners of a square of four by four blocks."""
    corners = [(x, y) for x in range(SIDE) for y in range(SIDE)]
    return area(
        path(
            _street((x, y), (x + dx, y + dy)),
            (x * BLOCK_M, y * BLOCK_M),
            ((x + dx) * BLOCK_M, (y + dy) * BLOCK_M),
        )
        for x, y in corners
        for dx, dy in ((1, 0), (0, 1))
        if x + dx < SIDE and y + dy < SIDE
    )


def _street(one: Corner, other: Corner) -> str:
    (ax, ay), (bx, by) = sorted((one, other))
    return f"from-{ax}-{ay}-to-{bx}-{by}"


GRID = _grid()


@st.composite
def corners_walked(draw: st.DrawFn) -> list[Corner]:
    """The corners of a wander over the grid, turning back included."""
    here = draw(st.sampled_from([(x, y) for x in range(SIDE) for y in range(SIDE)]))
    walked = [here]
    for _ in range(draw(st.integers(1, 12))):
        x, y = walked[-1]
        around = [(x + dx, y + dy) for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1))]
        inside = [(a, b) for a, b in around if 0 <= a < SIDE and 0 <= b < SIDE]
        walked.append(draw(st.sampled_from(inside)))
    return walked


def grid_walk(corners: Sequence[Corner]) -> Route:
    steps = [_street(a, b) if a < b else f"-{_street(a, b)}" for a, b in pairwise(corners)]
    return route(GRID, *steps)


def _expected(corners: Sequence[Corner]) -> list[tuple[str, str]]:
    told = [("start", "end")]
    for (ax, ay), (bx, by), (cx, cy) in zip(corners, corners[1:], corners[2:], strict=False):
        cross = (bx - ax) * (cy - by) - (by - ay) * (cx - bx)
        ways = sum(0 <= bx + d < SIDE for d in (1, -1)) + sum(0 <= by + d < SIDE for d in (1, -1))
        place = "junction" if ways > 2 else "bend"
        if (ax, ay) == (cx, cy):
            told.append(("u-turn", "turning-point"))
        elif cross:
            told.append(("left" if cross > 0 else "right", place))
    return [*told, ("finish", "end")]


@given(corners_walked())
def test_on_a_grid_every_turn_is_told_and_going_straight_on_is_not(corners: list[Corner]) -> None:
    cues = turn_cues(GRID, grid_walk(corners))
    assert [(cue.kind, cue.place) for cue in cues] == _expected(corners)


@given(corners_walked())
def test_cues_come_in_order_and_lie_on_the_line_at_their_distance(corners: list[Corner]) -> None:
    walk = grid_walk(corners)
    cues = turn_cues(GRID, walk)
    assert cues[0].distance_m == 0
    assert cues[-1].distance_m == walk.length_m
    for before, after in pairwise(cues):
        assert before.distance_m < after.distance_m
    positions = walk.line.points_at([cue.distance_m for cue in cues])
    for cue, position in zip(cues, positions, strict=True):
        assert distance_m(cue.position, position) < 0.01
        blocks = cue.distance_m / BLOCK_M
        assert blocks == pytest.approx(round(blocks), abs=0.01)


def turns(cues: Sequence[Cue]) -> list[tuple[str, float]]:
    return [(cue.kind, round(cue.distance_m)) for cue in cues[1:-1]]


def test_a_mere_curve_gets_no_cue() -> None:
    quarter = [
        (50 - 50 * math.cos(a), 50 * math.sin(a)) for a in (i * math.pi / 40 for i in range(21))
    ]
    ground = area([path("curve", (0, -60), *quarter, (120, 50))])
    assert turns(turn_cues(ground, route(ground, "curve"))) == []


def test_a_sharp_bend_gets_a_cue_where_it_is() -> None:
    ground = area([path("bend", (0, 0), (0, 80), (90, 85))])
    assert turns(turn_cues(ground, route(ground, "bend"))) == [("right", 80)]
    assert turns(turn_cues(ground, route(ground, "-bend"))) == [("left", 90)]


def test_a_corner_drawn_with_several_points_is_one_bend() -> None:
    ground = area([path("bend", (0, 0), (0, 79), (0.5, 80.5), (2, 81), (90, 81))])
    [(kind, at_m)] = turns(turn_cues(ground, route(ground, "bend")))
    assert kind == "right"
    assert at_m == pytest.approx(80, abs=3)


def test_two_paths_that_join_end_to_end_are_one_way() -> None:
    ground = area([path("a", (0, 0), (0, 80)), path("b", (0, 80), (0, 160))])
    assert turns(turn_cues(ground, route(ground, "a", "b"))) == []


def test_straight_on_past_a_side_path_is_plain_and_at_a_fork_is_said() -> None:
    for side, told in [((60, 80), []), ((40, 140), [("straight", 80)])]:
        ground = area(
            [
                path("a", (0, 0), (0, 80)),
                path("b", (0, 80), (0, 160)),
                path("side", (0, 80), side),
            ]
        )
        assert turns(turn_cues(ground, route(ground, "a", "b"))) == told


def test_leaving_the_straight_way_at_a_fork_is_slight() -> None:
    ground = area(
        [path("a", (0, 0), (0, 80)), path("b", (0, 80), (0, 160)), path("c", (0, 80), (60, 160))]
    )
    assert turns(turn_cues(ground, route(ground, "a", "c"))) == [("slight-right", 80)]


def test_the_only_way_ahead_needs_no_cue_even_where_it_bends_a_little() -> None:
    for side, told in [((-60, 60), []), ((-40, 140), [("slight-right", 80)])]:
        ground = area(
            [
                path("a", (0, 0), (0, 80)),
                path("b", (0, 80), (60, 150)),
                path("side", (0, 80), side),
            ]
        )
        assert turns(turn_cues(ground, route(ground, "a", "b"))) == told


def test_the_turning_point_within_a_path_is_a_u_turn() -> None:
    ground = area([path("a", (0, 0), (0, 200))])
    out, back = Leg("a", 0, 120), Leg("a", 120, 0)
    far = ground.paths["a"].line.point_at(120)
    home = ground.paths["a"].coordinates[0]
    walk = Route((home, far, home), 240, "out-and-back", (out, back))
    assert turns(turn_cues(ground, walk)) == [("u-turn", 120)]


def test_walking_on_from_a_start_within_a_path_gets_no_cue() -> None:
    ground = area([path("a", (0, 0), (0, 100)), path("b", (0, 100), (0, 200))])
    line = (*ground.paths["a"].coordinates, ground.paths["b"].coordinates[-1])
    legs = (Leg("a", 0, 50), Leg("a", 50, 100), Leg("b", 0, ground.paths["b"].length_m))
    assert turns(turn_cues(ground, Route(line, 200, "loop", legs))) == []
