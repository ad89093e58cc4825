"""Findings as whoever planned a walk reads them: what was asked for first, the rest in three lines.

For the counsellor's pages alone: what was needed never stands on a page that a link opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from walktalk.routes.checks import CHECK_BY_NEED, NEEDS, seats, title_of
from walktalk.routes.words import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from walktalk.routes.model import Finding, Level

_LEVELS: tuple[tuple[Level, tuple[Level, ...]], ...] = (
    ("caution", ("caution", "fail")),  # what nobody asked for asks for care; it rules nothing out
    ("pass", ("pass",)),
    ("unknown", ("unknown",)),
)


@dataclass(frozen=True)
class AskedFor:
    """A need that was asked for, with what was found.

    Attributes:
        words: how the need is worded.
        subject: what it is about, in a word or two.
        level: ``unknown`` too where nothing was looked for when the walk was kept.
        finding: what was found, if anything was looked for.
    """

    words: str
    subject: str
    level: Level
    finding: Finding | None


@dataclass(frozen=True)
class Line:
    """What was not asked for and came out at one level, by subject: "Bikes and water"."""

    level: Level
    subjects: str


@dataclass(frozen=True)
class AskedFirst:
    """A walk's findings in the order in which they matter to whoever planned it."""

    asked_for: tuple[AskedFor, ...]
    rest: tuple[Line, ...]


def alike(
    walks: Sequence[Iterable[Finding]],
    needs: Collection[str],
    seats_within_m: float | None = None,
) -> frozenset[str]:
    """Return the checks that come out at one level on all of some walks, the needed left out.

    Args:
        walks: the findings of each walk.
        needs: ids of the needs that were asked for.
        seats_within_m: how near to each other seats were asked for.
    """
    levels: dict[str, set[str]] = {}
    for findings in walks:
        for finding in findings:
            levels.setdefault(finding.check, set()).add(finding.level)
    wanted = {CHECK_BY_NEED[need].id for need in _wanted(needs, seats_within_m)}
    return frozenset(check for check, found in levels.items() if len(found) == 1) - wanted


def asked_first(
    findings: Iterable[Finding],
    needs: Collection[str],
    left_out: Collection[str] = (),
    seats_within_m: float | None = None,
) -> AskedFirst:
    """Return what was asked for need by need, known or not, then the rest in at most three lines.

    Args:
        findings: of the walk.
        needs: ids of the needs that were asked for.
        left_out: checks that are told elsewhere.
        seats_within_m: how near to each other seats were asked for: a need in metres.
    """
    by_check = {each.check: each for each in findings if each.check not in left_out}
    asked_for = []
    for need in _wanted(needs, seats_within_m):
        check = CHECK_BY_NEED[need]
        found = by_check.pop(check.id, None)
        words, level = NEEDS[need], found.level if found else "unknown"
        if need == seats.NEED.id and seats_within_m is not None:
            words = seats.within_in_words(seats_within_m)
            level = seats.level_within(found, seats_within_m)
        asked_for.append(AskedFor(words, title_of(check.id), level, found))
    rest = [
        (heading, [each for each in by_check.values() if each.level in levels])
        for heading, levels in _LEVELS
    ]
    return AskedFirst(
        asked_for=tuple(asked_for),
        rest=tuple(Line(heading, _subjects(found)) for heading, found in rest if found),
    )


def _wanted(needs: Collection[str], seats_within_m: float | None) -> list[str]:
    """Return the needs that were asked for, in the order of the checks."""
    wanted = {*needs} | ({seats.NEED.id} if seats_within_m is not None else set())
    return [need for need in NEEDS if need in wanted]


def _subjects(findings: Iterable[Finding]) -> str:
    """Return the titles of some findings' checks as a list in words that begins a sentence."""
    titles = [title_of(each.check) for each in findings]
    words = listed([f"{title[:1].lower()}{title[1:]}" for title in titles])
    return f"{words[:1].upper()}{words[1:]}"
