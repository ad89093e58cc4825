"""What is not kept longer than it is needed."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.walks import NOW, TEN_O_CLOCK, a_walk
from walktalk.routes import RequestError
from walktalk.sessions import diary, removal, sign_ins
from walktalk.sessions.accounts import new_setup_link
from walktalk.sessions.retention import BIN_DAYS, MOST_DAYS, Purged, keep_past, purge_expired
from walktalk.sessions.store.models import Account, Erasure, PlannedSession

SECOND = timedelta(seconds=1)


def save(db: Session, account: Account, form_key: str) -> PlannedSession:
    return diary.save_session(db, account, a_walk(), form_key=form_key, now=NOW)


def test_a_deleted_session_is_erased_when_its_days_in_the_bin_are_over(
    factory: sessionmaker[Session], account: Account
) -> None:
    over = NOW + timedelta(days=BIN_DAYS)
    with factory.begin() as db:
        kept, binned = save(db, account, "kept"), save(db, account, "binned")
        removal.delete(db, binned, now=NOW)
        assert purge_expired(db, over - SECOND) == Purged()
        assert purge_expired(db, over) == Purged(from_bin=1)
        assert db.get(PlannedSession, kept.id) is kept
        assert db.get_one(Erasure, binned.id).erased_at == over


def test_past_sessions_are_kept_for_as_long_as_their_own_account_wants(
    factory: sessionmaker[Session], account: Account
) -> None:
    later = TEN_O_CLOCK + timedelta(days=400)
    with factory.begin() as db:
        other = Account(created_at=NOW)
        db.add(other)
        db.flush()
        mine, theirs = save(db, account, "one"), save(db, other, "two")
        assert purge_expired(db, later) == Purged()
        keep_past(db, db.get_one(Account, account.id), 400)
        assert purge_expired(db, later) == Purged()
        assert purge_expired(db, later + SECOND) == Purged(past=1)
        assert db.get(PlannedSession, mine.id) is None
        assert db.get(PlannedSession, theirs.id) is theirs
        keep_past(db, other, None)
        assert purge_expired(db, later + timedelta(days=4_000)) == Purged()


@pytest.mark.parametrize("days", [0, -1, MOST_DAYS + 1])
def test_sessions_are_kept_for_a_day_to_ten_years(
    factory: sessionmaker[Session], account: Account, days: int
) -> None:
    with factory.begin() as db, pytest.raises(RequestError, match="1 to 3653 days"):
        keep_past(db, db.get_one(Account, account.id), days)


def test_dead_set_up_links_and_sign_ins_are_removed(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        new_setup_link(db, now=NOW)
        sign_ins.create(db, account, "Desk", now=NOW)
        assert purge_expired(db, NOW) == Purged()
        assert purge_expired(db, NOW + timedelta(days=2)) == Purged(dead=2)
