"""What recorded walks are called and where they run is sealed, also what was kept before it was."""

import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from alembic import command
from sqlalchemy import JSON, Connection, Date, Uuid, column, table, text

from tests.sessions.acts import written
from tests.sessions.test_recorded import a_recording
from tests.sessions.walks import NOW
from walktalk.sessions import recorded
from walktalk.sessions.accounts import first_account
from walktalk.sessions.store.backup import backup, restore
from walktalk.sessions.store.database import (
    connect,
    database_url,
    locked,
    open_database,
    session_factory,
)
from walktalk.sessions.store.doctor import doctor
from walktalk.sessions.store.keys import SECRET_FILE, load_keyring, make_secret
from walktalk.sessions.store.models import RecordedWalk
from walktalk.sessions.store.moment import Moment
from walktalk.sessions.store.schema_steps import alembic_config
from walktalk.sessions.store.sealing import attach
from walktalk.sessions.store.snapshot import write_rows
from walktalk.settings import Settings

NAME = "Zebrafinch"
OPEN, SEALED = "0003", "0007"
LINE = [[-2.0735, 51.9098], [-2.074, 51.91]]


ACCOUNT = table(
    "account", column("id", Uuid()), column("stamp", Uuid()), column("created_at", Moment())
)
RECORDED_WALK = table(
    "recorded_walk",
    column("id", Uuid()),
    column("account_id", Uuid()),
    column("area_id"),
    column("name"),
    column("kind"),
    column("path_ids", JSON()),
    column("line", JSON()),
    column("length_m"),
    column("share"),
    column("median_m"),
    column("p95_m"),
    column("recorded_on", Date()),
    column("created_at", Moment()),
)


@contextmanager
def before_sealing(settings: Settings) -> Iterator[Connection]:
    """Give a database as it was before recorded walks were sealed, with one in it."""
    make_secret(settings)
    engine = connect(database_url(settings))
    attach(engine, load_keyring(settings))
    with locked(engine) as connection:
        command.upgrade(alembic_config(connection), OPEN)
        account_id = uuid4()
        account = {"id": account_id, "stamp": uuid4(), "created_at": NOW}
        connection.execute(ACCOUNT.insert(), account)
        connection.execute(RECORDED_WALK.insert(), an_open_row(account_id))
        yield connection
    engine.dispose()


def an_open_row(account_id: UUID) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "account_id": account_id,
        "area_id": "pittville-park",
        "name": NAME,
        "kind": "GPX",
        "path_ids": ["one", "two"],
        "line": LINE,
        "length_m": 41.0,
        "share": 1.0,
        "median_m": 1.0,
        "p95_m": 2.0,
        "recorded_on": date(2026, 5, 4),
        "created_at": NOW,
    }


def the_walk(settings: Settings) -> RecordedWalk:
    engine = open_database(settings)
    with session_factory(engine).begin() as db:
        [walk] = recorded.list_kept(db, first_account(db))
    engine.dispose()
    return walk


def assert_is_as_before(walk: RecordedWalk) -> None:
    assert walk.name == NAME
    assert [list(position) for position in walk.line] == LINE
    assert walk.path_ids == ["one", "two"]
    assert (walk.length_m, walk.recorded_on, walk.created_at) == (41.0, date(2026, 5, 4), NOW)


def in_the_file(settings: Settings, words: bytes) -> bool:
    return words in written(settings)


def test_what_was_kept_before_is_sealed_and_comes_back_as_it_was(settings: Settings) -> None:
    with before_sealing(settings):
        pass
    assert_is_as_before(the_walk(settings))
    engine = open_database(settings)
    with engine.connect() as connection:
        row = connection.execute(text("SELECT name, path_ids, line FROM recorded_walk")).one()
    engine.dispose()
    assert not any(NAME.encode() in bytes(value) or b"-2.07" in bytes(value) for value in row)


def test_nothing_of_the_open_words_stays_in_the_database_file(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    with before_sealing(settings):
        pass
    assert in_the_file(settings, NAME.encode())
    the_walk(settings)
    assert not in_the_file(settings, NAME.encode())
    assert not in_the_file(settings, b"-2.0735")


def test_a_step_back_opens_what_was_sealed(settings: Settings) -> None:
    with before_sealing(settings):
        pass
    engine = open_database(settings)
    with locked(engine) as connection:
        command.downgrade(alembic_config(connection), OPEN)
        assert connection.execute(text("SELECT name FROM recorded_walk")).scalar_one() == NAME
    engine.dispose()
    assert_is_as_before(the_walk(settings))


def test_a_backup_made_before_is_put_back_sealed(settings: Settings, tmp_path: Path) -> None:
    with before_sealing(settings) as connection:
        rows = "".join(f"{line}\n" for line in write_rows(connection))
    keys = [key.id for key in load_keyring(settings).keys]
    with zipfile.ZipFile(tmp_path / "backup.zip", "w") as archive:
        manifest = {"form": 1, "made_at": NOW.isoformat(), "revision": OPEN, "keys": keys}
        archive.writestr("backup.json", json.dumps(manifest))
        archive.writestr("rows.jsonl", rows)
    restore(settings, tmp_path / "backup.zip", force=True)
    assert_is_as_before(the_walk(settings))


def test_a_backup_holds_them_sealed(settings: Settings, tmp_path: Path) -> None:
    with before_sealing(settings):
        pass
    backup(settings, tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        assert NAME.encode() not in archive.read("rows.jsonl")
        assert json.loads(archive.read("backup.json"))["revision"] >= SEALED


def test_a_backup_is_put_back_where_the_secret_of_what_is_here_is_lost(
    settings: Settings, tmp_path: Path
) -> None:
    with before_sealing(settings):
        pass
    backup(settings, tmp_path / "backup.zip")
    (settings.home / SECRET_FILE).unlink()
    restore(settings, tmp_path / "backup.zip", force=True)
    assert_is_as_before(the_walk(settings))


def test_the_doctor_notices_a_secret_that_does_not_open_them(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    engine = open_database(settings)
    with session_factory(engine).begin() as db:
        recorded.save(db, first_account(db), "pittville-park", NAME, a_recording(), now=NOW)
    engine.dispose()
    (settings.home / SECRET_FILE).write_text("another secret that nobody guesses\n")
    [found] = [each for each in doctor(settings) if each.check == "sessions"]
    assert found.level == "fail"
    assert "another secret key" in found.message


@pytest.mark.parametrize("revision", [OPEN, "base"])
def test_an_empty_database_goes_back_a_step_and_forth(settings: Settings, revision: str) -> None:
    engine = open_database(settings)
    with locked(engine) as connection:
        command.downgrade(alembic_config(connection), revision)
        command.upgrade(alembic_config(connection), "head")
    engine.dispose()


def test_of_a_walk_kept_before_no_heights_are_known(settings: Settings) -> None:
    with before_sealing(settings):
        pass
    walk = the_walk(settings)
    assert walk.heights_m is None
    assert recorded.as_route(walk).heights_m is None
