"""Steps, stiles and raised kerbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Need, Outcome, by_facts
from walktalk.routes.checks.facts import number, text
from walktalk.routes.checks.walked import metres_on, sources_of
from walktalk.routes.sentences import say, say_n
from walktalk.wording import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walktalk.parks import Path
    from walktalk.routes.checks.check import Verdict
    from walktalk.routes.checks.walked import Stretch, Walked
    from walktalk.routes.sentences import Sentence

_FACTS = ("steps", "step_count", "wheelchair", "kerb", "barrier")
_CLIMBED = frozenset(["stile", "step", "log"])
_HIGH_KERBS = frozenset(["raised", "regular"])


def has_steps(path: Path) -> bool:
    """Whether steps, a stile or a raised kerb are recorded on the path."""
    facts = path.facts
    return (
        facts.get("highway") == "steps"
        or facts.get("steps") == "yes"
        or number(path, "step_count", 0.0) > 0
        or not _CLIMBED.isdisjoint(str(facts.get("barrier", "")).split(";"))
        or facts.get("kerb") in _HIGH_KERBS
    )


def _verdict(path: Path) -> Verdict:
    if has_steps(path) or path.facts.get("wheelchair") == "no":
        return "broken"
    recorded = path.facts.get("steps") == "no" or path.facts.get("step_count") == 0
    return "met" if recorded or path.facts.get("wheelchair") in ("yes", "designated") else "unknown"


NEED = Need("step-free", "No steps", by_facts(_verdict))


def _find(walked: Walked) -> Outcome:
    split = walked.split(NEED)
    flights = [stretch for stretch in split.broken if has_steps(stretch.path)]
    says = None
    if flights:
        says = _steps_in(flights)
    elif split.broken:
        says = say(
            "%(length)s of this walk is recorded as not for wheelchairs.",
            length=metres_on(split.broken),
        )
    elif split.met and split.unknown:
        says = say(
            "No steps on %(length)s; not recorded on the other %(rest)s.",
            length=metres_on(split.met),
            rest=metres_on(split.unknown),
        )
    elif split.met:
        says = say("There are no steps on this walk.")
    count = round(sum(number(flight.path, "step_count", 0) for flight in flights))
    counted = [say_n("%(number)s step counted.", "%(number)s steps counted.", count)]
    facts = (*_FACTS, "highway") if flights else _FACTS
    return Outcome(
        split.level(broken="fail"),
        says,
        [*(counted if count else ()), *(split.unchecked if split.broken else ())],
        sources_of(split.broken or split.met, *facts),
        split,
    )


def _steps_in(flights: Sequence[Stretch]) -> Sentence:
    if all(text(flight.path, "highway") == "steps" for flight in flights):
        return say_n(
            "There are steps in one place on this walk.",
            "There are steps in %(number)s places on this walk.",
            len(flights),
        )
    return say_n(
        "There are steps, a stile or a raised kerb in one place on this walk.",
        "There are steps, a stile or a raised kerb in %(number)s places on this walk.",
        len(flights),
    )


CHECK = Check(
    id="steps",
    title=N_("Steps"),
    facts=("highway", *_FACTS),
    find=_find,
    nothing_known=N_("Steps: not recorded on any of the walk."),
    need=NEED,
)
