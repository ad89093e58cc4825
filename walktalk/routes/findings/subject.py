"""A walk as the checks look at it: its stretches of path, and who says what about them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from walktalk.routes.beside_walk import Along
from walktalk.routes.model import Finding
from walktalk.routes.needs import surveyed, verdicts_by_path
from walktalk.routes.timetable import Clock
from walktalk.routes.words import distance_in_words
from walktalk.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from walktalk.parks import Area, Path, Place, Source
    from walktalk.routes.model import (
        Leg,
        Level,
        Route,
        TimetableEntry,
        WalkRequest,
    )
    from walktalk.routes.needs import Verdict

_NOTHING_M = 0.5  # shorter stretches are said as 0 m, so they are not said at all


@dataclass(frozen=True)
class Stretch:
    """A leg of the walk with the surveyed facts of its path."""

    leg: Leg
    path: Path

    @property
    def length_m(self) -> float:
        """Metres walked on it."""
        return self.leg.length_m


@dataclass(frozen=True)
class Split:
    """A walk's stretches by whether they meet a need."""

    met: tuple[Stretch, ...]
    unknown: tuple[Stretch, ...]
    broken: tuple[Stretch, ...]


@dataclass(frozen=True)
class Subject:
    """Everything that a check may look at."""

    area: Area
    request: WalkRequest
    route: Route
    timetable: tuple[TimetableEntry, ...]

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The legs in walking order; a leg without length says nothing."""
        paths = {leg.path_id: self.area.paths[leg.path_id] for leg in self.route.legs}
        known = {path_id: surveyed(path) for path_id, path in paths.items()}
        return tuple(
            Stretch(leg, known[leg.path_id])
            for leg in self.route.legs
            if leg.length_m or not self.route.length_m
        )

    @cached_property
    def along(self) -> Along:
        """The walk looked at every few steps."""
        return Along(self.area, self.route)

    @cached_property
    def clock(self) -> Clock:
        """Distance and time along the walk."""
        return Clock.of(self.area, self.request, self.route)

    def split(self, need: str) -> Split:
        """Return the stretches by whether they meet a need."""
        by: dict[Verdict, list[Stretch]] = {"met": [], "unknown": [], "broken": []}
        verdicts = verdicts_by_path(self.area, need)
        for stretch in self.stretches:
            by[verdicts[stretch.path.id]].append(stretch)
        return Split(*(tuple(by[outcome]) for outcome in ("met", "unknown", "broken")))

    def finding(
        self,
        check: str,
        level: Level,
        message: str,
        evidence: str = "",
        sources: Iterable[Source] = (),
    ) -> Finding:
        """Return a finding with what people report about it, quoted and never counted.

        The date is that of the oldest source: a finding is as old as the oldest thing it rests on.
        """
        unique = {source.id: source for source in sources}.values()
        quoted = [
            _(
                'Reported, not checked: "%(text)s" (%(source)s, %(date)s)',
                text=note.text,
                source=note.source.title,
                date=note.source.as_of,
            )
            for note in self.area.notes
            if check in note.checks
        ]
        return Finding(
            check=check,
            level=level,
            message=message,
            evidence=" ".join(part for part in [evidence, *quoted] if part),
            source="; ".join(source.title for source in unique),
            checked_on=min((source.as_of for source in unique), default=""),
        )


def metres(stretches: Iterable[Stretch]) -> float:
    """Return the metres walked on some stretches."""
    return sum(stretch.length_m for stretch in stretches)


def said(stretches: Iterable[Stretch]) -> str:
    """Return the metres walked on some stretches, in words."""
    return distance_in_words(metres(stretches))


def shares(
    stretches: Iterable[Stretch], value: Callable[[Stretch], str | None]
) -> dict[str | None, float]:
    """Return the metres walked for each value, the longest first, shorter than half a metre not.

    A value that nobody recorded is ``None``.
    """
    found: dict[str | None, float] = {}
    for stretch in stretches:
        key = value(stretch)
        found[key] = found.get(key, 0.0) + stretch.length_m
    longest_first = sorted(found.items(), key=lambda item: -item[1])
    kept = {key: length for key, length in longest_first if length >= _NOTHING_M}
    return kept or found


def fact(stretch: Stretch, name: str) -> str | None:
    """Return a recorded fact as text, or ``None``."""
    value = stretch.path.facts.get(name)
    return None if value is None else str(value)


def sources_of(stretches: Iterable[Stretch], *facts: str) -> list[Source]:
    """Return who recorded any of some facts on the stretches."""
    return [
        stretch.path.sources[name]
        for stretch in stretches
        for name in facts
        if name in stretch.path.sources and (name == "geometry" or name in stretch.path.facts)
    ]


def place_sources(places: Iterable[Place]) -> list[Source]:
    """Return who recorded some places."""
    return [place.sources["geometry"] for place in places if "geometry" in place.sources]


def sentence(words: str) -> str:
    """Return words as a sentence, or nothing for no words."""
    return _("%(sentence)s.", sentence=f"{words[:1].upper()}{words[1:]}") if words else ""


def unchecked(split: Split) -> str:
    """Return how much of the walk nobody has checked, as a sentence, or nothing."""
    return (
        _("Not recorded on %(length)s of it.", length=said(split.unknown)) if split.unknown else ""
    )


def any_recorded(stretches: Iterable[Stretch], *facts: str) -> bool:
    """Return whether any of some facts is recorded on any of the stretches."""
    return any(name in stretch.path.facts for stretch in stretches for name in facts)
