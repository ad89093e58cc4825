"""Sessions that are over, however many."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from sqlalchemy import inspect
from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.walks import NOW, a_walk
from walktalk.routes.clock import LONDON
from walktalk.sessions import diary, past, removal
from walktalk.sessions.store.models import Account, PlannedSession

FIRST = datetime(2026, 12, 1, 10, 0, tzinfo=LONDON)
NUMBER = 130
AFTER = FIRST + timedelta(days=400)


@pytest.fixture
def many(factory: sessionmaker[Session], account: Account) -> Iterator[Session]:
    """A diary of 130 sessions, one a day."""
    with factory.begin() as db:
        first = diary.save_session(
            db, account, a_walk(at=FIRST), form_key="0", reference="K0", now=NOW
        )
        kept = {each.key: getattr(first, each.key) for each in inspect(first).mapper.column_attrs}
        for number in range(1, NUMBER):
            own = {"id": uuid4(), "form_key": f"{number}", "reference": f"K{number}"}
            day = FIRST + timedelta(days=number)
            db.add(PlannedSession(**kept | own | {"starts_at": day}))
        db.flush()
        yield db


def references(sessions: list[PlannedSession]) -> list[str]:
    return [planned.reference for planned in sessions]


def test_every_past_session_is_on_one_page_and_the_latest_is_first(
    many: Session, account: Account
) -> None:
    pages = [past.list_past(many, account, AFTER, page=number) for number in (1, 2, 3)]
    assert [len(page.sessions) for page in pages] == [50, 50, 30]
    assert {(page.pages, page.total) for page in pages} == {(3, NUMBER)}
    seen = [planned.reference for page in pages for planned in page.sessions]
    assert seen == [f"K{number}" for number in reversed(range(NUMBER))]
    assert past.list_past(many, account, AFTER, page=99).number == 3
    assert past.list_past(many, account, AFTER, page=-1).number == 1


def test_a_session_is_past_when_it_ends_and_not_before(many: Session, account: Account) -> None:
    end = FIRST + timedelta(minutes=50)
    assert past.list_past(many, account, end - timedelta(seconds=1)).total == 0
    assert past.list_past(many, account, end).total == 1


def test_sessions_are_found_by_reference_place_and_day_wherever_they_are(
    many: Session, account: Account
) -> None:
    expected = {
        "k107": 1,
        "2027-01": 31,
        "january 2027": 31,
        "made-up january": 31,
        "k5 january 2027": 10,
        "nowhere": 0,
        "  ": 0,
    }
    assert {words: len(past.find(many, account, words)) for words in expected} == expected


def test_the_table_has_every_session_and_nothing_of_what_was_needed(
    many: Session, account: Account
) -> None:
    newest, called_off = past.find(many, account, "K129")[0], past.find(many, account, "K128")[0]
    diary.set_reference(many, newest, "=1+1")
    removal.delete(many, newest, now=NOW)
    diary.cancel(many, called_off, now=NOW)
    rows = list(csv.reader(StringIO(past.as_csv(many, account))))
    assert len(rows) == NUMBER + 1
    assert tuple(rows[0]) == past.COLUMNS
    assert rows[1][:3] == ["2027-04-09", "10:00", "50"]
    assert [row[5:] for row in rows[1:4]] == [
        ["'=1+1", "deleted"],
        ["K128", "called off"],
        ["K127", ""],
    ]


def test_sessions_are_erased_by_age_those_to_come_stay(many: Session, account: Account) -> None:
    now = FIRST + timedelta(days=60, minutes=20)  # the 61st is under way
    before = FIRST + timedelta(days=90)
    removal.delete(many, past.find(many, account, "K3")[-1], now=NOW)
    assert past.count_older(many, account, before, now) == 60
    assert past.erase_older(many, account, before, now) == 60
    assert past.list_past(many, account, now).total == 0
    assert len(diary.list_upcoming(many, account, now)) == NUMBER - 60


def test_another_accounts_sessions_are_neither_listed_found_written_nor_erased(
    many: Session, account: Account
) -> None:
    other = Account(created_at=NOW)
    many.add(other)
    many.flush()
    assert past.list_past(many, other, AFTER).total == 0
    assert past.find(many, other, "K1") == []
    assert past.as_csv(many, other).splitlines() == [",".join(past.COLUMNS)]
    assert past.erase_older(many, other, AFTER, AFTER) == 0
    assert past.list_past(many, account, AFTER).total == NUMBER
