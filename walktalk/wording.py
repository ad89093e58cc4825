"""The words people read, in the language and the units of distance that are wanted.

Every sentence of ours is written in English where it is used, as ``_("...")``, or as ``n_("...",
"...", number)`` where it has a plural. The language is that of the running context: the pages set
it for a request, and English holds everywhere else, so the command line needs to set nothing.
``N_`` marks a sentence that stands in a table, to be translated when it is used.

The units in which distances are said go beside it: metres and kilometres, unless the pages set
yards and miles for a request.

What is worked out once and kept, such as a walk's findings, stays in the language and the units in
which it was worked out: what people were told does not change afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from gettext import NullTranslations
from typing import TYPE_CHECKING, TypeVar

from babel import Locale
from babel.numbers import format_decimal

if TYPE_CHECKING:
    from datetime import date

ENGLISH = "en_GB"

_Key = TypeVar("_Key")


@dataclass(frozen=True)
class Language:
    """A language with what is translated into it.

    Attributes:
        locale: its name as Babel writes it, such as ``"en_GB"``.
        translations: of the sentences; without them they stay English.
    """

    locale: str = ENGLISH
    translations: NullTranslations = field(default_factory=NullTranslations)

    @property
    def tag(self) -> str:
        """Its name as HTML writes it: "en-GB"."""
        return self.locale.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Distances:
    """The two units in which distances are said.

    Attributes:
        name: by which it is chosen and kept.
        short_m: metres in the short unit.
        long_m: metres in the long unit.
        long_from: so many of the short unit are said in the long one, and all above.
    """

    name: str
    short_m: float
    long_m: float
    long_from: int


METRIC = Distances("metric", 1.0, 1000.0, 1000)
"""Metres, and kilometres from the first one on."""

MILES = Distances("miles", 0.9144, 1609.344, 880)
"""Yards, and miles from half a mile on.

A yard is 0.9144 m exactly, by the agreement on the international yard and pound of 1959, and a
mile is 1,760 of them. The Traffic Signs Regulations and General Directions 2002, schedule 16, item
6, say less than half a mile in yards.
"""

DISTANCES: Mapping[str, Distances] = {each.name: each for each in (METRIC, MILES)}
"""The units of distance by their name."""

_distances: ContextVar[Distances] = ContextVar("distances", default=METRIC)
_language: ContextVar[Language] = ContextVar("language", default=Language())  # noqa: B039 - frozen


def language() -> Language:
    """Return the language that is spoken now."""
    return _language.get()


@contextmanager
def spoken(wanted: Language) -> Iterator[None]:
    """Speak a language inside a ``with`` statement."""
    before = _language.set(wanted)
    try:
        yield
    finally:
        _language.reset(before)


def distances() -> Distances:
    """Return the units in which distances are said now."""
    return _distances.get()


@contextmanager
def measured(wanted: Distances) -> Iterator[None]:
    """Say distances in other units inside a ``with`` statement."""
    before = _distances.set(wanted)
    try:
        yield
    finally:
        _distances.reset(before)


def _(message: str, **values: object) -> str:
    """Return a sentence in the language spoken, with ``values`` for its ``%(name)s``."""
    said = language().translations.gettext(message) if message else ""
    return said % values if values else said


def n_(one: str, many: str, number: int, **values: object) -> str:
    """Return the singular or the plural that a number asks for; ``%(number)s`` stands for it."""
    said = language().translations.ngettext(one, many, number)
    return said % {"number": number, **values}


def N_(message: str) -> str:  # noqa: N802 - the name by which translators' tools know it
    """Mark a sentence in a table for translation, and return it as it is."""
    return message


class Table(Mapping[_Key, str]):
    """Sentences by key, each translated when it is looked up.

    They are written with ``N_`` where the table is made.
    """

    def __init__(self, english: Mapping[_Key, str]) -> None:
        self._english = dict(english)

    def __getitem__(self, key: _Key) -> str:
        """Return a sentence in the language spoken."""
        return _(self._english[key])

    def __iter__(self) -> Iterator[_Key]:
        """Go through the keys in their order."""
        return iter(self._english)

    def __len__(self) -> int:
        """Return how many sentences there are."""
        return len(self._english)


def decimal(value: float, places: int) -> str:
    """Return a number with so many decimals, as the language spoken writes it: "1.3"."""
    written = f"{value:.{places}f}"
    if language().locale == ENGLISH:
        return written
    return format_decimal(Decimal(written), format=f"0.{'0' * places}", locale=language().locale)


def weekday(day: date) -> str:
    """Return the name of a day: "Tuesday"."""
    return str(_locale().days["format"]["wide"][day.weekday()])


def month(day: date) -> str:
    """Return the name of a day's month, as it stands beside the day: "December"."""
    return str(_locale().months["format"]["wide"][day.month])


def _locale() -> Locale:
    return Locale.parse(language().locale)
