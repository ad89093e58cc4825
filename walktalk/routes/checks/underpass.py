"""Whether the walk goes under a bridge or through an underpass."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.facts import is_recorded, text
from walktalk.routes.checks.walked import any_recorded
from walktalk.routes.sentences import say, times
from walktalk.wording import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walktalk.routes.checks.walked import Stretch, Walked

_FACTS = ("tunnel", "covered", "under_bridge")
SEARCHED = "underpass"
"""What an area's ``searched`` calls them: a source that marks them was read for all its paths."""


def _find(walked: Walked) -> Outcome:
    under = [s for s in walked.stretches if any(is_recorded(s.path, name) for name in _FACTS)]
    sources = walked.sources_of(under or walked.stretches, *_FACTS)
    if under:
        says = say(
            "The walk goes under a bridge or through an underpass %(times)s.",
            times=times(_places(under)),
        )
        named = dict.fromkeys(name for stretch in under for name in _above(stretch))
        overhead = [say("Overhead: %(road)s.", road=each) for each in named if each != "yes"]
        return Outcome("caution", says, overhead, sources)
    searched = walked.area.searched.get(SEARCHED)
    if searched and all(is_recorded(stretch.path, "highway") for stretch in walked.stretches):
        says = say("The map shows no bridge over this walk, and no underpass.")
        return Outcome("pass", says, sources=[searched])
    if all(text(stretch.path, "tunnel") == "no" for stretch in walked.stretches):
        says = say("The walk goes under no bridge and through no underpass.")
        return Outcome("pass", says, sources=sources)
    if any_recorded(walked.stretches, *_FACTS):
        says = say("Underpasses and bridges overhead: not recorded on part of the walk.")
        return Outcome("unknown", says, sources=sources)
    return Outcome("unknown", None, sources=sources)


def _places(under: Sequence[Stretch]) -> int:
    """Return in how many places: a tunnel drawn in pieces is one, walked again it is two.

    Several bridges over one path are several.
    """
    places = sum(max(1, len(_above(stretch))) for stretch in under)
    return places - sum(_goes_on(one, other) for one, other in pairwise(under))


def _above(stretch: Stretch) -> list[str]:
    """Return the names of the bridges over a stretch's path."""
    above = text(stretch.path, "under_bridge") or "no"
    return [] if above == "no" else above.split("; ")


def _goes_on(one: Stretch, other: Stretch) -> bool:
    """Return whether a stretch goes on beneath what the one before it was beneath."""
    if one.path.id == other.path.id:
        return False
    above = [_above(each) for each in (one, other)]
    ends = [set(each.path.coordinates[:: len(each.path.coordinates) - 1]) for each in (one, other)]
    return above[0] == above[1] and not ends[0].isdisjoint(ends[1])


CHECK = Check(
    id="underpass",
    title=N_("Underpasses and bridges overhead"),
    facts=_FACTS,
    find=_find,
    nothing_known=N_("Underpasses and bridges overhead: not recorded on any of the walk."),
)
