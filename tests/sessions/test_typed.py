"""Which characters a line of words may hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from walktalk.routes import RequestError
from walktalk.sessions.typed import TURNING, accepted_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("👩‍👩‍👧 12", "👩‍👩‍👧 12"),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", None),
        ("\U0001fae8", None),  # an emoji newer than this Python's tables
        ("می‌خواهم", None),
        ("ré\u0301sumé", None),
        ("a\u200bb\u00adc\ufeff\u2060d", "abcd"),
        ("  two \n words\u2028here ", "two words here"),
        ("\u00ad", ""),
        ("", ""),
    ],
)
def test_what_people_type_is_kept_as_they_read_it(typed: str, kept: str | None) -> None:
    assert accepted_line("reference", typed, 40) == (typed if kept is None else kept)


@pytest.mark.parametrize("turning", sorted(TURNING))
def test_what_turns_the_direction_of_text_is_refused(turning: str) -> None:
    with pytest.raises(RequestError, match="direction"):
        accepted_line("late", f"call 123{turning}456", 40)


@pytest.mark.parametrize("typed", ["a\x00b", "a\x1bb", "a\x85\x9fb", "\ud800", "\ue000"])
def test_control_characters_and_halves_are_refused(typed: str) -> None:
    with pytest.raises(RequestError, match="control"):
        accepted_line("name", typed, 40)


@pytest.mark.parametrize("typed", ["", " ", "\u200b", "\u200d\u200d", "\u0301"])
def test_a_name_can_be_seen(typed: str) -> None:
    with pytest.raises(RequestError, match="1 to 40"):
        accepted_line("name", typed, 40, least=1, words="1 to 40 characters")


@given(st.text(max_size=60))
def test_every_text_is_kept_or_refused_and_what_is_kept_is_kept_again(text: str) -> None:
    try:
        kept = accepted_line("reference", text, 40)
    except RequestError:
        return
    assert accepted_line("reference", kept, 40) == kept
    assert len(kept) <= 40
    assert "\n" not in kept
