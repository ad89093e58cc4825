"""Two requests at once: neither writes back what it read before the other changed it.

SQLite lets one write at a time from the start; PostgreSQL lets both begin, so it is asked here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.acts import save
from tests.sessions.photographing import add
from tests.sessions.test_recorded import keep
from tests.sessions.walks import NOW
from walktalk.sessions import accounts, diary, links, photographs, recorded, removal, sign_ins
from walktalk.sessions.errors import NotThere, PasswordRefused
from walktalk.sessions.store.models import Account, Binned

OLD, NEW, THIRD = "slate heron bicycle tin", "another heron in a tin", "a third heron on a bicycle"


@pytest.fixture
def engine(postgresql_engine: Engine) -> Iterator[Engine]:
    yield postgresql_engine
    with postgresql_engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE account, erasure CASCADE")


@pytest.fixture
def ann(factory: sessionmaker[Session], account: Account, monkeypatch: pytest.MonkeyPatch) -> str:
    """An account with a password, hashed with older settings; its name."""
    monkeypatch.setattr(accounts, "_HASHER", PasswordHasher(1, 8, 1))
    with factory.begin() as db:
        accounts.complete_setup(db, accounts.new_reset_link(db, account), "ann", OLD)
    monkeypatch.setattr(accounts, "_HASHER", PasswordHasher(1, 16, 1))
    return "ann"


@contextmanager
def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]) -> Iterator[None]:
    """Let ``act`` happen once, just after a password was found to be right."""
    left = [act]
    whole = accounts._matches

    def matches(known: str, password: str) -> bool:
        found = whole(known, password)
        if left:
            left.pop()()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(accounts, "_matches", matches)
        yield


def opens(factory: sessionmaker[Session], name: str, password: str) -> bool:
    with factory.begin() as db:
        return accounts.sign_in(db, name, password) is not None


def change(factory: sessionmaker[Session], account: Account, old: str, new: str) -> None:
    with factory.begin() as db:
        accounts.change_password(db, db.get_one(Account, account.id), old, new)


def test_an_old_password_does_not_come_back_by_whoever_was_signing_in_with_it(
    factory: sessionmaker[Session],
    account: Account,
    ann: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with meanwhile(monkeypatch, lambda: change(factory, account, OLD, NEW)):
        assert not opens(factory, ann, OLD)
    assert not opens(factory, ann, OLD)
    assert opens(factory, ann, NEW)


def test_a_sign_in_with_an_old_password_does_not_outlive_the_change(
    factory: sessionmaker[Session], account: Account, ann: str
) -> None:
    with factory() as db:
        found = accounts.sign_in(db, ann, OLD)
        assert found is not None
        token = sign_ins.create(db, found, "Desk", now=NOW)
        db.commit()
    change(factory, account, OLD, NEW)
    with factory.begin() as db:
        assert sign_ins.find(db, token, now=NOW) is None


def test_a_set_up_link_wins_over_a_change_that_began_with_the_old_password(
    factory: sessionmaker[Session], account: Account, ann: str
) -> None:
    with factory() as db:
        mine = db.get_one(Account, account.id)
        assert mine.password_hash is not None
        with factory.begin() as other:
            link = accounts.new_reset_link(other, other.get_one(Account, account.id))
            accounts.complete_setup(other, link, ann, NEW)
        with pytest.raises(PasswordRefused):
            accounts.change_password(db, mine, OLD, THIRD)
        db.rollback()
    assert opens(factory, ann, NEW)


ACTS: dict[str, tuple[Callable[..., Binned], Callable[..., object]]] = {
    "reference": (save, lambda db, row: diary.set_reference(db, row, "K8")),
    "answer": (save, lambda db, row: diary.accept_unknown(db, row, "checked", now=NOW)),
    "cancel": (save, lambda db, row: diary.cancel(db, row, now=NOW)),
    "share": (save, lambda db, row: links.share(db, row, now=NOW)),
    "delete": (save, lambda db, row: removal.delete(db, row, now=NOW)),
    "rename": (keep, lambda db, row: recorded.rename(db, row, "Another")),
    "put back": (keep, removal.put_back),
    "describe": (
        lambda db, account: add(db, save(db, account)),
        lambda db, row: photographs.describe(db, row, "A gate."),
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_what_was_erased_meanwhile_stays_erased_and_is_said_not_to_be_there(
    factory: sessionmaker[Session], account: Account, name: str
) -> None:
    make, act = ACTS[name]
    with factory.begin() as db:
        row_id, model = (made := make(db, account)).id, type(made)
    with factory() as db:
        row = db.get_one(model, row_id)
        with factory.begin() as other:
            removal.erase(other, other.get_one(model, row_id), now=NOW)
        with pytest.raises(NotThere):
            act(db, row)
        db.rollback()
    with factory.begin() as db:
        assert db.get(model, row_id) is None
