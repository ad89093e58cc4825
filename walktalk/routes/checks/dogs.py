"""Dogs off the lead, as people noted them.

It is never said to fit: what people saw on one day can be otherwise on another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.facts import text
from walktalk.routes.checks.walked import metres_on, sources_of
from walktalk.routes.sentences import say
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.routes.checks.walked import Walked
    from walktalk.routes.model import Level


def _find(walked: Walked) -> Outcome:
    noted = [each for each in walked.stretches if text(each.path, "dogs")]
    loose = [each for each in noted if text(each.path, "dogs") == "off-lead"]
    says = None
    if loose:
        says = say("Dogs run off the lead on %(length)s of this walk.", length=metres_on(loose))
    elif noted:
        says = say("Few dogs off the lead were noted; it can change any day.")
    level: Level = "caution" if noted else "unknown"
    return Outcome(level, says, sources=sources_of(loose or noted, "dogs"))


CHECK = Check(
    id="dogs",
    title=N_("Dogs"),
    facts=("dogs",),
    find=_find,
    nothing_known=N_("Dogs off the lead: not noted on any of the walk."),
    on_the_page="if anything is known",
)
