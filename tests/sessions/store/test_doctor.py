"""What the doctor finds."""

from pathlib import Path

import pytest

from tests.sessions.walks import NOW, a_walk
from walktalk.sessions import diary
from walktalk.sessions.accounts import first_account
from walktalk.sessions.store.backup import backup
from walktalk.sessions.store.database import (
    SQLITE_FILE,
    open_database,
    session_factory,
    use_database,
)
from walktalk.sessions.store.doctor import doctor
from walktalk.sessions.store.errors import BackupError
from walktalk.sessions.store.keys import SECRET_FILE
from walktalk.settings import Settings

_PAGE_BYTES = 4096
NAMES = ["home", "secret", "database", "sessions", "photographs", "parks", "base-url"]


def levels(settings: Settings) -> dict[str, str]:
    return {finding.check: finding.level for finding in doctor(settings)}


def test_everything_is_in_order_on_an_empty_home(settings: Settings) -> None:
    served = settings.model_copy(update={"base_url": "https://walks.example"})
    found = doctor(served)
    assert [finding.check for finding in found] == NAMES
    assert {finding.level for finding in found} == {"pass"}, found


@pytest.mark.parametrize("url", ["http://localhost:8000", "http://[::1]:8000", "http://10.0.0.5"])
def test_a_base_url_that_a_phone_cannot_open_safely_is_a_caution(tmp_path: Path, url: str) -> None:
    assert levels(Settings(home=tmp_path, base_url=url))["base-url"] == "caution"


def test_a_home_that_others_can_look_into_is_a_caution(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert levels(Settings(home=tmp_path))["home"] == "caution"
    (tmp_path / SECRET_FILE).chmod(0o644)
    assert levels(Settings(home=tmp_path))["secret"] == "caution"


def test_a_home_that_cannot_be_used_fails_everything_that_needs_it(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    found = levels(Settings(home=file))
    assert [found[name] for name in NAMES[:5]] == ["fail"] * 5


def test_a_broken_database_fails(tmp_path: Path) -> None:
    (tmp_path / SQLITE_FILE).write_bytes(b"this is no database " * 100)
    assert levels(Settings(home=tmp_path))["database"] == "fail"


def test_a_database_of_a_newer_walktalk_fails(settings: Settings) -> None:
    engine = open_database(settings)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    found = {finding.check: finding for finding in doctor(settings)}
    assert found["database"].level == "fail"
    assert "newer Walktalk" in found["database"].message


def test_a_secret_that_is_not_the_one_the_sessions_were_saved_with_fails(
    settings: Settings,
) -> None:
    engine = open_database(settings)
    with session_factory(engine).begin() as db:
        diary.save_session(db, first_account(db), a_walk(), form_key="one", now=NOW)
    engine.dispose()
    assert levels(settings)["sessions"] == "pass"
    (settings.home / SECRET_FILE).write_text("quite another secret of six or seven words\n")
    found = {finding.check: finding for finding in doctor(settings)}
    assert found["sessions"].level == "fail"
    assert "another secret key" in found["sessions"].message


def test_a_secret_that_is_gone_is_said_and_none_is_made_in_its_place(settings: Settings) -> None:
    open_database(settings).dispose()
    (settings.home / SECRET_FILE).unlink()
    found = {finding.check: finding for finding in doctor(settings)}
    for name in ("secret", "database"):
        assert found[name].level == "fail"
        assert "Put the file back from a backup" in found[name].message
    assert not (settings.home / SECRET_FILE).exists()


def test_a_damaged_page_fails_and_is_not_backed_up(tmp_path: Path) -> None:
    settings, file = Settings(home=tmp_path / "home"), tmp_path / "backup.zip"
    with use_database(settings) as factory, factory.begin() as db:
        owner = first_account(db)
        for number in range(20):
            diary.save_session(db, owner, a_walk(), form_key=f"{number}", now=NOW)
    backup(settings, file)
    before = file.read_bytes()
    damage(settings.home / SQLITE_FILE)
    found = {finding.check: finding for finding in doctor(settings)}
    assert found["database"].level == "fail"
    assert "damaged" in found["database"].message
    with pytest.raises(BackupError, match="damaged"):
        backup(settings, file)
    assert file.read_bytes() == before


def damage(database: Path) -> None:
    """Overwrite a page near the end, as a failing disk would."""
    content = bytearray(database.read_bytes())
    place = len(content) // _PAGE_BYTES * 3 // 4 * _PAGE_BYTES
    content[place : place + _PAGE_BYTES] = b"\xff" * _PAGE_BYTES
    database.write_bytes(bytes(content))


def test_a_broken_imported_park_fails(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    settings.imported_parks.mkdir()
    (settings.imported_parks / "my-park.geojson").write_text("{")
    assert levels(settings)["parks"] == "fail"


def test_where_tiles_come_from_is_said_where_they_are_set(tmp_path: Path) -> None:
    osm = Settings(home=tmp_path, tiles="https://tile.openstreetmap.org/{z}/{x}/{y}.png")
    assert levels(osm)["tiles"] == "caution"
    reachable = osm.model_copy(update={"user_agent": "walks (ann@walks.example)"})
    (found,) = [finding for finding in doctor(reachable) if finding.check == "tiles"]
    assert found.level == "pass"
    assert "tile.openstreetmap.org" in found.message
