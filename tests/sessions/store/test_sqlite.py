"""The SQLite file while several programs have it open."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from tests.sessions.acts import counted_elsewhere
from walktalk.sessions.store.database import SQLITE_FILE, open_database
from walktalk.sessions.store.errors import DatabaseError
from walktalk.sessions.store.sqlite import set_aside
from walktalk.settings import Settings


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def write(engine: Engine, number: int) -> None:
    with engine.begin() as connection:
        values = {"id": f"{number:032x}"}
        connection.execute(text("INSERT INTO erasure VALUES (:id, '2026-01-01')"), values)


@pytest.mark.slow
def test_what_was_saved_is_there_after_other_programs_opened_and_closed_the_database(
    home: Settings,
) -> None:
    engine = open_database(home)
    write(engine, 1)
    open_database(home).dispose()  # the same program opens it once more
    assert counted_elsewhere(home, "erasure") == 1  # another one opens it, is the last to close it
    write(engine, 2)
    assert counted_elsewhere(home, "erasure") == 2
    engine.dispose()


def test_the_files_belong_to_their_owner_alone_whatever_the_usual_mode_is(home: Settings) -> None:
    before = os.umask(0)
    try:
        engine = open_database(home)
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(file.stat().st_mode) for file in home.home.iterdir()}
    engine.dispose()
    assert modes == {0o600}


@pytest.mark.parametrize("name", ["a b", "50% of #1?", "ünï"])
def test_any_folder_name_will_do(tmp_path: Path, name: str) -> None:
    home = Settings(home=tmp_path / name)
    with open_database(home).connect():
        assert (home.home / SQLITE_FILE).exists()


@pytest.mark.parametrize("lose", [Path.unlink, lambda path: path.rename(path.with_suffix(".old"))])
def test_nothing_is_written_into_a_file_that_was_taken_away(
    home: Settings, lose: Callable[[Path], None]
) -> None:
    engine = open_database(home)
    lose(home.home / SQLITE_FILE)
    with pytest.raises(DatabaseError, match="start it again"):
        write(engine, 1)
    assert not (home.home / SQLITE_FILE).exists()
    open_database(home).dispose()
    with pytest.raises(DatabaseError, match="start it again"):
        write(engine, 1)
    engine.dispose()


def test_a_database_in_use_is_not_set_aside(home: Settings, tmp_path: Path) -> None:
    engine = open_database(home)
    write(engine, 1)
    file = home.home / SQLITE_FILE
    with pytest.raises(DatabaseError, match="stop Walktalk first"):
        set_aside(file, tmp_path / "aside")
    write(engine, 2)
    engine.dispose()
    set_aside(file, tmp_path / "aside")
    assert not file.exists()
    assert (tmp_path / "aside").exists()
