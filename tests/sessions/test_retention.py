"""What is not kept longer than it is needed."""

from datetime import timedelta

from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.walks import NOW, TEN_O_CLOCK, a_walk
from walktalk.sessions import diary
from walktalk.sessions.accounts import new_setup_link
from walktalk.sessions.retention import BIN_DAYS, Purged, purge_expired
from walktalk.sessions.store.models import Account, Erasure, PlannedSession


def save(db: Session, account: Account, form_key: str) -> PlannedSession:
    return diary.save_session(db, account, a_walk(), form_key=form_key, now=NOW)


def test_a_deleted_session_is_erased_when_its_days_in_the_bin_are_over(
    factory: sessionmaker[Session], account: Account
) -> None:
    over = NOW + timedelta(days=BIN_DAYS)
    with factory.begin() as db:
        kept, binned = save(db, account, "kept"), save(db, account, "binned")
        diary.delete(db, binned, now=NOW)
        assert purge_expired(db, over - timedelta(seconds=1)) == Purged(0, 0, 0)
        assert purge_expired(db, over) == Purged(from_bin=1, past=0, setup_links=0)
        assert db.get(PlannedSession, kept.id) is kept
        assert db.get_one(Erasure, binned.id).erased_at == over


def test_past_sessions_are_kept_until_it_is_said_for_how_long(
    factory: sessionmaker[Session], account: Account
) -> None:
    later = TEN_O_CLOCK + timedelta(days=400)
    with factory.begin() as db:
        save(db, account, "one")
        assert purge_expired(db, later).past == 0
        assert purge_expired(db, later, keep_past=timedelta(days=401)).past == 0
        assert purge_expired(db, later, keep_past=timedelta(days=400)).past == 1


def test_a_dead_set_up_link_is_removed(factory: sessionmaker[Session]) -> None:
    with factory.begin() as db:
        new_setup_link(db, now=NOW)
        assert purge_expired(db, NOW).setup_links == 0
        assert purge_expired(db, NOW + timedelta(days=2)).setup_links == 1
