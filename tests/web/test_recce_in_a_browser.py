"""Somebody walks round a lake with a phone, without a signal, and says what is there."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

from tests import photographs as made
from tests.web.browsing import PHONE, Served, Visit, no_signal, scrolls_sideways
from tests.web.desk import PASSWORD, state_of
from tests.web.test_accessibility import violations
from walktalk.parks.joined import walked_line
from walktalk.parks.line import Line
from walktalk.parks.observed import with_observations
from walktalk.sessions import observations, photographs

pytestmark = pytest.mark.browser

AREA, LOOP = "pittville-park", "lower-lake-loop"
PAGE = f"/on-foot/{AREA}"
ADDRESSES = ("token", "entries", "photographs")
"""What the page asks the server for when it sends, in this order."""
MOST_TAPS = 25
MOST_BYTES = 6000
OFF_DEG = 0.00004  # some 4 m, as a phone in the open is off
STEP_M = 25.0
SEEN = {"steps", "firm", "mud", "two_abreast", "narrowed_by_plants", "barriers", "crosses_road"} | {
    "seats",
    "dogs",
    "crowds",
    "overheard",
}
"""What can be seen in daylight on every path of the walk; lamps need the dark."""
ANSWERS = {
    **{"steps": "No", "firm": "Yes", "mud": "No", "two": "Yes", "plants": "No"},
    **{"barriers": "No", "roads": "No", "seats": "Yes", "dogs": "None or few"},
    **{"crowds": "Quiet", "overheard": "Hardly anywhere"},
}


class Thumb:
    """Taps, and counts."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.tap()


def fixes(served: Served) -> list[tuple[float, float]]:
    """Return where a phone would say that it is, all the way round."""
    area = state_of(served.app).land.recorded[AREA]
    line = Line.of(walked_line(area.paths, area.routes[LOOP].path_ids)[0])
    points = line.points_at(line.evenly_m(STEP_M))
    return [
        (round(lon + OFF_DEG * (number % 3 - 1), 7), round(lat + OFF_DEG * (number % 2 - 0.5), 7))
        for number, (lon, lat) in enumerate(points)
    ]


def walk(page: Page, positions: list[tuple[float, float]], error_m: float = 8) -> None:
    for lon, lat in positions:
        page.context.set_geolocation({"longitude": lon, "latitude": lat, "accuracy": error_m})
        expect(page.locator("body")).to_have_attribute("data-lon", str(lon))


def opened(page: Page) -> None:
    """Open the page, and note each position that the phone gives it."""
    page.goto(PAGE)
    page.wait_for_load_state()
    page.evaluate(
        "navigator.geolocation.watchPosition("
        "({coords}) => { document.body.dataset.lon = coords.longitude; })"
    )


def cut(page: Page) -> Iterator[None]:
    """Cut the network at every request in turn: each step is one attempt to send."""

    def before(route: Route) -> None:
        route.abort()

    def after(route: Route) -> None:
        route.fetch()
        route.abort()

    requests = [(address, how) for address in ADDRESSES for how in (before, after)]
    for address, how in requests:
        page.context.route(f"**/on-foot/{address}", how)
        yield
        page.context.unroute(f"**/on-foot/{address}")


def test_a_lake_is_walked_and_checked_without_a_signal_and_nothing_is_lost_or_doubled(
    visit: Visit,
) -> None:
    served, thumb = visit.served, Thumb()
    page = visit.at_desk(PHONE, permissions=["geolocation"])
    context, sent = page.context, sent_by(page)
    round_the_lake = fixes(served)
    half = len(round_the_lake) // 2
    opened(page)
    expect(page.get_by_text("This page opens without a signal.")).to_be_visible()
    with no_signal(page):
        walk(page, round_the_lake[:1], error_m=300)
        thumb.tap(page.get_by_role("button", name="Where am I"))
        expect(page.locator("#where")).to_contain_text("only sure to 300 m")
        walk(page, round_the_lake[:1])
        expect(page.locator("#where")).to_contain_text("You are on")
        thumb.tap(page.get_by_role("button", name="Start from here"))
        walk(page, round_the_lake[1:half])
        put_down(page, thumb, "Bench")
        waits(page, "1 thing waits on this phone")
        assert scrolls_sideways(page) == []
        page.close()  # as a phone does that needs its memory

        page = context.new_page()
        opened(page)
        waits(page, "1 thing waits on this phone")
        expect(page.get_by_text("This page opens without a signal.")).to_be_visible()
        thumb.tap(page.get_by_role("button", name="Where am I"))
        walk(page, round_the_lake[half:])
        put_down(page, thumb, "Bench")
        answer(page, thumb)
        put_down_with_a_photograph(page)
        waits(page, "4 things wait on this phone")
        context.clear_cookies()  # the sign-in has ended meanwhile
    waits(page, "Sign in, and it is sent.")
    assert kept(served) == []

    once = sent_after_signing_in_again(page, served)
    page.get_by_role("button", name="Send it now").click()
    waits(page, "Nothing waits.")
    assert kept(served) == once

    say_it_is_another_path(page, served)
    expect(page.locator("#not-kept")).to_be_hidden()
    expect(page.locator("#wanted-note")).to_be_hidden()
    assert pictures(served) == 1
    assert thumb.taps <= MOST_TAPS
    assert max(map(len, sent)) <= MOST_BYTES
    assert not any(str(lon).encode() in body for lon, _ in round_the_lake for body in sent)
    assert unknown_m(served) == {}


def sent_by(page: Page) -> list[bytes]:
    """Return what a phone sends to be kept, as it is sent from now on."""
    sent: list[bytes] = []

    def note(request: Request) -> None:
        if request.url.endswith("/on-foot/entries"):
            sent.append(request.post_data_buffer or b"")

    page.context.on("request", note)
    return sent


def waits(page: Page, words: str) -> None:
    expect(page.locator("#waits")).to_contain_text(words)


def put_down(page: Page, thumb: Thumb, what: str) -> None:
    thumb.tap(page.get_by_role("button", name=what, exact=True))
    thumb.tap(page.get_by_role("button", name="Keep it"))


def put_down_with_a_photograph(page: Page) -> None:
    """Put mud down, with a photograph: what that takes is not among the counted taps."""
    page.get_by_role("button", name="Mud", exact=True).tap()
    page.get_by_text("Add a photograph").tap()
    jpeg = made.as_jpeg(made.a_scene())
    page.get_by_label("Of the ground").set_input_files(
        {"name": "mud.jpg", "mimeType": "image/jpeg", "buffer": jpeg}
    )
    page.get_by_label("What is to be seen?").fill("Mud beside the bridge")
    page.get_by_role("button", name="Keep it").tap()
    expect(page.get_by_text("Look for faces and number plates")).to_be_visible()
    page.get_by_label("There are no faces").check()
    page.get_by_role("button", name="Keep it").tap()


def answer(page: Page, thumb: Thumb) -> None:
    """Say of the stretch that was walked all that can be seen there."""
    thumb.tap(page.get_by_role("button", name="All fine from the last point to here"))
    assert scrolls_sideways(page) == []
    assert violations(page) == []
    for question, words in ANSWERS.items():
        thumb.tap(page.locator(f"[data-question={question}]").get_by_text(words, exact=True))
    thumb.tap(page.get_by_role("button", name="Keep what I saw"))


def sent_after_signing_in_again(page: Page, served: Served) -> list[str]:
    """Cut the network at every request; return what is kept once an answer alone was lost."""
    page.get_by_role("link", name="Sign in to send it").click()
    page.get_by_label("Name").fill("ann")
    page.get_by_label("Password").fill(PASSWORD)
    attempts = cut(page)
    next(attempts)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"**{PAGE}")
    for _ in attempts:
        waits(page, "It is sent when there is a signal")
        with page.expect_event("requestfailed"):
            page.get_by_role("button", name="Send it now").click()
    waits(page, "It is sent when there is a signal")
    once = kept(served)
    assert once
    return once


def say_it_is_another_path(page: Page, served: Served) -> None:
    """Stand where paths meet: one tap says that it is another one."""
    area = state_of(served.app).land.recorded[AREA]
    junction = area.paths[area.routes[LOOP].path_ids[0]].coordinates[0]
    page.get_by_role("button", name="Where am I").tap()
    page.context.set_geolocation({"longitude": junction[0], "latitude": junction[1], "accuracy": 8})
    picked = page.locator("#picked")
    before = picked.get_attribute("d") or ""
    page.get_by_role("button", name="It is another path").tap()
    expect(picked).not_to_have_attribute("d", before)


def pictures(served: Served) -> int:
    with state_of(served.app).read.begin() as db:
        return len(photographs.list_of_ground(db, AREA))


def kept(served: Served) -> list[str]:
    with state_of(served.app).read.begin() as db:
        return [f"{each.id} {each.fact}" for each in observations.list_of(db, AREA)]


def unknown_m(served: Served) -> dict[str, float]:
    """Return the metres of the loop of which a fact is still unknown; under one counts as none."""
    state = state_of(served.app)
    with state.read.begin() as db:
        seen = observations.list_of(db, AREA)
    area = with_observations(state.land.recorded[AREA], seen, state.today).area
    walked = [area.paths[each] for each in area.routes[LOOP].path_ids]
    left = {fact: sum(path.length_m for path in walked if fact not in path.facts) for fact in SEEN}
    return {fact: metres for fact, metres in left.items() if metres >= 1}


def test_a_browser_that_keeps_nothing_says_so_and_a_link_shows_what_is_worth_walking(
    visit: Visit,
) -> None:
    page = visit.at_desk(PHONE)
    page.add_init_script("IDBFactory.prototype.open = () => { throw new Error('private'); };")
    area = state_of(visit.served.app).land.recorded[AREA]
    page.goto(f"{PAGE}#{','.join(area.routes[LOOP].path_ids)}")
    expect(page.get_by_text("This browser keeps nothing here")).to_be_visible()
    expect(page.get_by_text("What is worth walking is dotted on the map.")).to_be_visible()
    expect(page.locator("#wanted")).to_have_attribute("d", re.compile("M"))
    page.get_by_text("Choose the path from a list").click()
    page.get_by_label("Path", exact=True).select_option(area.routes[LOOP].path_ids[0])
    page.get_by_role("button", name="At its one end").click()
    page.get_by_role("button", name="Start from here").click()
    page.get_by_role("button", name="At its other end").click()
    expect(page.locator("#stretch")).to_contain_text("since the last point")
    page.get_by_role("button", name="Start anew from here").click()
    expect(page.locator("#stretch")).to_contain_text("Tap once more to leave them.")
    page.get_by_role("button", name="Start anew from here").click()
    expect(page.locator("#stretch")).to_contain_text("0 m since the last point")
