"""A server under writes, every command beside it, again and again, all killed at random.

Server and commands are processes of their own, forked from one that has read the program already:
so a kill falls on work with the database, and seldom on the start of Python.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import re
import socket
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

from tests.web.desk import PASSWORD
from walktalk.cli import main
from walktalk.sessions import links, recorded
from walktalk.sessions.accounts import first_account
from walktalk.sessions.store.database import open_database, session_factory
from walktalk.settings import Settings

AREA = "pittville-park"
_ANSWER_S = 30.0
_COMMAND_LIVES_S = (0.05, 1.5)
"""Between its start and its usual end."""
_SPARED = 0.4
"""How many commands may end by themselves: that the last one closes the database counts too."""
_SERVER_LIVES_WRITES = 12
_SERVER_LIVES_S = 5.0
"""A server is killed after up to so many writes, wherever the next one has got to by then."""
_START_S = 120.0
_LOOK_S = 0.05
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["walktalk.cli", "walktalk.web", "waitress", "tests.soaking"])
_GPX = """<gpx version="1.1" creator="test"><trk><trkseg>
<trkpt lat="51.9084" lon="-2.0710"/><trkpt lat="51.9090" lon="-2.0700"/>
<trkpt lat="51.9096" lon="-2.0692"/></trkseg></trk></gpx>"""


@dataclass
class Figures:
    """What happened.

    Attributes:
        acknowledged: names of the walks, and addresses of the links, that were said to be saved.
        kills: how often what was killed.
        ended: how often which command ended by itself, with the status.
        unsaid: writes that got no answer, so that nobody was promised anything.
    """

    acknowledged: list[str] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)
    ended: Counter[tuple[str, int]] = field(default_factory=Counter)
    unsaid: int = 0


class Soak:
    """One home, one server, and what runs beside it.

    Args:
        folder: an empty folder.
        seed: decides who is killed when.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.settings = Settings(home=folder / "home", base_url="http://localhost")
        self.figures = Figures()
        self._folder = folder
        self._random = random.Random(seed)
        self._number = 0
        self._lock = threading.Lock()
        self._over = threading.Event()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port: int = probe.getsockname()[1]
        self._environment = {k: v for k, v in os.environ.items() if not k.startswith("WALKTALK_")}
        self._environment["WALKTALK_HOME"] = str(self.settings.home)
        (folder / "walk.gpx").write_text(_GPX)

    def run(self, kills: int, writes: int, writers: int = 2, commands: int = 2) -> Figures:
        """Go on until so many were killed and so many writes were acknowledged."""
        server = self._start_server()
        browser = Browser(self._port)
        browser.sign_up(server.printed(r"/setup/(\S+)"))
        self._done("backup", str(self._folder / "first.zip"))
        threads = [threading.Thread(target=self._write, args=(browser,)) for _ in range(writers)]
        threads += [threading.Thread(target=self._command) for _ in range(commands)]
        for thread in threads:
            thread.start()
        try:
            while not self._enough(kills, writes):
                self._let_live()
                server.kill()
                self._count_kill("serve")
                server = self._start_server()
        finally:
            self._over.set()
            for thread in threads:
                thread.join()
            server.kill()
        return self.figures

    def lost(self) -> list[str]:
        """Return what was said to be saved and is not there."""
        engine = open_database(self.settings)
        with session_factory(engine, read_only=True).begin() as db:
            there = {walk.name for walk in recorded.list_kept(db, first_account(db))}
            now = datetime.now(UTC)
            lost = [
                said
                for said in self.figures.acknowledged
                if said not in there and links.open_link(db, said, now) is None
            ]
        engine.dispose()
        return lost

    def doctor(self) -> str:
        """Return what the doctor says in the end."""
        return self._done("doctor")

    def _done(self, *words: str) -> str:
        started = self._start(*words)
        assert started.ended_within(_START_S) == 0, started.said()
        return started.said()

    def _let_live(self) -> None:
        until = len(self.figures.acknowledged) + self._random.randint(0, _SERVER_LIVES_WRITES)
        for _ in range(int(_SERVER_LIVES_S / _LOOK_S)):
            if len(self.figures.acknowledged) >= until:
                break
            self._over.wait(_LOOK_S)
        self._over.wait(self._random.uniform(0, 2 * _LOOK_S))

    def _enough(self, kills: int, writes: int) -> bool:
        with self._lock:
            done = self.figures
            return done.kills.total() >= kills and len(done.acknowledged) >= writes

    def _start_server(self) -> Started:
        server = self._start("serve", "--port", str(self._port))
        server.printed("Walktalk runs")
        return server

    def _start(self, *words: str) -> Started:
        output = self._folder / f"{self._next('output')}.txt"
        return Started(words, self._environment, output)

    def _count_kill(self, name: str) -> None:
        with self._lock:
            self.figures.kills[name] += 1

    def _next(self, prefix: str) -> str:
        with self._lock:
            self._number += 1
            return f"{prefix} {self._number}"

    def _write(self, signed_in: Browser) -> None:
        """Keep recorded walks through the pages, one after another."""
        browser = Browser(self._port, signed_in)
        while not self._over.is_set():
            name = self._next("page")
            try:
                saved = browser.keep_recorded(name)
            except (OSError, HTTPException):
                browser.close()
                self._over.wait(_LOOK_S)  # the server starts again
                saved = False
            with self._lock:
                self.figures.acknowledged += [name] if saved else []
                self.figures.unsaid += not saved
        browser.close()

    def _command(self) -> None:
        """Run one command after another; some end by themselves, the others are killed."""
        while not self._over.is_set():
            name = self._next("command")
            words = self._random.choice(self._commands(name))
            command = self._start(*words)
            is_spared = self._random.random() < _SPARED
            lives_s = _START_S if is_spared else self._random.uniform(*_COMMAND_LIVES_S)
            status = command.ended_within(lives_s)
            if status is None:
                command.kill()
                self._count_kill(words[0])
                continue
            with self._lock:
                self.figures.ended[words[0], status] += 1
                if status == 0:
                    self.figures.acknowledged += self._promised(words, name, command.said())

    def _commands(self, name: str) -> Sequence[tuple[str, ...]]:
        year = datetime.now(UTC).year + 1
        file = str(self._folder / "walk.gpx")
        when = ("--at", f"{year}-06-03T10:00", "--minutes", "50")
        return (
            ("share", "--area", AREA, *when, "--accept-unknown", "--json"),
            ("routes", "import", file, "--area", AREA, "--name", name),
            ("routes", "list"),
            ("plan", "--area", AREA, "--route", "lower-lake-loop", "--minutes", "50"),
            ("doctor",),
            ("user",),
            ("backup", str(self._folder / "beside.zip")),
            ("restore", str(self._folder / "first.zip")),
        )

    def _promised(self, words: tuple[str, ...], name: str, out: str) -> list[str]:
        if words[0] == "share":
            return [json.loads(out)["url"].rpartition("/")[2]]
        return [name] if words[:2] == ("routes", "import") else []


class Started:
    """A command that runs, with what it prints."""

    def __init__(self, words: tuple[str, ...], environment: dict[str, str], output: Path) -> None:
        self._output = output
        self._process = _FORKS.Process(target=_run, args=(words, environment, output))
        self._process.start()

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self._process.kill()
        self._process.join()

    def ended_within(self, seconds: float) -> int | None:
        """Return its status, or ``None`` where it still runs after so long."""
        self._process.join(seconds)
        return self._process.exitcode

    def said(self) -> str:
        """Return what it has printed."""
        return self._output.read_text() if self._output.exists() else ""

    def printed(self, pattern: str) -> str:
        """Wait until it has printed something; return the first group, or all of it."""
        for _ in range(int(_START_S / _LOOK_S)):
            if found := re.search(pattern, self.said()):
                return found[found.re.groups]
            if self.ended_within(_LOOK_S) is not None:
                break
        raise AssertionError(f"it did not start: {self.said()}")


def _run(words: tuple[str, ...], environment: dict[str, str], output: Path) -> None:
    """Run a command in this process, which is its own."""
    os.environ.clear()
    os.environ.update(environment)
    with output.open("w", buffering=1) as file:
        sys.stdout = sys.stderr = file
        main(list(words))


class Browser:
    """One connection to the server, with cookies and the token that belongs to them."""

    def __init__(self, port: int, signed_in: Browser | None = None) -> None:
        self._http = HTTPConnection("127.0.0.1", port, timeout=_ANSWER_S)
        self._host = f"localhost:{port}"
        self._cookies: dict[str, str] = dict(signed_in._cookies) if signed_in else {}
        self._token: str = signed_in._token if signed_in else ""

    def close(self) -> None:
        """Let go of the connection; the next request makes a new one."""
        self._http.close()

    def sign_up(self, setup: str) -> None:
        self._page("GET", f"/setup/{setup}")
        form = {"name": "ann", "password": PASSWORD, "again": PASSWORD}
        self._page("POST", f"/setup/{setup}", form)
        self._page("GET", "/routes")

    def keep_recorded(self, name: str) -> bool:
        """Send a recording and keep it; return whether the server said that it is kept."""
        shown = self._upload({"area": AREA, "name": name})
        found = re.search(r'name="recording" value="([^"]+)"', shown)
        assert found is not None, shown
        answer = self._ask(
            "POST", "/routes/recorded/keep", self._form({"recording": unescape(found[1])})
        )
        answer.read()
        return answer.status == 303

    def _upload(self, form: dict[str, str]) -> str:
        border = "8d5f0a"
        parts = [
            f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'
            for name, value in {**form, "csrf_token": self._token}.items()
        ]
        file = 'Content-Disposition: form-data; name="file"; filename="walk.gpx"'
        parts.append(f"{file}\r\n\r\n{_GPX}")
        body = "".join(f"--{border}\r\n{part}\r\n" for part in parts) + f"--{border}--\r\n"
        kind = f"multipart/form-data; boundary={border}"
        return self._ask("POST", "/routes/recorded", (kind, body)).read().decode()

    def _page(self, method: str, path: str, form: dict[str, str] | None = None) -> None:
        answer = self._ask(method, path, None if form is None else self._form(form))
        page = answer.read().decode()
        if found := re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page):
            self._token = found[1]
        for said in answer.headers.get_all("Set-Cookie", []):
            self._cookies[said.partition("=")[0]] = said.partition(";")[0]

    def _form(self, form: dict[str, str]) -> tuple[str, str]:
        return "application/x-www-form-urlencoded", urlencode({**form, "csrf_token": self._token})

    def _ask(self, method: str, path: str, sent: tuple[str, str] | None = None) -> HTTPResponse:
        headers = {"Host": self._host, "Cookie": "; ".join(self._cookies.values())}
        if sent is not None:
            headers["Content-Type"] = sent[0]
        self._http.request(method, path, sent[1] if sent else None, headers)
        return self._http.getresponse()
