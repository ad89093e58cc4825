"""Share links: who gets in, until when, and what they see."""

import string
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.acts import again, opens, save
from tests.sessions.walks import NOW, TEN_O_CLOCK, a_walk
from walktalk.routes import RequestError
from walktalk.routes.clock import LONDON, local_time
from walktalk.sessions import diary, links, removal
from walktalk.sessions.errors import SessionInThePast, SessionNotFound
from walktalk.sessions.store.database import session_factory
from walktalk.sessions.store.models import Account, PlannedSession, ShareLink

BASE64URL = string.ascii_letters + string.digits + "-_"


def test_a_share_link_opens_the_walk_as_it_was_saved(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        seen = links.open_link(db, shared[1], NOW)
    assert seen is not None
    assert seen.starts_at == TEN_O_CLOCK
    assert seen.starts_at.tzinfo is LONDON
    assert seen.ends_at == TEN_O_CLOCK + timedelta(minutes=50)
    assert not seen.cancelled
    assert seen.walk.route == a_walk().route
    assert seen.walk.area == a_walk().area
    assert seen.walk.proposal.timetable == a_walk().proposal.timetable
    assert seen.walk.proposal.findings == a_walk().proposal.findings


def test_a_link_can_be_opened_where_nothing_may_be_written(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    reading = session_factory(factory.kw["bind"], read_only=True)
    with reading.begin() as db:
        assert links.open_link(db, shared[1], NOW) is not None


def test_a_page_that_only_looks_does_not_wait_for_a_writer(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    reading = session_factory(factory.kw["bind"], read_only=True)
    with factory.begin() as writer:
        diary.cancel(writer, again(writer, shared[0]), now=NOW)
        with reading.begin() as db:
            seen = links.open_link(db, shared[1], NOW)
            assert seen is not None
            assert not seen.cancelled


def test_any_changed_character_of_a_token_is_a_dead_link(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    token = shared[1]
    changed = [
        token[:place] + character + token[place + 1 :]
        for place in range(len(token))
        for character in BASE64URL
        if character != token[place]
    ]
    with factory.begin() as db:
        assert [text for text in changed if links.open_link(db, text, NOW)] == []
        assert links.open_link(db, token, NOW) is not None


@pytest.mark.parametrize("text", ["", "A" * 22, "a" * 5000, "' OR 1=1 --", "\0", "\ud800"])
def test_text_that_is_no_token_is_a_dead_link(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str], text: str
) -> None:
    assert not opens(factory, text)
    assert not opens(factory, shared[1] + text if text else "")


def test_a_link_in_the_database_opens_only_with_the_key_it_was_made_with(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        db.scalars(select(ShareLink)).one().key_id = "00000000"
    assert not opens(factory, shared[1])


def test_the_token_is_not_in_the_database_and_can_be_shown_again(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        link = db.scalars(select(ShareLink)).one()
        kept = {str(getattr(link, column.key)) for column in ShareLink.__table__.columns}
        assert shared[1] not in kept
        assert links.token_of(db, link) == shared[1]


def test_a_link_expires_at_the_end_of_the_walks_day(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    midnight = datetime(2026, 12, 2, tzinfo=LONDON)
    assert opens(factory, shared[1], midnight - timedelta(microseconds=1))
    assert not opens(factory, shared[1], midnight)


def test_a_link_of_a_walk_past_midnight_outlives_the_walk(
    factory: sessionmaker[Session], account: Account
) -> None:
    late = datetime(2026, 12, 1, 23, 30, tzinfo=LONDON)
    with factory.begin() as db:
        link, _ = links.share(db, save(db, account, a_walk(at=late)), now=NOW)
        assert link.expires_at == datetime(2026, 12, 3, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2027, 3, 28), 23), (date(2027, 10, 31), 25), (date(2027, 5, 1), 24)],
)
def test_a_link_expires_at_midnight_on_days_when_the_clocks_change_too(
    factory: sessionmaker[Session], account: Account, day: date, hours: int
) -> None:
    with factory.begin() as db:
        walk = a_walk(at=local_time(day, time(0, 30)))
        _, token = links.share(db, save(db, account, walk), now=NOW)
    end = local_time(day, time(0)).astimezone(UTC) + timedelta(hours=hours)
    assert opens(factory, token, end - timedelta(seconds=1))
    assert not opens(factory, token, end)


@given(
    day=st.dates(date(2026, 11, 25), date(2028, 11, 1)),
    at=st.times(),
    minutes=st.integers(20, 120),
    extra_days=st.integers(0, 30),
)
def test_a_link_outlives_its_walk_by_no_more_than_asked(
    day: date, at: time, minutes: int, extra_days: int
) -> None:
    try:
        starts_at = local_time(day, at, fold=1)
    except RequestError:
        return
    planned = PlannedSession(starts_at=starts_at.astimezone(UTC), minutes=minutes)
    expiry = links._expiry(planned, extra_days)
    lives = expiry.astimezone(UTC) - diary.ends_at(planned)
    assert timedelta(0) < lives <= timedelta(days=1 + extra_days, hours=1)


def test_a_revoked_link_stays_dead_and_a_new_one_can_be_made(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        planned = again(db, shared[0])
        links.revoke(db, planned.links[0], now=NOW)
        _, fresh = links.share(db, planned, now=NOW)
    assert not opens(factory, shared[1])
    assert opens(factory, fresh)
    with factory.begin() as db:
        links.reschedule(db, again(db, shared[0]), TEN_O_CLOCK + timedelta(days=7), now=NOW)
    assert not opens(factory, shared[1])


def test_a_session_shared_again_keeps_its_link(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        link, token = links.share(db, again(db, shared[0]), extra_days=2, now=NOW)
        assert link.expires_at == datetime(2026, 12, 4, tzinfo=LONDON)
    assert token == shared[1]
    assert opens(factory, token, datetime(2026, 12, 3, tzinfo=LONDON))


def test_a_session_shared_twice_at_once_gets_one_link(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        session_id = save(db, account).id

    def share(_: int) -> str:
        with factory.begin() as db:
            return links.share(db, diary.get(db, account, session_id), now=NOW)[1]

    with ThreadPoolExecutor(4) as pool:
        tokens = set(pool.map(share, range(8)))
    with factory.begin() as db:
        assert db.scalar(select(func.count()).select_from(ShareLink)) == len(tokens) == 1


def test_a_cancelled_session_still_opens_and_says_so(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        diary.cancel(db, again(db, shared[0]), now=NOW)
    with factory.begin() as db:
        seen = links.open_link(db, shared[1], NOW)
    assert seen is not None
    assert (seen.cancelled, seen.sequence) == (True, 1)


def test_the_link_of_a_deleted_session_is_dead_until_it_is_put_back(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        removal.delete(db, again(db, shared[0]), now=NOW)
    assert not opens(factory, shared[1])
    with factory.begin() as db, pytest.raises(SessionNotFound):
        links.share(db, again(db, shared[0]), now=NOW)
    with factory.begin() as db:
        removal.put_back(db, again(db, shared[0]))
    assert opens(factory, shared[1])


def test_the_link_of_an_erased_session_is_dead_for_good(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        removal.erase(db, again(db, shared[0]), now=NOW)
    assert not opens(factory, shared[1])
    with factory.begin() as db:
        assert db.scalar(select(func.count()).select_from(ShareLink)) == 0


def test_a_walk_whose_day_is_over_cannot_be_shared(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        planned = save(db, account)
        with pytest.raises(SessionInThePast):
            links.share(db, planned, now=datetime(2026, 12, 2, tzinfo=LONDON))


@pytest.mark.parametrize("extra_days", [-1, 31])
def test_a_link_that_lives_too_long_is_refused(
    factory: sessionmaker[Session], account: Account, extra_days: int
) -> None:
    with factory.begin() as db, pytest.raises(RequestError, match="0 to 30"):
        links.share(db, save(db, account), extra_days=extra_days, now=NOW)


def test_the_preview_of_a_dead_link_shows_what_it_showed(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        planned = again(db, shared[0])
        before = links.open_link(db, shared[1], NOW)
        links.revoke(db, planned.links[0], now=NOW)
        assert before is not None
        assert links.preview(planned) == before
        assert links.preview(planned).walk == before.walk


def test_the_choice_of_a_street_map_is_off_until_made_and_reaches_every_link(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        planned = save(db, db.merge(account))
        assert not links.preview(planned).street_map
        db.merge(account).street_map = True
    with factory.begin() as db:
        link, _ = links.share(db, db.merge(planned), now=NOW)
        assert links.preview(link.session).street_map
