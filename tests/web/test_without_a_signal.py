import pytest
from playwright.sync_api import Page, expect

from tests.web.browsing import PHONE, Visit, no_signal, shared_link, take_back, unfold, walk_on_map
from walktalk.web.client import parts

pytestmark = pytest.mark.browser

UNTIL_SEEN = """async () => {
  while (!(await caches.match(location.pathname + "/seen"))) {
    await new Promise((again) => setTimeout(again, 50));
  }
}"""
KEPT_NAMES = "caches.keys()"
MAIN_WIDTH = "main => getComputedStyle(main).maxWidth"
LONG_AGO_MS = 1_000_000_000_000


def answers(page: Page, address: str) -> int:
    status: int = page.evaluate("address => fetch(address).then(a => a.status)", address)
    return status


def test_after_one_visit_everything_opens_without_a_network(visit: Visit) -> None:
    link = visit.link
    phone = visit.phone_with(link)
    unfold(phone)
    addresses = phone.locator("a[href^='/w/']:visible").evaluate_all(
        "all => all.map(each => each.getAttribute('href'))"
    )
    assert any(address.endswith("walk.gpx") for address in addresses)
    with no_signal(phone):
        phone.goto(link)
        expect(phone.get_by_text("You have no signal.")).to_be_visible()
        walk_on_map(phone)
        for address in addresses:
            assert answers(phone, address) == 200, address
        phone.goto(f"{link}/print")
        expect(phone.get_by_text("This code opens the map on a phone.")).to_be_visible()
    phone.goto(link)
    expect(phone.get_by_text("You have no signal.")).to_be_hidden()


def test_the_stored_copy_stops_opening_when_the_link_is_over_also_without_a_network(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "in_browser_time", lambda _: LONG_AGO_MS)
    link = visit.link
    phone = visit.phone_with(link)
    assert phone.evaluate(KEPT_NAMES) != []
    with no_signal(phone):
        phone.goto(link)
        expect(phone.get_by_text("This link does not open a walk")).to_be_visible()
        assert phone.locator("main").evaluate(MAIN_WIDTH) != "none", "its style is missing"
        assert phone.evaluate(KEPT_NAMES) == []


def test_a_link_taken_back_is_removed_from_the_phone_on_the_next_visit(visit: Visit) -> None:
    desk, link = shared_link(visit)
    phone = visit.phone_with(link)
    take_back(desk)
    phone.goto(link)
    expect(phone.get_by_text("This link does not open a walk")).to_be_visible()
    assert phone.evaluate(KEPT_NAMES) == []
    with no_signal(phone), pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        phone.goto(link)


def test_the_walk_can_be_removed_from_the_phone_at_once(visit: Visit) -> None:
    link = visit.link
    phone = visit.phone_with(link)
    phone.get_by_role("button", name="Remove from this phone").click()
    expect(phone.get_by_text("It is removed.")).to_be_visible()
    assert phone.evaluate(KEPT_NAMES) == []
    with no_signal(phone), pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        phone.goto(link)


def test_one_walk_kept_on_a_phone_leaves_another_alone(visit: Visit) -> None:
    desk, first = shared_link(visit)
    take_back(desk)
    desk.get_by_role("button", name="Make a link").click()
    message = desk.get_by_label("Message to send").input_value()
    phone = visit.phone_with(message.splitlines()[-1])
    phone.goto(first)
    expect(phone.get_by_text("This link does not open a walk")).to_be_visible()
    assert len(phone.evaluate(KEPT_NAMES)) == 1


def test_a_change_shows_the_old_and_the_new_until_it_was_seen(visit: Visit) -> None:
    desk, link = shared_link(visit)
    phone = visit.phone_with(link)
    before = phone.locator("#when").inner_text()
    phone.evaluate(UNTIL_SEEN)
    desk.get_by_text("Move it to another time").click()
    desk.locator("#move").get_by_label("What time do you meet?").fill("14:30")
    desk.get_by_role("button", name="Move the walk").click()
    phone.goto(link)
    note = phone.locator("#changed-note")
    expect(note).to_contain_text("This walk has changed.")
    expect(note).to_contain_text(before)
    expect(note).to_contain_text("14:30")
    expect(phone.locator("#changes p")).to_have_count(1)
    expect(note).to_contain_text(f"This was {before}. It is now ")
    phone.get_by_role("button", name="I have seen it").click()
    expect(note).to_be_hidden()
    phone.reload()
    phone.get_by_role("button", name="Remove from this phone").wait_for()
    expect(note).to_be_hidden()
    other = visit.open(PHONE)
    other.goto(link)
    told = other.locator("#changed-note")
    expect(told).to_contain_text("10:00. It is now 14:30.")
    other.evaluate(UNTIL_SEEN)
    other.reload()
    other.get_by_role("button", name="Remove from this phone").wait_for()
    expect(told).to_be_hidden()
