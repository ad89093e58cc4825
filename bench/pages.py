"""Weighs the page that a link opens, for every stored walk of every shipped area.

Run it with ``python -m bench.pages [AREA]``: of one area, or of all. It prints requests and
compressed bytes as Chromium counts them on the wire, the heaviest first, and asserts nothing.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

from bench.page import Weight, weigh
from tests.chromium import chromium
from tests.web.browsing import in_a_week, served
from tests.web.desk import Desk, link_of
from walktalk.parks import load_areas
from walktalk.resources import shipped_parks

_MINUTES = ("50", "90", "30", "120")
"""Tried in turn: a walk may be too long or too short for a session of 50."""
_ANSWER = {"answer": "agreed-to-go-and-see"}


def shared(desk: Desk, route: str, start: str) -> str:
    """Plan, save and share a stored walk; return its link's path."""
    for minutes in _MINUTES:
        day = in_a_week().isoformat()
        offered = desk.plan(route=route, start=start, minutes=minutes, day=day)
        if 'action="/sessions"' in offered.text:
            saved = desk.save(offered)
            return link_of(desk.post(f"{saved.request.path}/share", _ANSWER))
    raise ValueError(f"{route}: no session of {', '.join(_MINUTES)} minutes fits it")


def main() -> None:
    """Print the table."""
    wanted = sys.argv[1:2]
    weights: list[tuple[str, Weight]] = []
    with (
        tempfile.TemporaryDirectory() as home,
        served(Path(home)) as server,
        chromium() as browser,
    ):
        desk = Desk(server.app, "Chrome")
        desk.sign_up()
        for area in load_areas(shipped_parks()).values():
            for route in area.routes.values() if not wanted or area.id in wanted else ():
                name = f"{area.id}/{route.id}"
                link = urlsplit(shared(desk, name, f"{area.id}/{route.start}")).path
                weights.append((name, weigh(browser, server.url + link)))
    table = Table("walk", "KB", "of these first", "requests", "elsewhere", "axe")
    table.title = f"What a link opens, map included, {datetime.now(UTC):%d %B %Y}"
    for name, weight in sorted(weights, key=lambda each: -each[1].kilobytes):
        counted = (weight.requests, weight.elsewhere, weight.violations)
        sizes = (f"{weight.kilobytes:.1f}", f"{weight.first_kilobytes:.1f}")
        table.add_row(name, *sizes, *map(str, counted))
    Console().print(table)


if __name__ == "__main__":
    main()
