"""A walk as the checks look at it: its stretches of path, and who says what about them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from walktalk.routes.beside_walk import Along
from walktalk.routes.checks.facts import surveyed, text
from walktalk.routes.sentences import Metres, say
from walktalk.routes.timetable import Clock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from walktalk.parks import Area, Path, Place, Source
    from walktalk.routes.checks.check import Need, Verdict
    from walktalk.routes.model import Leg, Level, Route, TimetableEntry, WalkRequest
    from walktalk.routes.sentences import Sentence

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

    @property
    def metres(self) -> tuple[float, float, float]:
        """Metres walked where it is met, where it is unknown and where it is broken."""
        met, unknown, broken = map(walked_m, (self.met, self.unknown, self.broken))
        return met, unknown, broken

    def level(self, broken: Level) -> Level:
        """Return the level of a check: ``broken`` before unknown before pass."""
        if self.broken:
            return broken
        return "pass" if self.met and not self.unknown else "unknown"

    @property
    def unchecked(self) -> tuple[Sentence, ...]:
        """How much of the walk nobody has checked, as a sentence, or none."""
        if not self.unknown:
            return ()
        return (say("Not recorded on %(length)s of it.", length=metres_on(self.unknown)),)


@dataclass(frozen=True)
class Walked:
    """Everything that a check may look at."""

    area: Area
    request: WalkRequest
    route: Route
    timetable: tuple[TimetableEntry, ...]

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """The legs in walking order; a leg without length says nothing."""
        return tuple(
            Stretch(leg, self.area.prepared(_surveyed, leg.path_id))
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

    def split(self, need: Need) -> Split:
        """Return the stretches, or the parts of them, by whether they meet a need."""
        by: dict[Verdict, list[Stretch]] = {"met": [], "unknown": [], "broken": []}
        parts_of = need.judging(self.area)
        for stretch in self.stretches:
            for part, outcome in parts_of(stretch.leg):
                is_whole = part is stretch.leg
                by[outcome].append(stretch if is_whole else Stretch(part, stretch.path))
        return Split(*(tuple(by[outcome]) for outcome in ("met", "unknown", "broken")))


def _surveyed(area: Area, path_id: str) -> Path:
    return surveyed(area.paths[path_id])


def walked_m(stretches: Iterable[Stretch]) -> float:
    """Return the metres walked on some stretches."""
    return sum([stretch.leg.length_m for stretch in stretches])


def metres_on(stretches: Iterable[Stretch]) -> Metres:
    """Return the metres walked on some stretches, to be told."""
    return Metres(walked_m(stretches))


def lengths_by(
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


def names(stretches: Iterable[Stretch], *facts: str) -> list[str]:
    """Return the names recorded in some facts, each once, "yes" and "no" left out."""
    found = (text(stretch.path, name) for stretch in stretches for name in facts)
    return list(dict.fromkeys(name for name in found if name and name not in ("yes", "no")))


def any_recorded(stretches: Iterable[Stretch], *facts: str) -> bool:
    """Return whether any of some facts is recorded on any of the stretches."""
    return any(name in stretch.path.facts for stretch in stretches for name in facts)


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
