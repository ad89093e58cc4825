"""Measures the page that a link opens, beside stock folium's page of the same route.

Run it with ``python -m bench.page [RUNS]``; ``RUNS`` is how often Lighthouse judges each page, 3
unless said otherwise. It prints requests and compressed bytes as Chromium counts them on the wire,
and what Lighthouse says where npx is there. It asserts nothing.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import gpxpy
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from rich.console import Console
from rich.table import Table

from bench.lighthouse import LIGHTHOUSE, Verdict, judge
from bench.stock_page import AS_WRITTEN, stock_page, stock_served
from tests.chromium import chromium
from tests.web.browsing import PHONE, Visit, plan_and_save, served, share
from walktalk.parks import LonLat

_KB = 1000
_MS_A_SECOND = 1000
_RUNS = 3
_QUIET_MS = 1500
"""Enough for a page that is here already to load what it loads by itself."""
_HOW = (
    "Counted in the same run by the same Chromium, 390 pixels wide, nothing kept from before. Ours "
    "as its server sends it. folium's page with all of its files from one local host, the same "
    "versions, in brotli; its requests to other hosts from the page as folium writes it."
)


@dataclass(frozen=True)
class Weight:
    """What a page cost to open, with its map in sight, its tiles left out.

    Attributes:
        requests: how many, tiles left out.
        tiles: requests for tiles.
        elsewhere: requests to other hosts, tiles left out.
        kilobytes: what came over the wire, compressed, headers included, tiles left out.
        first_kilobytes: the same before anybody scrolled.
        paint_ms: largest contentful paint, not throttled.
        violations: what axe-core finds.
    """

    requests: int
    tiles: int
    elsewhere: int
    kilobytes: float
    first_kilobytes: float
    paint_ms: float
    violations: int


class _Counter:
    """Counts what a page asks for and what comes back."""

    def __init__(self, page: Page, address: str) -> None:
        self._ours = urlsplit(address).netloc
        self._asked: dict[str, str] = {}
        self._bytes: dict[str, float] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._note_request)
        session.on("Network.loadingFinished", self._note_bytes)

    def _note_request(self, event: dict[str, Any]) -> None:
        if urlsplit(event["request"]["url"]).netloc:
            self._asked[event["requestId"]] = event["request"]["url"]

    def _note_bytes(self, event: dict[str, Any]) -> None:
        self._bytes[event["requestId"]] = event["encodedDataLength"]

    @property
    def files(self) -> dict[str, str]:
        """What was asked for that is no tile, by number."""
        return {number: url for number, url in self._asked.items() if "tile" not in url}

    @property
    def tiles(self) -> int:
        """Requests for tiles."""
        return len(self._asked) - len(self.files)

    @property
    def elsewhere(self) -> int:
        """Requests to other hosts."""
        return len([url for url in self.files.values() if urlsplit(url).netloc != self._ours])

    @property
    def kilobytes(self) -> float:
        """What came over the wire."""
        return sum(self._bytes.get(number, 0) for number in self.files) / _KB


def weigh(browser: Browser, address: str) -> Weight:
    """Open an address in a browser that has never been there, go to its map, and count."""
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, service_workers="block"
    )
    page = context.new_page()
    count = _Counter(page, address)
    page.goto(address, wait_until="load")
    page.wait_for_timeout(_QUIET_MS)
    first = count.kilobytes
    paint_ms = _largest_paint_ms(page)
    page.locator(".map, .folium-map").first.scroll_into_view_if_needed()
    page.wait_for_timeout(_QUIET_MS)
    weight = Weight(
        requests=len(count.files),
        tiles=count.tiles,
        elsewhere=count.elsewhere,
        kilobytes=count.kilobytes,
        first_kilobytes=first,
        paint_ms=paint_ms,
        violations=Axe().run(page).violations_count,
    )
    context.close()
    return weight


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else _RUNS
    console = Console()
    with tempfile.TemporaryDirectory() as home, served(Path(home)) as server:
        with chromium() as browser:
            visit = Visit(browser, server)
            desk = visit.open()
            visit.sign_up(desk)
            plan_and_save(desk)
            link = share(desk)
            stock = stock_page(_line(desk.request.get(f"{link}/walk.gpx").text()))
            visit.close()
            with stock_served(stock) as url:
                ours, theirs = weigh(browser, link), weigh(browser, f"{url}/")
                as_written = weigh(browser, f"{url}{AS_WRITTEN}")
        with stock_served(stock) as url:
            verdicts = judge(link, runs), judge(f"{url}/", runs)
    console.print(_weights(ours, theirs, as_written.elsewhere))
    console.print(_verdicts(*verdicts, runs))
    for whose, verdict in zip(("ours", "folium"), verdicts, strict=True):
        if isinstance(verdict, Verdict):
            console.print(f"Below 100, {whose}: {', '.join(verdict.below) or 'nothing'}")
            console.print(f"Not made, {whose}: {', '.join(verdict.failed) or 'nothing'}")
    console.print(_HOW)
    if stock.missing:
        console.print("Not carried by npm, sent empty: " + ", ".join(stock.missing))
    console.print(f"Load of this machine: {os.getloadavg()[0]:.1f} over {os.cpu_count()} cores")


def _weights(ours: Weight, theirs: Weight, elsewhere: int) -> Table:
    title = f"First view of a walk's page and its map, {datetime.now(UTC):%d %B %Y}"
    table = Table("", "goal", "folium", "ours", title=title)
    table.add_row("requests", "<= 7", str(theirs.requests), str(ours.requests))
    table.add_row("requests to other hosts, as written", "0", str(elsewhere), str(ours.elsewhere))
    table.add_row(
        "compressed bytes, map included, no tiles",
        "<= 75 KB",
        f"{theirs.kilobytes:.1f} KB",
        f"{ours.kilobytes:.1f} KB",
    )
    table.add_row(
        "of these before anybody scrolls",
        "",
        f"{theirs.first_kilobytes:.1f} KB",
        f"{ours.first_kilobytes:.1f} KB",
    )
    table.add_row("tiles asked for", "", str(theirs.tiles), str(ours.tiles))
    table.add_row(
        "largest contentful paint, not throttled",
        "",
        f"{theirs.paint_ms:.0f} ms",
        f"{ours.paint_ms:.0f} ms",
    )
    table.add_row("axe-core violations", "0", str(theirs.violations), str(ours.violations))
    return table


def _verdicts(ours: Verdict | str, theirs: Verdict | str, runs: int) -> Table | str:
    if isinstance(ours, str) or isinstance(theirs, str):
        return f"No Lighthouse: {ours if isinstance(ours, str) else theirs}"
    title = f"{LIGHTHOUSE}, mobile, its own throttling, median of {runs}"
    table = Table("", "goal", "folium", "ours", title=title)
    for name, score in ours.scores.items():
        table.add_row(name, "100", f"{theirs.scores[name]:.0f}", f"{score:.0f}")
    table.add_row(
        "largest contentful paint",
        "<= 1.2 s",
        f"{theirs.paint_ms / _MS_A_SECOND:.2f} s",
        f"{ours.paint_ms / _MS_A_SECOND:.2f} s",
    )
    return table


def _line(gpx: str) -> list[LonLat]:
    return [
        (point.longitude, point.latitude)
        for track in gpxpy.parse(gpx).tracks
        for segment in track.segments
        for point in segment.points
    ]


def _largest_paint_ms(page: Page) -> float:
    """Return when the largest thing was painted; what was drawn by then counts."""
    found: float = page.evaluate(
        """() => new Promise((done) => {
            const seen = new PerformanceObserver((l) => done(l.getEntries().at(-1).startTime));
            seen.observe({type: "largest-contentful-paint", buffered: true});
            setTimeout(() => done(NaN), 1000);
        })"""
    )
    return found


if __name__ == "__main__":
    main()
