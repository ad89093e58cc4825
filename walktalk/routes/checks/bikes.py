"""Whether the paths are shared with people on bikes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Need, Outcome, by_facts
from walktalk.routes.checks.facts import is_carriageway, text
from walktalk.routes.checks.walked import metres_on
from walktalk.routes.sentences import say
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.parks import Path
    from walktalk.routes.checks.check import Verdict
    from walktalk.routes.checks.walked import Walked

_BIKES = frozenset(["yes", "designated", "permissive", "official"])
_NO_BIKES = frozenset(["no", "dismount", "private", "use_sidepath"])
_BIKE_WAYS = frozenset(["cycleway", "bridleway"])
"""Bicycles may use a bridleway in England: Countryside Act 1968, section 30."""

_FACTS = ("bicycle", "highway", "segregated")


def _verdict(path: Path) -> Verdict:
    bicycle = path.facts.get("bicycle")
    if bicycle in _NO_BIKES:
        return "met"
    shared = path.facts.get("highway") in _BIKE_WAYS or is_carriageway(path)
    return "broken" if shared or bicycle in _BIKES else "unknown"


NEED = Need("no-bikes", "No bikes on the path", by_facts(_verdict), group="senses")


def _find(walked: Walked) -> Outcome:
    split = walked.split(NEED)
    says = None
    if split.broken and not split.met and not split.unknown:
        says = say("The whole walk is shared with people on bikes.")
    elif split.broken:
        says = say(
            "%(length)s of this walk is shared with people on bikes.",
            length=metres_on(split.broken),
        )
    elif split.met and split.unknown:
        says = say(
            "No bikes on %(length)s; not recorded on the other %(rest)s.",
            length=metres_on(split.met),
            rest=metres_on(split.unknown),
        )
    elif split.met:
        says = say("Bikes may not be ridden on any of these paths.")
    kept_apart = [s for s in split.broken if text(s.path, "segregated") == "yes"]
    because = say("Bikes have their own side on %(length)s.", length=metres_on(kept_apart))
    return Outcome(
        split.level(broken="caution"),
        says,
        [because] if kept_apart else [],
        walked.sources_of(split.broken or split.met, *_FACTS),
        split,
    )


CHECK = Check(
    id="bikes",
    title=N_("Bikes"),
    facts=_FACTS,
    find=_find,
    nothing_known=N_("Bikes: whether they use these paths is not recorded."),
    need=NEED,
)
