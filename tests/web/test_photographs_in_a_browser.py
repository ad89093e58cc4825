from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import photographs as made
from tests.web.browsing import (
    PHONE,
    Visit,
    no_signal,
    scrolls_sideways,
    shared_link,
    unfold,
)
from tests.web.test_accessibility import violations

pytestmark = pytest.mark.browser

WORDS = "A red bench beside the gate."
UNTIL_SO_MANY_ARE_KEPT = """async (wanted) => {
  for (;;) {
    let found = 0;
    for (const name of await caches.keys()) {
      const kept = await (await caches.open(name)).keys();
      found += kept.filter(({ url }) => url.includes("/photo-")).length;
    }
    if (found === wanted) return;
    await new Promise((again) => setTimeout(again, 50));
  }
}"""
IS_DRAWN = "image => image.complete && image.naturalWidth > 0"


def add(desk: Page, folder: Path, shows: str = "The meeting place") -> None:
    """Add a photograph on the session's page that is open, and go back to it."""
    file = folder / "IMG_0001.jpg"
    file.write_bytes(made.as_jpeg(made.a_scene(400, 300)))
    unfold(desk)
    desk.get_by_role("link", name="Choose photographs").click()
    desk.get_by_role("group", name="What does it show?").get_by_label(shows).check()
    with desk.expect_file_chooser() as chooser:
        desk.get_by_label("The photograph", exact=True).click()
    chooser.value.set_files(file)
    desk.get_by_label("What is to be seen?").fill(WORDS)
    desk.get_by_label("When was it taken?").fill("2025-05-03")
    desk.get_by_label("There are no faces").check()
    desk.get_by_role("button", name="Add the photograph").click()
    expect(desk.get_by_text("The photograph is kept")).to_be_visible()
    desk.locator("main a").first.click()
    unfold(desk)
    desk.get_by_role("link", name="Choose photographs").wait_for()


def keeps(phone: Page, number: int) -> None:
    """Wait until the phone keeps so many photographs."""
    phone.evaluate(UNTIL_SO_MANY_ARE_KEPT, number)


def see(phone: Page, what: str = "the meeting place") -> None:
    phone.get_by_text(f"See a photograph of {what}").click()
    image = phone.locator("img:visible")
    expect(image).to_have_attribute("alt", WORDS)
    phone.wait_for_function(IS_DRAWN, arg=image.element_handle())


def test_a_photograph_is_added_opened_also_without_a_signal_and_removed_again(
    visit: Visit, tmp_path: Path
) -> None:
    desk, link = shared_link(visit)
    phone = visit.phone_with(link)
    add(desk, tmp_path)
    add(desk, tmp_path, "The first turn")
    assert scrolls_sideways(desk) == []
    phone.goto(link)
    keeps(phone, 2)
    with no_signal(phone):
        phone.goto(link)
        expect(phone.get_by_text(WORDS).first).to_be_visible()
        see(phone)
        assert scrolls_sideways(phone) == []
    unfold(desk)
    desk.get_by_role("link", name="Choose photographs").click()
    desk.get_by_role("group", name="The first turn").get_by_label("No photograph").check()
    desk.get_by_role("button", name="Show these").click()
    phone.goto(link)
    keeps(phone, 1)
    expect(phone.get_by_text("The first turn.")).to_have_count(0)
    phone.get_by_role("button", name="Remove from this phone").click()
    expect(phone.get_by_text("It is removed.")).to_be_visible()
    see(phone)
    assert phone.evaluate("caches.keys()") == []


def test_the_first_view_loads_no_photograph_until_it_is_asked_for(
    visit: Visit, tmp_path: Path
) -> None:
    desk, link = shared_link(visit)
    add(desk, tmp_path)
    asked = len(visit.requests)
    phone = visit.open(PHONE, service_workers="block")
    phone.goto(link, wait_until="networkidle")
    assert not any("/photo-" in address for address in visit.requests[asked:])
    see(phone)
    assert any("/photo-" in address for address in visit.requests[asked:])


def test_without_javascript_a_tap_shows_it(visit: Visit, tmp_path: Path) -> None:
    desk, link = shared_link(visit)
    add(desk, tmp_path)
    phone = visit.open(PHONE, script=False)
    phone.goto(link)
    phone.get_by_text("See a photograph of the meeting place").click()
    expect(phone.locator("img:visible")).to_have_attribute("alt", WORDS)


def test_no_page_with_photographs_has_an_accessibility_fault(visit: Visit, tmp_path: Path) -> None:
    desk, link = shared_link(visit)
    add(desk, tmp_path)
    assert violations(desk) == []
    unfold(desk)
    desk.get_by_role("link", name="Choose photographs").click()
    assert violations(desk) == []
    desk.get_by_role("button", name="Add the photograph").click()
    assert violations(desk) == []
    desk.goto("/photographs")
    assert violations(desk) == []
    phone = visit.phone_with(link)
    see(phone)
    assert violations(phone) == []
    phone.get_by_label("Shorter version").check()
    expect(phone.get_by_text(WORDS).first).to_be_visible()
    assert violations(phone) == []
    desk.get_by_role("button", name="Remove it from every page").click()
    expect(desk.get_by_role("button", name="Put it back")).to_be_visible()
    assert violations(desk) == []
