"""Chooses walks that are truly different from one another, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walktalk.routes.search.local import Local
    from walktalk.routes.search.walks import Found

DIFFERENT = 0.3
"""Share of the ground covered, of the shorter of two walks, that only one of them covers."""


def differs(local: Local, one: Found, others: Sequence[Found]) -> bool:
    """Whether a walk differs from every other by at least ``DIFFERENT`` of its ground."""
    metres = local.segments["metres"]
    mine = float(metres[one.segments].sum())
    for other in others:
        shared = float(metres[np.intersect1d(one.segments, other.segments)].sum())
        shorter = min(mine, float(metres[other.segments].sum()))
        if shared > (1 - DIFFERENT) * shorter:
            return False
    return True


def choose(
    local: Local, found: Sequence[Found], count: int, before: Sequence[Found]
) -> list[Found]:
    """Return up to ``count`` walks by cost, each different from those before it.

    Args:
        local: the ground.
        found: walks in any order.
        count: how many are wanted.
        before: walks already chosen.
    """
    chosen = list(before)
    for walk in sorted(found, key=lambda walk: (walk.cost, walk.moves)):
        if len(chosen) - len(before) >= count:
            break
        if differs(local, walk, chosen):
            chosen.append(walk)
    return chosen[len(before) :]
