"""All walks that one search gives: loops, rounds of shorter loops, and ways there and back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.search.choose import best_first
from walktalk.routes.search.composed import composed
from walktalk.routes.search.loops import USUAL, WHETHER_ANY, Effort, every_ring
from walktalk.routes.search.turning import out_and_backs, to_real_turns, until_time_is_up
from walktalk.routes.search.walks import longest_left_s, shape_of_a_round

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from walktalk.parks import Area
    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.model import Shape
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Candidate

_REST_AT_MOST = 0.55
"""Share of the time that a walk may leave over rather than turn where nothing is: four times round
a ring takes half as long as four times nearly round it and back."""


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
        rings = every_ring(search_graph, weights, usable, shape=shape, over_s=over_s, effort=effort)
        if shape in (None, "laps"):
            left_s = longest_left_s(search_graph.budget_s)
            others += composed(search_graph, weights, rings.short, over_s=over_s, left_s=left_s)
        loops = rings.on_time
        if shape is not None:
            again_m, length_m = loops.repeated_m.tolist(), loops.metres.tolist()
            shapes = [shape_of_a_round(*each) for each in zip(again_m, length_m, strict=True)]
            loops = loops.take(np.flatnonzero([each == shape for each in shapes]))
    if shape in (None, "out-and-back"):
        others += out_and_backs(area, search_graph, weights, usable)
    return best_first(loops, others)


def last_resorts(
    area: Area,
    search_graph: SearchGraph,
    weights: CalmWeights,
    usable: NDArray[np.bool_],
    *,
    shape: Shape | None,
    over_s: float,
) -> list[Candidate]:
    """Return what there is where no walk that turns at a real turning point fills the time.

    Where the ways are long enough, a minute or two less for arriving, or a longer rest, is better
    than turning where nothing is: to a real turning point and back, or whole laps where any shape
    will do. Else the walk turns where the time is up, as seldom as possible.
    """
    anywhere = until_time_is_up(search_graph, weights, usable)
    if not anywhere:
        return []
    left_s = _REST_AT_MOST * search_graph.budget_s
    longer = replace(search_graph, budget_s=search_graph.budget_s + over_s)
    rests = to_real_turns(area, longer, weights, usable, over_s + left_s)
    if shape is None:
        rings = every_ring(
            search_graph, weights, usable, shape="laps", over_s=over_s, effort=WHETHER_ANY
        )
        rests += composed(search_graph, weights, rings.short, over_s=over_s, left_s=left_s)
    return rests or anywhere
