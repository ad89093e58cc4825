"""Words that tell a stranger why people meet: they stand in nothing that a link opens."""

import re

_SURE = (
    r"\w*(?:walktalk|counsel|therap|psych)\w*|clients?\b|patients?\b|mental[ -]health"
    r"|(?:BACP|UKCP|NCPS|BABCP)\b"
)
"""What somebody's work is called, and the bodies that register it."""

_PERHAPS = r"sessions?\b|well-?being|practices?\b|clinics?\b|supervision\b"
"""What may mean something else, and what a practice's name is made of."""

_ADDRESS = (
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|[\w-]+(?:\.[\w-]+)*\.(?:uk|com|org|net|info)\b"
)
"""An e-mail or web address: its domain leads to whoever keeps it."""

_FIRST_SURE = re.compile(rf"\b(?:{_SURE})", re.IGNORECASE)
_EVERY = re.compile(rf"{_ADDRESS}|\b(?:{_SURE}|{_PERHAPS})", re.IGNORECASE)


def giveaway(text: str) -> str:
    """Return the first word of ``text`` that surely tells why people meet; ``""`` for none."""
    found = _FIRST_SURE.search(text)
    return found[0] if found else ""


def giveaways(text: str) -> tuple[str, ...]:
    """Return, whole and each once, all of ``text`` that tells or may tell why people meet.

    Beside the words of ``giveaway``: "session", words that practices' names are made of, and
    addresses of e-mail and of web pages, whose domain anybody can look up.
    """
    found = (match[0].rstrip(".,;:!?)") for match in _EVERY.finditer(text))
    return tuple(dict.fromkeys(found))
