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
from walktalk.routes.findings.unrecorded import nothing_known
from walktalk.routes.needs import has_steps, mean_gradient_pct, number
from walktalk.routes.words import distance_in_words, listed, surface_in_words
from walktalk.routes.yardsticks import RAMP_PCT, TWO_ABREAST_M
from walktalk.wording import N_, _, decimal, n_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walktalk.routes.findings.subject import Split, Stretch, Subject
    from walktalk.routes.model import Finding, Level

_STEP_FACTS = ("steps", "step_count", "wheelchair", "kerb", "barrier")
_SLOPE_FACTS = ("gradient_pct", "climb_m", "descent_m", "gradient_error_pct")
_WIDTH_FACTS = ("width_m", "barrier_width_m")
_LEVEL_PCT = 1.0  # less than 1 in 100 is not felt as a slope
_SURFACES_NAMED = 2  # a sentence with more is not read

_WIDTHS = N_(
    "Inclusive Mobility (2021): 2 m of clear width, 1.5 m acceptable, 1 m past an obstacle."
)
_SLOPES = N_(
    "Inclusive Mobility (2021): 1 in 20 before a slope is a ramp, 1 in 12 at most for a ramp."
)


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
        message = _steps_in(flights)
    elif split.broken:
        message = _(
            "%(length)s of this walk is recorded as not for wheelchairs.",
            length=said(split.broken),
        )
    elif not split.met:
        message = nothing_known("steps")
    elif split.unknown:
        message = _(
            "No steps on %(length)s; not recorded on the other %(rest)s.",
            length=said(split.met),
            rest=said(split.unknown),
        )
    else:
        message = _("There are no steps on this walk.")
    count = round(sum(number(flight.path, "step_count", 0) for flight in flights))
    counted = n_("%(number)s step counted.", "%(number)s steps counted.", count) if count else ""
    evidence = " ".join(part for part in (counted, unchecked(split)) if part and split.broken)
    facts = (*_STEP_FACTS, "highway") if flights else _STEP_FACTS
    decided = split.broken or split.met
    return subject.finding(
        "steps", level_of(split, "fail"), message, evidence, sources_of(decided, *facts)
    )


def _steps_in(flights: Sequence[Stretch]) -> str:
    if all(fact(flight, "highway") == "steps" for flight in flights):
        return n_(
            "There are steps in one place on this walk.",
            "There are steps in %(number)s places on this walk.",
            len(flights),
        )
    return n_(
        "There are steps, a stile or a raised kerb in one place on this walk.",
        "There are steps, a stile or a raised kerb in %(number)s places on this walk.",
        len(flights),
    )


def surface(subject: Subject) -> Finding:
    """Check how firm the ground is."""
    split = subject.split("firm-surface")
    found = shares(subject.stretches, _surface_in_words)
    known = {name: length for name, length in found.items() if name}
    if not known:
        message = nothing_known("surface")
    elif len(found) == 1:
        message = sentence(_("%(surface)s all the way", surface=next(iter(known))))
    else:
        message = sentence(_surfaces_listed(found, subject.route.length_m))
    rough = [stretch for stretch in split.broken if fact(stretch, "smoothness")]
    evidence = [
        _(
            "Firm means paved or as good; gravel and softer ground are left out "
            "(Wheels for Wellbeing)."
        )
    ]
    if rough:
        evidence.append(_("Recorded as rough on %(length)s.", length=said(rough)))
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
    return surface_in_words(value) if value else None


def _surfaces_listed(found: dict[str | None, float], whole_m: float) -> str:
    known = [(name, length) for name, length in found.items() if name]
    first, *others = known[:_SURFACES_NAMED]
    parts = [
        _(
            "%(surface)s on %(length)s of %(whole)s",
            surface=first[0],
            length=distance_in_words(first[1]),
            whole=distance_in_words(whole_m),
        )
    ]
    for name, length in others:
        parts.append(_("%(surface)s on %(length)s", surface=name, length=distance_in_words(length)))
    more = sum(length for _, length in known[_SURFACES_NAMED:])
    if more:
        parts.append(_("other ground on %(length)s", length=distance_in_words(more)))
    if None in found:
        return _("%(surfaces)s; not recorded on the rest", surfaces=", ".join(parts))
    return listed(parts)


def gradient(subject: Subject) -> Finding:
    """Check how steep the walk is at its steepest."""
    split = subject.split("gentle-slope")
    steepest = max((_steepest_pct(stretch) for stretch in subject.stretches), default=0.0)
    level: Level = "unknown"
    evidence_of_error = ""
    if any(fact(stretch, "highway") == "steps" for stretch in split.broken):
        level = "fail"
        message = _("The walk climbs steps, which are steeper than any slope.")
    elif split.broken:
        level = "caution" if steepest <= RAMP_PCT else "fail"
        message = _(
            "The steepest slope is 1 in %(one_in)s; %(length)s is steep.",
            one_in=_one_in(steepest),
            length=said(split.broken),
        )
    elif split.met and not split.unknown:
        level = "pass"
        message = (
            _("The walk is level all the way.")
            if steepest < _LEVEL_PCT
            else _(
                "Gentle all the way: the steepest slope is 1 in %(one_in)s.",
                one_in=_one_in(steepest),
            )
        )
    elif rough := _roughly_measured(split.unknown):
        level = "caution"
        message = _(
            "The heights make the steepest slope %(slope)s, but they are too coarse to be sure.",
            slope=_slope_in_words(steepest),
        )
        error_m = max(number(stretch.path, "height_error_m", 0.0) for stretch in rough)
        evidence_of_error = _("They may be off by %(error)s m.", error=f"{error_m:g}")
    elif split.met:
        message = _(
            "Gentle on %(length)s; not measured on the other %(rest)s.",
            length=said(split.met),
            rest=said(split.unknown),
        )
    else:
        message = nothing_known("gradient")
    unsure = unchecked(split) if split.broken else evidence_of_error
    evidence = f"{_(_SLOPES)} {unsure}".strip()
    return subject.finding(
        "gradient", level, message, evidence, sources_of(subject.stretches, *_SLOPE_FACTS)
    )


def _roughly_measured(unknown: Sequence[Stretch]) -> Sequence[Stretch]:
    """Return the stretches nothing sure is known of, if all have heights with a stated error."""
    names = ("gradient_pct", "gradient_error_pct")
    measured = all(name in stretch.path.facts for stretch in unknown for name in names)
    return unknown if measured else ()


def _slope_in_words(gradient_pct: float) -> str:
    if gradient_pct < _LEVEL_PCT:
        return _("1 in 100 or less")
    return _("1 in %(one_in)s", one_in=_one_in(gradient_pct))


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
    evidence = _(_WIDTHS)
    if split.broken:
        under = _("Under 2 m on %(length)s.", length=said(split.broken))
        evidence = f"{evidence} {under} {unchecked(split)}".strip()
        level = "caution" if narrowest >= TWO_ABREAST_M else "fail"
        message = _("The path is %(width)s m wide at its narrowest.", width=decimal(narrowest, 1))
    elif split.met and not split.unknown:
        level = "pass"
        message = _(
            "The path is at least %(width)s m wide all the way.",
            width=decimal(_floor(narrowest), 1),
        )
    elif split.met:
        message = _(
            "At least 2 m wide on %(length)s; not measured on the rest.", length=said(split.met)
        )
    else:
        message = nothing_known("width")
    return subject.finding(
        "width", level, message, evidence, sources_of(subject.stretches, *_WIDTH_FACTS)
    )


def _floor(width_m: float) -> float:
    return float(np.floor(width_m * 10) / 10)


def two_abreast(subject: Subject) -> Finding:
    """Check the room for two side by side, or a wheelchair beside a walker."""
    split = subject.split("two-abreast")
    if split.broken:
        message = _(
            "Too narrow for two side by side on %(length)s of this walk.",
            length=said(split.broken),
        )
    elif split.met and not split.unknown:
        message = _("There is room for two side by side all the way.")
    elif split.met:
        message = _("Room for two on %(length)s; not measured on the rest.", length=said(split.met))
    else:
        message = nothing_known("two-abreast")
    evidence = _(
        "%(width)s m takes a wheelchair with a walker alongside "
        "(Sensory Trust, Outdoor access guidance).",
        width=decimal(TWO_ABREAST_M, 1),
    )
    return subject.finding(
        "two-abreast",
        level_of(split, "fail"),
        message,
        evidence,
        sources_of(subject.stretches, *_WIDTH_FACTS),
    )
