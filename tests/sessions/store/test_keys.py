"""The secret: given, or made and kept."""

import secrets
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from walktalk.sessions.store.errors import HomeError, SecretError
from walktalk.sessions.store.keys import SECRET_FILE, Keyring, derive, load_keyring, make_secret
from walktalk.sessions.store.sealing import seal, unseal
from walktalk.settings import Settings

LONG = "a secret of more than sixteen characters"


def test_a_secret_is_made_once_for_its_owner_alone_and_kept(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    make_secret(settings)
    made = load_keyring(settings)
    make_secret(settings)
    assert load_keyring(settings) == made
    assert stat.S_IMODE((tmp_path / "home" / SECRET_FILE).stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "home").iterdir()] == [SECRET_FILE]


def test_a_secret_from_the_environment_is_not_written_down(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", secret_key=LONG)
    assert load_keyring(settings).keys == (derive(LONG),)
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.slow
def test_processes_that_start_at_once_share_one_secret(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from walktalk.settings import Settings\n"
        "from walktalk.sessions.store.keys import load_keyring, make_secret\n"
        "settings = Settings(home=Path(sys.argv[1]))\n"
        "make_secret(settings)\n"
        "print(load_keyring(settings).current.id)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "home")]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert len({process.communicate()[0] for process in started}) == 1


def test_a_short_secret_is_refused_with_a_way_to_make_a_good_one(tmp_path: Path) -> None:
    with pytest.raises(SecretError, match="at least 16 characters"):
        load_keyring(Settings(home=tmp_path, secret_key="short"))


@pytest.mark.parametrize(
    "weak", ["a" * 40, "changeme-changeme", "0123456789abcdef0123456789abcdef", "walktalk-secret-1"]
)
def test_a_secret_that_can_be_guessed_is_refused_and_the_old_one_may_stay_below(
    tmp_path: Path, weak: str
) -> None:
    with pytest.raises(SecretError, match="can be guessed"):
        load_keyring(Settings(home=tmp_path, secret_key=weak))
    both = load_keyring(Settings(home=tmp_path, secret_key=f"{LONG}\n{weak}"))
    assert both.keys == (derive(LONG), derive(weak))


@pytest.mark.parametrize("size", [16, 24, 32])
def test_a_random_secret_of_128_bits_or_more_is_accepted(tmp_path: Path, size: int) -> None:
    for secret in (secrets.token_urlsafe(size), secrets.token_hex(size)):
        assert load_keyring(Settings(home=tmp_path, secret_key=secret)).current == derive(secret)


def test_an_emptied_secret_file_is_not_replaced_in_silence(tmp_path: Path) -> None:
    (tmp_path / SECRET_FILE).write_text("\n")
    make_secret(Settings(home=tmp_path))
    with pytest.raises(SecretError, match="backup"):
        load_keyring(Settings(home=tmp_path))


def test_a_home_that_is_a_file_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(HomeError, match="WALKTALK_HOME"):
        load_keyring(Settings(home=file))


def test_the_derived_keys_know_nothing_of_each_other_and_do_not_show() -> None:
    key = derive(LONG)
    assert len({key.cookie, key.link, key.data}) == 3
    assert repr(key) == f"Key(id='{key.id}')"


def test_a_new_secret_seals_and_the_old_one_still_opens() -> None:
    old, new = derive(LONG), derive(LONG[::-1])
    sealed_before = seal(Keyring((old,)), "before", "table.column")
    both = Keyring((new, old))
    assert unseal(both, sealed_before, "table.column") == "before"
    sealed_after = seal(both, "after", "table.column")
    with pytest.raises(SecretError, match="another secret key"):
        unseal(Keyring((old,)), sealed_after, "table.column")


def test_a_sealed_value_opens_only_unchanged_and_in_its_own_column() -> None:
    keyring = Keyring((derive(LONG),))
    sealed = seal(keyring, {"needs": ["seats"]}, "table.column")
    assert b"seats" not in sealed
    assert unseal(keyring, sealed, "table.column") == {"needs": ["seats"]}
    with pytest.raises(SecretError):
        unseal(keyring, sealed, "table.other")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(SecretError):
            unseal(keyring, bytes(changed), "table.column")


def test_a_value_cut_short_is_refused() -> None:
    keyring = Keyring((derive(LONG),))
    sealed = seal(keyring, "value", "table.column")
    for length in range(len(sealed)):
        with pytest.raises(SecretError):
            unseal(keyring, sealed[:length], "table.column")
