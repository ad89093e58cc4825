from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from playwright.sync_api import Browser

from tests.web.browsing import Shared, Visit, in_a_week, served
from tests.web.desk import Desk, SignedUp, link_of, make_app
from walktalk.sessions import accounts


@contextmanager
def quickly() -> Iterator[None]:
    """Hash passwords cheaply."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_HASHER", PasswordHasher(1, 8, 1))
        yield


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    with quickly():
        yield


@pytest.fixture
def new_app(tmp_path: Path) -> Flask:
    """An application that nobody has set up."""
    return make_app(tmp_path)


@pytest.fixture(scope="session")
def signed_up(tmp_path_factory: pytest.TempPathFactory) -> SignedUp:
    """A home with an account, made once; each test begins with a copy of it."""
    home = tmp_path_factory.mktemp("signed-up")
    with quickly():
        desk = Desk(make_app(home))
        desk.sign_up()
        return desk.leave(home)


@pytest.fixture
def app(signed_up: SignedUp, tmp_path: Path) -> Flask:
    """An application in which the counsellor has an account."""
    return make_app(signed_up.copied_to(tmp_path))


@pytest.fixture
def desk(app: Flask, signed_up: SignedUp) -> Desk:
    """A browser in which the counsellor is signed in."""
    desk = Desk(app)
    desk.go_on(signed_up)
    return desk


@pytest.fixture(scope="session")
def shared(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """A home with a walk planned, saved and shared, made once."""
    home = tmp_path_factory.mktemp("shared")
    page = browser.new_page()
    agent: str = page.evaluate("navigator.userAgent")
    page.close()
    with quickly():
        desk = Desk(make_app(home, now=datetime.now(UTC)), agent)
        desk.sign_up()
        session = desk.saved(day=in_a_week().isoformat())
        link = link_of(desk.post(f"{session}/share", {"answer": "agreed-to-go-and-see"}))
        return Shared(desk.leave(home), session, link)


@pytest.fixture
def first_visit(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """Return the way into a browser before a server that nobody has set up."""
    with served(tmp_path) as server, Visit(browser, server).alone() as visit:
        yield visit


@pytest.fixture
def visit(browser: Browser, shared: Shared, tmp_path: Path) -> Iterator[Visit]:
    """Return the way into a browser before a server of its own, where a walk is shared."""
    home = shared.signed_up.copied_to(tmp_path)
    with served(home) as server, Visit(browser, server, shared).alone() as visit:
        yield visit
