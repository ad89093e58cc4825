"""What people type as one line of words: which characters it may hold."""

import unicodedata

from walktalk.routes import RequestError

TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""The characters that turn the direction of text (``Bidi_Control`` of UAX #9): with them a word
reads otherwise than it is written."""

_DROPPED = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""Soft hyphen, zero-width space, word joiner, byte order mark: unseen, and no part of a word."""

_REFUSED = {"Cc", "Cs", "Co"}
"""Control characters, halves of characters, characters that each system reads in its own way."""

_UNSEEN = {"Cf", "Mn", "Me", "Zs"}


def accepted_line(argument: str, text: str, most: int, *, least: int = 0, words: str = "") -> str:
    """Return what was typed as it is kept: one line, without what nobody sees.

    Joined emoji and every script's letters stay as they are.

    Args:
        argument: what it is, for the error.
        text: as typed.
        most: the most characters.
        least: the fewest characters that can be seen.
        words: what is accepted, in words; ``""`` for "at most ... characters".

    Raises:
        RequestError: it is too short or too long, or holds characters that cannot be shown.
    """
    accepted = words or f"at most {most} characters"
    line = " ".join(text.translate(_DROPPED).split())
    kinds = [unicodedata.category(each) for each in line]
    if TURNING & set(line):
        raise RequestError(argument, f"{accepted}, none that turns the direction of text")
    if _REFUSED & set(kinds):
        raise RequestError(argument, f"{accepted}, none of them a control character")
    seen = sum(kind not in _UNSEEN for kind in kinds)
    if len(line) > most or seen < least or (line and not seen):
        raise RequestError(argument, accepted)
    return line
