"""The counsellor's own walks: kept, renamed, deleted and put back, with nothing personal."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from tests.maps.real_walks import PARKS, stored_walks
from tests.routes import recorded as files
from tests.sessions.acts import written
from tests.sessions.walks import NOW
from walktalk.routes import RequestError
from walktalk.routes.recordings import KeptRecording, read_to_keep
from walktalk.sessions import recorded, removal
from walktalk.sessions.accounts import first_account
from walktalk.sessions.errors import AlreadyErased, RecordedWalkNotFound
from walktalk.sessions.retention import purge_expired
from walktalk.sessions.store.backup import backup, restore
from walktalk.sessions.store.database import open_database, session_factory
from walktalk.sessions.store.models import Account, RecordedWalk
from walktalk.settings import Settings

AREA = PARKS["pittville-park"]
LOOP = stored_walks()["pittville-park/lower-lake-loop"].route
PERSONAL = ["Zebrafish", "Anna", "987654321", "09:30", "08:30"]


def a_recording(kind: str = "gpx") -> KeptRecording:
    line = files.walked(LOOP.coordinates, LOOP.length_m, jitter_m=2.0)
    write: Callable[..., bytes] = getattr(files, f"as_{kind}")
    return read_to_keep(AREA, write(line), f"Zebrafish.{kind}")


def a_recording_with_heights() -> KeptRecording:
    line = files.walked(LOOP.coordinates, LOOP.length_m, jitter_m=2.0)
    return read_to_keep(AREA, files.as_gpx(line, height_m=61.25), "walk.gpx")


def keep(db: Session, account: Account, name: str = "Round the lake") -> RecordedWalk:
    return recorded.save(db, account, AREA.id, name, a_recording(), now=NOW)


def test_a_kept_walk_comes_back_as_it_was(factory: sessionmaker[Session], account: Account) -> None:
    kept = a_recording()
    with factory.begin() as db:
        recorded.save(db, account, AREA.id, "  Round   the lake ", kept, now=NOW)
    with factory.begin() as db:
        [walk] = recorded.list_kept(db, account)
        route = recorded.as_route(walk)
    assert walk.name == "Round the lake"
    assert (walk.kind, walk.recorded_on, walk.length_m) == ("GPX", kept.recorded_on, kept.length_m)
    assert (walk.share, walk.median_m, walk.p95_m) == (kept.share, kept.median_m, kept.p95_m)
    assert (route.line, route.path_ids) == (kept.line, kept.path_ids)


def test_the_heights_of_a_kept_walk_come_back_and_are_sealed(
    factory: sessionmaker[Session], account: Account
) -> None:
    kept = a_recording_with_heights()
    with factory.begin() as db:
        recorded.save(db, account, AREA.id, "Round the lake", kept, now=NOW)
        recorded.save(db, account, AREA.id, "Without heights", a_recording(), now=NOW)
    with factory.begin() as db:
        walks = {walk.name: walk for walk in recorded.list_kept(db, account)}
        assert recorded.as_route(walks["Round the lake"]).heights_m == kept.heights_m
        assert recorded.as_route(walks["Without heights"]).heights_m is None
        rows = db.connection().exec_driver_sql("SELECT heights_m FROM recorded_walk").scalars()
        written = [bytes(value) for value in rows if value is not None]
    assert set(kept.heights_m or ()) == {61.2}
    assert len(written) == 1
    assert b"61.2" not in written[0]


def test_a_walk_is_deleted_and_put_back(factory: sessionmaker[Session], account: Account) -> None:
    with factory.begin() as db:
        walk = keep(db, account)
        removal.delete(db, walk, now=NOW)
        assert recorded.list_kept(db, account) == []
        assert list(removal.list_deleted(db, RecordedWalk, account)) == [walk]
        removal.put_back(db, walk)
        assert list(recorded.list_kept(db, account)) == [walk]
        assert removal.list_deleted(db, RecordedWalk, account) == []


def test_a_walk_takes_another_name_but_not_an_empty_or_endless_one(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        walk = keep(db, account)
        recorded.rename(db, walk, "By the water")
        assert walk.name == "By the water"
        for name in ("", "  ", "x" * 61, "a\x00b"):
            with pytest.raises(RequestError, match="1 to 60 characters"):
                recorded.rename(db, walk, name)


def test_another_account_does_not_see_it(factory: sessionmaker[Session], account: Account) -> None:
    with factory.begin() as db:
        walk, other = keep(db, account), Account(created_at=NOW)
        db.add(other)
        db.flush()
        assert recorded.list_kept(db, other) == []
        with pytest.raises(RecordedWalkNotFound):
            recorded.get(db, other, walk.id)


def test_the_same_form_sent_twice_keeps_one(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        walk = keep(db, account)
        again = recorded.save(db, account, AREA.id, "Again", a_recording(), walk_id=walk.id)
        assert again is walk
        assert len(recorded.list_kept(db, account)) == 1


def test_a_walk_in_the_bin_goes_after_thirty_days(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        removal.delete(db, keep(db, account), now=NOW)
        assert purge_expired(db, NOW + timedelta(days=29)).from_bin == 0
        assert purge_expired(db, NOW + timedelta(days=30)).from_bin == 1
        assert removal.list_deleted(db, RecordedWalk, account) == []


@pytest.mark.parametrize("by", ["hand", "the purge"])
@pytest.mark.slow
def test_a_walk_erased_after_the_backup_is_erased_again_when_it_is_put_back(
    settings: Settings, tmp_path: Path, by: str
) -> None:
    engine = open_database(settings)
    factory = session_factory(engine)
    with factory.begin() as db:
        account = first_account(db, now=NOW)
        walks = keep(db, account, "From the door"), keep(db, account, "Round the lake")
        ids = [walk.id for walk in walks]
    backup(settings, tmp_path / "backup.zip")
    with factory.begin() as db:
        walk = recorded.get(db, account, ids[0])
        if by == "hand":
            removal.erase(db, walk, now=NOW)
        else:
            removal.delete(db, walk, now=NOW)
            purge_expired(db, NOW + timedelta(days=30))
    engine.dispose()
    assert restore(settings, tmp_path / "backup.zip", force=True).erased_again == 1
    engine = open_database(settings)
    with session_factory(engine).begin() as db:
        left = [*recorded.list_kept(db, account), *removal.list_deleted(db, RecordedWalk, account)]
        assert [each.id for each in left] == ids[1:]
    engine.dispose()


def test_a_backup_holds_it(settings: Settings, tmp_path: Path) -> None:
    engine = open_database(settings)
    factory = session_factory(engine)
    with factory.begin() as db:
        account = first_account(db, now=NOW)
        before = recorded.as_route(keep(db, account))
    backup(settings, tmp_path / "backup.zip")
    with factory.begin() as db:
        db.delete(recorded.list_kept(db, account)[0])
    engine.dispose()
    restore(settings, tmp_path / "backup.zip", force=True)
    engine = open_database(settings)
    with session_factory(engine).begin() as db:
        assert [recorded.as_route(each) for each in recorded.list_kept(db, account)] == [before]
    engine.dispose()


@pytest.mark.parametrize("kind", ["gpx", "fit", "tcx"])
def test_nothing_personal_reaches_the_database_file(kind: str, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    engine: Engine = open_database(settings)
    with session_factory(engine).begin() as db:
        account = first_account(db, now=NOW)
        recorded.save(db, account, AREA.id, "Round the lake", a_recording(kind), now=NOW)
        row = db.connection().exec_driver_sql("SELECT * FROM recorded_walk").mappings().one()
    kept = written(settings)
    engine.dispose()
    assert b"Round the lake" not in kept
    assert [word for word in PERSONAL if word.encode() in kept] == []
    assert set(row) == {column.name for column in RecordedWalk.__table__.columns}
    assert row["recorded_on"] == "2026-05-04"


def test_a_form_sent_again_does_not_bring_an_erased_walk_back(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        walk = keep(db, account)
        removal.erase(db, walk, now=NOW)
    with factory.begin() as db:
        with pytest.raises(AlreadyErased):
            recorded.save(db, account, AREA.id, "Again", a_recording(), walk_id=walk.id)
        assert recorded.list_kept(db, account) == []
