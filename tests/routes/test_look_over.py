"""Which paths are checked, and which walk along some of them settles most."""

from dataclasses import replace
from typing import Any

from tests.routes.ground import area, path
from walktalk.parks import Area, Source, StoredRoute
from walktalk.parks.observed import MAY_HAVE_CHANGED
from walktalk.routes.look_over import lengths_of, recorded_id, states_of, worth_walking

ALL: dict[str, Any] = {"steps": "no", "firm": "yes", "two_abreast": "yes"}
STEP_FREE: dict[str, Any] = {"firm": "yes", "two_abreast": "yes"}


def ground(**routes: tuple[str, ...]) -> Area:
    """Two paths whose steps nobody has looked for, 100 m and 200 m, and one that is known."""
    paths = [
        path("a-part-1", (0, 0), (60, 0), **STEP_FREE),
        path("a-part-2", (60, 0), (100, 0), **STEP_FREE),
        path("b", (100, 0), (300, 0), **STEP_FREE),
        path("c", (300, 0), (400, 0), **ALL),
    ]
    stored = {
        name: StoredRoute(name, name, "", "gate", path_ids, closed=False)
        for name, path_ids in routes.items()
    }
    return area(paths, routes=stored)


def test_a_path_is_checked_once_all_that_is_seen_on_it_is_known_and_ages() -> None:
    land = ground()
    old = {fact: Source("then", MAY_HAVE_CHANGED, "2026-01-01") for fact in ALL}
    aged = replace(land.paths["c"], id="d", sources=old)
    land = replace(land, paths={**land.paths, "d": aged})
    states = states_of(land)
    assert [states[each] for each in ("b", "c", "d")] == ["unknown", "checked", "ageing"]
    assert [round(metres) for metres in lengths_of(land).values()] == [100, 100, 300]


def test_the_walk_that_settles_most_planned_walks_comes_first_and_the_shorter_of_equals() -> None:
    land = ground(all_of_it=("a-part-1", "a-part-2", "b"))
    [first, second] = worth_walking(land, [["a", "c"], ["a-part-1"], ["c"]])
    assert (first.path_ids, first.planned, first.stored) == (("a",), 2, 0)
    assert (second.path_ids, second.planned, second.stored) == (("a", "b"), 2, 1)
    assert [round(each.length_m) for each in (first, second)] == [100, 300]
    assert {each.needs for each in (first, second)} == {("step-free",)}
    [shorter, longer] = worth_walking(ground(), [["a"], ["b"]])
    assert (shorter.path_ids, longer.path_ids) == (("a",), ("b",))


def test_nothing_is_worth_walking_where_all_is_known() -> None:
    assert worth_walking(ground(), [["c"]]) == []


def test_a_piece_of_a_piece_is_known_by_the_path_it_was_cut_from() -> None:
    assert recorded_id("w1-part-2-part-1") == "w1"
    assert recorded_id("w1") == "w1"
