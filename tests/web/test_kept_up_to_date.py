"""What a phone keeps follows the walk: moved, called off, taken back, or out of reach."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Response, request
from playwright.sync_api import Page, expect

from tests.web.browsing import Visit, call_off, no_signal, shared_link, take_back
from tests.web.desk import Desk, link_of, state_of
from walktalk.sessions import links
from walktalk.sessions.opened import SharedWalk

TEXT = "address => fetch(address).then(answer => answer.text())"
UNTIL_KEPT = """async ([address, words]) => {
  for (;;) {
    const kept = await caches.match(address);
    if (kept && (await kept.text()).includes(words)) return;
    await new Promise((again) => setTimeout(again, 50));
  }
}"""
"""Waits until the phone has kept a file that holds some words."""


def move(desk: Page, time: str = "14:30") -> None:
    desk.get_by_text("Move it to another time").click()
    desk.locator("#move").get_by_label("What time do you meet?").fill(time)
    desk.get_by_role("button", name="Move the walk").click()
    expect(desk.get_by_text(time).first).to_be_visible()


def keeps(phone: Page, address: str, words: str) -> None:
    phone.evaluate(UNTIL_KEPT, [address, words])


@contextmanager
def out_of_order(visit: Visit, status: int = 503) -> Iterator[None]:
    """Let the server answer everything below a link with a fault."""
    is_broken = True

    def broken() -> Response | None:
        wanted = is_broken and request.path.startswith("/w/")
        return Response("down", status=status) if wanted else None

    visit.served.app.before_request_funcs.setdefault(None, []).append(broken)
    try:
        yield
    finally:
        is_broken = False


def keeper_of(desk: Desk, link: str) -> str:
    return desk.app.test_client().get(f"{link}/keep.js").text


def opened(desk: Desk, link: str) -> SharedWalk:
    with state_of(desk.app).read.begin() as db:
        shared = links.open_link(db, link.removeprefix("/w/"), state_of(desk.app).now())
    assert shared is not None
    return shared


@pytest.mark.slow
def test_what_keeps_a_walk_is_another_script_whenever_the_walk_is_another(desk: Desk) -> None:
    session = desk.saved()
    link = link_of(desk.post(f"{session}/share", {"answer": "checked"}))
    seen = [keeper_of(desk, link)]
    assert keeper_of(desk, link) == seen[0]
    desk.post(f"{session}/move", {"day": "2026-12-01", "time": "14:30", "answer": "checked"})
    seen.append(keeper_of(desk, link))
    desk.get("/settings")
    desk.post("/settings", {"rain": "If it rains I telephone."})
    seen.append(keeper_of(desk, link))
    desk.post("/settings", {"rain": "If it rains I telephone.", "distances": "miles"})
    seen.append(keeper_of(desk, link))
    desk.post(f"{session}/cancel")
    seen.append(keeper_of(desk, link))
    assert len(set(seen)) == len(seen)


def test_a_dead_link_tells_the_browser_to_drop_its_copies_and_a_living_one_does_not(
    desk: Desk,
) -> None:
    link = desk.shared()
    public = desk.app.test_client()
    assert public.get("/w/unknown").headers["Clear-Site-Data"] == '"cache"'
    assert "Clear-Site-Data" not in public.get(link).headers
    removed = public.get(f"{link}/removed")
    assert (removed.status_code, removed.data) == (204, b"")
    assert removed.headers["Clear-Site-Data"] == '"cache"'
    assert removed.headers["Cache-Control"] == "no-store"


def test_a_fault_below_a_link_does_not_blame_the_link(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = desk.shared()

    def broken(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("walktalk.web.client.views.links.open_link", broken)
    desk.app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = desk.app.test_client().get(link)
    assert answer.status_code == 500
    assert "Something went wrong here, not with your link" in answer.text
    assert "does not open a walk" not in answer.text
    assert "Clear-Site-Data" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.browser
def test_a_walk_moved_on_its_day_is_moved_on_the_sheet_and_in_the_calendar_without_a_signal(
    visit: Visit,
) -> None:
    desk, link = shared_link(visit)
    phone = visit.phone_with(link)
    move(desk)
    phone.goto(link)
    keeps(phone, f"{link}/print", "14:30")
    with no_signal(phone):
        assert "SEQUENCE:1" in phone.evaluate(TEXT, f"{link}/walk.ics")
        phone.goto(f"{link}/print")
        expect(phone.locator(".lead")).to_contain_text("14:30")
        expect(phone.get_by_text("You have no signal.")).to_be_visible()


@pytest.mark.browser
def test_a_walk_called_off_can_be_taken_out_of_the_calendar_without_a_signal(
    visit: Visit,
) -> None:
    desk, link = shared_link(visit)
    phone = visit.phone_with(link)
    call_off(desk)
    expect(desk.get_by_text("called off").first).to_be_visible()
    phone.goto(link)
    keeps(phone, f"{link}/walk.ics", "METHOD:CANCEL")
    with no_signal(phone):
        assert "STATUS:CANCELLED" in phone.evaluate(TEXT, f"{link}/walk.ics")


@pytest.mark.browser
def test_going_back_shows_the_walk_as_it_is_now(visit: Visit) -> None:
    desk, link = shared_link(visit)
    phone = visit.phone_with(link)
    phone.goto(f"{link}/print")
    move(desk)
    phone.go_back()
    expect(phone.locator("#when")).to_contain_text("14:30")
    expect(phone.locator("#changed-note")).to_be_visible()


@pytest.mark.browser
def test_going_back_to_a_page_that_nothing_keeps_shows_the_walk_as_it_is_now(
    visit: Visit,
) -> None:
    desk, link = shared_link(visit)
    phone = visit.open(service_workers="block")
    phone.goto(link)
    phone.goto(f"{link}/print")
    move(desk)
    phone.go_back()
    expect(phone.locator("#when")).to_contain_text("14:30")


@pytest.mark.browser
@pytest.mark.parametrize("event", ["pageshow", "visibilitychange"])
def test_a_page_shown_again_as_it_was_left_becomes_the_one_of_now(visit: Visit, event: str) -> None:
    desk, link = shared_link(visit)
    phone = visit.phone_with(link)
    move(desk)
    shown = {
        "pageshow": "window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))",
        "visibilitychange": "document.dispatchEvent(new Event('visibilitychange'))",
    }
    phone.evaluate(shown[event])
    expect(phone.locator("#when")).to_contain_text("14:30")


@pytest.mark.browser
def test_going_back_after_the_link_was_taken_back_opens_nothing(visit: Visit) -> None:
    desk, link = shared_link(visit)
    phone = visit.phone_with(link)
    phone.goto(f"{link}/print")
    take_back(desk)
    phone.goto(link)
    expect(phone.get_by_text("This link does not open a walk")).to_be_visible()
    with no_signal(phone), pytest.raises(Exception, match="ERR_"):
        phone.go_back()


@pytest.mark.browser
def test_going_back_after_it_was_removed_from_the_phone_shows_nothing_without_a_signal(
    visit: Visit,
) -> None:
    link = visit.link
    phone = visit.phone_with(link)
    with phone.expect_response("**/removed"):
        phone.get_by_role("button", name="Remove from this phone").click()
    expect(phone.get_by_text("It is removed.")).to_be_focused()
    phone.goto("about:blank")
    with no_signal(phone), pytest.raises(Exception, match="ERR_"):
        phone.go_back()


@pytest.mark.browser
@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_server_out_of_order_leaves_the_kept_walk_and_does_not_speak_of_no_signal(
    visit: Visit, status: int
) -> None:
    link = visit.link
    phone = visit.phone_with(link)
    with out_of_order(visit, status):
        phone.goto(link)
        expect(phone.get_by_role("heading", name="Our walk")).to_be_visible()
        expect(phone.get_by_text("The newest page cannot be loaded")).to_be_visible()
        expect(phone.get_by_text("You have no signal.")).to_be_hidden()
    phone.goto(link)
    expect(phone.locator("#saved-note")).to_be_hidden()


def see_once(phone: Page) -> None:
    """Wait until the phone has noted what its page says."""
    phone.wait_for_function("caches.match(location.pathname + '/seen').then(Boolean)")


@pytest.mark.browser
def test_changed_words_show_beside_what_they_were(visit: Visit) -> None:
    desk, link = shared_link(visit)
    phone = visit.phone_with(link)
    see_once(phone)
    desk.goto("/settings")
    late = desk.get_by_label("If one of you is late")
    before = late.input_value()
    late.fill("I wait for ten minutes.")
    desk.get_by_label("How to recognise you").fill("I carry a red bag.")
    desk.get_by_role("button", name="Save these settings").click()
    expect(desk.get_by_text("Your settings are saved")).to_be_visible()
    phone.goto(link)
    changes = phone.locator("#changes p")
    expect(changes).to_have_text(
        [
            "Before: nothing about this",
            "Now: I carry a red bag.",
            f"Before: {before}",
            "Now: I wait for ten minutes.",
        ]
    )
    expect(phone.locator("#calendar-note")).to_be_hidden()
    phone.get_by_role("button", name="I have seen it").click()
    expect(phone.get_by_role("heading", name="Our walk")).to_be_focused()


@pytest.mark.browser
def test_a_walk_moved_brings_its_new_time_for_the_calendar(visit: Visit) -> None:
    desk, link = shared_link(visit)
    phone = visit.phone_with(link)
    see_once(phone)
    move(desk)
    phone.goto(link)
    note = phone.locator("#calendar-note")
    expect(note).to_contain_text("The old time is still there.")
    address = note.get_by_role("link", name="Add the new time").get_attribute("href")
    assert "SEQUENCE:1" in phone.evaluate(TEXT, address)
