"""How a phone turns where it was into paths that were walked: on made-up ground, in a browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from walktalk.web.static_files import StaticFiles

pytestmark = pytest.mark.browser

LAT, LON = 51.9, -2.07
METRES_NORTH, METRES_EAST = 1 / 111320, 1 / (111320 * 0.6170359)


def at(east_m: float, north_m: float) -> list[float]:
    return [LON + east_m * METRES_EAST, LAT + north_m * METRES_NORTH]


def path(
    name: str, ends: tuple[int, int], *points: tuple[float, float], length_m: float
) -> dict[str, Any]:
    line = [at(*point) for point in points]
    return {"id": name, "words": name, "ends": ends, "length_m": length_m, "line": line}


GROUND = {
    "lon": LON,
    "lat": LAT,
    "paths": [
        path("south", (0, 1), (0, 0), (100, 0), length_m=100),
        path("east", (1, 2), (100, 0), (100, 100), length_m=100),
        path("north", (2, 3), (100, 100), (0, 100), length_m=100),
        path("west", (3, 0), (0, 100), (0, 0), length_m=100),
        path("spur", (1, 4), (100, 0), (150, 0), length_m=50),
    ],
}
"""A square of four paths, and one that leads out of a corner."""


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    """A page that knows the ground, and nothing else."""
    page = browser.new_page()
    script = StaticFiles.shipped().text("recce.js").split("// The map of the page")[0]
    page.add_script_tag(content=script)
    page.evaluate("land => { window.ground = recceGround(land); }", GROUND)
    yield page
    page.close()


def covered(page: Page, *trail: tuple[str, float]) -> dict[str, list[int]]:
    """Return what a trail of places covers: from and to by path, in whole metres."""
    places = [{"path": name, "at": metres} for name, metres in trail]
    found = page.evaluate(
        """trail => ground.covered(
          trail.slice(1).flatMap((to, i) => ground.way(trail[i], to) || []))""",
        places,
    )
    return {each["path"]: [round(each["from"]), round(each["to"])] for each in found}


def test_a_round_is_covered_whole_though_it_ends_where_it_began(blank: Page) -> None:
    trail = [("south", 10), ("south", 90), ("east", 50), ("north", 50), ("west", 50), ("south", 10)]
    assert covered(blank, *trail) == {name: [0, 100] for name in ("south", "east", "north", "west")}


def test_between_two_places_the_shorter_way_round_is_taken(blank: Page) -> None:
    assert covered(blank, ("south", 20), ("west", 80)) == {"south": [0, 20], "west": [80, 100]}


def test_there_and_back_on_one_path_covers_it_once(blank: Page) -> None:
    assert covered(blank, ("south", 10), ("south", 70), ("south", 20)) == {"south": [10, 70]}


@pytest.mark.parametrize(("deep", "is_walked"), [(8, False), (40, True)])
def test_a_step_aside_that_the_phone_only_seems_to_take_is_left_out(
    blank: Page, deep: int, is_walked: bool
) -> None:
    found = covered(blank, ("south", 50), ("spur", deep), ("east", 50))
    assert ("spur" in found) == is_walked
    assert (found["south"], found["east"]) == ([50, 100], [0, 50])


def test_a_position_falls_onto_the_nearest_path_at_its_nearest_point(blank: Page) -> None:
    first, second = blank.evaluate("at => ground.nearest(at).slice(0, 2)", at(60, 4))
    assert (first["path"], round(first["at"]), round(first["off"])) == ("south", 60, 4)
    assert round(second["off"]) == 40
    line = blank.evaluate("ground.line({ path: 'south', from: 25, to: 75 })")
    assert line == [[pytest.approx(value, abs=2e-6) for value in at(x, 0)] for x in (25, 75)]


def test_what_was_put_down_on_the_way_is_left_out_of_what_is_said_of_the_rest(blank: Page) -> None:
    left = blank.evaluate(
        """ground.without([{ path: "south", from: 0, to: 100 }],
          [{ path: "south", from: 40, to: 60 }, { path: "east", from: 0, to: 9 }])"""
    )
    assert [(each["from"], each["to"]) for each in left] == [(0, 40), (60, 100)]
