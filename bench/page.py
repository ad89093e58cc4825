"""Measures the page that a link opens.

Run it with ``python -m bench.page``. It prints requests and compressed bytes of the first view, as
Chromium counts them on the wire, and asserts nothing.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page
from rich.console import Console
from rich.table import Table

from tests.chromium import chromium
from tests.web.browsing import PHONE, Visit, served, shared_link

_KB = 1000


@dataclass
class Weight:
    """What a page cost to open."""

    requests: int
    elsewhere: int
    kilobytes: float
    paint_ms: float


def weigh(browser: Browser, address: str) -> Weight:
    """Open an address in a browser that has never been there, and count."""
    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, service_workers="block"
    )
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    hosts: list[str] = []
    sizes: list[float] = []
    session.on(
        "Network.requestWillBeSent",
        lambda e: hosts.append(urlsplit(e["request"]["url"]).netloc),
    )
    session.on("Network.loadingFinished", lambda e: sizes.append(e["encodedDataLength"]))
    page.goto(address, wait_until="load")
    page.wait_for_timeout(500)
    ours = urlsplit(address).netloc
    weight = Weight(
        requests=len([host for host in hosts if host]),
        elsewhere=len([host for host in hosts if host and host != ours]),
        kilobytes=sum(sizes) / _KB,
        paint_ms=_largest_paint_ms(page),
    )
    context.close()
    return weight


def main() -> None:
    """Print the table."""
    with chromium() as browser, tempfile.TemporaryDirectory() as home, served(Path(home)) as server:
        visit = Visit(browser, server)
        _, link = shared_link(visit)
        ours = weigh(browser, link)
        visit.close()
    title = f"First view of a walk's page, {datetime.now(UTC):%d %B %Y}"
    table = Table("", "goal", "measured", title=title)
    table.add_row("requests", "<= 7", str(ours.requests))
    table.add_row("requests to other hosts", "0", str(ours.elsewhere))
    table.add_row("bytes on the wire, map included", "<= 75 KB", f"{ours.kilobytes:.1f} KB")
    table.add_row("largest contentful paint, not throttled", "", f"{ours.paint_ms:.0f} ms")
    Console().print(table)


def _largest_paint_ms(page: Page) -> float:
    found: float = page.evaluate(
        """() => new Promise((done) => {
            new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
              .observe({type: "largest-contentful-paint", buffered: true});
        })"""
    )
    return found


if __name__ == "__main__":
    main()
