"""A new counsellor's story on a phone: add a park, measure it, walk it and check, share it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.parks.height_server import Metres, answers_of
from tests.parks.osm.files import FOOTWAY, GRID
from tests.parks.osm.stand_in import as_json, stand_in
from tests.web.browsing import PHONE, Visit, in_a_week, scrolls_sideways, served, share
from tests.web.test_accessibility import violations
from tests.web.test_land import work

pytestmark = pytest.mark.browser

_ROWS = [[row * 10 + column for column in range(4)] for row in range(4)]
_WAYS = [*_ROWS, *(list(column) for column in zip(*_ROWS, strict=True))]
GREEN = as_json(
    {
        "osm3s": {"timestamp_osm_base": "2026-11-20T10:00:00Z"},
        "elements": [
            *({"type": "node", "id": n, "lon": at[0], "lat": at[1]} for n, at in GRID.items()),
            {
                "type": "way",
                "id": 1,
                "nodes": [0, 3, 33, 30, 0],
                "tags": {"leisure": "park", "name": "Story Green"},
            },
            *(
                {"type": "way", "id": number, "nodes": nodes, "tags": FOOTWAY}
                for number, nodes in enumerate(_WAYS, 2)
            ),
        ],
    }
)
"""A park with paths like a window's bars."""


def hill(_east: Metres, north: Metres) -> Metres:
    """Ground that rises to the north by 1 in 60."""
    return 60 + north / 60


def looked_at(page: Page) -> None:
    assert scrolls_sideways(page) == []
    assert violations(page) == []


@pytest.fixture
def story(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """A new installation whose other servers are stand-ins."""
    with (
        stand_in((200, GREEN)) as osm,
        stand_in(answers_of(hill)) as heights,
        served(tmp_path, overpass=f"{osm.url}/api", lidar=f"{heights.url}/wcs") as server,
        Visit(browser, server).alone() as visit,
    ):
        yield visit


def worked_on(page: Page, visit: Visit, said: str) -> None:
    """Let the server do what the page waits for, until the page says how it ended."""
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    work(visit.served.app)
    expect(page.get_by_text(said)).to_be_visible()


def test_a_new_park_is_added_measured_walked_and_shared(story: Visit) -> None:
    desk = story.open(PHONE)
    story.sign_up(desk)
    desk.get_by_role("link", name="Add a park").click()
    desk.get_by_label("What is the park called?").fill("Story Green")
    looked_at(desk)
    desk.get_by_role("button", name="Ask for this park").click()
    worked_on(desk, story, "This is what would change")
    looked_at(desk)
    desk.get_by_role("button", name="Take this over").click()
    worked_on(desk, story, "It is taken")
    desk.get_by_role("link", name="Story Green").click()
    desk.get_by_role("button", name="Measure the slopes").click()
    worked_on(desk, story, "Slopes are measured")
    desk.get_by_role("link", name="Story Green", exact=True).click()
    looked_at(desk)

    desk.locator("summary", has_text="1. ").first.click()
    desk.get_by_role("link", name="Plan a walk from here").first.click()
    desk.get_by_label("Which day?").fill(in_a_week().isoformat())
    desk.get_by_role("button", name="Find walks").click()
    desk.get_by_role("button", name="Save this walk").first.click()
    desk.get_by_role("link", name="Say what you saw on this walk").click()
    steps = desk.get_by_role("group", name="Steps anywhere")
    steps.get_by_text("No", exact=True).click()
    desk.get_by_role("button", name="Keep what I saw").click()
    expect(desk.get_by_text("Kept. Every walk over these paths uses it.")).to_be_visible()
    phone = story.open(PHONE)
    phone.goto(share(desk))
    text = phone.locator("body").text_content() or ""
    assert "There are no steps on this walk." in text
    assert "hecked on foot" in text
    assert "Gentle all the way" in text
    assert "Environment Agency LIDAR" in text

    desk.goto("/areas/story-green/close")
    looked_at(desk)
    desk.locator("[data-closing] svg").click()
    expect(desk.get_by_text("The whole path that you tapped")).to_be_visible()
    later = in_a_week() + timedelta(days=7)
    desk.get_by_label("Until, that day included").fill(later.isoformat())
    desk.get_by_role("button", name="Show it on the map").click()
    expect(desk.get_by_text("It is not noted yet")).to_be_visible()
    looked_at(desk)
    desk.get_by_role("button", name="Note it as closed").click()
    expect(desk.get_by_text("It is noted as closed")).to_be_visible()
    desk.get_by_role("button", name="It is open again").click()
    expect(desk.get_by_text("It is taken back")).to_be_visible()
