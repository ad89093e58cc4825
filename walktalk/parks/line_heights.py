"""Heights along a path's line: between two neighbours that are known, and nowhere else."""

from collections.abc import Sequence

import numpy as np

from walktalk.parks.model import Height, Path

HEIGHT_DECIMALS = 1
"""Heights are kept to 0.1 m: finer than any height model or receiver is sure of."""

SAME_POINT_M = 0.01
"""Nearer to a point of the line than this is that point: positions are kept to about 1 cm."""


def heights_at(path: Path, along_m: Sequence[float]) -> tuple[Height, ...]:
    """Return the heights at given distances along a path, ``None`` where unknown.

    Between two points of the line whose heights are known the height changes evenly; beside one
    whose height is unknown nothing is said.

    Args:
        path: as recorded.
        along_m: metres from the line's first point, clamped to the line.
    """
    if path.heights_m is None:
        return (None,) * len(along_m)
    at = path.line.at_m
    known = np.array([np.nan if each is None else each for each in path.heights_m])
    wanted = np.clip(np.asarray(along_m, dtype=float), 0.0, at[-1])
    found = path.line.values_at(wanted, known)
    after = np.clip(np.searchsorted(at, wanted), 1, len(at) - 1)
    for point in (after - 1, after):
        found = np.where(np.abs(at[point] - wanted) <= SAME_POINT_M, known[point], found)
    return tuple(None if np.isnan(each) else each for each in found.tolist())


def cut_heights(path: Path, from_m: float, to_m: float) -> tuple[Height, ...]:
    """Return the heights along ``Line.cut`` of a path's line, one for each of its points."""
    if from_m > to_m:
        return cut_heights(path, to_m, from_m)[::-1]
    at = path.line.at_m
    from_m, to_m = np.clip((from_m, to_m), 0.0, at[-1]).tolist()
    inner = at[path.line.between(from_m, to_m)].tolist()
    return heights_at(path, (from_m, *inner, to_m))


def is_known(heights: Sequence[Height] | None) -> bool:
    """Return whether any height is known."""
    return heights is not None and any(each is not None for each in heights)


def rounded_height(height: Height) -> Height:
    """Return a height as it is kept and written."""
    return None if height is None else round(height, HEIGHT_DECIMALS)
