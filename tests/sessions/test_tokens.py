"""Share tokens, as text."""

import string
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walktalk.sessions import tokens

KEYS = st.binary(min_size=32, max_size=32)
IDS = st.binary(min_size=32, max_size=32).map(bytes.hex)
BASE64URL = string.ascii_letters + string.digits + "-_"


@given(KEYS, IDS)
def test_a_token_is_22_characters_of_base64url_and_always_the_same(key: bytes, share: str) -> None:
    token = tokens.share_token(key, share)
    assert len(token) == 22
    assert set(token) <= set(BASE64URL)
    assert tokens.has_token_form(token)
    assert token == tokens.share_token(key, share)


@given(KEYS, KEYS, IDS)
def test_another_key_gives_another_token(one: bytes, other: bytes, share: str) -> None:
    same = tokens.share_token(one, share) == tokens.share_token(other, share)
    assert same == (one == other)


@given(KEYS, IDS, st.integers(0, 21), st.sampled_from(BASE64URL))
def test_any_changed_character_makes_it_another_token(
    key: bytes, share: str, place: int, character: str
) -> None:
    token = tokens.share_token(key, share)
    changed = token[:place] + character + token[place + 1 :]
    assert tokens.same_token(token, changed) == (changed == token)
    assert (tokens.token_hash(token) == tokens.token_hash(changed)) == (changed == token)


@pytest.mark.parametrize(
    "text",
    ["", "a" * 21, "a" * 23, "a" * 21 + "=", "a" * 21 + "\n", "a" * 22 + "\n", "ä" * 22, "٣" * 22],
)
def test_text_of_another_form_is_no_token(text: str) -> None:
    assert not tokens.has_token_form(text)


def test_share_ids_and_set_up_tokens_are_never_the_same_twice() -> None:
    assert len({tokens.new_share_id() for _ in range(100)}) == 100
    assert len({tokens.new_setup_token() for _ in range(100)}) == 100


def test_a_calendar_name_does_not_show_the_session_it_stands_for() -> None:
    session = UUID("12345678123456781234567812345678")
    assert tokens.calendar_uid(session) == tokens.calendar_uid(session)
    assert session.hex not in tokens.calendar_uid(session)
