"""Whether the walk goes under a bridge or through an underpass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.facts import is_recorded, text
from walktalk.routes.checks.walked import any_recorded, sources_of
from walktalk.routes.sentences import say, times
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.routes.checks.walked import Walked

_FACTS = ("tunnel", "covered")


def _find(walked: Walked) -> Outcome:
    under = [s for s in walked.stretches if any(is_recorded(s.path, name) for name in _FACTS)]
    sources = sources_of(under or walked.stretches, *_FACTS)
    if under:
        says = say(
            "The walk goes under a bridge or through an underpass %(times)s.",
            times=times(len(under)),
        )
        return Outcome("caution", says, sources=sources)
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
