"""A counsellor at a desk: opens pages and sends forms, each with its CSRF token."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from shutil import copytree
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from walktalk.routes import Walk
from walktalk.sessions import accounts
from walktalk.sessions.opened import SharedWalk
from walktalk.sessions.page_words import PageWords
from walktalk.settings import Settings
from walktalk.web import create_app
from walktalk.web.state import EXTENSION, State

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = "2026-12-01"
PASSWORD = "slate heron bicycle tin"
BASE_URL = "http://walks.example"
LAKE = "pittville-park/boat-house"

Fields = list[tuple[str, str]]

_compile_builder: Callable[..., Callable[..., Any]] = Rule._compile_builder


def _compiled_when_used(rule: Rule, append_unknown: bool = True) -> Callable[..., Any]:
    """Return what makes a rule's addresses: every test makes an application, and uses a few."""
    made: list[Callable[..., Any]] = []

    def build(bound: Rule, **values: Any) -> Any:
        if not made:
            made.append(_compile_builder(rule, append_unknown))
        return made[0](bound, **values)

    return build


Rule._compile_builder = _compiled_when_used  # type: ignore[assignment]


class Browser(FlaskClient):
    """Opens pages at the address under which the server is known."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        if args and isinstance(args[0], str):
            options.setdefault("base_url", state_of(self.application).settings.base_url)
        return super().open(*args, **options)


def make_app(home: Path, base_url: str = BASE_URL, now: datetime = NOW, **more: Any) -> Flask:
    app = create_app(
        Settings(home=home, base_url=base_url, **more), now=lambda: now, pause=lambda _: None
    )
    app.test_client_class = Browser
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache()  # every test makes an application
    return app


def state_of(app: Flask) -> State:
    found: State = app.extensions[EXTENSION]
    return found


def setup_token(app: Flask) -> str:
    with state_of(app).write.begin() as db:
        token = accounts.new_setup_link(db)
    assert token is not None
    return token


def hidden_fields(form: str) -> Fields:
    return [
        (unescape(name), unescape(value))
        for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)
    ]


@dataclass(frozen=True)
class SignedUp:
    """A home in which the counsellor has an account, and what her browser holds.

    Attributes:
        home: the folder; copy it, never use it.
        cookie: the one that says who is signed in.
        token: the one that a form carries.
        offered: for each request that was planned before, the form that saves its first walk.
    """

    home: Path
    cookie: str
    token: str
    offered: dict[str, Fields] = field(default_factory=dict)

    def copied_to(self, home: Path) -> Path:
        return Path(copytree(self.home, home, dirs_exist_ok=True))


class Desk:
    """One browser with its cookies.

    Args:
        app: the application that it opens.
        agent: what the browser calls itself; ``""`` keeps the test client's own name.
    """

    def __init__(self, app: Flask, agent: str = "") -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        if agent:
            self.client.environ_base["HTTP_USER_AGENT"] = agent
        self._token = ""
        self._offered: dict[str, Fields] = {}
        self._saved: set[str] = set()

    def get(self, address: str) -> TestResponse:
        return self._kept(self.client.get(address))

    def post(self, address: str, fields: Any = (), follow: bool = True) -> TestResponse:
        if not address.startswith(("/plan", "/sessions")):
            self._offered = {}  # it may be told in other words from now on
        pairs = list(fields.items()) if isinstance(fields, dict) else list(fields)
        values: dict[str, list[str]] = {}
        for name, value in [*pairs, ("csrf_token", self._token)]:
            values.setdefault(name, []).append(value)
        return self._kept(self.client.post(address, data=values, follow_redirects=follow))

    def sign_up(self) -> None:
        address = f"/setup/{setup_token(self.app)}"
        self.get(address)
        fields = {"name": "ann", "password": PASSWORD, "again": PASSWORD}
        assert self.post(address, fields).status_code == 200
        self.get("/account")  # a page with a form: the token of before is of no use now

    def leave(self, home: Path) -> SignedUp:
        """Close the database; return what another application needs to go on from here."""
        cookie = self.client.get_cookie("session", urlsplit(BASE_URL).hostname or "")
        assert cookie is not None
        with state_of(self.app).write() as db:
            db.connection().engine.dispose()
        return SignedUp(home, cookie.value, self._token)

    def go_on(self, signed_up: SignedUp) -> None:
        """Be signed in, in an application on a copy of a home that was left."""
        self.client.set_cookie(
            "session", signed_up.cookie, domain=urlsplit(BASE_URL).hostname or ""
        )
        self._token = signed_up.token
        self._offered = signed_up.offered

    def plan(self, **changes: Any) -> TestResponse:
        self.get("/plan")
        fields = {"start": LAKE, "day": DAY, "time": "10:00", "minutes": "50", "pace": "gentle"}
        fields |= {
            "arrive_minutes": "3",
            "close_minutes": "5",
            "pause_at": "0.5",
            "shape": "",
            "approach": "",
        } | changes
        return self.post("/plan", fields)

    def save(self, page: TestResponse, which: int = 0, **changes: str) -> TestResponse:
        return self.post("/sessions", self.form(page, "/sessions", which) + list(changes.items()))

    def saved(self, **changes: Any) -> str:
        """Save the first walk of a request; return the session's address.

        What was offered for the request before, in another copy of the home, is taken again:
        the first time, since one form makes one session.
        """
        asked = repr(sorted(changes.items()))
        if asked not in self._offered or asked in self._saved:
            self._offered[asked] = self.form(self.plan(**changes), "/sessions")
        self._saved.add(asked)
        answer = self.post("/sessions", self._offered[asked], follow=False)
        assert answer.status_code == 303, answer.text
        return urlsplit(answer.location).path

    def shared(self, **changes: Any) -> str:
        """Plan, save and share a session; return the link's path."""
        address = self.saved(**changes)
        page = self.post(f"{address}/share", {"answer": "agreed-to-go-and-see"})
        return link_of(page)

    def form(self, page: TestResponse, action: str, which: int = 0) -> Fields:
        forms = re.findall(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page.text, re.S)
        return [pair for pair in hidden_fields(forms[which]) if pair[0] != "csrf_token"]

    def _kept(self, page: TestResponse) -> TestResponse:
        match = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
        if match:
            self._token = match[1]
        return page


def link_of(page: TestResponse) -> str:
    match = re.search(r"/w/[A-Za-z0-9_-]{22}", page.text)
    assert match is not None, page.text
    return match[0]


def as_shared(walk: Walk, starts_at: datetime) -> SharedWalk:
    """Return what a link opens of a walk, without a database."""
    return SharedWalk(
        uid="a",
        starts_at=starts_at,
        minutes=walk.request.minutes,
        cancelled=False,
        sequence=0,
        changed_at=starts_at,
        expires_at=starts_at + timedelta(days=1),
        words=PageWords(),
        thaw=lambda: walk,
    )
