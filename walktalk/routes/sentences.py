"""Sentences that keep their figures until they are told, in the reader's language and units.

A sentence names its template, which is the English sentence itself, and holds a figure for each
``%(name)s`` of it: metres, minutes, a recorded name, another sentence. ``tell`` makes the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from walktalk.parks.access import Said
from walktalk.routes.words import distance_in_words, listed, minutes_in_words, surface_in_words
from walktalk.wording import _, decimal, n_


@dataclass(frozen=True, slots=True)
class Metres:
    """A distance: "850 m", or "0.5 miles" to whoever reads miles."""

    metres: float

    def told(self) -> str:
        """Return it in words."""
        return distance_in_words(self.metres)


@dataclass(frozen=True, slots=True)
class Minutes:
    """A time taken: "about 6 minutes"."""

    minutes: float

    def told(self) -> str:
        """Return it in words."""
        return minutes_in_words(self.minutes)


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number with so many decimals: "1.5"."""

    value: float
    places: int

    def told(self) -> str:
        """Return it as the language spoken writes it."""
        return decimal(self.value, self.places)


@dataclass(frozen=True, slots=True)
class Surface:
    """A recorded surface: "paving stones"."""

    surface: str

    def told(self) -> str:
        """Return it in words."""
        return surface_in_words(self.surface)


@dataclass(frozen=True, slots=True)
class Several:
    """Figures one after the other, as a list in words ("a, b and c") or with something between."""

    items: tuple[Figure, ...]
    between: Literal["and", ", ", " "] = "and"

    def told(self) -> str:
        """Return their words, those that have none left out."""
        words = [words for words in map(tell, self.items) if words]
        return listed(words) if self.between == "and" else self.between.join(words)


@dataclass(frozen=True, slots=True)
class Begun:
    """A figure that is a sentence of its own: with a capital letter and a full stop."""

    begun: Figure

    def told(self) -> str:
        """Return its words as a sentence, or nothing where it has none."""
        words = tell(self.begun)
        return _("%(sentence)s.", sentence=f"{words[:1].upper()}{words[1:]}") if words else ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of ours with its figures.

    Attributes:
        template: the sentence in English, with ``%(name)s`` for each figure.
        figures: by name.
        plural: the same of several, or ``""`` where it has no plural.
        number: how many there are; ``%(number)s`` stands for it where there is a plural.
    """

    template: str
    figures: Mapping[str, Figure] = field(default_factory=dict)
    plural: str = ""
    number: int = 1

    def told(self) -> str:
        """Return it in words."""
        words = {name: tell(figure) for name, figure in self.figures.items()}
        if self.plural:
            return n_(self.template, self.plural, self.number, **words)
        return _(self.template, **words)


Figure = Metres | Minutes | Rounded | Surface | Several | Begun | Sentence | str | int
"""What a sentence holds. Text is told as it is: recorded names, times of day, published figures."""


def say(template: str, **figures: Figure) -> Sentence:
    """Return a sentence that is not told yet; the template is marked for translation by this."""
    return Sentence(template, figures)


def say_n(one: str, many: str, number: int, **figures: Figure) -> Sentence:
    """Return a sentence that has a plural, not told yet; both are marked for translation."""
    return Sentence(one, figures, many, number)


def from_land(said: Said) -> Sentence:
    """Return words of the land (a barrier's name, hours, a reason) as a sentence not told yet."""
    value = from_land(said.value) if isinstance(said.value, Said) else said.value
    return Sentence(said.template, {"value": value} if said.value else {})


def tell(figure: Figure) -> str:
    """Return the words of a figure, in the language and the units of distance that are wanted."""
    return str(figure) if isinstance(figure, str | int) else figure.told()


def times(count: int) -> Sentence:
    """Return how often something is: "once", "twice", "3 times"."""
    if count == 2:  # noqa: PLR2004 - the number that has a word of its own
        return say("twice")
    return say_n("once", "%(number)s times", count)
