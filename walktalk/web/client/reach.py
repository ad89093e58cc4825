"""The telephone number of the person one meets, found in that person's own words."""

from dataclasses import dataclass
from urllib.parse import quote

from phonenumbers import (
    Leniency,
    PhoneNumberFormat,
    PhoneNumberMatcher,
    PhoneNumberType,
    format_number,
    number_type,
)

from walktalk.sessions.page_words import PageWords

HOME = "GB"
"""Where a number without a country's code is from."""

_DEARER = frozenset([PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST])


@dataclass(frozen=True)
class Reach:
    """A telephone number as a page links it.

    Attributes:
        number: as people read it.
        dialled: as a telephone takes it, with the country's code (E.164).
    """

    number: str
    dialled: str

    @property
    def call(self) -> str:
        """Address that offers a call (RFC 3966)."""
        return f"tel:{self.dialled}"

    def text(self, body: str = "") -> str:
        """Return an address that opens a text to send or to leave (RFC 5724).

        Args:
            body: the ready words, or ``""`` for none.
        """
        return f"sms:{self.dialled}?body={quote(body)}" if body else f"sms:{self.dialled}"


def number_in(words: PageWords) -> Reach | None:
    """Return the first telephone number that somebody's words hold, ``None`` without one.

    A number counts by its length, not by whether its exchange is in use: tables of those age.
    """
    for said in (words.reach, words.late, words.recognise):
        for match in PhoneNumberMatcher(said, HOME, leniency=Leniency.POSSIBLE):
            is_dialled = match.raw_string[0] in "+0(" and number_type(match.number) not in _DEARER
            if is_dialled:
                dialled = format_number(match.number, PhoneNumberFormat.E164)
                return Reach(match.raw_string, dialled)
    return None
