"""The room on a paper: which of it marks and words have taken, and which is left for more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
import shapely

from walktalk.maps.paper import Box, Paper
from walktalk.parks import LonLat

Side = Literal["right", "left", "above", "below"]
SIDES: tuple[Side, ...] = ("right", "left", "above", "below")
"""Where words may stand, the easiest to read first."""

LETTER_WIDTH = 7.5  # of 13-unit type, on the wide side
WORD_HEIGHT = 20.0
GAP = 3.0  # between a mark and its words


class Room:
    """Remembers where marks and words are.

    Attributes:
        avoid: boxes that words should rather not lie on; marks are drawn there later.
    """

    def __init__(self, paper: Paper, line: Sequence[LonLat], reserved: Iterable[Box] = ()) -> None:
        self._paper = paper
        self._line = shapely.LineString(np.round(paper.flat(line), 1))
        self._reserved = list(reserved)
        self._taken: list[Box] = []
        self.avoid: list[Box] = []

    @property
    def taken(self) -> tuple[Box, ...]:
        """The boxes taken, in order."""
        return tuple(self._taken)

    def take(self, box: Box) -> bool:
        """Take the room of a mark, and return whether it was free."""
        if any(meet(box, other) for other in (*self._taken, *self._reserved)):
            return False
        self._taken.append(box)
        return True

    def insist(self, box: Box) -> bool:
        """Take room that a walk cannot do without, reserved or not; false where a mark is."""
        if any(meet(box, other) for other in self._taken):
            return False
        self._taken.append(box)
        return True

    def grow(self, box: Box, larger: Box) -> bool:
        """Give a mark that has room more of it, and return whether that was free."""
        self._taken.remove(box)
        grown = self.holds(larger) and self.take(larger)
        if not grown:
            self._taken.append(box)
        return grown

    def side_of(self, mark: Box, words: str) -> Side | None:
        """Take the best free room beside a mark for its words; ``None`` when there is none."""
        free = [side for side in SIDES if self._is_free(word_box(mark, words, side))]
        if not free:
            return None
        side = min(free, key=lambda side: self._covered(word_box(mark, words, side)))
        self._taken.append(word_box(mark, words, side))
        return side

    def clear_side_of(self, mark: Box, choices: Iterable[str]) -> tuple[Side, str] | None:
        """Take room for the first words that cover neither a mark nor the walk."""
        for words in choices:
            for side in SIDES:
                box = word_box(mark, words, side)
                if self._is_free(box) and not self._covered(box):
                    self._taken.append(box)
                    return side, words
        return None

    def holds(self, box: Box) -> bool:
        """Return whether a box lies on the paper."""
        left, top, right, bottom = box
        return (
            left >= 0 and top >= 0 and right <= self._paper.width and bottom <= self._paper.height
        )

    def _is_free(self, box: Box) -> bool:
        return self.holds(box) and not any(
            meet(box, other) for other in (*self._taken, *self._reserved)
        )

    def _covered(self, box: Box) -> int:
        """Return how much that is drawn elsewhere some words would cover."""
        crossed = bool(shapely.box(*box).intersects(self._line))
        return 2 * sum(meet(box, other) for other in self.avoid) + crossed


def meet(one: Box, other: Box) -> bool:
    """Return whether two boxes overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def word_box(mark: Box, words: str, side: Side) -> Box:
    """Return the extent of words beside a mark."""
    left, top, right, bottom = mark
    width = len(words) * LETTER_WIDTH
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    x = {"right": right + GAP, "left": left - GAP - width}.get(side, middle_x - width / 2)
    y = {"above": top - GAP - WORD_HEIGHT, "below": bottom + GAP}.get(
        side, middle_y - WORD_HEIGHT / 2
    )
    return (x, y, x + width, y + WORD_HEIGHT)


def around(at: tuple[float, float], extent: Box) -> Box:
    """Return the extent of a mark at a point."""
    x, y = at
    return (x + extent[0], y + extent[1], x + extent[2], y + extent[3])
