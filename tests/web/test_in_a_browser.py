from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.web.browsing import (
    DESKTOP,
    PHONE,
    Visit,
    in_a_week,
    plan_and_save,
    scrolls_sideways,
    share,
    shared_link,
    unfold,
    walk_on_map,
)

pytestmark = pytest.mark.browser

LOW_PHONE = (390, 500)
"""So low that the map is not in sight at first."""

PAGES = (
    "/",
    "/plan",
    "/diary",
    "/diary/past",
    "/routes",
    "/areas",
    "/areas/pittville-park",
    "/account",
    "/settings",
)


def test_a_walk_is_planned_shared_opened_on_a_phone_and_its_file_downloaded(
    first_visit: Visit,
) -> None:
    desk = first_visit.open(DESKTOP)
    first_visit.sign_up(desk)
    plan_and_save(desk)
    link = share(desk)
    phone = first_visit.open(PHONE)
    phone.goto(link)
    expect(phone).to_have_title("A walk")
    box = walk_on_map(phone).bounding_box()
    assert box is not None
    assert box["height"] > 50
    unfold(phone)
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Any walking app").click()
    assert download.value.suggested_filename == f"walk-{in_a_week()}.gpx"
    assert "<trkpt" in Path(download.value.path()).read_text(encoding="utf-8")


def test_the_map_that_moves_comes_when_it_is_in_sight_and_pushes_nothing(visit: Visit) -> None:
    link = visit.link
    phone = visit.open(LOW_PHONE, service_workers="block")
    asked = len(visit.requests)
    phone.goto(link, wait_until="networkidle")
    assert not any("leaflet" in address for address in visit.requests[asked:])
    drawing = phone.locator(".map > .sketch")
    expect(drawing).to_be_visible()
    before = phone.locator(".map").bounding_box()
    walk_on_map(phone)
    expect(drawing).to_be_hidden()
    after = phone.locator(".map").bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] == pytest.approx(before["height"], abs=1)


def test_the_walks_to_choose_from_are_drawn_together_with_different_dashes(visit: Visit) -> None:
    desk = visit.at_desk()
    desk.goto("/plan")
    desk.get_by_label("Where do you meet?").select_option("pittville-park/lake-east-end")
    desk.get_by_role("button", name="Find walks").click()
    lines = desk.locator(".walk-map path.walk-line")
    expect(lines.first).to_be_visible()
    dashes = lines.evaluate_all("all => all.map(each => getComputedStyle(each).strokeDasharray)")
    assert len(dashes) == desk.get_by_role("button", name="Save this walk").count()
    assert len(set(dashes)) == len(dashes)


def test_a_tap_on_the_drawing_sets_the_start(visit: Visit) -> None:
    desk = visit.at_desk(PHONE)
    desk.goto("/plan?from=pittville-park/boat-house")
    drawing = desk.locator("#area-map svg")
    expect(drawing).to_be_visible()
    desk.locator('#area-map [data-place="lake-east-end"]').click()
    expect(desk.get_by_label("Where do you meet?")).to_have_value("pittville-park/lake-east-end")
    drawing.click(position={"x": 120, "y": 120})
    position = desk.get_by_label("Or start somewhere else").input_value()
    lat, lon = (float(part) for part in position.split(","))
    assert 51.90 < lat < 51.92
    assert -2.10 < lon < -2.05


def test_everything_works_without_javascript(visit: Visit) -> None:
    desk = visit.at_desk(PHONE, script=False)
    plan_and_save(desk)
    link = share(desk)
    phone = visit.open(PHONE, script=False)
    phone.goto(link)
    expect(phone.locator("svg.sketch")).to_be_visible()
    unfold(phone)
    expect(phone.get_by_role("link", name="Any walking app")).to_be_visible()
    expect(phone.get_by_text("You are back at the start.")).to_be_visible()


def test_the_page_is_at_most_seven_screens_long_on_a_phone(visit: Visit) -> None:
    link = visit.link
    phone = visit.phone_with(link)
    assert phone.evaluate("document.documentElement.scrollHeight") <= 7 * PHONE[1]


def test_no_page_scrolls_sideways_also_with_text_twice_as_large(visit: Visit) -> None:
    desk, link = shared_link(visit)
    session = desk.url
    for address in (*PAGES, session, link, "/w/unknown"):
        desk.goto(address)
        for scale in ("", "225%"):
            desk.evaluate("scale => document.documentElement.style.fontSize = scale", scale)
            assert scrolls_sideways(desk) == [], (address, scale)


def test_a_walk_is_planned_with_the_keyboard_alone(visit: Visit) -> None:
    desk = visit.at_desk()
    desk.goto("/plan")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Go to the content")).to_be_focused()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    expect(desk.get_by_label("Which park?")).to_be_focused()
    desk.keyboard.press("Tab")
    expect(desk.get_by_label("Where do you meet?")).to_be_focused()
    ring = desk.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert ring == "3px"
    desk.keyboard.press("ArrowDown")
    desk.get_by_label("How long is the session?").focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("fit")


def test_what_is_wrong_is_read_out_first_and_leads_to_its_field(visit: Visit) -> None:
    desk = visit.at_desk(PHONE)
    desk.goto("/plan")
    desk.get_by_label("How long is the session?").fill("500")
    desk.get_by_role("button", name="Find walks").click()
    expect(desk.locator("#errors")).to_be_focused()
    desk.get_by_role("link", name="A session can take from 20 to 120 minutes.").click()
    expect(desk.get_by_label("How long is the session?")).to_have_value("500")


def test_message_and_link_are_copied_with_one_tap(visit: Visit) -> None:
    desk, link = shared_link(visit)
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.get_by_text("The message and the link").click()
    for button, lines in (("Copy the message", 2), ("Copy the link", 1)):
        desk.get_by_role("button", name=button).click()
        expect(desk.get_by_text("Copied.")).to_be_visible()
        copied = desk.evaluate("navigator.clipboard.readText()").splitlines()
        assert (len(copied), copied[-1]) == (lines, link)
