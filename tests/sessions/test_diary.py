"""The diary: what is planned, kept, called off and erased."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.walks import NOW, TEN_O_CLOCK, a_walk
from walktalk.parks.line_heights import is_known
from walktalk.routes import RequestError, Walk
from walktalk.routes.clock import LONDON
from walktalk.routes.legs import line_heights
from walktalk.sessions import diary, removal
from walktalk.sessions.errors import AlreadyErased, NotThere, SessionInThePast, SessionNotFound
from walktalk.sessions.past import list_past
from walktalk.sessions.store.frozen import freeze, freeze_whole, thaw
from walktalk.sessions.store.models import Account, Erasure, PlannedSession


def save(
    db: Session, account: Account, walk: Walk | None = None, *, form_key: str = "", **more: Any
) -> PlannedSession:
    more = {"now": NOW, **more}
    return diary.save_session(db, account, walk or a_walk(), form_key=form_key or "form", **more)


def count(factory: sessionmaker[Session]) -> int | None:
    with factory.begin() as db:
        return db.scalar(select(func.count()).select_from(PlannedSession))


def test_a_saved_session_gives_its_walk_back_exactly_as_it_was(
    factory: sessionmaker[Session], account: Account
) -> None:
    walk = a_walk(needs=frozenset({"seats"}), pauses=((2.0, 0.5),), pace=0.8)
    with factory.begin() as db:
        session_id = save(db, account, walk, reference="  K  7 ").id
    with factory.begin() as db:
        kept = diary.get(db, account, session_id)
        assert diary.frozen_walk(kept) == walk
        assert (kept.reference, kept.minutes) == ("K 7", 50)
        assert (kept.area_id, kept.place_name) == ("made-up-park", "The gate")
        assert kept.starts_at == TEN_O_CLOCK
        assert kept.starts_at.tzinfo is UTC


def test_a_saved_session_keeps_the_heights_of_its_walk() -> None:
    path = replace(a_walk().area.paths["way-1"], heights_m=(61.2, None, 63.0))
    area = replace(a_walk().area, paths={"way-1": path})
    walk = replace(a_walk(), area=area)
    kept = thaw(json.loads(json.dumps(freeze(walk))))
    assert kept == walk
    assert kept.area.paths["way-1"].heights_m == (61.2, None, 63.0)


def test_a_session_saved_before_heights_were_kept_still_opens_and_knows_none() -> None:
    frozen = json.loads(json.dumps(freeze_whole(a_walk())))
    for path in frozen["area"]["paths"].values():
        del path["heights_m"]
    kept = thaw(frozen)
    assert kept == a_walk()
    assert not is_known(line_heights(kept.area, kept.route))


def test_a_later_change_to_the_land_does_not_change_what_was_told(
    factory: sessionmaker[Session], account: Account
) -> None:
    walk = a_walk()
    facts = walk.area.paths["way-1"].facts
    with factory.begin() as db:
        session_id = save(db, account, walk).id
    facts["surface"] = "mud"  # type: ignore[index]
    with factory.begin() as db:
        told = diary.frozen_walk(diary.get(db, account, session_id))
    assert told.area.paths["way-1"].facts["surface"] == "asphalt"
    assert told == a_walk()


def test_a_form_sent_twice_keeps_one_session(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        first = save(db, account, form_key="one").id
    with factory.begin() as db:
        again = save(db, account, a_walk(minutes=30), form_key="one").id
        other = save(db, account, form_key="two").id
    assert first == again
    assert other != first
    assert count(factory) == 2


def test_a_form_sent_twice_at_once_keeps_one_session(
    factory: sessionmaker[Session], account: Account
) -> None:
    def send(_: int) -> Any:
        with factory.begin() as db:
            return save(db, account, form_key="one").id

    with ThreadPoolExecutor(4) as pool:
        ids = set(pool.map(send, range(8)))
    assert len(ids) == 1
    assert count(factory) == 1


def test_two_accounts_may_use_the_same_form_key(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        other = Account(id=uuid4(), created_at=NOW)
        db.add(other)
        db.flush()
        assert save(db, account, form_key="one").id != save(db, other, form_key="one").id


def test_a_write_that_fails_leaves_nothing_behind(
    factory: sessionmaker[Session], account: Account
) -> None:
    with pytest.raises(SessionInThePast), factory.begin() as db:
        save(db, account, form_key="one")
        save(db, account, a_walk(at=NOW - timedelta(days=1)), form_key="two")
    assert count(factory) == 0


@pytest.mark.parametrize("at", [NOW, NOW - timedelta(seconds=1), NOW - timedelta(days=900)])
def test_a_time_that_has_passed_is_refused(
    factory: sessionmaker[Session], account: Account, at: datetime
) -> None:
    with factory.begin() as db, pytest.raises(SessionInThePast, match="has passed"):
        save(db, account, a_walk(at=at))


@pytest.mark.parametrize(
    ("walk", "more", "argument"),
    [
        (a_walk(at=None), {}, "at"),
        (a_walk(at=TEN_O_CLOCK.replace(tzinfo=None)), {}, "at"),
        (a_walk(at=NOW + timedelta(days=733)), {}, "at"),
        (a_walk(), {"form_key": "f" * 65}, "form_key"),
        (a_walk(), {"form_key": "a\0b"}, "form_key"),
        (a_walk(), {"reference": "r" * 41}, "reference"),
        (a_walk(), {"reference": "a\0b"}, "reference"),
    ],
)
def test_a_session_that_makes_no_sense_is_refused_by_the_name_of_what_is_wrong(
    factory: sessionmaker[Session], account: Account, walk: Walk, more: Any, argument: str
) -> None:
    with factory.begin() as db, pytest.raises(RequestError) as refused:
        save(db, account, walk, **more)
    assert refused.value.argument == argument


def test_a_session_is_found_only_in_its_own_account(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        session_id = save(db, account).id
        other = Account(id=uuid4(), created_at=NOW)
        db.add(other)
        db.flush()
        with pytest.raises(SessionNotFound):
            diary.get(db, other, session_id)
        with pytest.raises(SessionNotFound):
            diary.get(db, account, uuid4())
        assert diary.list_upcoming(db, other, NOW) == []


def test_the_diary_lists_what_is_to_come_and_what_has_been(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        for day in (3, 1, 2):
            at = datetime(2026, 12, day, 10, 0, tzinfo=LONDON)
            save(db, account, a_walk(at=at), form_key=f"day {day}")
        during = datetime(2026, 12, 2, 10, 49, tzinfo=LONDON)
        after = datetime(2026, 12, 2, 10, 50, tzinfo=LONDON)
        upcoming = [planned.starts_at.day for planned in diary.list_upcoming(db, account, during)]
        past = [planned.starts_at.day for planned in list_past(db, account, after).sessions]
    assert upcoming == [2, 3]
    assert past == [2, 1]


def test_a_cancelled_session_stays_in_the_diary_and_can_be_taken_up_again(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        planned = save(db, account)
        diary.cancel(db, planned, now=NOW)
        diary.cancel(db, planned, now=NOW + timedelta(hours=1))
        assert (planned.cancelled_at, planned.sequence) == (NOW, 1)
        assert diary.list_upcoming(db, account, NOW) == [planned]
        diary.uncancel(db, planned, now=NOW)
        assert (planned.cancelled_at, planned.sequence) == (None, 2)


def test_a_deleted_session_lies_in_the_bin_until_it_is_put_back(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        planned = save(db, account)
        removal.delete(db, planned, now=NOW)
        assert diary.list_upcoming(db, account, NOW) == []
        assert removal.list_deleted(db, PlannedSession, account) == [planned]
        removal.put_back(db, planned)
        assert diary.list_upcoming(db, account, NOW) == [planned]
        assert removal.list_deleted(db, PlannedSession, account) == []


def test_an_erased_session_is_gone_and_only_the_fact_that_it_was_stays(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        planned = save(db, account)
        removal.erase(db, planned, now=NOW)
    with factory.begin() as db:
        with pytest.raises(SessionNotFound):
            diary.get(db, account, planned.id)
        assert db.get_one(Erasure, planned.id).erased_at == NOW
    assert count(factory) == 0


def test_a_session_erased_by_another_cannot_be_changed(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        session_id = save(db, account).id
    seen = factory()
    planned = diary.get(seen, account, session_id)
    seen.rollback()
    with factory.begin() as db:
        removal.erase(db, diary.get(db, account, session_id), now=NOW)
    with seen, pytest.raises(NotThere):
        diary.cancel(seen, planned, now=NOW)


def test_the_reference_can_be_changed_and_stays_short(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        planned = save(db, account, reference="K7")
        diary.set_reference(db, planned, "K8")
        with pytest.raises(RequestError):
            diary.set_reference(db, planned, "r" * 41)
    with factory.begin() as db:
        assert diary.get(db, account, planned.id).reference == "K8"


def test_a_walk_from_a_bare_position_is_kept_too(
    factory: sessionmaker[Session], account: Account
) -> None:
    walk = a_walk()
    walk = replace(walk, request=replace(walk.request, start=(-2.08, 51.9)))
    with factory.begin() as db:
        planned = save(db, account, walk)
        assert planned.place_name == ""
        assert diary.frozen_walk(planned) == walk


def test_a_form_sent_again_does_not_bring_an_erased_session_back(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        removal.erase(db, save(db, account), now=NOW)
    with factory.begin() as db, pytest.raises(AlreadyErased):
        save(db, account)
    with factory.begin() as db:
        assert diary.list_upcoming(db, account, NOW) == []
