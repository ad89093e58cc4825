"""Photographs in the bin, in backups and in the database file: gone for good when erased."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.acts import again, save, written
from tests.sessions.conftest import empty_settings
from tests.sessions.photographing import PICTURE, WORDS, add, seen
from tests.sessions.walks import NOW
from walktalk.sessions import links, photographs, removal
from walktalk.sessions.accounts import first_account
from walktalk.sessions.retention import purge_expired
from walktalk.sessions.store.backup import backup, restore
from walktalk.sessions.store.database import open_database, session_factory
from walktalk.sessions.store.doctor import doctor
from walktalk.sessions.store.keys import SECRET_FILE
from walktalk.sessions.store.models import Account, Photograph, PlannedSession, ShownPhotograph
from walktalk.settings import Settings


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of another, empty home, for each kind of database."""
    with empty_settings(request, tmp_path / "elsewhere") as empty:
        yield empty


def test_an_erased_session_leaves_the_library_alone_and_takes_its_choice_along(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        planned = save(db, account)
        add(db, planned)
        removal.erase(db, planned, now=NOW)
    with factory.begin() as db:
        assert len(photographs.list_kept(db, account)) == 1
        assert db.scalar(select(func.count()).select_from(ShownPhotograph)) == 0


def test_an_account_takes_its_photographs_along(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        add(db, save(db, account))
        db.execute(delete(Account).where(Account.id == account.id))
    with factory.begin() as db:
        for table in (Photograph, ShownPhotograph, PlannedSession):
            assert db.scalar(select(func.count()).select_from(table)) == 0


def test_in_the_bin_it_is_erased_after_thirty_days(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str], account: Account
) -> None:
    with factory.begin() as db:
        photo = add(db, again(db, shared[0]))
        removal.delete(db, photo, now=NOW)
        assert purge_expired(db, NOW + timedelta(days=29)).from_bin == 0
        assert purge_expired(db, NOW + timedelta(days=30)).from_bin == 1
    with factory.begin() as db:
        assert removal.list_deleted(db, Photograph, account) == []
        assert db.scalar(select(func.count()).select_from(ShownPhotograph)) == 0
        assert photographs.shown_on(again(db, shared[0])) == ()


def test_a_backup_holds_it_and_what_was_erased_since_stays_erased(
    settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    engine = open_database(settings)
    with session_factory(engine).begin() as db:
        account = first_account(db, now=NOW)
        planned = save(db, account)
        kept, erased = add(db, planned), add(db, planned)
        photographs.choose(db, planned, {"meeting-place": kept.id})
        token = links.share(db, planned, now=NOW)[1]
    backup(settings, tmp_path / "backup.zip")
    restore(elsewhere, tmp_path / "backup.zip")
    assert _library(elsewhere) == {kept.id: PICTURE.content, erased.id: PICTURE.content}
    there = open_database(elsewhere)
    shown = seen(session_factory(there), token)
    there.dispose()
    assert shown is not None
    assert [each.id for each in shown] == [kept.id]
    with session_factory(engine).begin() as db:
        removal.erase(db, photographs.get(db, account, erased.id), now=NOW)
    engine.dispose()
    report = restore(settings, tmp_path / "backup.zip", force=True)
    assert (report.sessions, report.erased_again) == (1, 1)
    assert _library(settings) == {kept.id: PICTURE.content}


def _library(settings: Settings) -> dict[UUID, bytes | None]:
    engine = open_database(settings)
    with session_factory(engine).begin() as db:
        kept = photographs.list_kept(db, first_account(db))
        found = {each.id: photographs.image_of(db, each.id) for each in kept}
    engine.dispose()
    return found


def test_neither_picture_nor_words_nor_spot_stand_in_the_database_and_erased_they_leave_it(
    tmp_path: Path,
) -> None:
    settings = Settings(home=tmp_path / "home")
    engine = open_database(settings)
    factory = session_factory(engine)

    with factory.begin() as db:
        account = first_account(db, now=NOW)
        photo = add(db, save(db, account))
    sealed = _sealed(engine)
    assert sealed[:64] in written(settings)
    for plain in (WORDS.encode(), PICTURE.content[20:60], b"-2.08"):
        assert plain not in written(settings)
    with factory.begin() as db:
        removal.erase(db, photographs.get(db, account, photo.id), now=NOW)
    assert sealed[:64] not in written(settings)
    engine.dispose()


def _sealed(engine: Engine) -> bytes:
    with engine.connect() as connection:
        found: bytes = connection.exec_driver_sql("SELECT image FROM photograph").scalar_one()
    return found


def test_the_doctor_says_when_photographs_were_sealed_with_another_secret(
    settings: Settings,
) -> None:
    engine = open_database(settings)
    with session_factory(engine).begin() as db:
        add(db, save(db, first_account(db, now=NOW)))
    engine.dispose()
    assert {each.check: each.level for each in doctor(settings)}["photographs"] == "pass"
    (settings.home / SECRET_FILE).write_text("another secret that nobody guesses\n")
    assert {each.check: each.level for each in doctor(settings)}["photographs"] == "fail"
