from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.tile_host import TileHost, tile_host
from tests.web.browsing import Shared, Visit, no_signal, served, shared_link, walk_on_map

pytestmark = pytest.mark.browser

SHOWN = ".walk-map img.leaflet-tile-loaded"
MAP_DRAWN_S = 30.0
"""What a browser on a busy machine may take to ask for the first tile."""
KEPT_TILES = """async () => {
  const store = await caches.open((await caches.keys())[0]);
  return (await store.keys()).filter((each) => each.url.includes("/tiles/")).length;
}"""


@pytest.fixture
def host() -> Iterator[TileHost]:
    with tile_host() as running:
        running.headers = {"Cache-Control": "max-age=3600"}
        yield running


@pytest.fixture
def visit(browser: Browser, shared: Shared, tmp_path: Path, host: TileHost) -> Iterator[Visit]:
    """Return the way into a browser before a server with tiles; nothing is asked of another."""
    home = shared.signed_up.copied_to(tmp_path)
    tiles = {"tiles": host.pattern, "tiles_attribution": "© Ann Maps"}
    with served(home, **tiles) as server, Visit(browser, server, shared).alone() as visit:
        yield visit


def shared_with_streets(visit: Visit) -> str:
    desk, link = shared_link(visit)
    desk.goto("/settings")
    desk.get_by_label("Show a street map behind the walk").check()
    desk.get_by_role("button", name="Save these settings").click()
    expect(desk.get_by_label("Show a street map behind the walk")).to_be_checked()
    return link


def see_streets(page: Page) -> None:
    walk_on_map(page)
    expect(page.locator(SHOWN).first).to_be_visible()


def test_the_street_map_lies_under_the_walk_and_over_the_drawn_ground(
    visit: Visit, host: TileHost
) -> None:
    link = shared_with_streets(visit)
    phone = visit.phone_with(link)
    see_streets(phone)
    expect(phone.locator(".leaflet-control-attribution")).to_contain_text("© Ann Maps")
    height = "pane => Number(getComputedStyle(document.querySelector(pane)).zIndex)"
    ground, tiles, paths, walk = (
        phone.evaluate(height, f".leaflet-{name}-pane")
        for name in ("ground", "tile", "paths", "overlay")
    )
    assert ground < tiles < paths < walk
    expect(phone.locator(".leaflet-paths-pane path.ground-path")).to_be_attached()
    expect(phone.locator(".leaflet-overlay-pane path.walk-line")).to_be_attached()
    assert host.paths


def test_tiles_that_were_seen_show_without_a_signal_and_go_with_the_rest(visit: Visit) -> None:
    link = shared_with_streets(visit)
    phone = visit.phone_with(link)
    see_streets(phone)
    phone.wait_for_function(f"async () => (await ({KEPT_TILES})()) > 0")
    with no_signal(phone):
        phone.goto(link)
        see_streets(phone)
        expect(phone.locator(".leaflet-control-attribution")).to_contain_text("© Ann Maps")
    phone.goto(link)
    phone.get_by_role("button", name="Remove from this phone").click()
    expect(phone.get_by_text("It is removed.")).to_be_visible()
    assert phone.evaluate("caches.keys()") == []


def test_a_tile_server_that_fails_leaves_the_drawn_ground(visit: Visit, host: TileHost) -> None:
    host.status = 500
    link = shared_with_streets(visit)
    phone = visit.phone_with(link)
    assert host.arrived.acquire(timeout=MAP_DRAWN_S)
    expect(phone.locator(".walk-map path.ground-path")).to_be_visible()
    expect(phone.locator(SHOWN)).to_have_count(0)


@pytest.mark.parametrize("north", [0.0, 0.01], ids=["on the walk", "1 km off"])
def test_where_somebody_is_asks_for_no_streets_there(
    visit: Visit, host: TileHost, north: float
) -> None:
    link = shared_with_streets(visit)
    place = {"latitude": 51.9095 + north, "longitude": -2.0735, "accuracy": 12}
    phone = visit.phone_with(link, geolocation=place, permissions=["geolocation"])
    see_streets(phone)
    expect(phone.locator(".walk-map img.leaflet-tile:not(.leaflet-tile-loaded)")).to_have_count(0)
    asked, passed_on = len(visit.requests), len(host.paths)
    phone.get_by_role("button", name="Where am I?").first.click()
    expect(phone.locator(".walk-map path.own-dot")).to_be_visible()
    expect(phone.get_by_text("The street map is off while your place is shown.")).to_be_visible()
    expect(phone.locator(".walk-map img.leaflet-tile")).to_have_count(0)
    phone.get_by_role("button", name="Zoom in").click()
    phone.wait_for_load_state("networkidle")
    assert [each for each in visit.requests[asked:] if "/tiles/" in each] == []
    assert len(host.paths) == passed_on
