"""A database of each kind, an account, and a walk to plan."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, Engine
from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.acts import save
from tests.sessions.postgresql import new_database, running_server
from tests.sessions.walks import NOW, a_walk
from walktalk.routes import Walk
from walktalk.sessions import links
from walktalk.sessions.accounts import first_account
from walktalk.sessions.store.database import open_database, session_factory
from walktalk.sessions.store.models import Account, Base, PlannedSession
from walktalk.settings import Settings


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[URL]:
    with running_server() as url:
        yield url


@contextmanager
def empty_settings(request: pytest.FixtureRequest, home: Path) -> Iterator[Settings]:
    """Settings of an empty home and database, of the kind that the fixture's parameter names."""
    if request.param == "sqlite":
        yield Settings(home=home)
        return
    server: URL = request.getfixturevalue("postgresql_server")
    with new_database(server, f"walktalk_{uuid4().hex}") as url:
        yield Settings(home=home, database_url=url.render_as_string(hide_password=False))


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of an empty home and an empty database, of each kind."""
    with empty_settings(request, tmp_path / "home") as empty:
        yield empty


@pytest.fixture(scope="session")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_database(Settings(home=tmp_path_factory.mktemp("sqlite") / "home"))
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_engine(
    postgresql_server: URL, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    home = tmp_path_factory.mktemp("postgresql") / "home"
    with new_database(postgresql_server, "walktalk_shared") as url:
        engine = open_database(
            Settings(home=home, database_url=url.render_as_string(hide_password=False))
        )
        yield engine
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database of each kind, made once and emptied after each test."""
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    yield engine
    with engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture
def factory(engine: Engine) -> sessionmaker[Session]:
    return session_factory(engine)


@pytest.fixture
def account(factory: sessionmaker[Session]) -> Account:
    with factory.begin() as db:
        return first_account(db, now=NOW)


@pytest.fixture
def walk() -> Walk:
    return a_walk()


@pytest.fixture
def shared(factory: sessionmaker[Session], account: Account) -> tuple[PlannedSession, str]:
    """A saved session and the token of its link."""
    with factory.begin() as db:
        planned = save(db, account)
        return planned, links.share(db, planned, now=NOW)[1]
