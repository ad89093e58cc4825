from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.maps.meadow import walk_round
from walktalk.maps import standalone_html

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The page in one file, opened from disk on a phone without a network."""
    file = tmp_path / "map.html"
    file.write_text(standalone_html(walk_round()), encoding="utf-8")
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, offline=True
    )
    page = context.new_page()
    page.on("console", lambda message: pytest.fail(f"the page complains: {message.text}"))
    page.on("pageerror", lambda error: pytest.fail(f"the page breaks: {error}"))
    page.on("request", lambda request: _only_from_disk(request.url))
    page.goto(file.as_uri())
    yield page
    context.close()


def _only_from_disk(address: str) -> None:
    assert address.startswith(("file:", "data:")), address


def test_the_map_is_drawn_without_a_network(page: Page) -> None:
    walk = page.locator("path.walk-line").bounding_box()
    around = page.locator(".walk-map").bounding_box()
    assert walk is not None
    assert around is not None
    assert walk["height"] > around["height"] / 2
    for mark in (".map-start", ".map-flag", ".map-minute", ".map-arrow", ".map-place"):
        assert page.locator(f"{mark} > *").first.is_visible(), mark


def test_the_lake_lies_where_the_walk_goes_round_it(page: Page) -> None:
    walk, lake = (
        page.locator(each).first.bounding_box() for each in ("path.walk-line", ".ground-water")
    )
    assert walk is not None
    assert lake is not None
    # the walk spans 51.8999 to 51.9032 north and -2.080 to -2.076 east, the lake lies in it
    assert (lake["y"] - walk["y"]) / walk["height"] == pytest.approx(0.0012 / 0.0033, abs=0.01)
    assert lake["height"] / walk["height"] == pytest.approx(0.0010 / 0.0033, abs=0.01)
    assert (lake["x"] - walk["x"]) / walk["width"] == pytest.approx(0.001 / 0.004, abs=0.01)
    assert lake["width"] / walk["width"] == pytest.approx(0.002 / 0.004, abs=0.01)


@pytest.mark.parametrize("sign", [".map-north", ".leaflet-control-scale-line"])
def test_nothing_covers_the_north_arrow_and_the_scale(page: Page, sign: str) -> None:
    page.locator(".walk-map").scroll_into_view_if_needed()
    on_top = """(each) => { const { x, y, width, height } = each.getBoundingClientRect();
        const top = document.elementFromPoint(x + width / 2, y + height / 2);
        return each === top || each.contains(top); }"""
    assert page.locator(sign).evaluate(on_top)


def test_names_go_when_the_map_shows_more_than_they_have_room_on(page: Page) -> None:
    name = page.locator(".map-name", has_text="The lake")
    assert name.locator("text").is_visible()
    page.locator(".walk-map").evaluate("box => box.map.setZoom(box.map.getZoom() - 2)")
    assert not name.locator("text").is_visible()


def test_the_wheel_scrolls_the_page_and_not_the_map(page: Page) -> None:
    before = page.locator("path.walk-line").get_attribute("d")
    page.locator(".walk-map").hover()
    page.mouse.wheel(0, 300)
    page.wait_for_function("window.scrollY > 0")
    assert page.locator("path.walk-line").get_attribute("d") == before


def test_one_finger_scrolls_the_page(page: Page) -> None:
    action = page.locator(".walk-map").evaluate("box => getComputedStyle(box).touchAction")
    assert action == "pan-x pan-y"


def test_the_map_is_no_trap_for_the_tab_key(page: Page) -> None:
    stops = page.locator(".walk-map a[href], .walk-map [tabindex='0'], .walk-map[tabindex='0']")
    assert stops.count() <= 4  # the map, two zoom buttons, the link in the licence notice


def test_the_page_fits_a_phone_without_sideways_scrolling(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
