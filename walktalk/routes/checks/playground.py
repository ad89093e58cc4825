"""How near the walk comes to a playground."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from walktalk.routes.beside_walk import PLAYGROUND
from walktalk.routes.checks.check import Check, Need, Outcome, far
from walktalk.routes.checks.facts import number
from walktalk.routes.checks.walked import place_sources, sources_of
from walktalk.routes.sentences import Metres, say
from walktalk.wording import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from walktalk.parks import Area, Place
    from walktalk.routes.checks.check import Verdict
    from walktalk.routes.checks.walked import Walked

NEAR_PLAYGROUND_M = 50.0
"""Metres from a playground's middle within which a path is near it: the 30 m that Fields in Trust
asks between a neighbourhood play area and the nearest home, and half the width of such an area
(about 20 m)."""

_KINDS = frozenset([PLAYGROUND])


def playground_distances_m(area: Area) -> NDArray[np.float64]:
    """Return the metres from each edge to the nearest recorded playground, infinite where none."""
    places = [place.position for place in area.places.values() if place.kind in _KINDS]
    imported = [number(path, "playground_m", np.inf) for path in area.paths.values()]
    return np.minimum(area.network.distances_m(places), imported)


def _verdicts(area: Area) -> Mapping[str, Verdict]:
    # far from every recorded playground says something only where playgrounds were looked for
    searched = PLAYGROUND in area.searched
    verdicts: dict[str, Verdict] = {}
    for path, metres in zip(area.paths.values(), playground_distances_m(area), strict=True):
        verdict = far(metres, NEAR_PLAYGROUND_M)
        sure = verdict == "broken" or searched or "playground_m" in path.facts
        verdicts[path.id] = verdict if sure else "unknown"
    return verdicts


NEED = Need("away-from-playgrounds", "Away from playgrounds", _verdicts)


def _find(walked: Walked) -> Outcome:
    split = walked.split(NEED)
    nearest, nearest_m = _nearest(walked)
    sources = sources_of(walked.stretches, "playground_m")
    says = None
    if split.broken:
        says = say("The walk passes a playground at about %(away)s.", away=Metres(nearest_m))
        sources = sources or place_sources(nearest)
    elif split.met and not split.unknown:
        says = say("No playground that is on the map is near this walk.")
        searched = walked.area.searched.get(PLAYGROUND)
        sources = [searched] if searched else sources
    elif split.met:
        says = say("Nearness to playgrounds: not recorded on part of the walk.")
    because = say(
        "Near means within %(reach)s m of the playground's middle.",
        reach=f"{NEAR_PLAYGROUND_M:.0f}",
    )
    return Outcome(split.level(broken="caution"), says, [because], sources, split)


def _nearest(walked: Walked) -> tuple[tuple[Place, ...], float]:
    imported = [number(stretch.path, "playground_m", np.inf) for stretch in walked.stretches]
    nearest = walked.along.nearest(_KINDS)
    return nearest.places, min([*imported, *nearest.off_m])


CHECK = Check(
    id="playground",
    title=N_("Playgrounds near the path"),
    facts=("playground_m",),
    find=_find,
    nothing_known=N_("Nearness to playgrounds: not recorded on any of the walk."),
    need=NEED,
)
