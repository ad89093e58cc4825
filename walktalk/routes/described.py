"""What is recorded of a part of a walk, in words: what to call it, what it runs beside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from walktalk.routes.checks.facts import is_carriageway, is_recorded
from walktalk.routes.checks.steps import has_steps
from walktalk.routes.words import listed, surface_in_words
from walktalk.wording import N_, Table, _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from walktalk.parks import Path

    Part = tuple[Path, float]
    """A path with the metres walked on it."""

Confidence = Literal["recorded", "partly", "line only"]

_GROUND: Table[str] = Table(
    {
        "bricks": N_("brick"),
        "chipseal": N_("asphalt"),
        "cobblestone": N_("cobbled"),
        "compacted": N_("packed stone"),
        "dirt": N_("earth"),
        "earth": N_("earth"),
        "fine_gravel": N_("fine gravel"),
        "ground": N_("earth"),
        "mud": N_("muddy"),
        "paving_stones": N_("paved"),
        "sett": N_("cobbled"),
        "unhewn_cobblestone": N_("cobbled"),
        "unpaved": N_("unpaved"),
        "wood": N_("wooden"),
        "woodchips": N_("wood chip"),
    }
)
"""Recorded surfaces in a child's words, where OpenStreetMap's own word is not one."""


def way_in_words(paths: Sequence[Part]) -> str:
    """Return how to call the way: by the name, else the ground, that most of it has."""
    name = _mostly(paths, lambda path: path.facts.get("name"))
    if name:
        return listed([part.strip() for part in name.split(";")])
    on_road = _mostly(paths, lambda path: str(is_carriageway(path))) == "True"
    surface = _mostly(paths, lambda path: path.facts.get("surface"))
    if surface is None:
        return _("the road") if on_road else _("the path")
    ground = _ground_in_words(surface)
    return (
        _("the %(ground)s road", ground=ground)
        if on_road
        else _("the %(ground)s path", ground=ground)
    )


def _ground_in_words(surface: str) -> str:
    return _GROUND.get(surface) or surface_in_words(surface)


def _mostly(paths: Sequence[Part], value: Callable[[Path], object | None]) -> str | None:
    """Return the value that more than half of the metres have, or ``None``."""
    metres: dict[str, float] = {}
    for path, length_m in paths:
        found = value(path)
        if found is not None:
            metres[str(found)] = metres.get(str(found), 0.0) + length_m
    most = max(metres, key=metres.__getitem__, default=None)
    whole = sum(length_m for _, length_m in paths)
    return most if most is not None and metres[most] > whole / 2 else None


def on_the_way(paths: Sequence[Part], before: Path | None) -> list[str]:
    """Return what is recorded on a part of a walk, each thing once, in walking order.

    What the path runs beside is said where it begins, not again on every part.

    Args:
        paths: the paths of the part, in walking order.
        before: the path walked just before it, or ``None`` where the walk begins.
    """
    said: list[str] = []
    for path, _metres in paths:
        if has_steps(replace(path, barriers=())):
            flight = has_steps(replace(path, barriers=(), facts={**path.facts, "kerb": "no"}))
            said.append(_("There are steps here.") if flight else _("There is a raised kerb."))
        if is_recorded(path, "crosses_road"):
            said.append(_("You cross %(road)s.", road=_named(path, "crosses_road", _("a road"))))
        if is_recorded(path, "bridge"):
            said.append(_("You go over a bridge."))
        if is_recorded(path, "tunnel"):
            said.append(_("You go through an underpass."))
        elif is_recorded(path, "under_bridge"):
            said.append(_("You go under a bridge."))
        for fact, otherwise in (("beside_road", _("a road")), ("beside_water", _("water"))):
            same = before is not None and before.facts.get(fact) == path.facts.get(fact)
            if is_recorded(path, fact) and not same:
                said.append(_("The path runs beside %(what)s.", what=_named(path, fact, otherwise)))
        before = path
    return list(dict.fromkeys(said))


def _named(path: Path, fact: str, otherwise: str) -> str:
    value = str(path.facts[fact])
    return otherwise if value == "yes" else value


def confidence_of(paths: Sequence[Part]) -> Confidence:
    """Return how much of a part's ground is recorded."""
    recorded = ["surface" in path.facts for path, _ in paths]
    if all(recorded):
        return "recorded"
    return "partly" if any(recorded) else "line only"
