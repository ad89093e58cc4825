"""All walks that one search gives: loops, rounds of shorter loops, and ways there and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.search.choose import best_first
from walktalk.routes.search.composed import composed
from walktalk.routes.search.loops import USUAL, Effort, every_ring
from walktalk.routes.search.turning import out_and_backs
from walktalk.routes.search.walks import shape_of_a_round

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from walktalk.parks import Area
    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.model import Shape
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Candidate


def every_candidate(
    area: Area,
    search_graph: SearchGraph,
    weights: CalmWeights,
    usable: NDArray[np.bool_],
    *,
    shape: Shape | None,
    over_s: float,
    effort: Effort = USUAL,
) -> Iterator[Candidate]:
    """Return every walk found over the usable segments, best first.

    Args:
        area: the land.
        search_graph: where the walk can be.
        weights: the score's weights.
        usable: which segments may be used.
        shape: the only shape wanted, or ``None`` for any.
        over_s: seconds by which whole laps may exceed the time, taken from those for arriving.
        effort: how much is tried.
    """
    others: list[Candidate] = []
    loops = None
    if shape != "out-and-back":
        rings = every_ring(search_graph, weights, usable, over_s=over_s, effort=effort)
        if shape in (None, "laps"):
            others += composed(search_graph, weights, rings.short, over_s=over_s)
        loops = rings.on_time
        if shape is not None:
            again_m, length_m = loops.repeated_m.tolist(), loops.metres.tolist()
            shapes = [shape_of_a_round(*each) for each in zip(again_m, length_m, strict=True)]
            loops = loops.take(np.flatnonzero([each == shape for each in shapes]))
    if shape in (None, "out-and-back"):
        others += out_and_backs(area, search_graph, weights, usable)
    return best_first(loops, others)
