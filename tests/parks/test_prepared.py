"""What is derived from an area is kept by the area: made once, never another's, gone with it."""

import gc
import weakref
from dataclasses import replace

from tests.routes.ground import area, path
from walktalk.parks import Area
from walktalk.routes import WalkRequest, plan_walks
from walktalk.routes.checks import verdict


def _two_ways() -> Area:
    return area([path("a", (0, 0), (400, 0)), path("b", (400, 0), (200, 300), (0, 0))])


def test_what_is_derived_from_an_area_is_made_once_for_each_thing_it_depends_on() -> None:
    made: list[tuple[str, int]] = []

    def make(of: Area, number: int) -> int:
        made.append((of.id, number))
        return len(of.paths) * number

    land = _two_ways()
    assert [land.prepared(make, number) for number in (1, 2, 1, 2)] == [2, 4, 2, 4]
    assert len(made) == 2


def test_a_changed_copy_of_an_area_keeps_nothing_of_what_was_derived_before() -> None:
    land = _two_ways()
    assert verdict(land, land.paths["a"], "step-free") == "unknown"
    steps = replace(land.paths["a"], facts={"highway": "steps"})
    changed = replace(land, paths={**land.paths, "a": steps})
    assert verdict(changed, steps, "step-free") == "broken"
    assert verdict(land, land.paths["a"], "step-free") == "unknown"


def test_an_area_goes_with_all_that_was_derived_from_it_as_soon_as_nobody_has_it() -> None:
    land = _two_ways()
    assert plan_walks(land, WalkRequest(start=land.network.nodes[0], minutes=20))
    gone = weakref.ref(land), weakref.ref(land.network)
    gc.disable()
    try:
        del land
        assert [each() for each in gone] == [None, None]
    finally:
        gc.enable()
