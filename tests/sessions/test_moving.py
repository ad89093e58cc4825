"""A session at another time: its link, light and needs."""

import string
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.acts import again, level, opens, save
from tests.sessions.walks import NOW, TEN_O_CLOCK, a_walk, with_facts
from walktalk.parks import Place
from walktalk.routes.checks import CHECKS
from walktalk.routes.clock import LONDON
from walktalk.sessions import diary, links
from walktalk.sessions.errors import NeedBroken, SessionInThePast, UnknownNotAccepted
from walktalk.sessions.store.models import Account, PlannedSession

BASE64URL = string.ascii_letters + string.digits + "-_"


def test_a_link_moves_with_its_session_and_tells_the_light_of_the_new_time(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    later = datetime(2026, 12, 8, 20, 0, tzinfo=LONDON)
    with factory.begin() as db:
        links.reschedule(db, again(db, shared[0]), later, now=NOW)
    with factory.begin() as db:
        seen = links.open_link(db, shared[1], datetime(2026, 12, 8, 23, 0, tzinfo=LONDON))
        assert seen is not None
        assert (seen.starts_at, seen.walk.request.at, seen.sequence) == (later, later, 1)
        assert seen.walk.route == a_walk().route
        findings = seen.walk.proposal.findings
        assert [finding.check for finding in findings] == [check.id for check in CHECKS]
        assert level(seen.walk, "light") == "unknown"
        assert links.open_link(db, shared[1], datetime(2026, 12, 9, tzinfo=LONDON)) is None


def test_a_session_that_was_shared_keeps_when_it_was_before_and_another_does_not(
    factory: sessionmaker[Session], account: Account, shared: tuple[PlannedSession, str]
) -> None:
    later = TEN_O_CLOCK + timedelta(hours=1)
    with factory.begin() as db:
        links.reschedule(db, again(db, shared[0]), later, now=NOW)
        alone = diary.save_session(db, account, a_walk(), form_key="another", now=NOW)
        links.reschedule(db, alone, later, now=NOW)
        assert alone.moved_from is None
    with factory.begin() as db:
        seen = links.open_link(db, shared[1], NOW)
        assert seen is not None
        assert seen.moved_from == TEN_O_CLOCK


def test_a_moved_session_is_checked_on_the_land_as_it_was_told(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db:
        planned = again(db, shared[0])
        links.reschedule(db, planned, TEN_O_CLOCK + timedelta(days=7), now=NOW)
        moved = diary.frozen_walk(planned)
    assert moved.area == a_walk().area
    assert (level(moved, "light"), level(moved, "surface")) == ("pass", "pass")


def test_a_session_is_not_moved_into_the_past(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str]
) -> None:
    with factory.begin() as db, pytest.raises(SessionInThePast):
        links.reschedule(db, again(db, shared[0]), NOW, now=NOW)
    assert opens(factory, shared[1])


def test_a_session_is_not_moved_to_a_time_that_breaks_a_need(
    factory: sessionmaker[Session], account: Account
) -> None:
    evening = TEN_O_CLOCK + timedelta(hours=10)
    with factory.begin() as db:
        planned = save(db, account, with_facts(a_walk(needs=frozenset({"lit"})), lit="no"))
        with pytest.raises(NeedBroken, match="dark paths without lamps"):
            links.reschedule(db, planned, evening, now=NOW)
        assert planned.starts_at == TEN_O_CLOCK


def test_a_shared_session_moved_into_an_unknown_asks_for_an_answer(
    factory: sessionmaker[Session], account: Account
) -> None:
    evening = TEN_O_CLOCK + timedelta(hours=10)
    with factory.begin() as db:
        planned = save(db, account, a_walk(needs=frozenset({"lit"})))
        links.share(db, planned, now=NOW)
        with pytest.raises(UnknownNotAccepted):
            links.reschedule(db, planned, evening, now=NOW)
        links.reschedule(db, planned, evening, unknown_accepted="checked", now=NOW)
        assert planned.acceptance is not None
        assert planned.acceptance["checks"] == ["light"]


def test_seats_too_far_apart_are_needed_and_unknown(
    factory: sessionmaker[Session], account: Account
) -> None:
    walk = a_walk(needs=frozenset({"seats"}))
    bench = Place("bench", "bench", "", walk.route.coordinates[0])
    area = replace(walk.area, places={**walk.area.places, "bench": bench})
    with factory.begin() as db:
        planned = save(db, account, replace(walk, area=area))
        links.reschedule(db, planned, TEN_O_CLOCK + timedelta(days=1), now=NOW)
        assert level(diary.frozen_walk(planned), "seats") == "caution"
        with pytest.raises(UnknownNotAccepted, match="seats"):
            links.share(db, planned, now=NOW)


def test_moving_one_session_and_calling_it_off_at_once_keeps_both(
    factory: sessionmaker[Session], shared: tuple[PlannedSession, str], account: Account
) -> None:
    later = TEN_O_CLOCK + timedelta(days=1)

    def move() -> None:
        with factory.begin() as db:
            planned = diary.get(db, account, shared[0].id)
            links.reschedule(db, planned, later, now=NOW)

    def call_off() -> None:
        with factory.begin() as db:
            diary.cancel(db, diary.get(db, account, shared[0].id), now=NOW)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(move), pool.submit(call_off)]:
            done.result()
    with factory.begin() as db:
        planned = diary.get(db, account, shared[0].id)
        assert (planned.starts_at, planned.cancelled_at, planned.sequence) == (later, NOW, 2)
