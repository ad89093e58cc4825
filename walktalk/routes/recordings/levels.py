"""Which of a recording's heights can be true: the others are unknown, and counted."""

from __future__ import annotations

import numpy as np

from walktalk.parks.schema import HIGHEST_M, LOWEST_M
from walktalk.routes.recordings.model import Floats

_AWAY_FROM_ZERO_M = 20.0
"""Where the other heights are farther from the sea than this, a height of exactly 0 stands for
none: a receiver without a fix writes it."""


def known_heights(height_m: Floats, said: list[str]) -> Floats:
    """Return heights in metres, not a number where they cannot be right.

    Args:
        height_m: as recorded, not a number where the file has none.
        said: takes a sentence that counts what was left out.
    """
    there = np.isfinite(height_m)
    impossible = there & ((height_m < LOWEST_M) | (height_m > HIGHEST_M))
    zero = there & (height_m == 0)
    others = height_m[there & ~impossible & ~zero]
    # all the same as a void: nobody measured, or far above the sea some were not measured
    void = zero & (not len(others) or abs(float(np.median(others))) > _AWAY_FROM_ZERO_M)
    left_out = impossible | void
    count = int(np.sum(left_out))
    if count:
        were = (
            "1 height that cannot be right was"
            if count == 1
            else (f"{count:,} heights that cannot be right were")
        )
        said.append(f"{were} left out.")
    return np.where(left_out, np.nan, height_m)
