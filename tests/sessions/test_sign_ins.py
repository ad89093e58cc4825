"""Who is signed in, on which devices, and when that is over."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.walks import NOW
from walktalk.sessions import accounts, sign_ins
from walktalk.sessions.errors import SetupLinkDead
from walktalk.sessions.store.backup import backup, restore
from walktalk.sessions.store.database import use_database
from walktalk.sessions.store.models import Account, SignIn
from walktalk.settings import Settings

SECOND = timedelta(seconds=1)
PASSWORD = "slate heron bicycle tin"
PHONE = "Firefox on Android"


def test_a_token_opens_until_it_lay_idle_for_half_a_day(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        token = sign_ins.create(db, account, PHONE, now=NOW)
    with factory.begin() as db:
        found = sign_ins.find(db, token, now=NOW + timedelta(hours=12) - SECOND)
        assert found is not None
        assert (found.account.id, found.device) == (account.id, PHONE)
        assert sign_ins.find(db, token, now=NOW + timedelta(hours=12)) is None
        assert sign_ins.find(db, token[:-1], now=NOW) is None


def test_a_sign_in_that_is_used_lasts_a_week_and_no_longer(
    factory: sessionmaker[Session], account: Account
) -> None:
    week = NOW + timedelta(days=7)
    with factory.begin() as db:
        token, now = sign_ins.create(db, account, PHONE, now=NOW), NOW
        while (found := sign_ins.find(db, token, now=now)) is not None and now < week:
            sign_ins.touch(db, found.id, now=now)
            now += timedelta(hours=11)
        last = sign_ins.find(db, token, now=week - SECOND)
        assert last is not None
        assert sign_ins.find(db, token, now=week) is None
        assert sign_ins.end_old(db, week - SECOND) == 0
        assert sign_ins.end_old(db, week) == 1


def test_its_use_is_noted_once_in_five_minutes(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        token = sign_ins.create(db, account, PHONE, now=NOW)
        found = sign_ins.find(db, token, now=NOW)
        assert found is not None
        assert not sign_ins.is_due(found, now=NOW + timedelta(minutes=5) - SECOND)
        assert sign_ins.is_due(found, now=NOW + timedelta(minutes=5))


def test_a_sign_in_that_was_ended_stays_ended_whatever_is_still_under_way(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        token = sign_ins.create(db, account, PHONE, now=NOW)
        found = sign_ins.find(db, token, now=NOW)
        assert found is not None
    with factory.begin() as db:
        assert sign_ins.end(db, account, found.id)
        assert not sign_ins.end(db, account, found.id)
    with factory.begin() as db:
        sign_ins.touch(db, found.id, now=NOW + timedelta(minutes=6))
    with factory.begin() as db:
        assert sign_ins.find(db, token, now=NOW) is None


def test_devices_are_listed_and_ended_one_by_one_or_all_but_this_one(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        desk, phone, tablet = (
            sign_ins.create(db, account, name, now=NOW + number * SECOND)
            for number, name in enumerate(["Desk", "Phone", "Tab\nlet" + "x" * 100])
        )
        listed = sign_ins.list_devices(db, account, now=NOW)
        assert [each.device[:6] for each in listed] == ["Tablet", "Phone", "Desk"]
        assert max(len(each.device) for each in listed) == 60
        here = sign_ins.find(db, desk, now=NOW)
        assert here is not None
        assert sign_ins.end_all(db, account.id, but=here.id) == 2
        assert [bool(sign_ins.find(db, each, now=NOW)) for each in (desk, phone, tablet)] == [
            True,
            False,
            False,
        ]


def test_nobody_ends_the_sign_in_of_another_account(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        other = Account(created_at=NOW)
        db.add(other)
        db.flush()
        token = sign_ins.create(db, account, PHONE, now=NOW)
        [found] = sign_ins.list_devices(db, account, now=NOW)
        assert not sign_ins.end(db, other, found.id)
        assert sign_ins.end_all(db, other.id) == 0
        assert sign_ins.find(db, token, now=NOW) is not None


def test_a_password_counts_as_just_given_for_ten_minutes(
    factory: sessionmaker[Session], account: Account
) -> None:
    later = NOW + timedelta(minutes=10)
    with factory.begin() as db:
        token = sign_ins.create(db, account, PHONE, now=NOW)
        found = sign_ins.find(db, token, now=NOW)
        assert found is not None
        assert sign_ins.has_proved(found, now=later - SECOND)
        assert not sign_ins.has_proved(found, now=later)


def test_a_new_password_ends_every_sign_in(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        link = accounts.new_reset_link(db, account, now=NOW)
        first = sign_ins.create(db, account, PHONE, now=NOW)
        accounts.complete_setup(db, link, "ann", PASSWORD, now=NOW)
        second = sign_ins.create(db, account, PHONE, now=NOW)
        kept = db.get_one(Account, account.id)
        accounts.change_password(db, kept, PASSWORD, "another heron in a tin")
        assert sign_ins.find(db, first, now=NOW) is sign_ins.find(db, second, now=NOW) is None


def test_the_database_keeps_no_token_and_a_backup_brings_no_sign_in_or_used_link_back(
    tmp_path: Path,
) -> None:
    home, file = Settings(home=tmp_path / "home"), tmp_path / "backup.zip"
    with use_database(home) as factory, factory.begin() as db:
        owner = accounts.first_account(db)
        link = accounts.new_reset_link(db, owner)
        token = sign_ins.create(db, owner, PHONE)
        assert token not in [each.token_hash for each in db.query(SignIn)]
    backup(home, file)
    restore(home, file, force=True)
    with use_database(home) as factory, factory.begin() as db:
        assert sign_ins.find(db, token) is None
        assert sign_ins.list_devices(db, accounts.first_account(db)) == []
        with pytest.raises(SetupLinkDead):
            accounts.setup_account(db, link)
