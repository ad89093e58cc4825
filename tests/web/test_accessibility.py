import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.web.browsing import (
    DESKTOP,
    PHONE,
    SMALL_PHONE,
    Visit,
    call_off,
    shared_link,
    unfold,
    walk_on_map,
)

pytestmark = pytest.mark.browser

LEAST_TARGET_PX = 44


def violations(page: Page, *, in_the_dark: bool = True) -> list[str]:
    """Return what is wrong with a page as it stands, and with its colours in the dark."""
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    if in_the_dark:
        page.emulate_media(color_scheme="dark")
        found += Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
        page.emulate_media(color_scheme="light")
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


def test_the_walks_page_has_no_accessibility_fault_in_any_state(visit: Visit) -> None:
    desk, link = shared_link(visit)
    phone = visit.phone_with(link)
    assert violations(phone) == []
    unfold(phone)
    assert violations(phone) == []
    phone.get_by_label("Shorter version").check()
    assert violations(phone) == []
    phone.get_by_role("button", name="Where am I?").first.click()
    expect(phone.locator("#own-said")).to_contain_text("did not say")
    assert violations(phone) == []
    phone.goto(f"{link}/print")
    assert violations(phone) == []
    call_off(desk)
    phone.goto(link)
    assert violations(phone) == []
    phone.goto("/w/unknown")
    assert violations(phone) == []


def test_the_desks_pages_have_no_accessibility_fault(visit: Visit) -> None:
    desk = visit.at_desk()
    addresses = [
        "/",
        "/diary",
        "/diary/past",
        "/routes",
        "/areas",
        "/areas/pittville-park",
        "/areas/add",
        "/areas/pittville-park/close",
        "/areas/pittville-park/draw",
        "/on-foot/pittville-park",
        "/routes/pittville-park/lower-lake-loop/on-foot",
        "/account",
        "/settings",
        "/plan",
    ]
    for address in addresses:
        desk.goto(address)
        assert violations(desk) == [], address
    desk.get_by_label("How long is the session?").fill("500")
    desk.get_by_role("button", name="Find walks").click()
    assert violations(desk) == []
    desk.get_by_label("Where do you meet?").select_option("pittville-park/boat-house")
    desk.get_by_label("How long is the session?").fill("50")
    desk.get_by_role("button", name="Find walks").click()
    expect(desk.get_by_role("button", name="Save this walk").first).to_be_visible()
    assert violations(desk) == []
    desk.get_by_role("button", name="Save this walk").first.click()
    desk.wait_for_url("**/sessions/*")
    assert violations(desk) == []


def test_the_shorter_version_leaves_out_what_is_not_needed_at_once(visit: Visit) -> None:
    link = visit.link
    phone = visit.open(SMALL_PHONE, script=False)
    phone.goto(link)
    unfold(phone)
    steps = phone.locator("ol.steps").first
    expect(steps).to_be_visible()
    phone.get_by_label("Shorter version").check()
    expect(steps).to_be_hidden()
    for kept in (
        phone.get_by_text("You set the pace."),
        phone.locator("svg.near"),
        phone.locator(".map"),
        phone.get_by_role("table"),
        phone.get_by_text("If somebody is hurt, call 999"),
        phone.get_by_text("Where you are, every 100 m"),
        phone.locator(".spots").first,
    ):
        expect(kept).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_the_first_screen_of_a_phone_says_when_where_and_how_to_get_there(
    visit: Visit, script: bool
) -> None:
    phone = visit.open(PHONE, script=script)
    phone.goto(visit.link)
    for part in (
        phone.locator("#when"),
        phone.locator("#place"),
        phone.locator("svg.near"),
        phone.get_by_text("If you cannot see me after five minutes"),
        phone.get_by_text("We can stop, sit or turn back at any time."),
        phone.get_by_role("link", name="Open in my maps app"),
    ):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE[1]
    expect(phone.get_by_role("table")).to_be_hidden()
    phone.get_by_text("Times", exact=True).click()
    expect(phone.get_by_role("table")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_nothing_is_folded_on_a_wide_screen_and_on_paper(visit: Visit, script: bool) -> None:
    desk, phone = visit.open(DESKTOP, script=script), visit.open(PHONE, script=script)
    phone.emulate_media(media="print")
    for page in (desk, phone):
        page.goto(visit.link)
        for part in ("table", "ol.steps", ".facts", ".spots >> nth=0"):
            expect(page.locator(part)).to_be_visible()


def test_everything_to_press_is_large_enough(visit: Visit) -> None:
    link = visit.link
    phone = visit.phone_with(link)
    unfold(phone)
    pressed = ".button:visible, .tools > :visible, .leaflet-bar a:visible, summary:visible"
    for target in phone.locator(f"{pressed}, .others a:visible").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= LEAST_TARGET_PX, target.inner_text()


def test_nothing_moves_by_itself_and_contrast_can_be_forced(visit: Visit) -> None:
    link = visit.link
    phone = visit.open(PHONE, forced_colors="active", reduced_motion="reduce")
    phone.goto(link)
    walk_on_map(phone)
    assert phone.evaluate("document.getAnimations().length") == 0
    assert violations(phone, in_the_dark=False) == []
