"""How steep the walk is at its steepest."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Need, Outcome, by_facts
from walktalk.routes.checks.facts import number, text
from walktalk.routes.checks.walked import metres_on
from walktalk.routes.sentences import say
from walktalk.wording import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walktalk.parks import Path
    from walktalk.routes.checks.check import Verdict
    from walktalk.routes.checks.walked import Split, Stretch, Walked
    from walktalk.routes.model import Level
    from walktalk.routes.sentences import Sentence

GENTLE_PCT = 5.0
"""Steepest gentle slope in per cent, 1 in 20: Inclusive Mobility (Department for Transport, 2021),
sections 4.2 and 4.3."""

RAMP_PCT = 100 / 12
"""Steepest ramp in per cent, 1 in 12: Inclusive Mobility (2021)."""

_FACTS = (
    "gradient_pct",
    "climb_m",
    "descent_m",
    "gradient_error_pct",
    "gradient_least_pct",
    "steep",
)
LEVEL_PCT = 1.0
"""Less than 1 in 100 is not felt as a slope."""


def mean_gradient_pct(path: Path) -> float:
    """Return the recorded climb and descent together over the length, in per cent; else 0.

    The steepest stretch is at least as steep, so this can break a need and never meet one. Climbs
    that come from a height model count for nothing here: it is judged over windows, with its error.
    """
    if not path.length_m or "height_error_m" in path.facts:
        return 0.0
    return 100 * (number(path, "climb_m", 0.0) + number(path, "descent_m", 0.0)) / path.length_m


def _verdict(path: Path) -> Verdict:
    if path.facts.get("highway") == "steps" or mean_gradient_pct(path) > GENTLE_PCT:
        return "broken"
    if path.facts.get("steep") == "yes":
        return "broken"
    steepest = number(path, "gradient_pct", nan)
    error = number(path, "gradient_error_pct", 0.0)
    least = number(path, "gradient_least_pct", steepest)
    if least - error > GENTLE_PCT:
        return "broken"
    return "met" if steepest + error <= GENTLE_PCT else "unknown"


NEED = Need(
    "gentle-slope", "Gentle slopes, no steeper than 1 in 20", by_facts(_verdict), group="body"
)


def _find(walked: Walked) -> Outcome:
    split = walked.split(NEED)
    steepest = max((_steepest_pct(stretch) for stretch in walked.stretches), default=0.0)
    level, says = _judged(split, steepest)
    because = [
        say(
            "Inclusive Mobility (2021): 1 in 20 before a slope is a ramp, "
            "1 in 12 at most for a ramp."
        )
    ]
    because += _measured_how(walked.stretches)
    rough = [] if split.broken or level != "caution" else split.unknown
    if split.broken:
        because += split.unchecked
    elif rough:
        error_m = max(number(stretch.path, "height_error_m", 0.0) for stretch in rough)
        because.append(say("They may be off by %(error)s m.", error=f"{error_m:g}"))
    return Outcome(level, says, because, walked.sources_of(walked.stretches, *_FACTS), split)


def _measured_how(stretches: Sequence[Stretch]) -> list[Sentence]:
    """Return over what length slopes were measured and how surely, where a model says so."""
    known = [each.path for each in stretches if "gradient_window_m" in each.path.facts]
    if not known:
        return []
    window_m = max(number(path, "gradient_window_m", 0.0) for path in known)
    error = max(number(path, "gradient_error_pct", 0.0) for path in known)
    if error > RAMP_PCT:
        return [
            say(
                "Measured over every %(window)s m: too coarse for the shorter paths.",
                window=f"{window_m:.0f}",
            )
        ]
    return [
        say(
            "Measured over every %(window)s m; a slope may be off by %(error)s in 100.",
            window=f"{window_m:.0f}",
            error=f"{error:.1f}",
        )
    ]


def _judged(split: Split, steepest: float) -> tuple[Level, Sentence | None]:
    """Return the level and what is said of slopes that are ``steepest`` per cent at most."""
    if any(text(stretch.path, "highway") == "steps" for stretch in split.broken):
        return "fail", say("The walk climbs steps, which are steeper than any slope.")
    if split.broken:
        return "caution" if steepest <= RAMP_PCT else "fail", _steep(split, steepest)
    if split.met and not split.unknown:
        return "pass", _gentle(steepest)
    if split.unknown and all(map(_is_measured, split.unknown)):
        return "caution", say(
            "The heights make the steepest slope %(slope)s, but they are too coarse to be sure.",
            slope=_slope(steepest),
        )
    if split.met:
        return "unknown", say(
            "Gentle on %(length)s; not measured on the other %(rest)s.",
            length=metres_on(split.met),
            rest=metres_on(split.unknown),
        )
    return "unknown", None


def _steep(split: Split, steepest: float) -> Sentence:
    length = metres_on(split.broken)
    if steepest <= GENTLE_PCT:
        return say("Somebody found it steep on %(length)s of this walk.", length=length)
    return say(
        "The steepest slope is 1 in %(one_in)s; %(length)s is steep.",
        one_in=_one_in(steepest),
        length=length,
    )


def _gentle(steepest: float) -> Sentence:
    if steepest < LEVEL_PCT:
        return say("The walk is level all the way.")
    return say(
        "Gentle all the way: the steepest slope is 1 in %(one_in)s.", one_in=_one_in(steepest)
    )


def _is_measured(stretch: Stretch) -> bool:
    """Whether its heights have a stated error: too large a one, if its slope is unknown."""
    return all(name in stretch.path.facts for name in ("gradient_pct", "gradient_error_pct"))


def _slope(gradient_pct: float) -> Sentence:
    if gradient_pct < LEVEL_PCT:
        return say("1 in 100 or less")
    return say("1 in %(one_in)s", one_in=_one_in(gradient_pct))


def _steepest_pct(stretch: Stretch) -> float:
    return max(number(stretch.path, "gradient_pct", 0.0), mean_gradient_pct(stretch.path))


def _one_in(gradient_pct: float) -> int:
    return max(1, int(100 / gradient_pct))  # rounded to the steeper side


CHECK = Check(
    id="gradient",
    title=N_("Slopes"),
    facts=("highway", *_FACTS, "gradient_window_m", "height_error_m"),
    find=_find,
    nothing_known=N_("Slopes: no reliable measurement on any of the walk."),
    need=NEED,
)
