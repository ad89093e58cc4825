"""What a walk is like in a few short sentences, as somebody would say it who knows the place.

How it is laid out comes first, then the ground, then what lies alongside. Of what nobody has
recorded nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.checks.facts import is_recorded
from walktalk.routes.checks.gradient import LEVEL_PCT
from walktalk.routes.landmarks import spoken_of, turning_point_in_words
from walktalk.routes.legs import stem_of_m
from walktalk.routes.search.measured import passes_m, turns_of
from walktalk.routes.waters import waters_inside
from walktalk.routes.words import (
    WORTH_TELLING_M,
    distance_in_words,
    listed,
    surface_in_words,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.parks import Area, Path
    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.model import Route
    from walktalk.routes.search.search_graph import SearchGraph
    from walktalk.routes.search.walks import Candidate

AT_THE_PATH_M = 20.0
"""A start this near to a path is on it: the size of a meeting place, and about what a phone's
position is good to under trees."""

_NOTICED_SHARE = 0.05  # a twentieth of the way more or less is worth a word
_NOTICED_TURNS = 3
_MOSTLY_SHARE = 0.5

_TIMES = {2: "Twice", 3: "Three times", 4: "Four times"}
_ONCE_ROUND = frozenset(["loop", "lollipop"])
_SPOKEN = {"asphalt": "tarmac"}  # what people call it who walk on it


@dataclass(frozen=True, slots=True)
class _Features:
    """What a reader would notice of a walk: shares of its length, and turns.

    Attributes:
        road, water, trees, bikes: what lies along the walk, or shares it.
        repeated: what is walked again.
        again_m: the same in metres.
        turns: how often the way changes direction.
        surfaces: share of each surface, ``""`` for what nobody recorded.
        is_flat: whether it is recorded to be level all the way.
    """

    road: float
    water: float
    trees: float
    bikes: float
    repeated: float
    again_m: float
    turns: float
    surfaces: dict[str, float]
    is_flat: bool


def _features_of(
    area: Area, search_graph: SearchGraph, weights: CalmWeights, walk: Candidate
) -> _Features:
    """Return what a reader would notice of a walk."""
    segment = np.array([move[0] for move in walk.moves], dtype=np.int64)
    part = np.array([abs(end - begin) for _, begin, end in walk.moves])
    metres = search_graph.segments["metres"][segment] * part
    edge = search_graph.segments["path"][segment]
    length = float(metres.sum())
    passes = passes_m(search_graph, walk.moves).values()
    ground = sum(once for _, once, _ in passes)

    def share(of_edges: NDArray[np.float64]) -> float:
        return float(np.dot(metres, of_edges[edge])) / length

    paths = [area.paths[area.network.path_ids[each]] for each in edge.tolist()]
    surfaces: dict[str, float] = {}
    for path, walked_m in zip(paths, metres.tolist(), strict=True):
        surface = str(path.facts.get("surface", ""))
        surfaces[surface] = surfaces.get(surface, 0.0) + walked_m / length
    return _Features(
        road=share(weights.near_road),
        water=share(weights.by_water),
        trees=share(weights.by_trees),
        bikes=share(weights.with_bikes),
        repeated=(length - ground) / length,
        again_m=sum(walked_m - once for walked_m, once, _ in passes),
        turns=turns_of(search_graph, walk.moves),
        surfaces=surfaces,
        is_flat=all(_is_flat(path) for path in paths),
    )


def _is_flat(path: Path) -> bool:
    steepest = path.facts.get("gradient_pct")
    if path.facts.get("highway") == "steps" or is_recorded(path, "steep"):
        return False
    return isinstance(steepest, int | float) and steepest < LEVEL_PCT


@dataclass(frozen=True, eq=False)
class Reasons:
    """What the walks of one request are like, beside the first of them.

    Attributes:
        area: the land.
        search_graph: where the walks can be.
        weights: the score's weights, which know what lies alongside.
        first: the first walk of all variants.
        off_m: metres between the start asked for and the nearest path.
    """

    area: Area
    search_graph: SearchGraph
    weights: CalmWeights
    first: Candidate
    off_m: float

    def of(self, walk: Candidate, route: Route) -> str:
        """Return a few sentences on one of the walks, which is ``route`` on the map."""
        features = self._of_first if walk is self.first else self._features(walk)
        said = [
            _laid_out(self.area, self.search_graph, walk, route, features.again_m),
            _ground(features),
            _passing_the_start(walk),
            _alongside(features),
        ]
        if self.off_m > AT_THE_PATH_M:
            said.append(f"It begins on the nearest path, {distance_in_words(self.off_m)} away.")
        if walk is self.first:
            said.append("The calmest of the walks found.")
        else:
            are_rounds = {walk.shape, self.first.shape} <= _ONCE_ROUND
            said.append(_compared(features, self._of_first, are_rounds=are_rounds))
        return " ".join(filter(None, said))

    def _features(self, walk: Candidate) -> _Features:
        return _features_of(self.area, self.search_graph, self.weights, walk)

    @cached_property
    def _of_first(self) -> _Features:
        return self._features(self.first)


def _laid_out(
    area: Area, search_graph: SearchGraph, walk: Candidate, route: Route, again_m: float
) -> str:
    """Return how a walk is laid out, with what it goes round or where it turns."""
    if walk.shape == "out-and-back":
        times = f"{_TIMES[walk.laps]} there and back" if walk.laps > 1 else "There and back"
        place = turning_point_in_words(area, route)
        return f"{times}, turning at {spoken_of(place)}." if place else f"{times}."
    walked_m = [search_graph.metres[segment] * abs(b - a) for segment, a, b in walk.moves]
    begins_m = sum(walked_m[: walk.lap_moves[0]])
    again = walk.lap_moves[1] if walk.laps > 1 else len(walk.moves)
    ends_m = sum(walked_m[:again])
    inside = waters_inside(area, route, begins_m, ends_m)
    if walk.laps > 1:
        around = listed(inside) or f"the same {distance_in_words(ends_m - begins_m)}"
        laid_out = f"{_TIMES[walk.laps]} round {around}"
    else:
        laid_out = f"Once round {listed(inside)}" if inside else "A loop"
    stem_m = begins_m if walk.laps > 1 else stem_of_m(route)
    if stem_m >= WORTH_TELLING_M:
        laid_out += f", with the same {distance_in_words(stem_m)} out and home"
    if walk.laps > 1:
        return f"{laid_out}."
    twice_m = again_m - stem_m
    if twice_m >= WORTH_TELLING_M:
        more = "more" if stem_m >= WORTH_TELLING_M else "of it"
        return f"{laid_out}, {distance_in_words(twice_m)} {more} walked twice."
    is_told = inside or stem_m >= WORTH_TELLING_M
    return f"{laid_out}." if is_told else f"{laid_out}, nothing walked twice."


def _passing_the_start(walk: Candidate) -> str:
    if walk.laps == 1 or walk.lap_moves[0]:
        return ""
    passes = "are back at" if walk.shape == "out-and-back" else "pass"
    when = "half way" if walk.laps == 2 else "each time"  # noqa: PLR2004 - two rounds
    return f"You {passes} the start {when}."


def _ground(walk: _Features) -> str:
    """Return what one walks on and with whom: "Flat tarmac, shared with bikes."."""
    surface, share = max(walk.surfaces.items(), key=lambda each: each[1], default=("", 0.0))
    words = ["flat"] if walk.is_flat else []
    if surface and share >= _MOSTLY_SHARE:
        mostly = "" if share > 1 - _NOTICED_SHARE else "mostly "
        words.append(f"{mostly}{_SPOKEN.get(surface, surface_in_words(surface))}")
    shared = ""
    if walk.bikes >= _NOTICED_SHARE:
        part = "" if walk.bikes > 1 - _NOTICED_SHARE else "partly "
        shared = f"{part}shared with bikes"
    return _sentence(", ".join(filter(None, (" ".join(words), shared))))


def _alongside(walk: _Features) -> str:
    """Return what lies alongside: "By water most of the way, near a road part of the way."."""
    shares = {"by water": walk.water, "by trees": walk.trees, "near a road": walk.road}
    by_part: dict[str, list[str]] = {}
    for name, share in sorted(shares.items(), key=lambda each: -each[1]):
        if share >= _NOTICED_SHARE:
            by_part.setdefault(_part(share), []).append(name)
    return _sentence(", ".join(f"{listed(names)} {part}" for part, names in by_part.items()))


def _part(share: float) -> str:
    if share > 1 - _NOTICED_SHARE:
        return "all the way"
    return "most of the way" if share >= _MOSTLY_SHARE else "part of the way"


def _compared(one: _Features, best: _Features, *, are_rounds: bool) -> str:
    """Return what a walk has more and less of than the calmest: "Less water, more turns ...".

    What is walked again is told of two walks once round; the others are walked again by their
    shape, which is told first.
    """
    shares = {
        "water": one.water - best.water,
        "trees": one.trees - best.trees,
        "road": one.road - best.road,
    }
    said: list[str] = []
    for name, change in sorted(shares.items(), key=lambda each: each[1] < 0):
        if abs(change) >= _NOTICED_SHARE:
            less = "fewer" if name == "trees" else "less"
            said.append(f"{'more' if change > 0 else less} {name}")
    again = one.repeated - best.repeated
    if are_rounds and abs(again) >= _NOTICED_SHARE:
        said.append(f"{'more' if again > 0 else 'less'} of it walked twice")
    turns = one.turns - best.turns
    if abs(turns) >= _NOTICED_TURNS:
        said.append("more turns" if turns > 0 else "fewer turns")
    if not said:
        return "Much like the calmest, on other paths."
    return _sentence(f"{', '.join(said)} than the calmest")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}." if words else ""
