"""What somebody who walks the ground can put down there with two taps, and about how long it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from walktalk.wording import N_

if TYPE_CHECKING:
    from walktalk.parks.model import FactValue


@dataclass(frozen=True)
class Figure:
    """A number that can be given beside what is there.

    Attributes:
        words: what is asked.
        fact: the fact that it is.
        least, most: what is taken, as it is typed.
        per_unit: how many of what is typed make one of the fact: 100 cm make a metre.
    """

    words: str
    fact: str
    least: int
    most: int
    per_unit: int = 1


@dataclass(frozen=True)
class Sight:
    """Something that is in one place on a path.

    Attributes:
        id: stable: pages name it.
        words: what it is called, as short as a button.
        fact: the fact that it is.
        value: that fact's value.
        around_m: how far it counts to either side, in metres. A phone is off by 5 to 10 m (GPS.gov
            states 4.9 m in the open), so none counts for less than 10 m.
        figure: what can be counted or measured, if anything.
        kinds: what else it can be: each value, in words.
    """

    id: str
    words: str
    fact: str
    value: FactValue
    around_m: float = 10.0
    figure: Figure | None = None
    kinds: tuple[tuple[str, str], ...] = ()


_NARROWEST_CM, _WIDEST_CM = 50, 2000
_MOST_STEPS = 500

SIGHTS: tuple[Sight, ...] = (
    Sight("bench", N_("Bench"), "seats", "yes"),
    Sight(
        "steps",
        N_("Steps"),
        "steps",
        "yes",
        figure=Figure(N_("How many steps?"), "step_count", 1, _MOST_STEPS),
    ),
    Sight(
        "gate",
        N_("Gate"),
        "barriers",
        "gate",
        figure=Figure(
            N_("Opening, measured, in cm"), "barrier_width_m", _NARROWEST_CM, _WIDEST_CM, 100
        ),
        kinds=(
            ("gate", N_("A gate")),
            ("kissing_gate", N_("A kissing gate")),
            ("bollard", N_("Posts")),
            ("chicane", N_("A chicane")),
            ("stile", N_("A stile")),
            ("yes", N_("Something else")),
        ),
    ),
    Sight(
        "narrow",
        N_("Narrow"),
        "two_abreast",
        "no",
        figure=Figure(N_("Width, measured, in cm"), "width_m", _NARROWEST_CM, _WIDEST_CM, 100),
    ),
    Sight("steep", N_("Steep"), "steep", "yes", around_m=15),
    Sight("mud", N_("Mud"), "mud", "yes"),
    Sight("lamp-out", N_("Lamp out"), "lit", "no", around_m=15),
    Sight("road", N_("Road to cross"), "crosses_road", "yes"),
    Sight("overheard", N_("Overheard from"), "overheard", "likely", around_m=15),
    Sight("signal", N_("Signal lost"), "phone_signal", "no", around_m=25),
    Sight("toilet", N_("Toilet open"), "toilets_open", "yes", around_m=15),
)
"""Everything that can be put down where one stands, in the order of the buttons."""
