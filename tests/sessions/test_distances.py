"""The units of distance: chosen by each account, metric for whoever was there before."""

import pytest
from alembic import command
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.walks import NOW, a_walk
from walktalk.routes import RequestError
from walktalk.sessions import diary
from walktalk.sessions.accounts import first_account
from walktalk.sessions.page_words import distances_of, set_distances
from walktalk.sessions.store.models import Account
from walktalk.sessions.store.schema_steps import alembic_config
from walktalk.wording import METRIC, MILES


def test_the_units_are_kept_for_their_account(
    factory: sessionmaker[Session], account: Account
) -> None:
    assert distances_of(account) == METRIC
    with factory.begin() as db:
        set_distances(db, first_account(db), "miles")
    with factory.begin() as db:
        assert distances_of(first_account(db)) == MILES


def test_other_units_are_refused_by_name(factory: sessionmaker[Session], account: Account) -> None:
    with factory.begin() as db, pytest.raises(RequestError, match="metric or miles"):
        set_distances(db, db.merge(account), "furlongs")


def test_an_account_from_before_there_was_a_choice_says_distances_in_metres_and_keeps_its_walks(
    engine: Engine, factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        diary.save_session(db, account, a_walk(), form_key="one", reference="K7", now=NOW)
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), "0010")
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "head")
    with factory.begin() as db:
        found = db.get_one(Account, account.id)
        assert distances_of(found) == METRIC
        assert [each.reference for each in diary.list_upcoming(db, found, NOW)] == ["K7"]
