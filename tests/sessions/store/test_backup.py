"""Backups: written whole, put back whole, erasures kept."""

import json
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.conftest import empty_settings
from tests.sessions.walks import NOW, a_walk
from walktalk.sessions import diary, links, removal
from walktalk.sessions.accounts import first_account
from walktalk.sessions.errors import SessionNotFound
from walktalk.sessions.store.backup import backup, restore
from walktalk.sessions.store.database import (
    SQLITE_FILE,
    open_database,
    session_factory,
    use_database,
)
from walktalk.sessions.store.erasures import ERASED_FILE, complete_list, read_list
from walktalk.sessions.store.errors import BackupError, DatabaseError, SecretError
from walktalk.sessions.store.keys import SECRET_FILE, load_keyring
from walktalk.sessions.store.models import Account, PlannedSession
from walktalk.settings import Settings


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of another, empty home, for each kind of database."""
    with empty_settings(request, tmp_path / "elsewhere") as empty:
        yield empty


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """The database that the backups are made of."""
    engine = open_database(settings)
    yield engine
    engine.dispose()


@pytest.fixture
def token(factory: sessionmaker[Session], account: Account) -> str:
    """The link of one saved session."""
    with factory.begin() as db:
        planned = diary.save_session(db, account, a_walk(), form_key="one", reference="K7", now=NOW)
        return links.share(db, planned, now=NOW)[1]


def sessions_in(settings: Settings) -> dict[str, UUID]:
    """Return the diary of the first account, by reference."""
    engine = open_database(settings)
    with session_factory(engine).begin() as db:
        found = diary.list_upcoming(db, first_account(db), NOW)
    engine.dispose()
    return {planned.reference: planned.id for planned in found}


def erase(settings: Settings, session_id: UUID) -> None:
    engine = open_database(settings)
    with session_factory(engine).begin() as db:
        removal.erase(db, diary.get(db, first_account(db), session_id), now=NOW)
    engine.dispose()


def test_a_backup_put_back_elsewhere_opens_sessions_and_links_as_before(
    settings: Settings, elsewhere: Settings, token: str, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    assert backup(settings, file, now=NOW).sessions == 1
    assert restore(elsewhere, file).sessions == 1
    engine = open_database(elsewhere)
    with session_factory(engine).begin() as db:
        seen = links.open_link(db, token, NOW)
        planned = diary.list_upcoming(db, first_account(db), NOW)[0]
        assert diary.frozen_walk(planned) == a_walk()
        assert planned.reference == "K7"
    assert seen is not None
    engine.dispose()


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_beside_it(
    settings: Settings, token: str, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    backup(settings, folder / "backup.zip")
    backup(settings, folder / "backup.zip")
    assert [file.name for file in folder.iterdir()] == ["backup.zip"]
    assert stat.S_IMODE((folder / "backup.zip").stat().st_mode) == 0o600


def test_a_session_erased_after_the_backup_is_erased_again(
    settings: Settings, token: str, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    backup(settings, file)
    session_id = sessions_in(settings)["K7"]
    erase(settings, session_id)
    report = restore(settings, file, force=True)
    assert (report.sessions, report.erased_again) == (0, 1)
    engine = open_database(settings)
    with session_factory(engine).begin() as db:
        with pytest.raises(SessionNotFound):
            diary.get(db, first_account(db), session_id)
        assert links.open_link(db, token, NOW) is None
    engine.dispose()
    backup(settings, file)
    assert restore(settings, file, force=True).sessions == 0


def test_a_session_erased_after_the_backup_is_erased_again_when_the_database_is_lost(
    tmp_path: Path,
) -> None:
    settings, file = Settings(home=tmp_path / "home"), tmp_path / "backup.zip"
    engine = open_database(settings)
    with session_factory(engine).begin() as db:
        owner = first_account(db)
        for name in ("K7", "K8"):
            diary.save_session(db, owner, a_walk(), form_key=name, reference=name, now=NOW)
    engine.dispose()
    backup(settings, file)
    erase(settings, sessions_in(settings)["K7"])
    for lost in settings.home.glob(f"{SQLITE_FILE}*"):
        lost.unlink()
    report = restore(settings, file)
    assert (report.sessions, report.erased_again) == (1, 1)
    assert set(sessions_in(settings)) == {"K8"}


def test_an_erasure_is_remembered_whatever_happens_later_in_its_transaction(
    factory: sessionmaker[Session], token: str, settings: Settings
) -> None:
    with factory.begin() as db:
        planned = db.scalars(select(PlannedSession)).one()
        removal.erase(db, planned, now=NOW)
        with db.begin_nested():
            first_account(db)
        refused = db.begin_nested()
        refused.rollback()
        assert not (settings.home / ERASED_FILE).exists()
    assert str(planned.id) in (settings.home / ERASED_FILE).read_text()


def test_an_erasure_that_is_taken_back_is_not_remembered(tmp_path: Path) -> None:
    settings, file = Settings(home=tmp_path / "home"), tmp_path / "backup.zip"
    engine = open_database(settings)
    factory = session_factory(engine)
    with factory.begin() as db:
        planned = diary.save_session(
            db, first_account(db), a_walk(), form_key="one", reference="K7", now=NOW
        )
    with factory() as db:
        removal.erase(db, db.get_one(PlannedSession, planned.id), now=NOW)
        db.rollback()
        db.commit()
    engine.dispose()
    backup(settings, file)
    assert restore(settings, file, force=True).erased_again == 0
    assert set(sessions_in(settings)) == {"K7"}


def test_a_restore_does_not_overwrite_a_diary_unless_told_to(
    settings: Settings, token: str, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    backup(settings, file)
    engine = open_database(settings)
    with session_factory(engine).begin() as db:
        later = first_account(db)
        diary.save_session(db, later, a_walk(), form_key="two", reference="K8", now=NOW)
    engine.dispose()
    with pytest.raises(BackupError, match=r"2 sessions.*--force"):
        restore(settings, file)
    assert set(sessions_in(settings)) == {"K7", "K8"}
    restore(settings, file, force=True)
    assert set(sessions_in(settings)) == {"K7"}


def test_imported_parks_go_with_the_backup(tmp_path: Path) -> None:
    here, there = Settings(home=tmp_path / "here"), Settings(home=tmp_path / "there")
    here.imported_parks.mkdir(parents=True)
    (here.imported_parks / "my-park.geojson").write_text("{}")
    assert backup(here, tmp_path / "backup.zip").parks == 1
    assert restore(there, tmp_path / "backup.zip").parks == 1
    assert (there.imported_parks / "my-park.geojson").read_text() == "{}"
    with pytest.raises(BackupError, match="1 imported parks"):
        restore(there, tmp_path / "backup.zip")


def test_a_secret_from_the_environment_stays_out_of_the_backup_and_is_asked_for(
    tmp_path: Path,
) -> None:
    secret = "a secret of more than sixteen characters"
    here = Settings(home=tmp_path / "here", secret_key=secret)
    file = tmp_path / "backup.zip"
    assert not backup(here, file).has_secret
    assert secret.encode() not in file.read_bytes()
    with pytest.raises(BackupError, match="WALKTALK_SECRET_KEY"):
        restore(Settings(home=tmp_path / "there"), file)
    restore(Settings(home=tmp_path / "there", secret_key=secret), file)


def test_the_secrets_of_both_places_go_on_working(settings: Settings, tmp_path: Path) -> None:
    other = Settings(home=tmp_path / "other")
    backup(other, tmp_path / "backup.zip")
    open_database(settings).dispose()
    before = set(load_keyring(settings).keys) | set(load_keyring(other).keys)
    restore(settings, tmp_path / "backup.zip", force=True)
    after = load_keyring(settings)
    assert set(after.keys) == before
    assert after.current == load_keyring(other).current


def test_a_file_cut_short_is_refused_and_nothing_is_changed(
    settings: Settings, token: str, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    backup(settings, file)
    whole = file.read_bytes()
    for keep in (0, 1, 100, -30):
        file.write_bytes(whole[:keep])
        with pytest.raises(BackupError, match="no backup"):
            restore(settings, file, force=True)
    assert set(sessions_in(settings)) == {"K7"}


def changed(file: Path, name: str, content: str) -> None:
    """Replace one part of a backup."""
    with zipfile.ZipFile(file) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for part, old in parts.items():
            archive.writestr(part, content if part == name else old)


BROKEN_ROWS = (
    "not json",
    json.dumps({"table": "no_such_table", "row": {}}),
    json.dumps({"table": "account", "row": {"no_such_column": 1}}),
    json.dumps({"table": "erasure", "row": {"erased_id": "no", "erased_at": "no"}}),
    json.dumps({"table": "setup_link", "row": {"token_hash": "x", "account_id": "0" * 32}}),
)


def test_a_backup_with_broken_rows_is_refused_and_nothing_is_changed(
    settings: Settings, token: str, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    backup(settings, file)
    for rows in BROKEN_ROWS:
        changed(file, "rows.jsonl", rows)
        with pytest.raises(BackupError, match="broken"):
            restore(settings, file, force=True)
    assert set(sessions_in(settings)) == {"K7"}


def test_a_backup_of_a_newer_walktalk_is_refused_by_that_reason(
    settings: Settings, token: str, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    backup(settings, file)
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("backup.json"))
    for newer in (manifest | {"revision": "9999"}, manifest | {"form": 2}):
        changed(file, "backup.json", json.dumps(newer))
        with pytest.raises(BackupError, match="newer Walktalk"):
            restore(settings, file, force=True)
    assert set(sessions_in(settings)) == {"K7"}


@pytest.mark.parametrize("content", [None, b"", b"some text"])
def test_what_is_no_backup_is_refused_by_name(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "not-a-backup"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BackupError, match="not-a-backup"):
        restore(Settings(home=tmp_path / "home"), file)


def test_a_backup_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="cannot be written"):
        backup(Settings(home=tmp_path / "home"), tmp_path / "no" / "folder" / "backup.zip")


def test_an_unreadable_database_is_set_aside_when_forced(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    file = tmp_path / "backup.zip"
    backup(settings, file)
    database = settings.home / SQLITE_FILE
    database.write_bytes(b"this is no database " * 100)
    with pytest.raises(DatabaseError, match="cannot be opened"):
        restore(settings, file)
    report = restore(settings, file, force=True)
    assert report.set_aside is not None
    assert report.set_aside.read_bytes().startswith(b"this is no database")
    assert sessions_in(settings) == {}


def test_a_lost_secret_comes_back_with_the_backup(
    settings: Settings, token: str, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    backup(settings, file)
    (settings.home / SECRET_FILE).unlink()
    with pytest.raises(SecretError, match="gone"):
        restore(settings, file)
    restore(settings, file, force=True)
    assert set(sessions_in(settings)) == {"K7"}


@pytest.fixture
def moved_house(settings: Settings, token: str, tmp_path: Path) -> Path:
    """A backup of before one session was erased and the link of another taken back."""
    file = tmp_path / "backup.zip"
    with use_database(settings) as factory, factory.begin() as db:
        another = diary.save_session(
            db, first_account(db), a_walk(), form_key="two", reference="K8", now=NOW
        )
        links.share(db, another, now=NOW)
    backup(settings, file)
    erase(settings, sessions_in(settings)["K7"])
    with use_database(settings) as factory, factory.begin() as db:
        [again] = diary.list_upcoming(db, first_account(db), NOW)
        links.revoke(db, again.links[0], now=NOW)
    return file


def test_the_list_of_erasures_can_be_carried_to_a_new_home(
    settings: Settings, elsewhere: Settings, moved_house: Path
) -> None:
    report = restore(elsewhere, moved_house, erased=settings.home / ERASED_FILE)
    assert (report.sessions, report.erased_again, report.knows_erasures) == (1, 1, True)
    assert set(sessions_in(elsewhere)) == {"K8"}
    with use_database(elsewhere) as factory, factory.begin() as db:
        [again] = diary.list_upcoming(db, first_account(db), NOW)
        assert again.links[0].revoked_at == NOW


def test_a_new_home_without_the_list_says_what_it_does_not_know(
    elsewhere: Settings, moved_house: Path
) -> None:
    report = restore(elsewhere, moved_house)
    assert (report.sessions, report.knows_erasures) == (2, False)


def test_a_link_taken_back_stays_so_when_an_earlier_backup_is_put_back(
    settings: Settings, moved_house: Path
) -> None:
    restore(settings, moved_house, force=True)
    with use_database(settings) as factory, factory.begin() as db:
        [again] = diary.list_upcoming(db, first_account(db), NOW)
        assert [link.revoked_at for link in again.links] == [NOW]


def test_what_is_no_list_of_erasures_is_refused_and_nothing_is_changed(
    settings: Settings, token: str, tmp_path: Path
) -> None:
    file, wrong = tmp_path / "backup.zip", tmp_path / "wrong"
    backup(settings, file)
    for content in (b"not a list\n", b"\xff\n", b"0 0\n"):
        wrong.write_bytes(content)
        with pytest.raises(BackupError, match="no list of what was erased"):
            restore(settings, file, force=True, erased=wrong)
    assert set(sessions_in(settings)) == {"K7"}


def test_what_a_power_cut_kept_out_of_the_list_is_repeated_there(
    settings: Settings, token: str
) -> None:
    session_id = sessions_in(settings)["K7"]
    erase(settings, session_id)
    listed = (settings.home / ERASED_FILE).read_text()
    (settings.home / ERASED_FILE).write_text(listed[:-10])
    assert read_list(settings.home / ERASED_FILE) == {}
    with use_database(settings) as factory, factory.begin() as db:
        complete_list(db)
    assert list(read_list(settings.home / ERASED_FILE)) == [session_id]
