"""The parts of a walk that people call by a name: the way out, each lap, the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from walktalk.routes.landmarks import turning_point_m
from walktalk.routes.legs import stem_of_m
from walktalk.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walktalk.routes.model import Route

StageKind = Literal["out", "round", "lap", "back"]


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a walk.

    Attributes:
        from_m: metres walked where it begins.
        kind: what it is.
        lap: which lap, counted from 1; 0 where it is none.
    """

    from_m: float
    kind: StageKind
    lap: int = 0

    @property
    def words(self) -> str:
        """What it is called beside a minute: "out", "lap 2"; a round that is walked once, ""."""
        if self.kind == "lap":
            return _("lap %(number)s", number=self.lap)
        return {"out": _("out"), "back": _("back")}.get(self.kind, "")


def stages(route: Route) -> tuple[Stage, ...]:
    """Return the parts of a walk in the order of walking; none where it is one plain loop."""
    turning_m = turning_point_m(route)
    if turning_m is not None:
        kinds: tuple[StageKind, ...] = ("out", "back") * route.laps
        return tuple(Stage(number * turning_m, kind) for number, kind in enumerate(kinds))
    stem_m = stem_of_m(route)
    if route.shape == "laps":
        middle = [Stage(stem_m, "lap", 1)]
        middle += [Stage(metres, "lap", lap) for lap, metres in enumerate(lap_starts_m(route), 2)]
    elif stem_m:
        middle = [Stage(stem_m, "round")]
    else:
        return ()
    if not stem_m:
        return tuple(middle)
    return (Stage(0.0, "out"), *middle, Stage(route.length_m - stem_m, "back"))


def stage_at(parts: Sequence[Stage], metres: float) -> Stage | None:
    """Return the part of a walk in which a point lies, ``None`` where it has no parts."""
    begun = [part for part in parts if part.from_m <= metres]
    return begun[-1] if begun else None


def lap_starts_m(route: Route) -> tuple[float, ...]:
    """Return the metres walked where each lap after the first begins."""
    if route.shape != "laps":
        return ()
    equal = (route.length_m * lap / route.laps for lap in range(1, route.laps))
    return route.lap_starts_m or tuple(equal)
