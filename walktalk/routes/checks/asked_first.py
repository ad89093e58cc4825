"""Findings as whoever planned a walk reads them: what was asked for first, the rest in three lines.

For the counsellor's pages alone: what was needed never stands on a page that a link opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from walktalk.routes.checks import CHECK_BY_NEED, NEEDS, title_of
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


def alike(walks: Sequence[Iterable[Finding]], needs: Collection[str]) -> frozenset[str]:
    """Return the checks that come out at one level on all of some walks, the needed left out.

    Args:
        walks: the findings of each walk.
        needs: ids of the needs that were asked for.
    """
    levels: dict[str, set[str]] = {}
    for findings in walks:
        for finding in findings:
            levels.setdefault(finding.check, set()).add(finding.level)
    wanted = {CHECK_BY_NEED[need].id for need in needs}
    return frozenset(check for check, found in levels.items() if len(found) == 1) - wanted


def asked_first(
    findings: Iterable[Finding], needs: Collection[str], left_out: Collection[str] = ()
) -> AskedFirst:
    """Return what was asked for need by need, known or not, then the rest in at most three lines.

    Args:
        findings: of the walk.
        needs: ids of the needs that were asked for.
        left_out: checks that are told elsewhere.
    """
    by_check = {each.check: each for each in findings if each.check not in left_out}
    wanted = {need: CHECK_BY_NEED[need].id for need in NEEDS if need in needs}
    found = {need: by_check.pop(check, None) for need, check in wanted.items()}
    rest = [
        (heading, [each for each in by_check.values() if each.level in levels])
        for heading, levels in _LEVELS
    ]
    return AskedFirst(
        asked_for=tuple(
            AskedFor(NEEDS[need], title_of(wanted[need]), each.level if each else "unknown", each)
            for need, each in found.items()
        ),
        rest=tuple(Line(heading, _subjects(found)) for heading, found in rest if found),
    )


def _subjects(findings: Iterable[Finding]) -> str:
    """Return the titles of some findings' checks as a list in words that begins a sentence."""
    titles = [title_of(each.check) for each in findings]
    words = listed([f"{title[:1].lower()}{title[1:]}" for title in titles])
    return f"{words[:1].upper()}{words[1:]}"
