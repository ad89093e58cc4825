"""The meadow as a hill: walks whose heights are known, partly known, or not at all."""

from dataclasses import replace

from tests.maps.meadow import MEADOW, walk_along, walk_round
from walktalk.parks import Area, Height, LonLat, Path
from walktalk.parks.geodesy import length_m
from walktalk.parks.model import Source
from walktalk.routes import Leg, Walk

MODEL = Source("heights-model", "A height model", "2026")
KNOWN: dict[str, tuple[Height, ...]] = {
    "south": (61.2, 63.75, 66.04),
    "east": (66.04, 71.0),
    "north": (71.0, 68.33, 64.4),
    "west": (64.4, 61.2),
}
"""Heights of the paths round the meadow, one a point."""

PARTLY: dict[str, tuple[Height, ...]] = {
    "south": (61.2, 63.75, None),
    "north": (None, 68.33, 64.4),
    "west": (64.4, None),
}


def hilly(heights: dict[str, tuple[Height, ...]]) -> Area:
    """The meadow with heights along some of its paths."""
    paths = dict(MEADOW.paths)
    for path_id, known in heights.items():
        path = paths[path_id]
        sources = {**path.sources, "heights_m": MODEL}
        paths[path_id] = replace(path, heights_m=known, sources=sources)
    return replace(MEADOW, paths=paths)


def hill_walk(heights: dict[str, tuple[Height, ...]] = KNOWN) -> Walk:
    """A walk round the meadow."""
    return walk_round(area=hilly(heights))


def walk_over(line: tuple[LonLat, ...], heights: tuple[Height, ...]) -> Walk:
    """A walk along one path of any line and heights."""
    path = Path("only", line, heights_m=heights, sources={"heights_m": MODEL})
    area = replace(MEADOW, paths={"only": path})
    return walk_along(line, legs=(Leg("only", 0.0, length_m(line)),), area=area)
