"""What is underfoot: steps, surface, slopes and width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.findings.subject import (
    fact,
    said,
    sentence,
    shares,
    sources_of,
    unchecked,
)
from walktalk.routes.needs import has_steps, mean_gradient_pct, number
from walktalk.routes.words import distance_in_words, listed
from walktalk.routes.yardsticks import RAMP_PCT, TWO_ABREAST_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walktalk.routes.findings.subject import Split, Stretch, Subject
    from walktalk.routes.model import Finding, Level

_STEP_FACTS = ("steps", "step_count", "wheelchair", "kerb", "barrier")
_SLOPE_FACTS = ("gradient_pct", "climb_m", "descent_m", "gradient_error_pct")
_WIDTH_FACTS = ("width_m", "barrier_width_m")
_LEVEL_PCT = 1.0  # less than 1 in 100 is not felt as a slope
_SURFACES_NAMED = 2  # a sentence with more is not read

_WIDTHS = "Inclusive Mobility (2021): 2 m of clear width, 1.5 m acceptable, 1 m past an obstacle."
_SLOPES = "Inclusive Mobility (2021): 1 in 20 before a slope is a ramp, 1 in 12 at most for a ramp."


def level_of(split: Split, broken: Level) -> Level:
    """Return the level of a check: ``broken`` before unknown before pass."""
    if split.broken:
        return broken
    return "pass" if split.met and not split.unknown else "unknown"


def steps(subject: Subject) -> Finding:
    """Check for steps, stiles and raised kerbs."""
    split = subject.split("step-free")
    flights = [stretch for stretch in split.broken if has_steps(stretch.path)]
    if flights:
        places = "one place" if len(flights) == 1 else f"{len(flights)} places"
        message = f"There are steps, a stile or a raised kerb in {places} on this walk."
        if all(fact(flight, "highway") == "steps" for flight in flights):
            message = f"There are steps in {places} on this walk."
    elif split.broken:
        message = f"{said(split.broken)} of this walk is recorded as not for wheelchairs."
    elif not split.met:
        message = "Steps: not recorded on any of the walk."
    elif split.unknown:
        rest = said(split.unknown)
        message = f"No steps on {said(split.met)}; not recorded on the other {rest}."
    else:
        message = "There are no steps on this walk."
    counts = [number(flight.path, "step_count", 0) for flight in flights]
    counted = f"{sum(counts):.0f} steps counted." if any(counts) else ""
    evidence = " ".join(part for part in (counted, unchecked(split)) if part and split.broken)
    facts = (*_STEP_FACTS, "highway") if flights else _STEP_FACTS
    decided = split.broken or split.met
    return subject.finding(
        "steps", level_of(split, "fail"), message, evidence, sources_of(decided, *facts)
    )


def surface(subject: Subject) -> Finding:
    """Check how firm the ground is."""
    split = subject.split("firm-surface")
    found = shares(subject.stretches, _surface_in_words)
    known = {name: length for name, length in found.items() if name}
    if not known:
        message = "Surface: not recorded on any of the walk."
    elif len(found) == 1:
        message = sentence(f"{next(iter(known))} all the way")
    else:
        message = sentence(_surfaces_listed(found, subject.route.length_m))
    rough = [stretch for stretch in split.broken if fact(stretch, "smoothness")]
    evidence = [
        "Firm means paved or as good; gravel and softer ground are left out (Wheels for Wellbeing)."
    ]
    if rough:
        evidence.append(f"Recorded as rough on {said(rough)}.")
    if known:
        evidence.append(unchecked(split))
    return subject.finding(
        "surface",
        level_of(split, "fail"),
        message,
        " ".join(evidence).strip(),
        sources_of(subject.stretches, "surface", "smoothness"),
    )


def _surface_in_words(stretch: Stretch) -> str | None:
    value = fact(stretch, "surface")
    return value.split(":")[0].replace("_", " ") if value else None


def _surfaces_listed(found: dict[str | None, float], whole_m: float) -> str:
    known = [(name, length) for name, length in found.items() if name]
    first, *others = known[:_SURFACES_NAMED]
    said_first = f"{first[0]} on {distance_in_words(first[1])} of {distance_in_words(whole_m)}"
    parts = [said_first, *(f"{name} on {distance_in_words(length)}" for name, length in others)]
    more = sum(length for _, length in known[_SURFACES_NAMED:])
    if more:
        parts.append(f"other ground on {distance_in_words(more)}")
    if None in found:
        return f"{', '.join(parts)}; not recorded on the rest"
    return listed(parts)


def gradient(subject: Subject) -> Finding:
    """Check how steep the walk is at its steepest."""
    split = subject.split("gentle-slope")
    steepest = max((_steepest_pct(stretch) for stretch in subject.stretches), default=0.0)
    level: Level = "unknown"
    evidence_of_error = ""
    if any(fact(stretch, "highway") == "steps" for stretch in split.broken):
        level, message = "fail", "The walk climbs steps, which are steeper than any slope."
    elif split.broken:
        level = "caution" if steepest <= RAMP_PCT else "fail"
        message = f"The steepest slope is 1 in {_one_in(steepest)}; {said(split.broken)} is steep."
    elif split.met and not split.unknown:
        level = "pass"
        message = (
            "The walk is level all the way."
            if steepest < _LEVEL_PCT
            else f"Gentle all the way: the steepest slope is 1 in {_one_in(steepest)}."
        )
    elif rough := _roughly_measured(split.unknown):
        level = "caution"
        message = (
            f"The heights make the steepest slope {_slope_in_words(steepest)}, but they are too "
            "coarse to be sure."
        )
        error_m = max(number(stretch.path, "height_error_m", 0.0) for stretch in rough)
        evidence_of_error = f"They may be off by {error_m:g} m."
    elif split.met:
        rest = said(split.unknown)
        message = f"Gentle on {said(split.met)}; not measured on the other {rest}."
    else:
        message = "Slopes: no reliable measurement on any of the walk."
    unsure = unchecked(split) if split.broken else evidence_of_error
    evidence = f"{_SLOPES} {unsure}".strip()
    return subject.finding(
        "gradient", level, message, evidence, sources_of(subject.stretches, *_SLOPE_FACTS)
    )


def _roughly_measured(unknown: Sequence[Stretch]) -> Sequence[Stretch]:
    """Return the stretches nothing sure is known of, if all have heights with a stated error."""
    names = ("gradient_pct", "gradient_error_pct")
    measured = all(name in stretch.path.facts for stretch in unknown for name in names)
    return unknown if measured else ()


def _slope_in_words(gradient_pct: float) -> str:
    return "1 in 100 or less" if gradient_pct < _LEVEL_PCT else f"1 in {_one_in(gradient_pct)}"


def _steepest_pct(stretch: Stretch) -> float:
    return max(number(stretch.path, "gradient_pct", 0.0), mean_gradient_pct(stretch.path))


def _one_in(gradient_pct: float) -> int:
    return max(1, int(100 / gradient_pct))  # rounded to the steeper side


def _narrowest_m(stretches: tuple[Stretch, ...]) -> float:
    widths = [number(stretch.path, name, np.inf) for stretch in stretches for name in _WIDTH_FACTS]
    return min(widths, default=np.inf)


def width(subject: Subject) -> Finding:
    """Check the clear width of the paths."""
    split = subject.split("wide-path")
    narrowest = _narrowest_m(subject.stretches)
    level: Level = "unknown"
    evidence = _WIDTHS
    if split.broken:
        evidence = f"{_WIDTHS} Under 2 m on {said(split.broken)}. {unchecked(split)}".strip()
        level = "caution" if narrowest >= TWO_ABREAST_M else "fail"
        message = f"The path is {narrowest:.1f} m wide at its narrowest."
    elif split.met and not split.unknown:
        level, message = "pass", f"The path is at least {_floor(narrowest):.1f} m wide all the way."
    elif split.met:
        message = f"At least 2 m wide on {said(split.met)}; not measured on the rest."
    else:
        message = "Width: not measured on any of the walk."
    return subject.finding(
        "width", level, message, evidence, sources_of(subject.stretches, *_WIDTH_FACTS)
    )


def _floor(width_m: float) -> float:
    return float(np.floor(width_m * 10) / 10)


def two_abreast(subject: Subject) -> Finding:
    """Check the room for two side by side, or a wheelchair beside a walker."""
    split = subject.split("two-abreast")
    if split.broken:
        message = f"Too narrow for two side by side on {said(split.broken)} of this walk."
    elif split.met and not split.unknown:
        message = "There is room for two side by side all the way."
    elif split.met:
        message = f"Room for two on {said(split.met)}; not measured on the rest."
    else:
        message = "Room for two side by side: not measured on any of the walk."
    evidence = (
        f"{TWO_ABREAST_M} m takes a wheelchair with a walker alongside "
        "(Sensory Trust, Outdoor access guidance)."
    )
    return subject.finding(
        "two-abreast",
        level_of(split, "fail"),
        message,
        evidence,
        sources_of(subject.stretches, *_WIDTH_FACTS),
    )
