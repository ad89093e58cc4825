import re

import pytest
from playwright.sync_api import Browser, FloatRect, Page

from tests.maps.real_walks import MORNING, PARKS, planned_walks
from tests.web.desk import Desk, as_shared
from walktalk.routes import NoWalkFits, Walk, WalkRequest, plan_walks
from walktalk.web.client.page import print_page, steps_of

pytestmark = pytest.mark.browser

PAGE = re.compile(rb"/Type\s*/Page\b")
MM = 96 / 25.4
LEAST_CODE_MM = 25
LEAST_MAP_MM = 40
LINK = "/w/AAAAAAAAAAAAAAAAAAAAAA"


def walks_of(area_id: str) -> list[Walk]:
    """Walks of an area: some of any length, and those round its first meeting point."""
    area = PARKS[area_id]
    walks = [walk for walk in planned_walks() if walk.area.id == area_id]
    start = "boat-house" if area_id == "pittville-park" else None
    for minutes in (50, 75, 90, 120):
        request = WalkRequest(start=start, minutes=minutes, at=MORNING)
        try:
            walks += [Walk(area, request, proposal) for proposal in plan_walks(area, request)]
        except NoWalkFits:
            continue
    return walks


def printed(desk: Desk, page: Page, walk: Walk) -> bytes:
    shared = as_shared(walk, MORNING)
    with desk.app.test_request_context(LINK):
        html = print_page(shared, LINK, f"https://walks.example{LINK}")
    address = re.search(r'rel="stylesheet" href="([^"]+)"', html)
    assert address
    style = desk.app.test_client().get(address[1]).text
    page.set_content(html.replace("</head>", f"<style>{style}</style></head>"))
    return page.pdf(prefer_css_page_size=True)


def box_of(page: Page, selector: str) -> FloatRect:
    box = page.locator(selector).bounding_box()
    assert box
    return box


@pytest.mark.parametrize("area_id", sorted(PARKS))
def test_the_longest_walks_of_every_park_print_on_one_page_with_a_code_to_scan(
    desk: Desk, browser: Browser, area_id: str
) -> None:
    walks = sorted(walks_of(area_id), key=lambda walk: len(" ".join(map(str, steps_of(walk)))))
    page = browser.new_page(viewport={"width": round(182 * MM), "height": round(268 * MM)})
    for walk in walks[-3:]:
        assert len(PAGE.findall(printed(desk, page, walk))) == 1, len(steps_of(walk))
        page.emulate_media(media="print")
        assert box_of(page, ".code svg")["width"] >= LEAST_CODE_MM * MM
        assert box_of(page, ".map svg")["height"] >= LEAST_MAP_MM * MM
        last = box_of(page, "main > :last-child")
        assert last["y"] + last["height"] <= 269 * MM
    page.close()
