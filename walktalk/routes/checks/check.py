"""What a check is: one subject that a walk is judged by, with the need that it answers.

A need is met only by a recorded fact and broken only by a recorded fact; everything else is
``unknown``, and unknown is never met.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Literal

from walktalk.routes.checks.facts import surveyed
from walktalk.routes.model import Finding, Shares
from walktalk.routes.sentences import Several, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from walktalk.parks import Area, Path, Source
    from walktalk.routes.checks.near import NearRule
    from walktalk.routes.checks.walked import Split, Walked
    from walktalk.routes.model import Leg, Level, Route
    from walktalk.routes.sentences import Figure

Verdict = Literal["met", "unknown", "broken"]
NeedGroup = Literal["body", "senses", "comfort"]
OnThePage = Literal["always", "unless unknown", "if anything is known", "never"]

if TYPE_CHECKING:
    Parts = tuple[Mapping[str, Verdict | None], Callable[[Leg], Iterable[tuple[Leg, Verdict]]]]
    """How legs are judged: the verdict of their path, as far as it is known to be one all along;
    and what tells the parts of a leg over any other, each with its verdict."""


@dataclass(frozen=True, eq=False)
class Need:
    """Something a walk must be like, judged path by path or as a whole.

    Attributes:
        id: stable: requests, forms and the command line name it.
        words: how a counsellor reads it.
        of_paths: the verdict of every path of an area by its id (see ``by_facts``).
        near: how it is judged, for a need to keep away from something: part by part of a path.
        of_walk: the verdict of a whole walk, for a need that no single path can break.
        group: what it is for: moving, what is seen and heard, or being at ease.
    """

    id: str
    words: str
    of_paths: Callable[[Area], Mapping[str, Verdict]] | None = None
    of_walk: Callable[[Area, Route], Verdict] | None = None
    near: NearRule | None = None
    group: NeedGroup = "comfort"

    def verdicts(self, area: Area) -> Mapping[str, Verdict]:
        """Return the verdict of every path by its id, worked out once.

        Raises:
            KeyError: only a whole walk can meet this need.
        """
        if self.of_paths is None:
            raise KeyError(self.id)
        return area.prepared(self.of_paths)

    def verdict(self, area: Area, route: Route) -> Verdict:
        """Return whether a whole walk meets it: broken before unknown before met."""
        if self.of_walk is not None:
            return self.of_walk(area, route)
        found = {self.of_leg(area, leg) for leg in route.legs}
        if "broken" in found:
            return "broken"
        return "met" if found == {"met"} else "unknown"

    def of_leg(self, area: Area, leg: Leg) -> Verdict:
        """Return whether a leg meets it.

        Raises:
            KeyError: only a whole walk can meet this need.
        """
        return self.near.verdict(area, leg) if self.near else self.verdicts(area)[leg.path_id]

    def parts(self, area: Area) -> Parts:
        """Return how the legs of a walk are judged: most needs judge a path as one.

        Raises:
            KeyError: only a whole walk can meet this need.
        """
        if self.near is not None:
            return self.near.parts(area)
        verdicts = self.verdicts(area)
        return verdicts, lambda leg: [(leg, verdicts[leg.path_id])]


@dataclass(frozen=True)
class Outcome:
    """What a check finds on a walk.

    Attributes:
        level: ``unknown`` is an outcome of its own and never counts as ``pass``.
        says: one sentence, or ``None`` where nothing at all is known of any part of the walk.
        because: what it rests on, sentence by sentence.
        sources: who says so.
        split: the walk by whether it meets the check's need.
    """

    level: Level
    says: Figure | None
    because: Sequence[Figure] = ()
    sources: Iterable[Source] = ()
    split: Split | None = None


@dataclass(frozen=True)
class Check:
    """One subject that a walk is judged by: all that is known of it stands in its file.

    Attributes:
        id: stable: findings, frozen copies and notes name it.
        title: what it is about, in a word or two.
        facts: the facts of a path that it reads.
        find: looks at a walk.
        nothing_known: the sentence where nothing at all is known of any part of the walk; ``""``
            for a check that always has something to say.
        need: the need that it answers, if any.
        on_the_page: when the page that a link opens says what is found.
    """

    id: str
    title: str
    facts: tuple[str, ...]
    find: Callable[[Walked], Outcome]
    nothing_known: str = ""
    need: Need | None = None
    on_the_page: OnThePage = "always"

    def finding(self, walked: Walked) -> Finding:
        """Return what is found on a walk, with what people report quoted and never counted.

        The date is that of the oldest source: a finding is as old as the oldest thing it rests on.
        """
        found = self.find(walked)
        unique = {source.id: source for source in found.sources}.values()
        quoted = [
            say(
                'Reported, not checked: "%(text)s" (%(source)s, %(date)s)',
                text=note.text,
                source=note.source.title,
                date=note.source.as_of,
            )
            for note in walked.area.notes
            if self.id in note.checks
        ]
        return Finding(
            check=self.id,
            level=found.level,
            says=say(self.nothing_known) if found.says is None else found.says,
            because=Several((*found.because, *quoted), " "),
            source="; ".join(source.title for source in unique),
            checked_on=min((source.as_of for source in unique), default=""),
            is_known=found.says is not None,
            shares=Shares(*found.split.metres) if found.split else None,
        )


def by_facts(rule: Callable[[Path], Verdict]) -> Callable[[Area], Mapping[str, Verdict]]:
    """Judge each path by its own facts; what is only reported may break a need, never meet one."""

    def judged(path: Path) -> Verdict:
        return "broken" if rule(path) == "broken" else rule(surveyed(path))

    return lambda area: area.by_path(judged)


def far(metres: float, near_m: float) -> Verdict:
    """Judge how far away something is, ``nan`` where nobody knows: met from ``near_m`` on."""
    if isnan(metres):
        return "unknown"
    return "met" if metres >= near_m else "broken"
