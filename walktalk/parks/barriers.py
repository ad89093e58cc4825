"""What stands on a path: every kind of barrier has its rule and its name in one table.

The kinds are those of OpenStreetMap's tagging guide
(https://wiki.openstreetmap.org/wiki/Key:barrier). A kind that the table does not know is
"unknown" for whoever needs a way without steps: what is not understood is never silently safe.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from walktalk.parks.access import Said
from walktalk.parks.model import Barrier, Path
from walktalk.wording import N_

StepFree = Literal["met", "unknown", "broken"]

HIGHEST_KERB_M = 0.03
"""A kerb up to here counts as lowered (https://wiki.openstreetmap.org/wiki/Key:kerb)."""

HIGH_KERBS = frozenset({"raised", "regular"})
_PASSABLE = frozenset({"yes", "designated"})


@dataclass(frozen=True, slots=True)
class BarrierRule:
    """What one kind of barrier means for whoever walks there.

    Attributes:
        name: how it is called, with its article.
        step_free: what it says where nobody recorded ``wheelchair``: ``met`` is a thing without a
            step, ``unknown`` a thing that some can pass and some cannot.
        narrows: whether one passes through an opening, whose width is unknown until measured.
        stops: whether it keeps walkers out where no access is recorded.
    """

    name: str
    step_free: StepFree
    narrows: bool = True
    stops: bool = False


def _of(step_free: StepFree, *, stops: bool = False, **names: str) -> dict[str, BarrierRule]:
    return {kind: BarrierRule(name, step_free, stops=stops) for kind, name in names.items()}


_LEVEL = _of(
    "met",
    gate=N_("a gate"),
    wicket_gate=N_("a wicket gate"),
    swing_gate=N_("a swing gate"),
    sliding_gate=N_("a sliding gate"),
    lift_gate=N_("a lifting barrier"),
    entrance=N_("a gap in a wall or fence"),
    sally_port=N_("a gateway"),
    door=N_("a door"),
    bollard=N_("a bollard"),
    planter=N_("planters"),
    toll_booth=N_("a toll booth"),
    border_control=N_("a border control"),
    coupure=N_("a gap in a flood wall"),
)
_IN_DOUBT = _of(
    "unknown",
    kissing_gate=N_("a kissing gate"),
    hampshire_gate=N_("a wire gate"),
    bump_gate=N_("a bump gate"),
    cycle_barrier=N_("a cycle barrier"),
    motorcycle_barrier=N_("a motorcycle barrier"),
    chicane=N_("a chicane"),
    kent_carriage_gap=N_("a pair of low posts"),
    block=N_("a block in the way"),
    jersey_barrier=N_("a concrete barrier"),
    barrier_board=N_("a barrier board"),
    bar=N_("a bar across the way"),
    chain=N_("a chain across the way"),
    rope=N_("a rope across the way"),
    swing_barrier=N_("a swinging barrier"),
    delineators=N_("a row of posts"),
    sump_buster=N_("a block for cars"),
    bus_trap=N_("a trap for cars"),
    wedge=N_("a wedge for cars"),
    tyres=N_("tyres in the way"),
    spikes=N_("spikes in the way"),
    yes=N_("a barrier of a kind nobody recorded"),
)
_STEPPED = _of(
    "broken",
    stile=N_("a stile"),
    step=N_("a step"),
    steps=N_("steps"),
    log=N_("a log across the way"),
    debris=N_("debris in the way"),
    ditch=N_("a ditch"),
    rock=N_("rocks in the way"),
    horse_stile=N_("a horse stile"),
    horse_jump=N_("a horse jump"),
    cattle_grid=N_("a cattle grid"),
    turnstile=N_("a turnstile"),
    full_height_turnstile=N_("a full-height turnstile"),
    tank_trap=N_("a tank trap"),
    stepping_stones=N_("stepping stones"),
)
_LINES = _of(
    "unknown",
    stops=True,
    wall=N_("a wall"),
    fence=N_("a fence"),
    wire_fence=N_("a wire fence"),
    hedge=N_("a hedge"),
    hedge_bank=N_("a hedge bank"),
    retaining_wall=N_("a retaining wall"),
    guard_rail=N_("a guard rail"),
    handrail=N_("a handrail"),
    cable_barrier=N_("a cable barrier"),
    city_wall=N_("a city wall"),
    flood_wall=N_("a flood wall"),
    net=N_("a net"),
    field_boundary=N_("a field boundary"),
)
_WIDE = {
    "kerb": BarrierRule(N_("a kerb"), "met", narrows=False),
    "height_restrictor": BarrierRule(N_("a height barrier"), "met", narrows=False),
    "hazard": BarrierRule(N_("a hazard"), "unknown", narrows=False),
    "ford": BarrierRule(N_("a ford"), "broken", narrows=False),
}

RULES: Mapping[str, BarrierRule] = {**_LEVEL, **_IN_DOUBT, **_STEPPED, **_LINES, **_WIDE}
"""Every known kind of barrier."""

_CLIMBED = frozenset(
    {"stile", "step", "steps", "log", "horse_stile", "horse_jump", "rock", "debris", "ditch"}
)

_UNKNOWN = BarrierRule(N_("a barrier"), "unknown")


def rule_of(kind: str) -> BarrierRule:
    """Return the rule for a kind of barrier; one that nobody knows is in doubt."""
    return RULES.get(kind.replace("-", "_"), _UNKNOWN)


def barrier_name(barrier: Barrier) -> Said:
    """Return how a barrier is called, with its article: "a kissing gate"."""
    rule = RULES.get(barrier.kind)
    if rule is None:
        return Said(N_("a barrier (%(value)s)"), barrier.kind.replace("_", " "))
    if barrier.kind == "kerb" and is_high_kerb(barrier):
        return Said(N_("a raised kerb"))
    if barrier.kind == "stile" and barrier.facts.get("stile") == "squeezer":
        return Said(N_("a squeeze stile"))
    if barrier.kind == "hazard" and "hazard" in barrier.facts:
        return Said(N_("a hazard (%(value)s)"), str(barrier.facts["hazard"]).replace("_", " "))
    name = Said(rule.name)
    return Said(N_("%(value)s, where no gate or gap is recorded"), name) if rule.stops else name


def is_high_kerb(barrier: Barrier) -> bool:
    """Return whether a barrier is, or has, a kerb that is recorded as raised."""
    height = barrier.facts.get("kerb_height_m")
    measured = isinstance(height, int | float) and height > HIGHEST_KERB_M
    return measured or barrier.facts.get("kerb") in HIGH_KERBS


def barrier_step_free(barrier: Barrier) -> StepFree:
    """Return whether a barrier can be passed without a step: its own record before its kind's."""
    wheelchair = barrier.facts.get("wheelchair")
    if wheelchair == "no" or is_high_kerb(barrier):
        return "broken"
    if wheelchair in _PASSABLE:
        return "met"
    of_kind = rule_of(barrier.kind).step_free
    return "unknown" if wheelchair == "limited" and of_kind == "met" else of_kind


def is_climbed(barrier: Barrier) -> bool:
    """Return whether one steps up or over a barrier, whoever may pass it beside."""
    return is_high_kerb(barrier) or (
        barrier.kind in _CLIMBED and barrier.facts.get("wheelchair") not in _PASSABLE
    )


def opening_m(barrier: Barrier) -> float | None:
    """Return the measured clear width of a barrier in metres, ``None`` where nobody measured."""
    width = barrier.facts.get("width_m")
    return float(width) if isinstance(width, int | float) else None


def narrows(barrier: Barrier) -> bool:
    """Return whether one passes a barrier through an opening."""
    return rule_of(barrier.kind).narrows


def openings_m(path: Path) -> list[float | None]:
    """Return the clear widths where one passes barriers of a path, ``None`` where unmeasured."""
    return [opening_m(each) for each in path.barriers if narrows(each)]
