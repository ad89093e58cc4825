"""Which heights can be true, and where nobody measured between two of them."""

import numpy as np
from numpy.typing import NDArray

from walktalk.parks.schema import HIGHEST_M, LOWEST_M

Heights = NDArray[np.float64]

AWAY_FROM_ZERO_M = 20.0
"""Where the other heights are farther from the sea than this, a height of exactly 0 stands for
none: a receiver without a fix writes it, and so do models that declare no void."""

GAP_M = 50.0
"""A step longer than this says nothing of what lies between its ends ..."""

UNUSUAL = 5.0
"""... where it is so many times the middle step: a line that was drawn has long steps and no
gaps."""


def without_voids(height_m: Heights) -> tuple[Heights, int]:
    """Return heights in metres, not a number where they cannot be right, and how many those are.

    A void may be declared or not: what lies outside what is possible on the Earth is one, and so
    are zeros where nothing else is known, or where all else is far above the sea.

    Args:
        height_m: not a number where unknown, of any shape.
    """
    there = np.isfinite(height_m)
    impossible = there & ((height_m < LOWEST_M) | (height_m > HIGHEST_M))
    zero = there & (height_m == 0)
    others = height_m[there & ~impossible & ~zero]
    is_void = not len(others) or abs(float(np.median(others))) > AWAY_FROM_ZERO_M
    left_out = impossible | (zero & is_void)
    return np.where(left_out | ~there, np.nan, height_m), int(np.sum(left_out))


def are_gaps(step_m: Heights) -> NDArray[np.bool_]:
    """Return which steps from point to point, in metres, are gaps in a recording."""
    usual_m = float(np.median(step_m)) if len(step_m) else 0.0
    return np.asarray(step_m > max(GAP_M, UNUSUAL * usual_m))
