"""Photographs: kept for a place, chosen for a page, gone from every page at once when removed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session, sessionmaker

from tests import photographs as made
from tests.maps.real_walks import stored_walks
from tests.sessions.acts import again, save
from tests.sessions.conftest import empty_settings
from tests.sessions.walks import NOW, TEN_O_CLOCK, a_walk
from walktalk.maps import Picture, as_picture
from walktalk.parks.geodesy import length_m
from walktalk.routes import Leg, RequestError, Route, Walk
from walktalk.sessions import diary, links, photographs
from walktalk.sessions.accounts import first_account
from walktalk.sessions.backup import backup, restore
from walktalk.sessions.database import SQLITE_FILE, open_database, session_factory
from walktalk.sessions.doctor import doctor
from walktalk.sessions.errors import PhotographNotFound
from walktalk.sessions.keys import SECRET_FILE
from walktalk.sessions.models import Account, Photograph, PlannedSession, ShownPhotograph
from walktalk.sessions.retention import purge_expired
from walktalk.sessions.shared import SharedPhotograph, Shows
from walktalk.settings import Settings

PICTURE = as_picture(made.as_jpeg(made.a_scene(400, 300)))
WORDS = "A red bench beside the gate."
TAKEN = date(2026, 5, 3)
_STORED = stored_walks()["pittville-park/lower-lake-loop"]
LOOP = replace(_STORED, request=replace(_STORED.request, at=TEN_O_CLOCK))


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of another, empty home, for each kind of database."""
    with empty_settings(request, tmp_path / "elsewhere") as empty:
        yield empty


def add(
    db: Session, planned: PlannedSession, shows: Shows = "meeting-place", picture: Picture = PICTURE
) -> Photograph:
    return photographs.add(db, planned, shows, picture, description=WORDS, taken_on=TAKEN, now=NOW)


def along_one_path() -> Walk:
    """Return a walk along a path without a bend, and back."""
    walk = a_walk()
    there = length_m(line := walk.route.coordinates[:2])
    path = replace(walk.area.paths["way-1"], coordinates=line)
    legs = (Leg("way-1", 0.0, there), Leg("way-1", there, 0.0))
    route = Route((*line, line[0]), 2 * there, "out-and-back", legs)
    return replace(
        walk,
        area=replace(walk.area, paths={"way-1": path}),
        proposal=replace(walk.proposal, route=route),
    )


def saved(db: Session, account: Account, form_key: str, walk: Walk) -> PlannedSession:
    return diary.save_session(db, account, walk, form_key=form_key, now=NOW)


def seen(
    factory: sessionmaker[Session], token: str, now: datetime = NOW
) -> tuple[SharedPhotograph, ...] | None:
    with factory.begin() as db:
        shared = links.open_link(db, token, now)
        return None if shared is None else shared.photographs


def test_a_link_shows_the_photograph_that_was_added(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    planned, token = shared
    assert seen(factory, token) == ()
    with factory.begin() as db:
        add(db, again(db, planned))
    shown = seen(factory, token)
    assert shown is not None
    [photo] = shown
    assert (photo.shows, photo.description, photo.taken_on) == ("meeting-place", WORDS, TAKEN)
    assert (photo.width, photo.height) == (PICTURE.width, PICTURE.height)
    assert photo.name.startswith("photo-1-")
    assert str(photo.id)[:8] not in photo.name
    with factory.begin() as db:
        assert photographs.image_of(db, photo.id) == PICTURE.content


def test_the_page_keeps_its_date_for_calendars_when_a_photograph_is_added(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        planned = again(db, shared[0])
        add(db, planned)
        assert (planned.sequence, planned.changed_at) == (0, NOW)


def test_a_photograph_serves_later_walks_from_the_same_place_and_no_others(
    factory: sessionmaker[Session], account: Account
) -> None:
    moved = replace(a_walk().area.places["gate"], position=(-2.0795, 51.90))  # 34 m to the east
    walk = a_walk()
    other = replace(walk, area=replace(walk.area, places={"gate": moved}))
    with factory.begin() as db:
        photo = add(db, save(db, account))
        later = saved(db, account, "later", walk)
        assert photographs.to_choose(db, account, walk)["meeting-place"] == (photo,)
        assert photographs.to_choose(db, account, other)["meeting-place"] == ()
        assert photographs.shown_on(later) == ()
        photographs.choose(db, later, {"meeting-place": photo.id})
        assert [each.id for each in photographs.shown_on(later)] == [photo.id]
        elsewhere = saved(db, account, "elsewhere", other)
        with pytest.raises(PhotographNotFound, match="not one of this place"):
            photographs.choose(db, elsewhere, {"meeting-place": photo.id})


def test_a_walk_round_a_lake_has_a_first_turn_and_one_along_one_path_has_none(
    factory: sessionmaker[Session], account: Account
) -> None:
    spots = photographs.spots_of(LOOP)
    assert list(spots) == ["meeting-place", "first-turn"]
    straight = along_one_path()
    assert list(photographs.spots_of(straight)) == ["meeting-place"]
    with factory.begin() as db:
        turn = add(db, saved(db, account, "loop", LOOP), "first-turn")
        assert turn.spot == spots["first-turn"]
        with pytest.raises(RequestError, match="this walk has no turn"):
            add(db, saved(db, account, "straight", straight), "first-turn")


def test_another_photograph_takes_the_place_of_the_first_under_another_name(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        first = photographs.shown_on(_with(db, shared[0]))[0]
        second = photographs.shown_on(_with(db, shared[0]))[0]
    assert first.id != second.id
    assert first.name != second.name
    shown = seen(factory, shared[1])
    assert shown == (second,)
    with factory.begin() as db:
        planned = again(db, shared[0])
        photographs.choose(db, planned, {"meeting-place": None})
        assert photographs.shown_on(planned) == ()
        photographs.choose(db, planned, {"meeting-place": first.id})
    assert seen(factory, shared[1]) == (first,)


def _with(db: Session, planned: PlannedSession) -> PlannedSession:
    here = again(db, planned)
    add(db, here)
    return here


def test_removed_it_leaves_every_page_at_once_and_comes_back_to_each(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str], account: Account
) -> None:
    with factory.begin() as db:
        photo = add(db, again(db, shared[0]))
        other = saved(db, account, "other", a_walk())
        photographs.choose(db, other, {"meeting-place": photo.id})
        other_token = links.share(db, other, now=NOW)[1]
        photographs.delete(db, photo, now=NOW)
        assert photographs.list_kept(db, account) == []
        assert photographs.list_deleted(db, account) == [photo]
        assert photographs.image_of(db, photo.id) is None
    assert seen(factory, shared[1]) == seen(factory, other_token) == ()
    with factory.begin() as db:
        photographs.undelete(db, photographs.get(db, account, photo.id))
    for token in (shared[1], other_token):
        shown = seen(factory, token)
        assert shown is not None
        assert [each.id for each in shown] == [photo.id]


def test_a_walk_called_off_shows_none_until_it_is_on_again(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        planned = again(db, shared[0])
        add(db, planned)
        diary.cancel(db, planned, now=NOW)
    assert seen(factory, shared[1]) == ()
    with factory.begin() as db:
        diary.uncancel(db, again(db, shared[0]), now=NOW)
    assert len(seen(factory, shared[1]) or ()) == 1


def test_a_walk_moved_to_another_time_keeps_its_photographs(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        planned = again(db, shared[0])
        add(db, planned)
        links.reschedule(db, planned, TEN_O_CLOCK + timedelta(days=1), now=NOW)
    assert len(seen(factory, shared[1]) or ()) == 1


def test_no_photograph_is_seen_through_a_dead_link(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        link = _with(db, shared[0]).links[0]
    assert seen(factory, shared[1], link.expires_at) is None
    with factory.begin() as db:
        links.revoke(db, again(db, shared[0]).links[0], now=NOW)
    assert seen(factory, shared[1]) is None


def test_an_erased_session_leaves_the_library_alone_and_takes_its_choice_along(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        planned = save(db, account)
        add(db, planned)
        diary.erase(db, planned, now=NOW)
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
        photographs.delete(db, photo, now=NOW)
        assert purge_expired(db, NOW + timedelta(days=29)).photographs == 0
        assert purge_expired(db, NOW + timedelta(days=30)).photographs == 1
    with factory.begin() as db:
        assert photographs.list_deleted(db, account) == []
        assert db.scalar(select(func.count()).select_from(ShownPhotograph)) == 0
        assert photographs.shown_on(again(db, shared[0])) == ()


def test_another_account_neither_sees_nor_chooses_it(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        photo, other = add(db, save(db, account)), Account(created_at=NOW)
        db.add(other)
        db.flush()
        theirs = saved(db, other, "theirs", a_walk())
        assert photographs.list_kept(db, other) == []
        with pytest.raises(PhotographNotFound):
            photographs.get(db, other, photo.id)
        with pytest.raises(PhotographNotFound):
            photographs.choose(db, theirs, {"meeting-place": photo.id})
        with pytest.raises(PhotographNotFound):
            photographs.add(
                db,
                theirs,
                "meeting-place",
                PICTURE,
                description=WORDS,
                taken_on=TAKEN,
                photograph_id=photo.id,
            )


def test_the_same_form_sent_twice_keeps_one(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        planned = save(db, account)
        photo = add(db, planned)
        same = photographs.add(
            db,
            planned,
            "meeting-place",
            PICTURE,
            description="Again.",
            taken_on=TAKEN,
            photograph_id=photo.id,
            now=NOW,
        )
        assert same is photo
        assert len(photographs.list_kept(db, account)) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "1 to 200 characters"),
        (" \n ", "1 to 200 characters"),
        ("x" * 201, "1 to 200 characters"),
        ("a\x00b", "1 to 200 characters"),
        ("Where my client waits", 'without "client"'),
        ("The Counselling room", 'without "Counsel"'),
        ("Beside the therapist's door", 'without "therap"'),
    ],
)
def test_words_that_are_too_many_or_tell_a_stranger_are_refused(text: str, why: str) -> None:
    with pytest.raises(RequestError, match=why):
        photographs.accepted_description(text)


def test_words_are_kept_as_one_sentence() -> None:
    assert photographs.accepted_description(" A red\n bench ") == "A red bench."
    assert photographs.accepted_description("A red bench.") == "A red bench."


def test_other_words_stand_on_every_page(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        photo = add(db, again(db, shared[0]))
        photographs.describe(db, photo, "A green bench")
    shown = seen(factory, shared[1])
    assert shown is not None
    assert shown[0].description == "A green bench."


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(1989, 12, 31)])
def test_a_day_to_come_or_long_ago_is_refused(day: date) -> None:
    with pytest.raises(RequestError, match="a day from 1990 to today"):
        photographs.accepted_day(day, NOW)


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
        photographs.erase(db, photographs.get(db, account, erased.id), now=NOW)
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

    def written() -> bytes:
        files = [file for file in settings.home.iterdir() if file.name.startswith(SQLITE_FILE)]
        return b"".join(file.read_bytes() for file in files)

    with factory.begin() as db:
        account = first_account(db, now=NOW)
        photo = add(db, save(db, account))
    sealed = _sealed(engine)
    assert sealed[:64] in written()
    for plain in (WORDS.encode(), PICTURE.content[20:60], b"-2.08"):
        assert plain not in written()
    with factory.begin() as db:
        photographs.erase(db, photographs.get(db, account, photo.id), now=NOW)
    assert sealed[:64] not in written()
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
    (settings.home / SECRET_FILE).unlink()
    assert {each.check: each.level for each in doctor(settings)}["photographs"] == "fail"
