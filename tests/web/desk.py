"""A counsellor at a desk: opens pages and sends forms, each with its CSRF token."""

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from walktalk.sessions import accounts
from walktalk.settings import Settings
from walktalk.web import create_app
from walktalk.web.state import EXTENSION, State

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = "2026-12-01"
PASSWORD = "slate heron bicycle tin"
BASE_URL = "http://walks.example"
LAKE = "pittville-park/boat-house"

Fields = list[tuple[str, str]]


def make_app(home: Path, base_url: str = BASE_URL, now: datetime = NOW, **more: Any) -> Flask:
    return create_app(Settings(home=home, base_url=base_url, **more), now=lambda: now)


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


class Desk:
    """One browser with its cookies."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self._token = ""

    def get(self, address: str) -> TestResponse:
        return self._kept(self.client.get(address))

    def post(self, address: str, fields: Any = (), follow: bool = True) -> TestResponse:
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
        """Plan and save a session; return its address."""
        page = self.save(self.plan(**changes))
        assert page.status_code == 200, page.text
        return page.request.path

    def shared(self, **changes: Any) -> str:
        """Plan, save and share a session; return the link's path."""
        address = self.saved(**changes)
        page = self.post(f"{address}/share", {"answer": "checked"})
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
