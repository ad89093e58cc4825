"""The walk saved as one file says what its page says, and needs nobody."""

import re
from base64 import b64decode
from datetime import UTC, datetime
from pathlib import Path

import gpxpy
import pytest
from lxml import html
from playwright.sync_api import Browser, expect

from tests.maps.readers import garmin_messages
from tests.web.browsing import PHONE
from tests.web.desk import Desk, make_app
from tests.web.test_accessibility import violations
from tests.web.test_photographs import send, shared
from walktalk.web.client.downloads import FILES

MOST_BYTES = 400_000
OF_THE_PAGE_ONLY = ("saved-note", "changed-note", "kept")
"""Parts for a page that a server sends: what it was before, and what its phone keeps."""
OF_ONE_ONLY = ("One page to print", "Saved on Monday 23 November, 09:00;", "This walk is over")


def saved_file(desk: Desk, session: str) -> str:
    answer = desk.post(f"{session}/file", {"answer": "checked"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="walk-2026-12-01.html"'
    return answer.text


def said(page: str) -> list[str]:
    """Return every text of a page, the names of its pictures included, in their order."""
    tree = html.fromstring(page)
    for part in list(tree.iter("script", "style")):
        part.drop_tree()
    for name in OF_THE_PAGE_ONLY:
        for part in tree.xpath(f"//*[@id='{name}']"):
            part.drop_tree()
    for link in tree.xpath("//a[contains(@href, 'walk.tcx') or contains(@href, '-times.gpx')]"):
        link.getparent().drop_tree()
    texts = tree.xpath("//body//text() | //body//@alt | //body//@aria-label")
    squeezed = (re.sub(r"\s+", " ", str(text)).strip() for text in texts)
    return [text for text in squeezed if text and not text.startswith(OF_ONE_ONLY)]


@pytest.mark.parametrize("state", ["as planned", "with photographs", "called off"])
@pytest.mark.slow
def test_the_file_says_word_by_word_what_the_page_says(desk: Desk, state: str) -> None:
    desk.get("/settings")
    desk.post("/settings", {"recognise": "I carry a red bag.", "reach": "Call 01632 960000."})
    session = desk.saved()
    if state == "with photographs":
        send(desk, session)
    link = shared(desk, session)
    if state == "called off":
        desk.post(f"{session}/cancel")
    page = desk.app.test_client().get(link).text
    file = saved_file(desk, session)
    assert said(file) == said(page)
    assert file.count("data:image/webp;base64,") == (state == "with photographs")


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        ("out-and-back", ("the turning point", ">Turn", " back</text>")),
        ("laps", ("Another lap: lap 2 of", "2: walk the same way", " lap 2")),
    ],
)
@pytest.mark.slow
def test_page_file_and_sheet_name_the_turning_point_and_the_laps(
    desk: Desk, shape: str, told: tuple[str, ...]
) -> None:
    session = desk.saved(shape=shape)
    link = shared(desk, session)
    public = desk.app.test_client()
    for page in (public.get(link), public.get(f"{link}/print"), saved_file(desk, session)):
        text = page if isinstance(page, str) else page.text
        for words in told:
            assert words in text


def test_the_file_holds_the_files_for_a_watch_and_asks_nothing_of_anybody(desk: Desk) -> None:
    session = desk.saved()
    link = shared(desk, session)
    file = saved_file(desk, session)
    assert len(file.encode()) <= MOST_BYTES
    tree = html.fromstring(file)
    inside = {
        each.get("download"): b64decode(each.get("href").partition(",")[2])
        for each in tree.iter("a")
        if each.get("href").startswith("data:")
    }
    assert len(inside) == len(set(FILES) - {"walk.tcx", "walk-times.gpx"})
    public = desk.app.test_client()
    assert inside["walk-2026-12-01.gpx"] == public.get(f"{link}/walk.gpx").data
    assert gpxpy.parse(inside["walk-2026-12-01.gpx"].decode()).tracks
    assert garmin_messages(inside["walk-2026-12-01.fit"])["course_point_mesgs"]
    assert not tree.xpath("//script/@src | //link/@href | //img[not(starts-with(@src, 'data:'))]")
    assert "/w/" not in "".join(tree.xpath("//@href | //@src | //@data-here | //@data-scripts"))
    assert not re.search("walktalk|counsel|therap", file, re.IGNORECASE)


def test_it_says_when_it_was_saved_and_what_replaces_it(desk: Desk) -> None:
    file = saved_file(desk, desk.saved())
    assert "Saved on Monday 23 November, 09:00; a later message from me replaces it." in file
    assert "Tuesday 1 December, 10:00 to 10:50" in file


def test_before_it_is_saved_the_page_says_that_it_cannot_be_taken_back(tmp_path: Path) -> None:
    desk = Desk(make_app(tmp_path, base_url="http://127.0.0.1:8000"))
    desk.sign_up()
    session = desk.saved(needs="step-free")
    warning = "A sent file cannot be changed or taken back."
    assert warning in desk.get(session).text
    assert warning in desk.post(f"{session}/file").text


@pytest.mark.browser
def test_it_opens_from_disk_without_a_network_until_the_walk_is_over(
    desk: Desk, browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "walk.html"
    path.write_text(saved_file(desk, desk.saved()), "utf-8")
    asked: list[str] = []
    for day, is_over in ((1, False), (2, True)):
        context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
        context.on("request", lambda request: asked.append(request.url))
        context.set_offline(True)
        page = context.new_page()
        page.clock.set_fixed_time(datetime(2026, 12, day, 9, tzinfo=UTC))
        page.goto(path.as_uri())
        if is_over:
            expect(page.locator("main")).to_have_text("This walk is over")
        else:
            expect(page.locator(".walk-map path.walk-line")).to_be_visible()
            assert violations(page) == []
        context.close()
    assert {url for url in asked if not url.startswith("data:")} == {path.as_uri()}
