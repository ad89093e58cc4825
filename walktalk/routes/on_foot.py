"""What a person who walks a walk beforehand is asked, and the parts of it that an answer is of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from walktalk.parks.lying import Stretch
from walktalk.wording import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from walktalk.parks import Area
    from walktalk.parks.model import FactValue
    from walktalk.routes.model import Leg

MOST_PARTS = 8
PART_M = 80.0
"""Parts are about so long, or longer where there would be more than ``MOST_PARTS``."""


@dataclass(frozen=True)
class Question:
    """One question about a walk.

    Attributes:
        id: stable: forms name it.
        check: the id of the check that its answer is for.
        words: the question.
        answers: what can be said, by its id: in words, and as the fact's value.
        fact: the fact that the answer is.
        measure: the fact that can be measured in its place, in metres; ``""`` for none.
        at_a_place: the answer that is of one place, never of a long stretch; ``""`` for none.
    """

    id: str
    check: str
    words: str
    answers: Mapping[str, tuple[str, FactValue]]
    fact: str
    measure: str = ""
    at_a_place: str = ""


_NO, _YES = N_("No"), N_("Yes")

QUESTIONS: tuple[Question, ...] = (
    Question(
        "steps",
        "steps",
        N_("Steps anywhere, a stile or a raised kerb?"),
        {"no": (_NO, "no"), "yes": (_YES, "yes")},
        "steps",
        at_a_place="yes",
    ),
    Question(
        "firm",
        "surface",
        N_("Firm underfoot?"),
        {"yes": (_YES, "yes"), "no": (N_("No, soft or loose"), "no")},
        "firm",
    ),
    Question(
        "mud",
        "surface",
        N_("Any mud?"),
        {"no": (_NO, "no"), "yes": (_YES, "yes")},
        "mud",
    ),
    Question(
        "two",
        "two-abreast",
        N_("Wide enough for two side by side at the narrowest place?"),
        {"yes": (_YES, "yes"), "no": (_NO, "no")},
        "two_abreast",
        measure="width_m",
    ),
    Question(
        "plants",
        "width",
        N_("Do plants narrow the path?"),
        {"no": (_NO, "no"), "yes": (_YES, "yes")},
        "narrowed_by_plants",
    ),
    Question(
        "barriers",
        "width",
        N_("Gates or barriers?"),
        {"no": (_NO, "none"), "yes": (_YES, "yes")},
        "barriers",
        measure="barrier_width_m",
        at_a_place="yes",
    ),
    Question(
        "roads",
        "road-crossings",
        N_("A road to cross?"),
        {"no": (_NO, "no"), "yes": (_YES, "yes")},
        "crosses_road",
        at_a_place="yes",
    ),
    Question(
        "lamps",
        "light",
        N_("Lamps along the path?"),
        {"yes": (_YES, "yes"), "no": (_NO, "no")},
        "lit",
    ),
    Question(
        "seats",
        "seats",
        N_("Seats?"),
        {"yes": (_YES, "yes"), "none": (N_("None"), "none")},
        "seats",
    ),
    Question(
        "toilets",
        "toilets",
        N_("Toilets beside it: open?"),
        {"yes": (N_("Open"), "yes"), "no": (N_("Locked"), "no")},
        "toilets_open",
    ),
    Question(
        "dogs",
        "dogs",
        N_("Dogs off the lead?"),
        {"few": (N_("None or few"), "few"), "yes": (_YES, "off-lead")},
        "dogs",
    ),
    Question(
        "crowds",
        "crowds",
        N_("How busy?"),
        {"quiet": (N_("Quiet"), "quiet"), "busy": (N_("Busy"), "busy")},
        "crowds",
    ),
    Question(
        "overheard",
        "overheard",
        N_("Could somebody overhear or look in?"),
        {"few": (N_("Hardly anywhere"), "few"), "yes": (_YES, "likely")},
        "overheard",
    ),
)
"""Every question, in the order in which they are asked."""


@dataclass(frozen=True)
class Part:
    """A part of the ground that a walk covers, in walking order.

    Attributes:
        number: from 1.
        from_m, to_m: metres of new ground from the start.
        stretches: the stretches of path that it is made of.
    """

    number: int
    from_m: float
    to_m: float
    stretches: tuple[Stretch, ...]


def parts_of(area: Area, legs: Sequence[Leg]) -> tuple[Part, ...]:
    """Return the ground of a walk in an even number of parts of one length, each walked once.

    What is walked a second time, on the way back or in another lap, is in no second part.
    """
    ground = _walked_once(legs)
    whole_m = sum(abs(to_m - from_m) for _, from_m, to_m in ground)
    count = min(MOST_PARTS, max(2, 2 * round(whole_m / (2 * PART_M))))
    parts = []
    for number in range(count):
        begins, ends = whole_m * number / count, whole_m * (number + 1) / count
        parts.append(Part(number + 1, begins, ends, _between(area, ground, begins, ends)))
    return tuple(parts)


def _walked_once(legs: Sequence[Leg]) -> list[tuple[str, float, float]]:
    """Return the stretches of the legs that no leg before them covers, in walking order."""
    covered: dict[str, list[tuple[float, float]]] = {}
    ground = []
    for leg in legs:
        fresh = [(min(leg.from_m, leg.to_m), max(leg.from_m, leg.to_m))]
        for low, high in covered.get(leg.path_id, ()):
            fresh = [
                (start, end)
                for a, b in fresh
                for start, end in ((a, min(b, low)), (max(a, high), b))
                if start < end
            ]
        covered.setdefault(leg.path_id, []).extend(fresh)
        ahead = leg.to_m >= leg.from_m
        for a, b in sorted(fresh, reverse=not ahead):
            ground.append((leg.path_id, a, b) if ahead else (leg.path_id, b, a))
    return ground


def _between(
    area: Area, ground: Sequence[tuple[str, float, float]], begins: float, ends: float
) -> tuple[Stretch, ...]:
    found = []
    gone_m = 0.0
    for path_id, from_m, to_m in ground:
        length_m = abs(to_m - from_m)
        low, high = max(begins - gone_m, 0.0), min(ends - gone_m, length_m)
        gone_m += length_m
        if low >= high:
            continue
        way = 1.0 if to_m >= from_m else -1.0
        a, b = sorted((from_m + way * low, from_m + way * high))
        found.append(Stretch(path_id, a, b, area.paths[path_id].line.cut(a, b)))
    return tuple(found)
