"""Which paths are no worse than a walk, whatever may be needed: for what is told to everybody.

A walk that keeps a need goes over no path that breaks it. A path that breaks no need but those
which the walk breaks too suits whoever the walk suits, and shows nobody what was asked for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.checks import PATH_NEEDS, path_verdicts, verdict
from walktalk.routes.opening import open_edges

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from walktalk.parks import Area
    from walktalk.routes.checks.check import Verdict
    from walktalk.routes.model import Walk

_BETTER_FIRST: tuple[Verdict, ...] = ("met", "unknown", "broken")


def worst_verdicts(area: Area, path_ids: Iterable[str]) -> Mapping[str, Verdict]:
    """Return the worst verdict that some paths have on each need of paths."""
    paths = [area.paths[path_id] for path_id in sorted(set(path_ids))]
    return {
        need: max((verdict(area, path, need) for path in paths), key=_BETTER_FIRST.index)
        for need in sorted(PATH_NEEDS)
    }


def is_no_worse(area: Area, path_id: str, than: Mapping[str, Verdict]) -> bool:
    """Return whether a path is no worse on any need than ``worst_verdicts`` says."""
    path, rank = area.paths[path_id], _BETTER_FIRST.index
    return all(rank(verdict(area, path, need)) <= rank(worst) for need, worst in than.items())


def edges_no_worse(area: Area, than: Mapping[str, Verdict]) -> NDArray[np.bool_]:
    """Return the same for all paths of an area: a mask in the network's edge order."""
    mask = np.ones(len(area.paths), dtype=bool)
    for need, worst in than.items():
        unbroken, unknown = path_verdicts(area, [need])
        if worst == "met":
            mask &= unbroken & (unknown == 0)
        elif worst == "unknown":
            mask &= unbroken
    return mask


def with_shortcut_that_suits(walk: Walk) -> Walk:
    """Return a walk without its shortcut where that is closed then, or known to be worse by now."""
    shortcut, area = walk.proposal.shortcut, walk.area
    if shortcut is None:
        return walk
    opened = dict(zip(area.paths, open_edges(area, walk.request).tolist(), strict=True))
    worst = worst_verdicts(area, (leg.path_id for leg in walk.route.legs))
    paths = {leg.path_id for leg in shortcut.legs}
    if all(opened[each] and is_no_worse(area, each, worst) for each in paths):
        return walk
    return replace(walk, proposal=replace(walk.proposal, shortcut=None))
