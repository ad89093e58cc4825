"""The counsellor's own words and units: what every page that a link opens says, and how."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from walktalk.routes import RequestError
from walktalk.routes.clock import LONDON
from walktalk.routes.words import clock_in_words
from walktalk.sessions.store.models import Account
from walktalk.sessions.typed import accepted_line
from walktalk.wording import DISTANCES, N_, Distances, _

DECIDED_BEFORE = timedelta(hours=1)
"""How long before people meet the neutral words say that rain is decided about."""

PAGE_WORDS_CHARACTERS = 300
"""Room for two or three plain sentences each."""


@dataclass(frozen=True)
class PageWords:
    """What is said on every page a link opens, neutral by default; an empty one is left out.

    Attributes:
        guide: who finds the way; on every page, so it must hold where nobody has walked it yet.
        recognise: how to recognise the person one meets.
        late: what happens when one is late.
        reach: a way to reach the other, such as a telephone number.
        bring: what to bring.
        rain: what happens if it rains, and when that is decided.
        stop: what happens if one wants to stop.
    """

    guide: str = N_("We walk together. You do not need to follow the map.")
    recognise: str = ""
    late: str = N_("If you are late, I wait for you at the meeting place.")
    reach: str = ""
    bring: str = N_("Wear shoes that are good for walking. Bring a coat if it may rain.")
    rain: str = N_(
        "If the weather is bad, we decide what to do one hour before we meet. "
        "We can walk, find a dry place, or choose another day."
    )
    stop: str = N_("You can stop at any time. Tell me, and we go back the shortest way.")


_ONCE_NEUTRAL = {"guide": "I know the way. You do not need to follow the map."}
"""Neutral words of the past, which accounts may have kept: nobody wrote them."""

_ASKED_FOR = {"recognise": "how to recognise you", "late": "how long you wait"}
"""What nobody else can say for a counsellor, and every page is better for."""


def still_to_say(account: Account) -> tuple[str, ...]:
    """Return what an account's words leave open that only their writer knows."""
    own = _own(account.page_words or {})
    return tuple(what for name, what in _ASKED_FOR.items() if not own.get(name))


def page_words(account: Account, starts_at: datetime | None = None) -> PageWords:
    """Return an account's own words, or the neutral ones where nobody wrote any.

    Neutral ones come in the language spoken; what people wrote stays as they wrote it.

    Args:
        account: whose page it is.
        starts_at: when people meet, with its time zone: the neutral words about rain say then at
            what time it is decided; ``None`` for the words of any walk.
    """
    neutral = {name: _(text) for name, text in asdict(PageWords()).items()}
    if starts_at is not None:
        at = (starts_at.astimezone(UTC) - DECIDED_BEFORE).astimezone(LONDON)
        decided = _("We decide at %(time)s.", time=clock_in_words(at))
        neutral["rain"] = f"{neutral['rain']} {decided}"
    return PageWords(**neutral | _own(account.page_words or {}))


def set_page_words(db: Session, account: Account, words: Mapping[str, str]) -> None:
    """Keep an account's own words; they show on every open link from now on.

    Raises:
        RequestError: one is too long, or holds characters that cannot be shown.
    """
    own = _own({name: accepted_words(name, text) for name, text in words.items()})
    account.page_words = own or None
    db.flush()


def accepted_words(name: str, text: str) -> str:
    """Return one of the words as it is kept.

    Raises:
        RequestError: it is longer than ``PAGE_WORDS_CHARACTERS``, or holds characters that cannot
            be shown.
    """
    return accepted_line(name, text, PAGE_WORDS_CHARACTERS)


def distances_of(account: Account) -> Distances:
    """Return the units in which an account wants distances said."""
    return DISTANCES[account.distances]


def set_distances(db: Session, account: Account, name: str) -> None:
    """Say distances in other units from now on, on the account's pages and on every open link.

    What was found about a walk that is saved already stays in the units it was told in.

    Raises:
        RequestError: there are no units of that name.
    """
    if name not in DISTANCES:
        raise RequestError("distances", " or ".join(DISTANCES))
    account.distances = name
    db.flush()


def _own(words: Mapping[str, str]) -> dict[str, str]:
    """Return what somebody wrote, as it comes from a form or was kept, neutral words left out."""
    neutral = asdict(PageWords())
    return {
        name: text
        for name, text in words.items()
        if name in neutral
        and text not in (neutral[name], _(neutral[name]), _ONCE_NEUTRAL.get(name))
    }
