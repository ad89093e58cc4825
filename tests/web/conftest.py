from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from playwright.sync_api import Browser

from tests.chromium import chromium
from tests.web.browsing import Visit, served
from tests.web.desk import Desk, make_app
from walktalk.parks import load_areas
from walktalk.sessions import accounts

load_areas_once = cache(load_areas)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords cheaply and read the shipped areas once."""
    monkeypatch.setattr(accounts, "_HASHER", PasswordHasher(1, 8, 1))
    monkeypatch.setattr("walktalk.library.load_areas", load_areas_once)


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return make_app(tmp_path)


@pytest.fixture
def desk(app: Flask) -> Desk:
    """Return a browser in which the counsellor is signed in."""
    desk = Desk(app)
    desk.sign_up()
    return desk


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """Return the way into a browser before a fresh server; nothing may be asked of another."""
    with served(tmp_path) as server:
        visit = Visit(browser, server)
        yield visit
        visit.close()
        assert visit.elsewhere() == []
