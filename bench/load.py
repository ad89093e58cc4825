"""Measures what answering costs, beside a bare Flask page, and how the server bears many requests.

Run it with ``python -m bench.load [REQUESTS]``; 100,000 mixed requests unless said otherwise. Both
applications run behind waitress with four threads, each in a process of its own, asked in turns in
the same run. It prints the processor time that the server's process used for a request, and what
that makes on one core, so that whoever else uses this machine changes little. It asserts nothing.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import random
import socket
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from multiprocessing.connection import Connection
from pathlib import Path

from flask import Flask
from rich.console import Console
from rich.table import Table
from waitress.server import create_server

from tests.tile_host import tile_host
from tests.web.desk import Desk, make_app, state_of
from walktalk.maps.tiles import tile_at
from walktalk.sessions import diary
from walktalk.sessions.accounts import first_account
from walktalk.web.made import Made
from walktalk.web.server import service_for

REQUESTS = 100_000
_ONE_KIND = 100
_ROUNDS = 3
_SESSIONS = 6
_THREADS = 4
_WEIGHTS = (6, 12, 1, 1)  # pages, files and tiles, dead links, whether it answers
_DEAD = "/w/AAAAAAAAAAAAAAAAAAAAAA"
_FILES = ("walk.gpx", "walk.fit", "walk.ics", "map.js", "keep.js", "print")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Service:
    """A server in a process of its own.

    Attributes:
        port: where it listens.
        pid: its process.
        addresses: what can be asked for.
    """

    port: int
    pid: int
    addresses: Sequence[str]

    def processor_s(self) -> float:
        """Seconds of processor time that its process has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def megabytes(self) -> float:
        """Memory that its process holds."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _serve_bare(page: int, say: Connection, listener: socket.socket) -> None:
    app = Flask("bare")
    text = "a" * page
    app.add_url_rule("/", "page", lambda: text)
    say.send(["/"])
    create_server(app, sockets=[listener], threads=_THREADS).run()


def _serve_ours(
    home: str, tiles: str, keeps: bool, say: Connection, listener: socket.socket
) -> None:
    now = datetime.now(UTC)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    tiling = {"tiles": tiles, "tiles_attribution": "Nobody"}
    app = make_app(Path(home), base_url=url, now=now, **tiling)
    desk = Desk(app)
    desk.client.environ_base["HTTP_HOST"] = url.removeprefix("http://")
    desk.sign_up()
    day = (now + timedelta(days=7)).date().isoformat()
    links = [desk.shared(day=day, time=f"{8 + n}:00") for n in range(_SESSIONS)]
    state = state_of(app)
    with state.write.begin() as db:
        account = first_account(db)
        account.street_map = True
        start = diary.frozen_walk(diary.list_upcoming(db, account, now)[0]).route.coordinates[0]
    if not keeps:
        for kept in ("made", "walks"):
            object.__setattr__(state, kept, Made(most_bytes=0))
    logging.disable(logging.CRITICAL)
    across, down = tile_at(*start, 16)
    say.send([*links, f"tiles/16/{across}/{down}.png", desk.client.get(links[0]).text])
    service_for(app, sockets=(listener,), threads=_THREADS).run()


@contextmanager
def _running(serve: object, *arguments: object) -> Iterator[Service]:
    context = multiprocessing.get_context("fork")
    listener = socket.create_server(("127.0.0.1", 0))
    here, there = context.Pipe()
    process = context.Process(target=serve, args=(*arguments, there, listener), daemon=True)  # type: ignore[arg-type]
    process.start()
    try:
        addresses = here.recv()
        assert process.pid is not None
        yield Service(listener.getsockname()[1], process.pid, addresses)
    finally:
        process.terminate()
        process.join()
        listener.close()


class Asker:
    """One browser on one connection."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._connection = HTTPConnection("127.0.0.1", service.port, timeout=60)

    def ask(self, address: str, **headers: str) -> tuple[int, str]:
        """Return the status and the tag of an answer."""
        self._connection.request("GET", address, headers={"Accept-Encoding": "br", **headers})
        answer = self._connection.getresponse()
        answer.read()
        return answer.status, answer.headers.get("ETag", "")


def _cost_ms(service: Service, address: str, requests: int) -> float:
    """Return the processor milliseconds of a request, once what it needs has been loaded."""
    asker = Asker(service)
    for _ in range(20):
        status, _tag = asker.ask(address)
        assert status in (200, 404), (address, status)
    before = service.processor_s()
    for _ in range(requests):
        asker.ask(address)
    return (service.processor_s() - before) / requests * 1000


def _mixed(
    service: Service, links: Sequence[str], tile: str, requests: int
) -> tuple[Counter[int], list[float]]:
    """Ask for everything in a random order; return statuses, and memory ten times on the way."""
    chance, asker = random.Random(20261125), Asker(service)
    files = [f"{link}/{name}" for link in links for name in (*_FILES, tile)]
    statuses: Counter[int] = Counter()
    memory: list[float] = []
    for number in range(requests):
        kinds = (chance.choice(links), chance.choice(files), _DEAD, "/healthz")
        [address] = chance.choices(kinds, _WEIGHTS)
        status, tag = asker.ask(address)
        statuses[status] += 1
        if tag and number % 5 == 0:
            statuses[asker.ask(address, **{"If-None-Match": tag})[0]] += 1
        if number % max(1, requests // 10) == requests // 10 - 1:
            memory.append(service.megabytes())
    return statuses, memory


def main() -> None:
    """Print the tables."""
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else REQUESTS
    console = Console()
    home = tempfile.TemporaryDirectory
    with tile_host() as host, home() as kept_home, home() as new_home:
        host.headers = {"Cache-Control": "max-age=86400"}
        with (
            _running(_serve_ours, kept_home, host.pattern, True) as kept,
            _running(_serve_ours, new_home, host.pattern, False) as anew,
        ):
            *links, tile, page = kept.addresses
            link, link_anew = links[0], anew.addresses[0]
            with _running(_serve_bare, len(page)) as bare:
                costs = {
                    "a bare Flask page": (bare, "/"),
                    "the page, kept": (kept, link),
                    **{f"{name}, kept": (kept, f"{link}/{name}") for name in _FILES},
                    "a tile": (kept, f"{link}/{tile}"),
                    "a dead link": (kept, _DEAD),
                    "the page, made anew": (anew, link_anew),
                    **{f"{name}, made anew": (anew, f"{link_anew}/{name}") for name in _FILES},
                }
                rounds = [
                    {name: _cost_ms(*asked, _ONE_KIND) for name, asked in costs.items()}
                    for _ in range(_ROUNDS)
                ]
            statuses, memory = _mixed(kept, links, tile, requests)
    least = {name: min(each[name] for each in rounds) for name in costs}
    table = Table(
        "", "ms", "a second on one core", "of a bare page's", title="Processor time a request"
    )
    for name, ms in least.items():
        share = least["a bare Flask page"] / ms
        table.add_row(name, f"{ms:.2f}", f"{1000 / ms:,.0f}", f"{share:.2f}")
    console.print(table)
    errors = sum(count for status, count in statuses.items() if status >= 500)  # noqa: PLR2004
    console.print(f"Mixed requests: {sum(statuses.values()):,}, with {errors} errors")
    console.print(f"By status: {dict(sorted(statuses.items()))}")
    console.print("Memory on the way, MB: " + ", ".join(f"{each:.0f}" for each in memory))
    console.print(f"Load of this machine: {os.getloadavg()[0]:.1f} over {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
