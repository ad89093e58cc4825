"""Whether everybody may walk all of the way, and what stands against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.parks.access import FACTS, access_of
from walktalk.routes.checks.check import Check, Outcome
from walktalk.routes.checks.facts import surveyed
from walktalk.routes.checks.walked import metres_on
from walktalk.routes.sentences import Several, from_land, say
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.parks import Path
    from walktalk.parks.access import Said
    from walktalk.routes.checks.walked import Stretch, Walked

_FACTS = (*sorted(FACTS), "public")
_NAMED = 3  # reasons that a sentence takes


def _find(walked: Walked) -> Outcome:
    """Look at the paths and at the barriers on them; the rules stand in ``parks.access``."""
    why: dict[Said, list[Stretch]] = {}
    against = walked.area.by_path(_against)
    for stretch in walked.stretches:
        for reason in against[stretch.path.id]:
            why.setdefault(reason, []).append(stretch)
    said = [
        say("%(length)s is %(reason)s", length=metres_on(stretches), reason=from_land(reason))
        for reason, stretches in list(why.items())[:_NAMED]
    ]
    doubted = [each for each in walked.stretches if "public" in each.path.facts]
    doubt = say(
        "Whether %(length)s of this walk is open to everybody is not recorded.",
        length=metres_on(doubted),
    )
    if said:
        concerned = [stretch for stretches in why.values() for stretch in stretches]
        says = say("Of this walk, %(parts)s.", parts=Several(tuple(said)))
        because = [doubt] if doubted else []
        return Outcome("caution", says, because, walked.sources_of(concerned, *_FACTS))
    if doubted:
        return Outcome("unknown", doubt, sources=walked.sources_of(doubted, "public"))
    told = [s for s in walked.stretches if not {"foot", "access"}.isdisjoint(s.path.facts)]
    sources = walked.sources_of(told, "foot", "access")
    if len(told) == len(walked.stretches):
        return Outcome("pass", say("Everybody may walk here, as recorded."), sources=sources)
    return Outcome("unknown", None, sources=sources)


def _against(path: Path) -> tuple[Said, ...]:
    """Return what is recorded against walking a path and passing what stands on it."""
    path = surveyed(path)
    on_barriers = (access_of(barrier.facts) for barrier in path.barriers)
    return tuple(
        reason for access in (access_of(path.facts), *on_barriers) for reason in access.reasons
    )


CHECK = Check(
    id="who-may-walk",
    title=N_("Who may walk here"),
    facts=_FACTS,
    find=_find,
    nothing_known=N_("Who may walk here: nothing is recorded against it, nor for all of it."),
    on_the_page="if anything is known",
)
