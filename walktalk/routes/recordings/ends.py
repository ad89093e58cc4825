"""Cuts off what is no walk at the ends of a recording, and finds where it has gaps."""

from __future__ import annotations

import numpy as np

from walktalk.parks.plausible import GAP_M, UNUSUAL, are_gaps
from walktalk.routes.recordings.model import Flags, Floats, Track
from walktalk.routes.words import distance_in_words

FASTEST_M_S = 6.0
"""Nobody walks, and few run, at 21 km/h: what is faster is a vehicle or a wrong position."""

OVER_S = 15.0
"""Speeds are taken over this time: from one second to the next a receiver jumps about."""

LEAST_RIDE_M = 300.0
"""What is fast for less than this is the receiver's wandering, and stays."""

_APART_M = 20.0  # nearer than this one piece goes on where the other ended
_LONG_STEP_M = 500.0  # without times, a step that no receiver leaves out


def on_foot(step_m: Floats, seconds: Floats, said: list[str]) -> slice:
    """Return which points of a recording are its walk, without rides at either end.

    Args:
        step_m: metres from each point to the next, shape (points - 1,).
        seconds: time of each point, not a number where unknown, shape (points,).
        said: takes a sentence for each end that was cut.
    """
    rides = _rides(step_m, _too_fast(step_m, seconds))
    if not rides:
        return slice(0, len(seconds))
    starts = [0, *(end for _, end in rides)]
    ends = [*(start for start, _ in rides), len(seconds) - 1]
    walks = list(zip(starts, ends, strict=True))
    first, last = max(walks, key=lambda walk: (float(np.sum(step_m[slice(*walk)])), -walk[0]))
    if first == last:
        return slice(0, len(seconds))
    for cut_m, end in (
        (float(np.sum(step_m[:first])), "start"),
        (float(np.sum(step_m[last:])), "end"),
    ):
        if cut_m:
            length = distance_in_words(cut_m)
            said.append(f"{length} at the {end} were cut off: nobody walks as fast as that.")
    return slice(first, last + 1)


def _too_fast(step_m: Floats, seconds: Floats) -> Flags:
    """Return which steps are part of a stretch that was too fast for a walk."""
    if not len(step_m):
        return np.zeros(0, dtype=bool)
    took_s = np.diff(seconds)
    fast = np.zeros(len(step_m), dtype=bool)
    if not np.any(np.isfinite(took_s)):
        return step_m > max(_LONG_STEP_M, 2 * UNUSUAL * float(np.median(step_m)))
    at_m = np.concatenate(([0.0], np.cumsum(step_m)))
    known = np.flatnonzero(np.isfinite(seconds))
    times = np.maximum.accumulate(seconds[known])
    ahead = np.searchsorted(times, times + OVER_S)
    ahead = np.minimum(ahead, len(known) - 1)
    span_s = times[ahead] - times
    span_m = at_m[known[ahead]] - at_m[known]
    quick = span_m > FASTEST_M_S * np.maximum(span_s, 1.0)
    for here in np.flatnonzero(quick).tolist():
        steps = slice(known[here], known[ahead[here]])
        fast[steps] |= step_m[steps] > FASTEST_M_S * np.maximum(np.nan_to_num(took_s[steps]), 1.0)
    return fast


def _rides(step_m: Floats, fast: Flags) -> list[tuple[int, int]]:
    """Return from which point to which each ride goes, those too short to be one left out."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], fast.astype(int), [0]))))
    runs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    long = are_gaps(step_m)
    return [
        # a gap where a ride begins or ends is part of it
        (a - int(a > 0 and long[a - 1]), b + int(b < len(step_m) and long[b]))
        for a, b in runs
        if float(np.sum(step_m[a:b])) >= LEAST_RIDE_M
    ]


def recorded_gaps(track: Track, step_m: Floats) -> Flags:
    """Return after which points nothing was recorded for a while: where it goes nobody knows.

    That is where the file itself begins another piece, some way off, and where a step took far
    longer than others do. A line without times may be drawn: its long steps are straight ways.
    """
    broken = (np.diff(track.piece) != 0) & (step_m > _APART_M)
    took_s = np.diff(track.seconds)
    known = took_s[np.isfinite(took_s)]
    if not len(known):
        return np.asarray(broken)
    usual_s = max(1.0, float(np.median(known)))
    late = (step_m > GAP_M) & (np.nan_to_num(took_s) > UNUSUAL * usual_s)
    return np.asarray(broken | late)


def say_gaps(gap_m: Floats, said: list[str]) -> None:
    """Say how long the gaps of a recording are, in metres."""
    if len(gap_m) == 1:
        length = distance_in_words(float(gap_m[0]))
        said.append(f"There is a gap of {length}; a straight line stands in for it.")
    elif len(gap_m):
        whole = distance_in_words(float(np.sum(gap_m)))
        said.append(
            f"There are {len(gap_m)} gaps, {whole} in all; straight lines stand in for them."
        )
