"""Many walks at once as a matrix of steps, and the score of each.

A step is a segment walked right over: ``2 x segment`` along its direction, one more against it.
A row of the matrix is a walk, its steps in order from the left, filled up with ``NO_STEP``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.calm import TURN_DEG, UNUSED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.search.local import Local

NO_STEP = -1

Steps = np.ndarray[tuple[int, int], np.dtype[np.int64]]


@dataclass(frozen=True, eq=False)
class Scored:
    """Walks with their measures, one entry or row a walk.

    Attributes:
        steps: the walks.
        seconds: walking time.
        metres: metres walked.
        repeated_m: metres of every second pass.
        cost: the published score.
    """

    steps: Steps
    seconds: NDArray[np.float64]
    metres: NDArray[np.float64]
    repeated_m: NDArray[np.float64]
    cost: NDArray[np.float64]

    def take(self, rows: NDArray[np.int64]) -> Scored:
        """Return some of the walks."""
        return Scored(
            self.steps[rows],
            self.seconds[rows],
            self.metres[rows],
            self.repeated_m[rows],
            self.cost[rows],
        )


def justified(steps: Steps) -> Steps:
    """Move every row's steps to the left, keeping their order."""
    order = np.argsort(steps == NO_STEP, axis=1, kind="stable")
    longest = int((steps != NO_STEP).sum(axis=1).max(initial=0))
    return np.take_along_axis(steps, order, axis=1)[:, :longest]


def joined(one: Steps, other: Steps) -> Steps:
    """Return the rows of both matrices as one."""
    width = max(one.shape[1], other.shape[1])
    rows = np.full((len(one) + len(other), width), NO_STEP, dtype=np.int64)
    rows[: len(one), : one.shape[1]] = one
    rows[len(one) :, : other.shape[1]] = other
    return rows


def score(local: Local, weights: CalmWeights, steps: Steps) -> Scored:
    """Measure walks as ``walktalk.routes.calm.walk_cost`` does, all at once."""
    walked = steps != NO_STEP
    segment = np.where(walked, steps >> 1, 0)
    against = (steps & 1).astype(bool)
    segments = local.segments

    def total(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.where(walked, values, 0.0).sum(axis=1))

    metres = total(segments["metres"][segment])
    seconds = total(np.where(against, local.backward_s[segment], local.forward_s[segment]))
    swept = segments["swept_m2"][segment]
    enclosed = np.abs(total(np.where(against, -swept, swept)))
    repeated = _repeated_m(local, steps)
    along = total(local.weighted_m[segment])
    along += weights.turn_m * _turns(local, steps) + weights.repeated * repeated
    length = np.where(metres > 0, metres, 1.0)
    roundness = np.minimum(1.0, 4 * np.pi * enclosed / length**2)
    unused = (local.budget_s - seconds) / local.budget_s
    cost = along / length + weights.round * (1 - roundness) + UNUSED * unused
    return Scored(steps, seconds, metres, repeated, cost)


def _repeated_m(local: Local, steps: Steps) -> NDArray[np.float64]:
    ordered = np.sort(np.where(steps == NO_STEP, NO_STEP, steps >> 1), axis=1)
    again = (ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] != NO_STEP)
    metres = local.segments["metres"][np.maximum(ordered[:, 1:], 0)]
    return np.asarray(np.where(again, metres, 0.0).sum(axis=1))


def _turns(local: Local, steps: Steps) -> NDArray[np.float64]:
    leaving = np.column_stack(
        [local.segments["leaving"], local.segments["arriving"] + np.pi]
    ).ravel()
    arriving = np.column_stack(
        [local.segments["arriving"], local.segments["leaving"] + np.pi]
    ).ravel()
    change = leaving[steps[:, 1:]] - arriving[steps[:, :-1]]
    is_turn = np.cos(change) < np.cos(np.radians(TURN_DEG))
    return np.asarray((is_turn & (steps[:, 1:] != NO_STEP)).sum(axis=1, dtype=np.float64))
