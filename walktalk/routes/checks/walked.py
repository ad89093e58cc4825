"""A walk as the checks look at it: its stretches of path, and who says what about them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from walktalk.routes.beside_walk import Along
from walktalk.routes.checks.facts import surveyed, text
from walktalk.routes.cues import node_at_end
from walktalk.routes.sentences import Metres, say
from walktalk.routes.timetable import Clock
from walktalk.routes.words import first_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from walktalk.parks import Area, Path, Place, Source
    from walktalk.routes.checks.check import Need, Verdict
    from walktalk.routes.model import Leg, Level, Route, TimetableEntry, WalkRequest
    from walktalk.routes.sentences import Sentence

_NOTHING_M = 0.5  # shorter stretches are said as 0 m, so they are not said at all


class Stretch(NamedTuple):
    """A leg of the walk, or a part of one.

    Attributes:
        leg: what is walked.
        path: the path, with only its surveyed facts.
        length_m: metres walked on it.
    """

    leg: Leg
    path: Path
    length_m: float


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
        paths = self.area.by_path(surveyed)
        measured = [(leg, leg.length_m) for leg in self.route.legs]
        return tuple(
            Stretch(leg, paths[leg.path_id], length_m)
            for leg, length_m in measured
            if length_m or not self.route.length_m
        )

    @cached_property
    def nodes(self) -> tuple[int | None, ...]:
        """The node of the network at the end of each stretch; ``None`` for one within its path."""
        return tuple(node_at_end(self.area, stretch.leg) for stretch in self.stretches)

    @cached_property
    def along(self) -> Along:
        """The walk looked at every few steps."""
        return Along(self.area, self.route)

    @cached_property
    def clock(self) -> Clock:
        """Distance and time along the walk."""
        return Clock.of(self.area, self.request, self.route)

    def sources_of(self, stretches: Iterable[Stretch], *facts: str) -> list[Source]:
        """Return who recorded any of some facts on some stretches."""
        said_by = self.area.prepared(_said_by, facts)
        return [source for stretch in stretches for source in said_by[stretch.path.id]]

    def split(self, need: Need) -> Split:
        """Return the stretches, or the parts of them, by whether they meet a need."""
        by: dict[Verdict, list[Stretch]] = {"met": [], "unknown": [], "broken": []}
        of_path, parts_of = need.parts(self.area)
        for stretch in self.stretches:
            outcome = of_path.get(stretch.leg.path_id)
            if outcome:
                by[outcome].append(stretch)
                continue
            for part, outcome in parts_of(stretch.leg):
                by[outcome].append(Stretch(part, stretch.path, part.length_m))
        return Split(tuple(by["met"]), tuple(by["unknown"]), tuple(by["broken"]))


def _said_by(area: Area, facts: tuple[str, ...]) -> Mapping[str, tuple[Source, ...]]:
    """Return who surveyed any of some facts, path by path."""

    def sources(path: Path) -> tuple[Source, ...]:
        known = surveyed(path)
        said = [name for name in facts if name == "geometry" or name in known.facts]
        return tuple(known.sources[name] for name in said if name in known.sources)

    return area.by_path(sources)


def walked_m(stretches: Iterable[Stretch]) -> float:
    """Return the metres walked on some stretches."""
    return sum([length_m for _, _, length_m in stretches])


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
    named = (first_name(name) for name in found if name and name not in ("yes", "no"))
    return list(dict.fromkeys(named))


def any_recorded(stretches: Iterable[Stretch], *facts: str) -> bool:
    """Return whether any of some facts is recorded on any of the stretches."""
    return any(name in stretch.path.facts for stretch in stretches for name in facts)


def place_sources(places: Iterable[Place]) -> list[Source]:
    """Return who recorded some places."""
    return [place.sources["geometry"] for place in places if "geometry" in place.sources]
