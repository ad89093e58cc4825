"""The counsellor's standing words and units: what every page that a link opens says, and how."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from sqlalchemy.orm import Session

from walktalk.routes import RequestError
from walktalk.sessions.models import Account
from walktalk.wording import DISTANCES, N_, Distances, _

STANDING_CHARACTERS = 300
"""Room for two or three plain sentences each."""


@dataclass(frozen=True)
class StandingWords:
    """What is said on every page a link opens, neutral by default; an empty one is left out.

    Attributes:
        guide: who knows the way; left out where both have agreed to go and see.
        recognise: how to recognise the person one meets.
        late: what happens when one is late.
        reach: a way to reach the other, such as a telephone number.
        bring: what to bring.
        rain: what happens if it rains, and when that is decided.
        stop: what happens if one wants to stop.
    """

    guide: str = N_("I know the way. You do not need to follow the map.")
    recognise: str = ""
    late: str = N_("If you are late, I wait for you at the meeting place.")
    reach: str = ""
    bring: str = N_("Wear shoes that are good for walking. Bring a coat if it may rain.")
    rain: str = N_(
        "If the weather is bad, we decide what to do one hour before we meet. "
        "We can walk, find a dry place, or choose another day."
    )
    stop: str = N_("You can stop at any time. Tell me, and we go back the shortest way.")


def standing_words(account: Account) -> StandingWords:
    """Return an account's own words, or the neutral ones where nobody wrote any.

    Neutral ones come in the language spoken; what people wrote stays as they wrote it.
    """
    neutral = asdict(StandingWords())
    written = neutral | _known(account.standing_words or {})
    return StandingWords(
        **{name: _(text) if text == neutral[name] else text for name, text in written.items()}
    )


def set_standing_words(db: Session, account: Account, words: Mapping[str, str]) -> None:
    """Keep an account's own words; they show on every open link from now on.

    Raises:
        RequestError: one is longer than ``STANDING_CHARACTERS``.
    """
    kept = {name: " ".join(text.split()) for name, text in _known(words).items()}
    for name, text in kept.items():
        if len(text) > STANDING_CHARACTERS:
            raise RequestError(name, f"at most {STANDING_CHARACTERS} characters")
    account.standing_words = asdict(StandingWords(**kept))
    db.flush()


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


def _known(words: Mapping[str, str]) -> dict[str, str]:
    names = {field.name for field in fields(StandingWords)}
    return {name: text for name, text in words.items() if name in names}
