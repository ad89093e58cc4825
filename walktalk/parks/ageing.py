"""How long what somebody saw on the ground goes on being true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

Age = Literal["fresh", "may have changed", "too old"]


@dataclass(frozen=True, slots=True)
class Ageing:
    """How one kind of observed fact ages.

    Attributes:
        fresh_for: so long it is shown as it is.
        shown_for: so long it is shown as "may have changed"; after that it is unknown again.
        reason: why so long.
    """

    fresh_for: timedelta
    shown_for: timedelta
    reason: str

    def age(self, seen_on: date, on: date) -> Age:
        """Return how old an observation is on a day."""
        elapsed = on - seen_on
        if elapsed <= self.fresh_for:
            return "fresh"
        return "may have changed" if elapsed <= self.shown_for else "too old"


_WEEK, _MONTH, _YEAR = timedelta(7), timedelta(30), timedelta(365)

_BUILT = Ageing(3 * _YEAR, 5 * _YEAR, "Built things stay until somebody builds anew.")
_GROWN = Ageing(2 * _MONTH, 6 * _MONTH, "Hedges and branches grow through a season.")
_WEATHER = Ageing(1 * _WEEK, 4 * _WEEK, "Mud and puddles come and go with the weather.")
_KEPT = Ageing(
    6 * _MONTH,
    1 * _YEAR,
    "Lamps, opening hours, signal and how firm the ground is change within a year.",
)
_HABIT = Ageing(6 * _MONTH, 1 * _YEAR, "How people use a path changes with the seasons.")

AGEING: Mapping[str, Ageing] = {
    "steps": _BUILT,
    "step_count": _BUILT,
    "width_m": _BUILT,
    "two_abreast": _GROWN,
    "firm": _KEPT,
    "barriers": _BUILT,
    "barrier_width_m": _BUILT,
    "surface": _BUILT,
    "kerb": _BUILT,
    "handrail": _BUILT,
    "seats": _BUILT,
    "crosses_road": _BUILT,
    "narrowed_by_plants": _GROWN,
    "mud": _WEATHER,
    "lit": _KEPT,
    "toilets_open": _KEPT,
    "phone_signal": _KEPT,
    "steep": _BUILT,
    "dogs": _HABIT,
    "crowds": _HABIT,
    "overheard": _HABIT,
}
"""How each fact that people can see on the ground ages. The spans are ours: no published figure
was found. They err on the short side, because an old fact that is no longer true does harm."""
