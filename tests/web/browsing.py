"""A real browser before a real server; every request is written down."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, expect

from tests.web.desk import PASSWORD, SignedUp, make_app, setup_token
from walktalk.routes.clock import LONDON
from walktalk.web.server import service_for

PHONE, SMALL_PHONE, DESKTOP = (390, 844), (360, 740), (1280, 900)
_IS_TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@dataclass
class Served:
    """The application at an address of this machine."""

    app: Flask
    url: str


@contextmanager
def served(home: Path, **more: Any) -> Iterator[Served]:
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    app = make_app(home, now=datetime.now(UTC), **{"base_url": url} | more)
    service = service_for(app, sockets=(listener,), threads=4)
    running = threading.Thread(target=service.run, daemon=True)
    running.start()
    try:
        yield Served(app, url)
    finally:
        service.stop()
        running.join()


@dataclass(frozen=True)
class Shared:
    """A walk that was shared in a home before a test began with a copy of that home.

    Attributes:
        signed_up: the home, and the cookie of the counsellor who shared it.
        session: the path of the session's page.
        link: the path that the link opens.
    """

    signed_up: SignedUp
    session: str
    link: str


@dataclass
class Visit:
    """One person's browser, with what it asked for; ``shared`` is what the server began with."""

    browser: Browser
    served: Served
    shared: Shared | None = None
    requests: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, size: tuple[int, int] = DESKTOP, script: bool = True, **options: Any) -> Page:
        """Return a page of a browser that has never been here."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=script,
            has_touch=size[0] < DESKTOP[0],
            base_url=self.served.url,
            locale="en-GB",
            timezone_id="Europe/London",
            **options,
        )
        context.on("request", self._note)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", _fail)
        return page

    def sign_up(self, page: Page) -> None:
        page.goto(f"/setup/{setup_token(self.served.app)}")
        page.get_by_label("Your name for signing in").fill("ann")
        page.get_by_label("New password").fill(PASSWORD)
        page.get_by_label("The same password again").fill(PASSWORD)
        page.get_by_role("button", name="Set up").click()
        page.wait_for_url("**/")

    @property
    def link(self) -> str:
        """Address that opens the walk that is shared."""
        assert self.shared is not None
        return self.served.url + self.shared.link

    def at_desk(self, size: tuple[int, int] = DESKTOP, **options: Any) -> Page:
        """Return a page in which the counsellor is signed in, without the form."""
        assert self.shared is not None
        page = self.open(size, **options)
        cookie = self.shared.signed_up.cookie
        page.context.add_cookies([{"name": "session", "value": cookie, "url": self.served.url}])
        return page

    def elsewhere(self) -> list[str]:
        """Return the addresses asked for that are not this server's."""
        ours = urlsplit(self.served.url).netloc
        return [
            address
            for address in self.requests
            if urlsplit(address).scheme not in ("data", "blob") and urlsplit(address).netloc != ours
        ]

    def phone_with(self, link: str, **options: Any) -> Page:
        """Return a phone that has opened a link, has kept it and has shown its map."""
        page = self.open(PHONE, **options)
        page.goto(link)
        page.get_by_role("button", name="Remove from this phone").wait_for()
        walk_on_map(page)
        return page

    @contextmanager
    def alone(self) -> Iterator[Self]:
        """Close every page at the end; nothing may have been asked of another server."""
        yield self
        self.close()
        assert self.elsewhere() == []

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def _note(self, request: Request) -> None:
        self.requests.append(request.url)


def _fail(error: Exception) -> None:
    raise AssertionError(f"a script failed: {error}")


def in_a_week() -> date:
    """Return the day of the walks: to come, whenever the tests run."""
    return datetime.now(LONDON).date() + timedelta(days=7)


def plan_and_save(page: Page, need: str = "") -> None:
    """Fill the planning form as it stands, and save the first walk."""
    page.goto("/plan")
    if page.get_by_label("Where do you meet?").count():
        page.get_by_label("Where do you meet?").select_option("pittville-park/boat-house")
    page.get_by_label("Which day?").fill(in_a_week().isoformat())
    if need:
        unfold(page)
        page.get_by_label(need).check()
    page.get_by_role("button", name="Find walks").click()
    page.get_by_role("button", name="Save this walk").first.click()
    page.wait_for_url("**/sessions/*")


def share(page: Page) -> str:
    """Share the session that is open; return the link."""
    page.get_by_role("button", name="Make a link").click()
    page.wait_for_load_state()
    if page.get_by_label("We have both agreed").count():
        page.get_by_label("We have both agreed").check()
        page.get_by_role("button", name="Make a link").click()
    message = page.get_by_label("Message to send").input_value()
    return message.splitlines()[-1]


def call_off(desk: Page) -> None:
    """Call off the session that is open at the desk."""
    desk.get_by_text("Call the walk off").click()
    desk.get_by_role("button", name="Call it off").click()


def take_back(desk: Page) -> None:
    """Take back the link of the session that is open at the desk."""
    unfold(desk)
    desk.get_by_role("button", name="Take it back").click()


def walk_on_map(page: Page) -> Locator:
    """Go to the map of a walk's page and return the walk drawn on it."""
    page.locator(".map").scroll_into_view_if_needed()
    line = page.locator(".walk-map path.walk-line")
    expect(line).to_be_visible()
    return line


def unfold(page: Page) -> None:
    """Open every part of a page that is folded away."""
    page.wait_for_load_state()
    folded = page.locator("details:not([open]) > summary:visible")
    while folded.count():
        folded.first.click()


def scrolls_sideways(page: Page) -> list[tuple[int, int]]:
    """Return the windows that are too narrow for a page; its own window stays as it was."""
    page.wait_for_load_state()
    before = page.viewport_size
    assert before is not None
    narrow = []
    for size in (SMALL_PHONE, PHONE, DESKTOP):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        if page.evaluate(_IS_TOO_WIDE):
            narrow.append(size)
    page.set_viewport_size(before)
    return narrow


def shared_link(visit: Visit) -> tuple[Page, str]:
    """Return the counsellor's page of the walk that is shared, and the link."""
    assert visit.shared is not None
    desk = visit.at_desk()
    desk.goto(visit.shared.session)
    return desk, visit.link


@contextmanager
def no_signal(page: Page) -> Iterator[None]:
    """Switch a phone's network off."""
    page.context.set_offline(True)
    try:
        yield
    finally:
        page.context.set_offline(False)
