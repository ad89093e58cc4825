"""Newly imported paths are cut where a stored walk begins, as the recorded ones were."""

from dataclasses import replace

from walktalk.parks.geodesy import LonLat
from walktalk.parks.joined import walked_line
from walktalk.parks.line_heights import cut_heights
from walktalk.parks.merge_paths import SAME_WAY_WITHIN_M, of_a_piece
from walktalk.parks.model import Area, Height, Path

_DECIMALS = 7  # about 1 cm: what OpenStreetMap stores


def cut_where_walks_begin(old: Area, new: Area) -> Area:
    """Return the new area with its paths cut where the old one's stored walks begin.

    A walk that begins beside a boat house begins inside what OpenStreetMap has as one path. Paths
    that already end there stay whole.
    """
    for route in old.routes.values():
        line, _ = walked_line(old.paths, route.path_ids, old.places[route.start].position)
        new = _cut_at(new, line[0])
    return new


def _cut_at(area: Area, position: LonLat) -> Area:
    if not area.paths:
        return area
    snap = area.network.snap(position)
    path = area.paths[snap.path_id]
    near_an_end = min(snap.along_m, path.length_m - snap.along_m) <= SAME_WAY_WITHIN_M
    if near_an_end or snap.distance_m > SAME_WAY_WITHIN_M:
        return area
    paths: dict[str, Path] = {}
    for other in area.paths.values():
        pieces = _pieces(path, snap.along_m) if other.id == path.id else (other,)
        paths.update((piece.id, piece) for piece in pieces)
    return replace(area, paths=paths)


def _pieces(path: Path, along_m: float) -> tuple[Path, Path]:
    before, after = path.line.cut(0.0, along_m), path.line.cut(along_m, path.length_m)
    lon, lat = before[-1]
    here = (round(lon, _DECIMALS), round(lat, _DECIMALS))
    facts = of_a_piece(path)
    kept = [name for name in ("geometry", "heights_m") if name in path.sources]
    part = replace(facts, sources={**facts.sources, **{name: path.sources[name] for name in kept}})
    heights = _heights(path, 0.0, along_m), _heights(path, along_m, path.length_m)

    def is_on(position: LonLat | None, piece: int) -> bool:
        # what has no place of its own is on both pieces, as nobody knows better
        return position is None or (path.line.nearest(position).along_m > along_m) == bool(piece)

    lines = (*before[:-1], here), (here, *after[1:])
    first, second = (
        replace(
            part,
            id=f"{path.id}-{letter}",
            coordinates=line,
            heights_m=heights[number],
            barriers=tuple(b for b in path.barriers if is_on(b.position, number)),
            crossings=tuple(c for c in path.crossings if is_on(c.position, number)),
        )
        for number, (letter, line) in enumerate(zip("ab", lines, strict=True))
    )
    return first, second


def _heights(path: Path, from_m: float, to_m: float) -> tuple[Height, ...] | None:
    return None if path.heights_m is None else cut_heights(path, from_m, to_m)
