"""Out, round, back and laps: what the parts of a walk are called, and where each begins."""

from collections.abc import Sequence

import pytest

from tests.routes.ground import area, path
from walktalk.routes import Leg, Route
from walktalk.routes.model import Shape
from walktalk.routes.stages import stage_at, stages

GROUND = area(
    [
        path("stem", (0, 0), (100, 0)),
        path("ring", (100, 0), (100, 100), (200, 100), (200, 0), (100, 0)),
    ]
)
STEM_M, RING_M = (GROUND.paths[each].length_m for each in ("stem", "ring"))
OUT, HOME = Leg("stem", 0, STEM_M), Leg("stem", STEM_M, 0)
ROUND = Leg("ring", 0, RING_M)


def walk(shape: Shape, legs: Sequence[Leg], laps: int = 1, *starts_m: float) -> Route:
    line = tuple(GROUND.paths["ring"].coordinates)
    return Route(line, sum(leg.length_m for leg in legs), shape, tuple(legs), laps, starts_m)


@pytest.mark.parametrize(
    ("route", "called"),
    [
        (walk("loop", [ROUND]), []),
        (walk("out-and-back", [OUT, HOME]), ["out", "back"]),
        (walk("out-and-back", [OUT, HOME] * 2, 2), ["out", "back", "out", "back"]),
        (walk("lollipop", [OUT, ROUND, HOME]), ["out", "", "back"]),
        (walk("laps", [ROUND] * 2, 2, RING_M), ["lap 1", "lap 2"]),
        (
            walk("laps", [OUT, ROUND, ROUND, HOME], 2, STEM_M + RING_M),
            ["out", "lap 1", "lap 2", "back"],
        ),
    ],
)
def test_each_part_of_a_walk_has_a_name(route: Route, called: list[str]) -> None:
    assert [stage.words for stage in stages(route)] == called


def test_each_part_begins_where_the_one_before_it_ends() -> None:
    route = walk("laps", [OUT, ROUND, ROUND, HOME], 2, STEM_M + RING_M)
    begin = [0.0, STEM_M, STEM_M + RING_M, STEM_M + 2 * RING_M]
    assert [stage.from_m for stage in stages(route)] == pytest.approx(begin)
    found = stage_at(stages(route), STEM_M + RING_M + 1)
    assert found is not None
    assert found.words == "lap 2"
