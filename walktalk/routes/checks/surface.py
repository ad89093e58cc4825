"""How firm the ground is underfoot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from walktalk.routes.checks.check import Check, Need, Outcome, by_facts
from walktalk.routes.checks.facts import is_ford, newest, text
from walktalk.routes.checks.walked import lengths_by, metres_on
from walktalk.routes.sentences import Begun, Metres, Several, Surface, say
from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.parks import Path
    from walktalk.routes.checks.check import Verdict
    from walktalk.routes.checks.walked import Split, Stretch, Walked
    from walktalk.routes.sentences import Figure

FIRM_SURFACES = frozenset(
    [
        "asphalt",
        "bricks",
        "chipseal",
        "concrete",
        "concrete:plates",
        "metal",
        "metal_grid",
        "paved",
        "paving_stones",
        "rubber",
        "tartan",
        "wood",
    ]
)
LOOSE_SURFACES = frozenset(
    [
        "clay",
        "cobblestone",
        "dirt",
        "earth",
        "fine_gravel",
        "grass",
        "grass_paver",
        "gravel",
        "ground",
        "mud",
        "pebblestone",
        "rock",
        "sand",
        "shells",
        "snow",
        "stepping_stones",
        "stone",
        "unhewn_cobblestone",
        "woodchips",
    ]
)
"""Surfaces that are not firm. Fine gravel is among them: gravel, however neat, is hard going for
many wheels (Wheels for Wellbeing, guide sheet on accessible surfaces). Between the two sets lie
``compacted``, ``sett``, ``concrete:lanes`` and ``unpaved``: firm where well kept and not where
they are not, so they stay unknown until somebody has recorded more."""

ROUGH_SMOOTHNESS = frozenset(["bad", "very_bad", "horrible", "very_horrible", "impassable"])
"""OpenStreetMap's smoothness values too rough for a wheelchair's wheels, whatever the surface."""

_FACTS = ("surface", "smoothness", "ford", "firm", "mud")
_SURFACES_NAMED = 2  # a sentence with more is not read


def _verdict(path: Path) -> Verdict:
    surface = path.facts.get("surface")
    if is_ford(path):
        return "broken"
    if path.facts.get("mud") == "yes":
        return "broken"
    if newest(path, "surface", "smoothness", "firm") == "firm":
        return "met" if path.facts["firm"] == "yes" else "broken"
    if surface in LOOSE_SURFACES or path.facts.get("smoothness") in ROUGH_SMOOTHNESS:
        return "broken"
    return "met" if surface in FIRM_SURFACES else "unknown"


NEED = Need("firm-surface", "A firm surface, such as asphalt", by_facts(_verdict), group="body")


def _find(walked: Walked) -> Outcome:
    split = walked.split(NEED)
    found = lengths_by(walked.stretches, lambda stretch: text(stretch.path, "surface"))
    known = {surface: length for surface, length in found.items() if surface}
    says: Figure | None = None
    if len(found) == 1 and known:
        says = Begun(say("%(surface)s all the way", surface=Surface(next(iter(known)))))
    elif known:
        says = Begun(_listed(known, walked.route.length_m, partly=None in found))
    says = _seen(split, walked.stretches, says)
    because: list[Figure] = [
        say(
            "Firm means paved or as good; gravel and softer ground are left out "
            "(Wheels for Wellbeing)."
        )
    ]
    if any(is_ford(stretch.path) for stretch in split.broken):
        because.append(say("The walk goes through water at a ford."))
    rough = [stretch for stretch in split.broken if text(stretch.path, "smoothness")]
    if rough:
        because.append(say("Recorded as rough on %(length)s.", length=metres_on(rough)))
    if says is not None:
        because += split.unchecked
    sources = walked.sources_of(walked.stretches, *_FACTS)
    return Outcome(split.level(broken="fail"), says, because, sources, split)


def _seen(split: Split, stretches: tuple[Stretch, ...], says: Figure | None) -> Figure | None:
    """Return what somebody saw underfoot, where that says more than the surfaces do."""
    muddy = [stretch for stretch in stretches if text(stretch.path, "mud") == "yes"]
    if muddy:
        return say("There was mud on %(length)s of this walk.", length=metres_on(muddy))
    judged = [stretch for stretch in stretches if "firm" in stretch.path.facts]
    if not judged:
        return says
    soft = [stretch for stretch in judged if text(stretch.path, "firm") == "no"]
    if soft:
        return say("The ground is not firm on %(length)s of this walk.", length=metres_on(soft))
    if split.met and not split.unknown and not split.broken:
        return say("The ground is firm all the way.")
    if says is None:
        return say("Firm on %(length)s; not recorded on the rest.", length=metres_on(judged))
    return says


def _listed(known: dict[str, float], whole_m: float, *, partly: bool) -> Figure:
    """Return the surfaces with their lengths, the first two by name."""
    first, *others = list(known.items())[:_SURFACES_NAMED]
    parts = [
        say(
            "%(surface)s on %(length)s of %(whole)s",
            surface=Surface(first[0]),
            length=Metres(first[1]),
            whole=Metres(whole_m),
        )
    ]
    for name, length_m in others:
        parts.append(
            say("%(surface)s on %(length)s", surface=Surface(name), length=Metres(length_m))
        )
    more = sum(list(known.values())[_SURFACES_NAMED:])
    if more:
        parts.append(say("other ground on %(length)s", length=Metres(more)))
    if partly:
        surfaces = Several(tuple(parts), ", ")
        return say("%(surfaces)s; not recorded on the rest", surfaces=surfaces)
    return Several(tuple(parts))


CHECK = Check(
    id="surface",
    title=N_("Surface"),
    facts=_FACTS,
    find=_find,
    nothing_known=N_("Surface: not recorded on any of the walk."),
    need=NEED,
)
