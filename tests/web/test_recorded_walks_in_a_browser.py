"""A counsellor adds a recorded walk in a real browser, looks at it, and plans a session on it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.routes import recorded as files
from tests.web.browsing import (
    DESKTOP,
    PHONE,
    Visit,
    in_a_week,
    scrolls_sideways,
    share,
)
from tests.web.test_accessibility import LEAST_TARGET_PX, violations
from tests.web.test_recordings import LINE, NAME

pytestmark = pytest.mark.browser

FAR = [(lon + 0.002, lat + 0.002) for lon, lat in LINE]
NORTH = [(LINE[149][0], LINE[149][1] + 0.00001 * step) for step in range(1, 200)]
"""Where no path is recorded: over the golf course."""
HALF_ON_THE_GRASS = [*LINE[:150], *NORTH]


def gpx(*lines: list[tuple[float, float]]) -> FilePayload:
    return {
        "name": "walk.gpx",
        "mimeType": "application/gpx+xml",
        "buffer": files.as_gpx(*lines),
    }


def fill(desk: Page, file: FilePayload) -> None:
    """Fill the form; the file comes by the browser's own file chooser."""
    desk.goto("/routes")
    desk.get_by_label("Which park is it in?").select_option("pittville-park")
    desk.get_by_label("What do you call it?").fill(NAME)
    choose(desk, file)


def choose(desk: Page, file: FilePayload) -> None:
    with desk.expect_file_chooser() as chooser:
        desk.get_by_label("The recording").click()
    chooser.value.set_files(file)


def read(desk: Page, file: FilePayload) -> None:
    fill(desk, file)
    desk.get_by_role("button", name="Read the file").click()


def keep(desk: Page, file: FilePayload) -> None:
    read(desk, file)
    desk.get_by_role("button", name="Add it to my library").click()
    expect(desk.get_by_text("The walk is in your library.")).to_be_visible()


def own_walk(desk: Page, name: str = NAME) -> str:
    """Return the text of the one own walk's entry in the list."""
    entry = desk.get_by_role("listitem").filter(has=desk.get_by_text(name, exact=True))
    return entry.inner_text()


@contextmanager
def signed_in(visit: Visit, size: tuple[int, int] = PHONE, **options: Any) -> Iterator[Page]:
    desk = visit.at_desk(size, **options)
    yield desk
    assert scrolls_sideways(desk) == []


def test_a_recording_is_chosen_looked_at_and_kept(visit: Visit) -> None:
    with signed_in(visit) as desk:
        read(desk, gpx(HALF_ON_THE_GRASS))
        expect(desk.get_by_role("heading", level=1)).to_have_text("Check the walk")
        drawing = desk.get_by_role("img", name="The recorded walk over the paths of Pittville Park")
        expect(drawing).to_be_visible()
        expect(desk.get_by_text("lie on no recorded path").first).to_be_visible()
        off = drawing.locator(".sketch-off")
        dashes = "each => getComputedStyle(each).strokeDasharray"
        assert off.evaluate(dashes) != drawing.locator(".sketch-walk").evaluate(dashes) == "none"
        assert scrolls_sideways(desk) == []
        desk.get_by_role("button", name="Add it to my library").click()
        expect(desk.get_by_text("The walk is in your library.")).to_be_visible()
        assert "of it lies on recorded paths" in own_walk(desk)


def test_of_several_tracks_one_is_chosen(visit: Visit) -> None:
    with signed_in(visit) as desk:
        read(desk, gpx(FAR, LINE))
        expect(desk.locator("#errors")).to_be_focused()
        assert scrolls_sideways(desk) == []
        expect(desk.get_by_label("What do you call it?")).to_have_value(NAME)
        desk.get_by_role("link", name="The file holds several tracks. Choose one.").click()
        desk.get_by_label("Which track of the file?").select_option("2")
        choose(desk, gpx(FAR, LINE))
        desk.get_by_role("button", name="Read the file").click()
        expect(desk.get_by_text("All of it lies on recorded paths.")).to_be_visible()


def test_a_walk_is_renamed_deleted_and_put_back(visit: Visit) -> None:
    with signed_in(visit) as desk:
        keep(desk, gpx(LINE))
        desk.locator("summary", has_text="Change the name").click()
        desk.get_by_label("Name", exact=True).fill("By the water")
        desk.get_by_role("button", name="Change the name").click()
        expect(desk.get_by_text("The name is changed.")).to_be_visible()
        desk.get_by_role("button", name="Delete By the water").click()
        expect(desk.get_by_text("You can put it back below.")).to_be_visible()
        expect(
            desk.get_by_role("link", name=re.compile("Use this route ?: By the water"))
        ).to_have_count(0)
        desk.get_by_role("button", name=re.compile("Put it back ?: By the water")).click()
        expect(desk.get_by_text("The walk is back in your library.")).to_be_visible()
        expect(
            desk.get_by_role("link", name=re.compile("Use this route ?: By the water"))
        ).to_be_visible()


@pytest.mark.parametrize("line", [LINE, HALF_ON_THE_GRASS], ids=["on the paths", "its own line"])
def test_a_session_on_it_reaches_a_phone_without_its_name(
    visit: Visit, line: list[tuple[float, float]]
) -> None:
    with signed_in(visit) as desk:
        keep(desk, gpx(line))
        desk.get_by_role("link", name=re.compile(f"Use this route ?: {NAME}")).click()
        desk.get_by_label("Which day?").fill(in_a_week().isoformat())
        desk.get_by_role("button", name="Find walks").click()
        expect(desk.get_by_text(NAME).first).to_be_visible()
        desk.get_by_role("button", name="Save this walk").click()
        desk.wait_for_url("**/sessions/*")
        phone = visit.phone_with(share(desk))
        expect(phone.get_by_role("heading", level=1)).to_be_visible()
        assert NAME not in phone.content()
        assert scrolls_sideways(phone) == []


def test_it_is_done_with_the_keyboard_alone(visit: Visit) -> None:
    with signed_in(visit, DESKTOP) as desk:
        desk.goto("/routes")
        press_to(desk, "area")
        desk.keyboard.type("Pittville")
        expect(desk.get_by_label("Which park is it in?")).to_have_value("pittville-park")
        press_to(desk, "name")
        desk.keyboard.type(NAME)
        with desk.expect_file_chooser() as chooser:
            press_to(desk, "file")
            desk.keyboard.press("Space")
        chooser.value.set_files(gpx(LINE))
        desk.keyboard.press("Tab")
        focused(desk, "Read the file")
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("heading", level=1)).to_have_text("Check the walk")
        press_until(desk, lambda: is_focused_on(desk, "Add it to my library"))
        ring = desk.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert ring == "3px"
        desk.keyboard.press("Enter")
        expect(desk.get_by_text("The walk is in your library.")).to_be_visible()
        press_until(desk, lambda: is_focused_on(desk, f"Delete {NAME}"))
        desk.keyboard.press("Enter")
        expect(desk.get_by_text("You can put it back below.")).to_be_visible()


def test_no_state_of_the_pages_has_an_accessibility_fault(visit: Visit) -> None:
    with signed_in(visit) as desk:
        for file in (gpx(LINE), gpx(HALF_ON_THE_GRASS)):
            read(desk, file)
            assert violations(desk) == []
            assert all_large_enough(desk)
        read(desk, gpx(LINE, FAR))
        assert violations(desk) == []
        read(desk, {"name": "walk.gpx", "mimeType": "text/xml", "buffer": b"<gpx><trk>"})
        expect(desk.locator("#errors")).to_be_focused()
        assert violations(desk) == []
        keep(desk, gpx(LINE))
        desk.locator("summary", has_text="Change the name").click()
        assert violations(desk) == []
        assert all_large_enough(desk)
        desk.get_by_role("button", name=f"Delete {NAME}").click()
        expect(
            desk.get_by_role("button", name=re.compile(f"Put it back ?: {NAME}"))
        ).to_be_visible()
        assert violations(desk) == []
        assert all_large_enough(desk)
        desk.get_by_role("link", name=re.compile(f"Erase it for good ?: {NAME}")).click()
        expect(desk.get_by_role("button", name="Erase for good")).to_be_visible()
        assert violations(desk) == []
        assert all_large_enough(desk)


def all_large_enough(page: Page) -> bool:
    boxes = [button.bounding_box() for button in page.locator(".button:visible").all()]
    return all(box is not None and box["height"] >= LEAST_TARGET_PX for box in boxes)


def press_until(desk: Page, is_there: Callable[[], bool]) -> None:
    for _ in range(300):  # more stops than the page has
        if is_there():
            return
        desk.keyboard.press("Tab")
    raise AssertionError("the keyboard does not reach it")


def press_to(desk: Page, element_id: str) -> None:
    press_until(desk, lambda: desk.evaluate("document.activeElement.id") == element_id)


def is_focused_on(desk: Page, words: str) -> bool:
    found: str = desk.evaluate("document.activeElement.textContent")
    return " ".join(found.split()) == words


def focused(desk: Page, words: str) -> None:
    assert is_focused_on(desk, words)
