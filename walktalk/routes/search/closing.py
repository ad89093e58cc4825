"""Closes loops: from a lead on over any arc and home, all leads and arcs at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.calm import UNUSED
from walktalk.routes.search.scoring import NO_ARC, Rows, justified, no_rows
from walktalk.routes.search.trees import grow_trees
from walktalk.routes.search.walks import SAFE_S, SLACK_S

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.routes.calm import CalmWeights
    from walktalk.routes.search.chains import LoopGraph
    from walktalk.routes.search.trees import Trees


@dataclass(frozen=True, eq=False)
class Leads:
    """What is given of walks: how they begin, and how they end.

    Attributes:
        arcs: the arcs from the start, in walking order.
        ends: the node that these lead to.
        tails: the arcs that lead home at last, in walking order.
        begins: the node at which these begin; the start where there are none.
    """

    arcs: Rows
    ends: NDArray[np.int64]
    tails: Rows
    begins: NDArray[np.int64]

    @property
    def both(self) -> Rows:
        """All arcs that are given."""
        return np.hstack([self.arcs, self.tails])


@dataclass(frozen=True, slots=True)
class Times:
    """The times that a loop is to fill, in seconds: one, or one for each number of laps.

    Attributes:
        most_s: the most seconds of each, the longest first.
        left_s: how many of them a loop may leave over.
    """

    most_s: tuple[float, ...]
    left_s: tuple[float, ...]

    @property
    def longest_s(self) -> float:
        """The longest of them."""
        return self.most_s[0]

    def left_over(self, seconds: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what loops leave over of the shortest time that each fits in, as a share of it."""
        left = np.full(seconds.shape, np.inf)
        for most_s, left_s in zip(self.most_s, self.left_s, strict=True):
            over_s = most_s - SAFE_S - seconds
            left = np.where((over_s >= 0) & (over_s <= left_s), over_s / most_s, left)
        return left

    def group(self, seconds: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return a number for the shortest time that each loop fits in and how well it fills it.

        A loop that leaves more than the slack over may still be the calmest of all, with a longer
        closing, and leads elsewhere: neither kind is to crowd out the other.
        """
        number = np.sum([seconds <= most_s for most_s in self.most_s], axis=0) - 1
        return np.asarray(2 * number + (np.array(self.most_s)[number] - seconds > SLACK_S))

    def allowing(self, share: float) -> Times:
        """Return the same times where a loop may leave at least such a share of each over."""
        left = tuple(
            max(left_s, share * of_s) for left_s, of_s in zip(self.left_s, self.most_s, strict=True)
        )
        return Times(self.most_s, left)


def as_rows(walks: list[NDArray[np.int64]]) -> Rows:
    """Return walks as rows of a matrix."""
    width = max((len(walk) for walk in walks), default=0)
    rows = np.full((len(walks), width), NO_ARC, dtype=np.int64)
    for number, walk in enumerate(walks):
        rows[number, : len(walk)] = walk
    return rows


def closed(
    graph: LoopGraph,
    weights: CalmWeights,
    leads: Leads,
    times: Times,
    *,
    per_lead: int,
    kept: int,
    again: bool,
) -> Rows:
    """Return the most promising walks on from the leads and home, on time.

    Args:
        graph: the graph.
        weights: the score's weights.
        leads: where the walks begin.
        times: what they are to fill.
        per_lead: how many walks with one lead at most, of each group of ``Times``.
        kept: how many walks at most, of each group.
        again: whether they may go over the leads' arcs again.
    """
    if not len(leads.ends):
        return no_rows()
    given, leads_in_all = leads.both, len(leads.ends)
    trees = grow_trees(
        graph, weights, given, (leads.ends, leads.begins), times.longest_s, again=again
    )
    walked = given != NO_ARC

    def given_of(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.where(walked, values[given], 0.0).sum(axis=1))

    lead, arc = _closing_arcs(graph, given, trees)
    on = lead * graph.nodes + graph.begin.take(arc)
    home = (leads_in_all + lead) * graph.nodes + graph.end.take(arc)

    def total(
        of_given: NDArray[np.float64], of_place: NDArray[np.float64], of_arc: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        whole = of_given.take(lead) + of_place.take(on) + of_place.take(home) + of_arc.take(arc)
        return np.asarray(whole)

    seconds = total(given_of(graph.seconds), trees.seconds, graph.seconds)
    left = times.left_over(seconds)
    last, first = trees.forest.last.take(on), trees.forest.last.take(home)
    # on time, neither straight back the way it came, nor home over the same arc
    fits = np.isfinite(left) & (last != graph.reverse.take(arc)) & (first != arc)
    lead, arc, on, home = (each[fits] for each in (lead, arc, on, home))
    seconds, left, last, first = (each[fits] for each in (seconds, left, last, first))
    along = total(given_of(graph.weight), trees.weight, graph.weight)
    along += np.where(last == NO_ARC, 0.0, graph.joint_m(weights, last, arc))
    homeward = graph.reverse.take(first)
    along += np.where(first == NO_ARC, 0.0, graph.joint_m(weights, arc, homeward))
    swept = total(given_of(graph.swept_m2), trees.swept_m2, graph.swept_m2)
    # the score but for what only the whole walk shows, a second standing for a metre
    promise = along / seconds + UNUSED * left
    promise -= weights.round * np.minimum(1.0, 4 * np.pi * np.abs(swept) / seconds**2)
    group = times.group(seconds)
    best = _best_of_each(group * leads_in_all + lead, arc, promise, per_lead)
    best = best[_first_of_each(group[best], kept)]
    lead, arc = lead[best], arc[best]
    ways = trees.forest.ways(np.concatenate([on[best], home[best]]))
    onward, homeward = ways[: len(best), ::-1], ways[len(best) :]
    homeward = np.where(homeward == NO_ARC, NO_ARC, graph.reverse[homeward])
    walks = [leads.arcs[lead], onward, arc[:, None], homeward, leads.tails[lead]]
    return _going_on(graph, justified(np.hstack(walks)))


def _closing_arcs(
    graph: LoopGraph, given: Rows, trees: Trees
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each lead with each arc that joins its trees and is not given already."""
    leads = len(given)
    is_reached = np.isfinite(trees.weight).reshape(2 * leads, graph.nodes)
    joins = is_reached[:leads].take(graph.begin, axis=1)
    joins &= is_reached[leads:].take(graph.end, axis=1)
    row, column = np.nonzero((given != NO_ARC) & ~graph.is_bridge[given])
    taken = given[row, column]
    joins[row, taken] = joins[row, graph.reverse[taken]] = False
    lead = np.repeat(np.arange(leads), joins.sum(axis=1))
    return lead, np.flatnonzero(joins) - lead * len(graph.begin)


def _going_on(graph: LoopGraph, rows: Rows) -> Rows:
    """Return the walks that nowhere turn round to go straight back."""
    back = (rows[:, 1:] == graph.reverse[rows[:, :-1]]) & (rows[:, 1:] != NO_ARC)
    return np.asarray(rows[~back.any(axis=1)])


def _best_of_each(
    group: NDArray[np.int64],
    arc: NDArray[np.int64],
    promise: NDArray[np.float64],
    most: int,
) -> NDArray[np.int64]:
    """Return walks, the most promising first, not too many of one group."""
    order = np.lexsort((arc, promise, group))
    order = order[_first_of_each(group[order], most)]
    return np.asarray(order[np.lexsort((arc[order], group[order], promise[order]))])


def _first_of_each(group: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return where the first few of each group are, in the order given."""
    order = np.argsort(group, kind="stable")
    rank = np.arange(len(order)) - np.searchsorted(group[order], group[order])
    return np.sort(order[rank < most])
