"""Accounts: set up once, opened by a password."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.walks import NOW
from walktalk.sessions import accounts
from walktalk.sessions.errors import AccountNameRefused, PasswordRefused, SetupLinkDead
from walktalk.sessions.store.models import Account, SetupLink

GOOD = "heron gravel lantern 7"
OTHER = "saffron bicycle thunder"

pytestmark = pytest.mark.usefixtures("quick_hashes")


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts, "_HASHER", hasher)


def set_up(factory: sessionmaker[Session], name: str = "ana@example.org") -> Account:
    with factory.begin() as db:
        token = accounts.new_setup_link(db, now=NOW)
        assert token is not None
        return accounts.complete_setup(db, token, name, GOOD, now=NOW)


def test_a_set_up_link_gives_the_first_account_its_name_and_password(
    factory: sessionmaker[Session],
) -> None:
    account = set_up(factory)
    with factory.begin() as db:
        signed_in = accounts.sign_in(db, "ana@example.org", GOOD)
        assert signed_in is not None
        assert signed_in.id == account.id


def test_a_set_up_link_works_once(factory: sessionmaker[Session]) -> None:
    with factory.begin() as db:
        token = accounts.new_setup_link(db, now=NOW) or ""
        accounts.complete_setup(db, token, "ana", GOOD, now=NOW)
    with factory.begin() as db, pytest.raises(SetupLinkDead):
        accounts.complete_setup(db, token, "eve", OTHER, now=NOW)


def test_a_set_up_link_dies_after_a_day(factory: sessionmaker[Session]) -> None:
    with factory.begin() as db:
        token = accounts.new_setup_link(db, now=NOW) or ""
        day = timedelta(hours=accounts.SETUP_LINK_HOURS)
        assert accounts.setup_account(db, token, now=NOW + day - timedelta(seconds=1))
        with pytest.raises(SetupLinkDead):
            accounts.setup_account(db, token, now=NOW + day)


def test_a_new_set_up_link_ends_the_one_before(factory: sessionmaker[Session]) -> None:
    with factory.begin() as db:
        earlier = accounts.new_setup_link(db, now=NOW) or ""
        accounts.new_setup_link(db, now=NOW)
        with pytest.raises(SetupLinkDead):
            accounts.setup_account(db, earlier, now=NOW)


def test_there_is_no_set_up_link_for_an_account_that_has_a_password(
    factory: sessionmaker[Session],
) -> None:
    set_up(factory)
    with factory.begin() as db:
        assert accounts.new_setup_link(db, now=NOW) is None


@pytest.mark.parametrize("password", ["short", "password1234", "aaaaaaaaaaaaaaaa", "x" * 257])
def test_a_refused_password_leaves_the_set_up_link_as_it_was(
    factory: sessionmaker[Session], password: str
) -> None:
    with factory.begin() as db:
        token = accounts.new_setup_link(db, now=NOW) or ""
        with pytest.raises(PasswordRefused):
            accounts.complete_setup(db, token, "ana", password, now=NOW)
    with factory.begin() as db:
        assert accounts.complete_setup(db, token, "ana", GOOD, now=NOW).is_set_up


def test_a_name_that_is_taken_is_refused_and_the_link_goes_on_working(
    factory: sessionmaker[Session],
) -> None:
    set_up(factory, "ana")
    with factory.begin() as db:
        second = Account(id=uuid4(), created_at=NOW)
        db.add(second)
        db.flush()
        token = accounts.new_reset_link(db, second, now=NOW)
    with factory.begin() as db:
        with pytest.raises(AccountNameRefused, match="taken"):
            accounts.complete_setup(db, token, "ANA", OTHER, now=NOW)
        assert accounts.complete_setup(db, token, "ben", OTHER, now=NOW).name == "ben"


@pytest.mark.parametrize("name", ["", "   ", "a" * 255, "a\nb"])
def test_an_unusable_name_is_refused_with_what_is_accepted(
    factory: sessionmaker[Session], name: str
) -> None:
    with factory.begin() as db:
        token = accounts.new_setup_link(db, now=NOW) or ""
        with pytest.raises(AccountNameRefused, match="1 to 254"):
            accounts.complete_setup(db, token, name, GOOD, now=NOW)


@pytest.mark.parametrize(
    ("name", "password"),
    [("ana@example.org", OTHER), ("nobody", GOOD), ("", ""), ("ana@example.org", ""), ("\0", "\0")],
)
def test_a_wrong_name_or_password_does_not_sign_in(
    factory: sessionmaker[Session], name: str, password: str
) -> None:
    set_up(factory)
    with factory.begin() as db:
        assert accounts.sign_in(db, name, password) is None


def test_an_account_without_a_password_cannot_be_signed_in_to(
    factory: sessionmaker[Session], account: Account
) -> None:
    with factory.begin() as db:
        assert accounts.sign_in(db, "", "") is None
        assert account.name is None


def test_a_name_is_the_same_however_it_is_written(factory: sessionmaker[Session]) -> None:
    set_up(factory, "  Ana@Example.org ")
    with factory.begin() as db:
        assert accounts.sign_in(db, "ANA@example.ORG", GOOD) is not None


def test_a_wrong_name_costs_one_hash_like_a_wrong_password(
    factory: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(factory)
    tried: list[str] = []
    verify = accounts._matches

    def noted(known: str, password: str) -> bool:
        tried.append(known)
        return verify(known, password)

    monkeypatch.setattr(accounts, "_matches", noted)
    with factory.begin() as db:
        accounts.sign_in(db, "ana@example.org", OTHER)
        accounts.sign_in(db, "nobody", OTHER)
    assert len(tried) == 2
    assert {known.rsplit("$", 2)[0] for known in tried} == {"$argon2id$v=19$m=8,t=1,p=1"}


def test_a_hash_made_with_weaker_settings_is_renewed_at_sign_in(
    factory: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(factory)
    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(accounts, "_HASHER", stronger)
    with factory.begin() as db:
        assert accounts.sign_in(db, "ana@example.org", GOOD) is not None
    with factory.begin() as db:
        account = accounts.sign_in(db, "ana@example.org", GOOD)
        assert account is not None
        assert "m=16,t=2" in (account.password_hash or "")


def test_after_a_change_only_the_new_password_opens(factory: sessionmaker[Session]) -> None:
    set_up(factory)
    with factory.begin() as db:
        account = accounts.sign_in(db, "ana@example.org", GOOD)
        assert account is not None
        accounts.change_password(db, account, GOOD, OTHER)
        assert accounts.sign_in(db, "ana@example.org", GOOD) is None
        assert accounts.sign_in(db, "ana@example.org", OTHER) is account


def test_a_password_is_changed_only_by_who_knows_the_present_one(
    factory: sessionmaker[Session],
) -> None:
    account = set_up(factory)
    with factory.begin() as db, pytest.raises(PasswordRefused, match="present password"):
        accounts.change_password(db, db.merge(account), OTHER, OTHER)


def test_a_password_made_of_the_sign_in_name_is_too_easy_to_guess() -> None:
    accounts.check_password("quillonby-marrow")
    with pytest.raises(PasswordRefused, match="Too easy to guess"):
        accounts.check_password("quillonby-marrow", "quillonby-marrow")


def test_letters_typed_in_two_ways_are_one_password(factory: sessionmaker[Session]) -> None:
    composed, apart = "café heron lantern 7", "cafe\u0301 heron lantern 7"
    with factory.begin() as db:
        token = accounts.new_setup_link(db, now=NOW) or ""
        accounts.complete_setup(db, token, "ana", composed, now=NOW)
        assert accounts.sign_in(db, "ana", apart) is not None


def test_no_token_and_no_password_is_kept_as_it_is(factory: sessionmaker[Session]) -> None:
    with factory.begin() as db:
        token = accounts.new_setup_link(db, now=NOW) or ""
        link = db.scalars(select(SetupLink)).one()
        assert token not in (link.token_hash, str(link.account_id))
        account = accounts.complete_setup(db, token, "ana", GOOD, now=NOW)
        assert (account.password_hash or "").startswith("$argon2id$")


def test_first_starts_at_once_make_one_account(factory: sessionmaker[Session]) -> None:
    def start(_: int) -> None:
        with factory.begin() as db:
            accounts.first_account(db, now=NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(start, range(4)))
    with factory.begin() as db:
        assert db.scalar(select(func.count()).select_from(Account)) == 1


def test_a_set_up_link_used_twice_at_once_works_for_one(factory: sessionmaker[Session]) -> None:
    with factory.begin() as db:
        token = accounts.new_setup_link(db, now=NOW) or ""

    def use(name: str) -> str | None:
        try:
            with factory.begin() as db:
                return accounts.complete_setup(db, token, name, GOOD, now=NOW).name
        except SetupLinkDead:
            return None

    with ThreadPoolExecutor(2) as pool:
        names = list(pool.map(use, ["ana", "ben"]))
    assert sorted(name is None for name in names) == [False, True]
