"""What an area file holds and what is still unknown, counted for a table."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from walktalk.parks.line_heights import is_known as is_height_known
from walktalk.parks.model import Area, Path

ACCESS_FACTS: tuple[str, ...] = ("surface", "light", "width", "steps", "gradient", "bikes")
"""What people ask before they set off, each by the id of the check that answers it; counted where
nobody has recorded it."""


COARSEST_PCT = 5.0
"""A gradient that may be off by more than 1 in 20 proves no slope: it counts as unknown."""


@dataclass(frozen=True, slots=True)
class AreaSummary:
    """One area in figures.

    Attributes:
        id, name: the area's.
        paths: number of paths.
        kilometres: their geodesic length together.
        steps: how many of them are flights of steps.
        with_heights: for how many of them heights along the line are known.
        pieces: connected pieces of the network.
        loops: independent loops: paths - junctions and ends + pieces.
        places: number of places.
        benches: how many of them are seats.
        meeting_points: how many of them a walk can start from.
        routes: stored routes.
        lost_routes: stored routes whose paths have gone.
        unknown: for each fact of ``ACCESS_FACTS``, the number of paths where it is unknown.
        unknown_share: the same as a share of the paths' length, 0 to 1.
    """

    id: str
    name: str
    paths: int
    kilometres: float
    steps: int
    with_heights: int
    pieces: int
    loops: int
    places: int
    benches: int
    meeting_points: int
    routes: int
    lost_routes: int
    unknown: dict[str, int]
    unknown_share: dict[str, float]


def check_areas(areas: Iterable[Area]) -> list[AreaSummary]:
    """Return one summary an area, in the order given."""
    return [_summary(area) for area in areas]


def is_known(path: Path, fact: str) -> bool:
    """Return whether one of ``ACCESS_FACTS`` is recorded for a path.

    A gradient is known where its error is small enough to prove one. Steps are known on a flight
    of steps, where they are counted, and where a person has said yes or no; bikes are known where
    the way's kind or a rule says who may use it.
    """
    facts = path.facts
    match fact:
        case "width":
            return "width_m" in facts
        case "gradient":
            error = facts.get("gradient_error_pct", 0.0)
            return "gradient_pct" in facts and float(error) <= COARSEST_PCT
        case "steps":
            return facts.get("highway") == "steps" or "steps" in facts or "step_count" in facts
        case "light":
            return "lit" in facts
        case "bikes":
            return "bicycle" in facts or facts.get("highway") in ("cycleway", "steps")
        case _:
            return fact in facts


def _summary(area: Area) -> AreaSummary:
    paths = list(area.paths.values())
    length = sum(path.length_m for path in paths)
    missing = {fact: [p for p in paths if not is_known(p, fact)] for fact in ACCESS_FACTS}
    pieces = _pieces(area)
    return AreaSummary(
        id=area.id,
        name=area.name,
        paths=len(paths),
        kilometres=length / 1000,
        steps=sum(path.facts.get("highway") == "steps" for path in paths),
        with_heights=sum(is_height_known(path.heights_m) for path in paths),
        pieces=pieces,
        loops=len(paths) - len(area.network.nodes) + pieces,
        places=len(area.places),
        benches=sum(place.kind == "bench" for place in area.places.values()),
        meeting_points=len(area.meeting_points),
        routes=len(area.routes),
        lost_routes=len(area.lost_routes),
        unknown={fact: len(found) for fact, found in missing.items()},
        unknown_share={
            fact: sum(p.length_m for p in found) / length if length else 0.0
            for fact, found in missing.items()
        },
    )


def _pieces(area: Area) -> int:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    network = area.network
    size = len(network.nodes)
    edges = coo_array(
        (np.ones(len(network.path_ids)), (network.tail, network.head)), shape=(size, size)
    )
    count, _ = connected_components(edges, directed=False)
    return int(count)
