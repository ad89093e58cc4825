"""Why a walk was chosen and what the next one trades, in one sentence from what is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.search.measured import passes_m, turns_of
from walktalk.routes.search.walks import legs_of
from walktalk.routes.words import distance_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Candidate

AT_THE_PATH_M = 20.0
"""A start this near to a path is on it: the size of a meeting place, and about what a phone's
position is good to under trees."""

_NOTICED_SHARE = 0.05  # a twentieth of the way more or less is worth a word
_NOTICED_TURNS = 3

_SHAPES = {
    "loop": "a loop",
    "out-and-back": "there and back",
    "lollipop": "a loop with a way out and back",
}


@dataclass(frozen=True, slots=True)
class _Features:
    """What a reader would notice of a walk: shares of its length, and turns."""

    road: float
    water: float
    trees: float
    repeated: float
    turns: float


def reasons(
    search_graph: SearchGraph, weights: CalmWeights, walks: Sequence[Candidate], off_m: float
) -> list[str]:
    """Return a sentence for each walk.

    Args:
        search_graph: the ground.
        weights: the score's weights, which know what lies alongside.
        walks: the walks, best first.
        off_m: metres between the start asked for and the nearest path.
    """
    features = [_features(search_graph, weights, walk) for walk in walks]
    sentences = []
    for i, walk in enumerate(walks):
        rank = "The calmest walk found" if i == 0 else f"Number {i + 1} by calm"
        parts = [
            f"{rank} that fills the time: {_laid_out(search_graph, walk)}, {_noticed(features[i])}"
        ]
        if off_m > AT_THE_PATH_M:
            parts.append(f"from the nearest path, {distance_in_words(off_m)} away")
        trade = _trade(features[i], features[i + 1]) if i + 1 < len(walks) else ""
        sentences.append(", ".join(parts) + (f"; {trade}." if trade else "."))
    return sentences


def _features(search_graph: SearchGraph, weights: CalmWeights, walk: Candidate) -> _Features:
    segment = np.array([move[0] for move in walk.moves], dtype=np.int64)
    part = np.array([abs(end - begin) for _, begin, end in walk.moves])
    metres = search_graph.segments["metres"][segment] * part
    path = search_graph.segments["path"][segment]
    length = float(metres.sum())
    ground = sum(once for _, once, _ in passes_m(search_graph, walk.moves).values())
    return _Features(
        road=float(metres[weights.near_road[path]].sum()) / length,
        water=float(metres[weights.by_water[path]].sum()) / length,
        trees=float(metres[weights.by_trees[path]].sum()) / length,
        repeated=(length - ground) / length,
        turns=turns_of(search_graph, walk.moves),
    )


def _laid_out(search_graph: SearchGraph, walk: Candidate) -> str:
    if walk.shape != "laps":
        return _SHAPES[walk.shape]
    first, second = walk.lap_moves[:2]
    lap_m = sum(leg.length_m for leg in legs_of(search_graph, walk.moves[first:second]))
    said = f"{walk.laps} laps of {distance_in_words(lap_m)}"
    is_all = walk.laps * (second - first) == len(walk.moves)
    return said if is_all else f"{said}, and a way out and back"


def _noticed(walk: _Features) -> str:
    """Return what is recorded along a walk; nothing is said of what nobody has recorded."""
    shares = {
        "on or near a road": walk.road,
        "by water": walk.water,
        "by trees": walk.trees,
        "walked more than once": walk.repeated,
    }
    said = [f"{_part(share)} {name}" for name, share in shares.items() if share >= _NOTICED_SHARE]
    turns = f"{walk.turns:.0f} turn{'' if walk.turns == 1 else 's'}"
    return ", ".join([f"with {turns}", *said])


def _part(share: float) -> str:
    return "all of it" if share > 1 - _NOTICED_SHARE else f"{share:.0%} of it"


def _trade(one: _Features, other: _Features) -> str:
    """Return what the next walk has more and less of."""
    shares = {
        "of a road": other.road - one.road,
        "by water": other.water - one.water,
        "by trees": other.trees - one.trees,
        "walked twice": other.repeated - one.repeated,
    }
    more = [f"more {name}" for name, change in shares.items() if change >= _NOTICED_SHARE]
    less = [f"less {name}" for name, change in shares.items() if change <= -_NOTICED_SHARE]
    turns = other.turns - one.turns
    if abs(turns) >= _NOTICED_TURNS:
        (more if turns > 0 else less).append("more turns" if turns > 0 else "fewer turns")
    if not more and not less:
        return "the next is much alike, on other paths"
    return f"the next has {' and '.join([*more, *less])}"
