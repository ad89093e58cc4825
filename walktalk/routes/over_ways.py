"""The least way from a start over a few stretches that lie in the order of walking."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

End = TypeVar("End", bound="Hashable")


def least_over(start: End, stretches: Sequence[tuple[End, End, float, float]]) -> dict[End, float]:
    """Return what the least way between the start and each end of some stretches takes.

    Going over them to and fro a few times finds it (Bellman, Quarterly of Applied Mathematics 16,
    1958): a walk's own stretches are few, and one follows the other.

    Args:
        start: an end of a stretch.
        stretches: both ends of each, and what it adds to the way of the second and of the first.

    Returns:
        In the unit of what is added; infinite where no stretch leads.
    """
    least = {end: inf for a, b, _, _ in stretches for end in (a, b)}
    least[start] = 0.0
    to_and_fro = (*stretches, *reversed(stretches))
    is_less = True
    while is_less:
        is_less = False
        for a, b, on_to_b, on_to_a in to_and_fro:
            if least[a] + on_to_b < least[b]:
                least[b] = least[a] + on_to_b
                is_less = True
            elif least[b] + on_to_a < least[a]:
                least[a] = least[b] + on_to_a
                is_less = True
    return least
