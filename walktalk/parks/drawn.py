"""What people drew, laid over an area: paths, gates, benches and toilets that no source has.

It is kept apart from what is imported, so that importing again takes none of it away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import shapely
from shapely import LineString, Polygon

from walktalk.parks.geodesy import distance_m, length_m
from walktalk.parks.lying import LEAST_PIECE_M
from walktalk.parks.merge_paths import HEIGHT_SOURCES
from walktalk.parks.model import Area, Barrier, Path, Place, Source
from walktalk.parks.observed import over_pieces, piece_of

if TYPE_CHECKING:
    from datetime import date

    from walktalk.parks.geodesy import LonLat
    from walktalk.parks.network import Snap

JOIN_M = 6.0
"""A drawn point this near to a path or a junction is on it: a phone's map is tapped no finer."""

DRAWN = "drawn"
"""How the ids of what people drew begin, and of the sources that say so."""

TITLE = "Drawn by hand"
LINES = ("path", "mended")
POINTS = ("gate", "bench", "toilets")


@dataclass(frozen=True, slots=True)
class Drawing:
    """Something that a person drew.

    Attributes:
        id: unique; letters and digits.
        kind: one of ``LINES`` or ``POINTS``; ``mended`` gives a path another line.
        line: the points, one for what stands at a place.
        drawn_on: the day.
    """

    id: str
    kind: str
    line: tuple[LonLat, ...]
    drawn_on: date

    @property
    def source(self) -> Source:
        """Who says so, in words that anybody may read: the day, and no name."""
        day = self.drawn_on.isoformat()
        return Source(f"{DRAWN}-{day}", TITLE, day)


def with_drawings(area: Area, drawings: Iterable[Drawing]) -> Area:
    """Return an area with what people drew, in their order.

    A drawn path begins, ends and branches off where one of its points lies on a path. Nothing else
    is known of it. A mended path keeps its id, its facts and its ends; its heights go. A gate
    stands on the nearest path; where none is near, it is left out.
    """
    for drawing in drawings:
        laid = _LAID[drawing.kind](area, drawing)
        if laid is not area:
            source = drawing.source
            area = replace(laid, sources={**laid.sources, source.id: source})
    return area


def has_drawings(area: Area) -> bool:
    """Whether what people drew is laid over an area."""
    return any(each.startswith(f"{DRAWN}-") for each in area.sources)


def oddities(area: Area, line: tuple[LonLat, ...]) -> list[str]:
    """Return what is odd about a line that somebody drew, in sentences; it may be true."""
    drawn, found = LineString(line), []
    for kind, said in (("water", "It crosses water."), ("building", "It runs through a building.")):
        grounds = (
            shapely.make_valid(Polygon(shape.rings[0], shape.rings[1:]))
            for shape in area.background
            if shape.kind == kind and all(len(ring) > 3 for ring in shape.rings)  # noqa: PLR2004
        )
        if any(ground.intersects(drawn) for ground in grounds):
            found.append(said)
    if not drawn.is_simple:
        found.append("It crosses itself.")
    ends = [area.network.snap(end).distance_m <= JOIN_M for end in (line[0], line[-1])]
    if not any(ends):
        found.append("Neither end is on a path.")
    return found


def _path(area: Area, drawing: Drawing) -> Area:
    """Return an area with one more way, cut wherever it meets others at one of its points."""
    line: list[LonLat] = []
    joins: list[int] = []
    for position in drawing.line:
        area, met = _joined(area, position)
        if met is not None:
            joins.append(len(line))
        line.append(met or position)
    stops = sorted({0, *joins, len(line) - 1})
    paths = dict(area.paths)
    for number, (first, last) in enumerate(pairwise(stops), 1):
        part = tuple(line[first : last + 1])
        if length_m(part) <= 0:
            continue
        path_id = f"{DRAWN}-{drawing.id}-{number}"
        sources = dict.fromkeys(("geometry", "highway"), drawing.source)
        paths[path_id] = Path(path_id, part, {"highway": "path"}, sources)
    return replace(area, paths=paths)


def _joined(area: Area, position: LonLat) -> tuple[Area, LonLat | None]:
    """Return the junction at a position, made by cutting a path where there is none yet."""
    snap = area.network.snap(position)
    if snap.distance_m > JOIN_M:
        return area, None
    path = area.paths[snap.path_id]
    for end, away_m in (
        (path.coordinates[0], snap.along_m),
        (path.coordinates[-1], path.length_m - snap.along_m),
    ):
        if away_m < LEAST_PIECE_M or distance_m(end, position) <= JOIN_M:
            return area, end
    return _cut(area, path, snap), snap.position


def _cut(area: Area, path: Path, snap: Snap) -> Area:
    """Return an area with a path cut in two; stored routes lead over both."""
    spans = ((0.0, snap.along_m), (snap.along_m, path.length_m))
    pieces = []
    for number, (from_m, to_m) in enumerate(spans, 1):
        line = list(path.line.cut(from_m, to_m))
        line[-1 if number == 1 else 0] = snap.position
        pieces.append(piece_of(path, number, tuple(line), from_m, to_m))
    paths: dict[str, Path] = {}
    for each in area.paths.values():
        paths |= {p.id: p for p in pieces} if each.id == path.id else {each.id: each}
    cut: Mapping[str, tuple[str, ...]] = {
        each: tuple(p.id for p in pieces) if each == path.id else (each,) for each in area.paths
    }
    routes = {route.id: over_pieces(area.paths, route, cut) for route in area.routes.values()}
    return replace(area, paths=paths, routes=routes)


def _mended(area: Area, drawing: Drawing) -> Area:
    """Return an area in which the path that a line runs along has this line."""
    path = path_along(area, drawing.line)
    if path is None:
        return area
    first, last = path.coordinates[0], path.coordinates[-1]
    inner = list(drawing.line[1:-1])
    if distance_m(drawing.line[0], first) > distance_m(drawing.line[0], last):
        inner.reverse()
    measured = {n for n, source in path.sources.items() if source.id.startswith(HEIGHT_SOURCES)}
    mended = replace(
        path,
        coordinates=(first, *inner, last),
        facts={name: value for name, value in path.facts.items() if name not in measured},
        sources={n: s for n, s in path.sources.items() if n not in measured}
        | {"geometry": drawing.source},
        heights_m=None,
    )
    if mended.length_m <= 0:
        return area
    return replace(area, paths={**area.paths, path.id: mended})


def path_along(area: Area, line: tuple[LonLat, ...]) -> Path | None:
    """Return the path whose two ends a line begins and ends at, ``None`` where there is none."""
    apart = {
        path.id: min(
            max(distance_m(line[0], one), distance_m(line[-1], other))
            for one, other in (
                (path.coordinates[0], path.coordinates[-1]),
                (path.coordinates[-1], path.coordinates[0]),
            )
        )
        for path in area.paths.values()
    }
    nearest = min(apart, key=apart.__getitem__, default=None)
    return None if nearest is None or apart[nearest] > JOIN_M else area.paths[nearest]


def _gate(area: Area, drawing: Drawing) -> Area:
    snap = area.network.snap(drawing.line[0])
    if snap.distance_m > JOIN_M:
        return area
    path = area.paths[snap.path_id]
    gate = Barrier("gate", snap.position, drawing.source)
    return replace(
        area, paths={**area.paths, path.id: replace(path, barriers=(*path.barriers, gate))}
    )


def _place(area: Area, drawing: Drawing) -> Area:
    place = Place(
        id=f"{DRAWN}-{drawing.id}",
        kind=drawing.kind,
        name="",
        position=drawing.line[0],
        sources={"geometry": drawing.source},
    )
    return replace(area, places={**area.places, place.id: place})


_LAID: Mapping[str, Callable[[Area, Drawing], Area]] = {
    "path": _path,
    "mended": _mended,
    "gate": _gate,
    "bench": _place,
    "toilets": _place,
}
