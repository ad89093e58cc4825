"""Judging how near paths come to something: by its shape where it is drawn, else by one figure.

Where a shape is drawn the distance is known along each path, and only the stretches within reach
are near. Where none is, a path is as far all along as the figure that was recorded for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING

import numpy as np

from walktalk.parks.nearness import NearKind, joined_spans, nearness
from walktalk.routes.checks.check import far
from walktalk.routes.checks.facts import is_recorded, number, surveyed
from walktalk.routes.model import Leg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from walktalk.parks import Area, LonLat, Path
    from walktalk.parks.nearness import Span
    from walktalk.routes.checks.check import Parts, Verdict

LEAST_M = 1.0
"""A stretch that is near for less than this is a rounding of the ground, and breaks nothing."""


@dataclass(frozen=True, eq=False)
class NearRule:
    """When a path is near something.

    Attributes:
        kind: what of.
        within_m: metres within which it is near.
        figure: the fact that gives one distance for a whole path.
        named: the facts that say a path is beside it, or across it.
        touch_m: metres at a path's end that break no need: the way up to it, not the way along it.
        everywhere: whether a path is near all along, whatever is drawn.
        spots: where on a path one meets it, whatever is drawn.
        looked_for: the kind of place that somebody must have looked for over the whole area, for
            "far from all that is known" to say something without a figure; ``""`` for what is
            drawn wherever it is.
    """

    kind: NearKind
    within_m: float
    figure: str
    named: tuple[str, ...] = ()
    touch_m: float = 0.0
    everywhere: Callable[[Path], bool] = lambda _path: False
    spots: Callable[[Path], Sequence[LonLat]] = lambda _path: ()
    looked_for: str = ""

    def verdicts(self, area: Area) -> Mapping[str, Verdict]:
        """Return whether each path of an area, walked whole, keeps away, by its id."""
        return {
            path.id: self.verdict(area, Leg(path.id, 0.0, path.length_m))
            for path in area.paths.values()
        }

    def verdict(self, area: Area, leg: Leg) -> Verdict:
        """Return whether a leg keeps away; the way up to the thing, at a path's end, breaks it not.

        A path that is recorded to be beside it, or across it, never does.
        """
        path = area.paths[leg.path_id]
        if self.everywhere(path) or self._is_named(path):
            return "broken"
        if any(self._breaks(path, span) for span in self._near(area, leg)):
            return "broken"
        return self._away(area, path)

    def parts(self, area: Area) -> Parts:
        """Return the verdict of each path that is one all along, and what tells a leg's parts.

        The parts come in walking order: those near, those not, and those of unknown. Where the
        thing is drawn, only what is near counts as broken.
        """
        known = area.prepared(_known, self)

        def parts(leg: Leg) -> Iterable[tuple[Leg, Verdict]]:
            length_m = area.paths[leg.path_id].length_m
            if leg.path_id not in known.all_along:
                whole = Leg(leg.path_id, 0.0, length_m)
                known.whole[whole] = cut = list(self.cut(area, whole))
                known.all_along[leg.path_id] = cut[0][1] if len(cut) == 1 else None
            verdict = known.all_along[leg.path_id]
            if verdict is not None:
                return [(leg, verdict)]
            if {leg.from_m, leg.to_m} != {0.0, length_m}:
                return self.cut(area, leg)
            if leg not in known.whole:
                known.whole[leg] = list(self.cut(area, leg))
            return known.whole[leg]

        return known.all_along, parts

    def cut(self, area: Area, leg: Leg) -> Iterator[tuple[Leg, Verdict]]:
        """Yield the parts of a leg, as ``parts`` has them."""
        path = area.paths[leg.path_id]
        spans = [] if self.everywhere(path) else self._near(area, leg)
        if not spans:
            is_named = self.everywhere(path) or self._is_named(path)
            yield leg, "broken" if is_named else self._away(area, path)
            return
        away = self._away(area, path)
        forward = leg.to_m >= leg.from_m
        at_m = leg.from_m
        for low, high in spans if forward else spans[::-1]:
            begin, end = (low, high) if forward else (high, low)
            if abs(begin - at_m) > 0:
                yield Leg(leg.path_id, at_m, begin), away
            yield Leg(leg.path_id, begin, end), "broken"
            at_m = end
        if abs(leg.to_m - at_m) > 0 or not leg.length_m:
            yield Leg(leg.path_id, at_m, leg.to_m), away

    def nearest_m(self, area: Area, leg: Leg) -> float:
        """Return the least distance from a leg in metres; infinite where nobody knows."""
        drawn = nearness(area, self.kind)
        if drawn is None:
            return number(area.paths[leg.path_id], self.figure, np.inf)
        return drawn.nearest_m(area.network.edge_of(leg.path_id), leg.from_m, leg.to_m)

    def _away(self, area: Area, path: Path) -> Verdict:
        """Return what is known of where a path is not near."""
        if nearness(area, self.kind) is None:
            return self._by_figure(area, path)
        return "met" if self._is_sure(area, path) else "unknown"

    def _near(self, area: Area, leg: Leg) -> list[Span]:
        """Return the stretches of a leg's path within reach, as far as the leg walks them."""
        spans = area.prepared(_spans, self, leg.path_id)
        if not spans:
            return []
        low, high = sorted((leg.from_m, leg.to_m))
        walked = [(max(low, begin), min(high, end)) for begin, end in spans]
        return [(begin, end) for begin, end in walked if end > begin]

    def _breaks(self, path: Path, span: Span) -> bool:
        begin, end = span
        at_an_end = begin <= 0 or end >= path.length_m
        is_whole = begin <= 0 and end >= path.length_m
        if at_an_end and not is_whole and end - begin <= self.touch_m:
            return False
        return end - begin >= min(LEAST_M, path.length_m)

    def _is_named(self, path: Path) -> bool:
        return any(is_recorded(path, fact) for fact in self.named)

    def _is_sure(self, area: Area, path: Path) -> bool:
        is_complete = not self.looked_for or self.looked_for in area.searched
        return is_complete or self.figure in surveyed(path).facts

    def _by_figure(self, area: Area, path: Path) -> Verdict:
        """Judge by the recorded figure: what is only reported may break a need, never meet one."""
        if far(number(path, self.figure, nan), self.within_m) == "broken":
            return "broken"
        none_found = np.inf if self.looked_for in area.searched else nan
        return far(number(surveyed(path), self.figure, none_found), self.within_m)


@dataclass(frozen=True, slots=True)
class _Known:
    """What was worked out of an area's paths by one rule.

    Attributes:
        all_along: the verdict of each path on which it is one, ``None`` for another.
        whole: the parts of legs over a whole path.
    """

    all_along: dict[str, Verdict | None]
    whole: dict[Leg, list[tuple[Leg, Verdict]]]


def _known(_area: Area, _rule: NearRule) -> _Known:
    return _Known({}, {})


def _spans(area: Area, rule: NearRule, path_id: str) -> list[Span]:
    drawn, path = nearness(area, rule.kind), area.paths[path_id]
    spans = drawn.stretches(area.network.edge_of(path_id), rule.within_m) if drawn else []
    for spot in rule.spots(path):
        at_m = path.line.nearest(spot).along_m
        begin, end = at_m - rule.within_m, at_m + rule.within_m
        spans.append((max(0.0, begin), min(path.length_m, end)))
    return joined_spans(spans)


def share_near(area: Area, kind: NearKind, within_m: float, figure: str) -> NDArray[np.float64]:
    """Return how much of each edge is near something, 0 to 1, in edge order.

    Args:
        area: the land.
        kind: what of.
        within_m: metres within which it is near.
        figure: the fact that gives one distance for a whole path, for an area without its shape.
    """
    drawn = nearness(area, kind)
    if drawn is None:
        figures = [number(path, figure, np.inf) for path in area.paths.values()]
        return np.array(np.array(figures) < within_m, dtype=float)
    lengths = np.where(area.network.lengths_m > 0, area.network.lengths_m, 1.0)
    return np.clip(drawn.metres_within(within_m) / lengths, 0.0, 1.0)
