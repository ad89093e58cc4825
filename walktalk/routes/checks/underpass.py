"""Whether the walk goes under a bridge or through an underpass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.facts import is_recorded, text
from walktalk.routes.checks.walked import any_recorded, names, sources_of
from walktalk.routes.sentences import say, times
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.routes.checks.walked import Walked

_FACTS = ("tunnel", "covered", "under_bridge")
SEARCHED = "underpass"
"""What an area's ``searched`` calls them: a source that marks them was read for all its paths."""


def _find(walked: Walked) -> Outcome:
    under = [s for s in walked.stretches if any(is_recorded(s.path, name) for name in _FACTS)]
    sources = sources_of(under or walked.stretches, *_FACTS)
    if under:
        says = say(
            "The walk goes under a bridge or through an underpass %(times)s.",
            times=times(len(under)),
        )
        overhead = [say("Overhead: %(road)s.", road=each) for each in names(under, "under_bridge")]
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


CHECK = Check(
    id="underpass",
    title=N_("Underpasses and bridges overhead"),
    facts=_FACTS,
    find=_find,
    nothing_known=N_("Underpasses and bridges overhead: not recorded on any of the walk."),
)
