"""Which newly imported path is which recorded one, and what of a person's record stays on it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace

import shapely
from shapely import LineString

from walktalk.parks.geodesy import LonLat, distance_m
from walktalk.parks.model import Barrier, FactValue, Path, Place, Source
from walktalk.parks.plane import Plane

LookedAt = Callable[[LonLat], bool]
"""Takes a position and says whether an import looked there: elsewhere, absent is not gone."""

SAME_WAY_WITHIN_M = 3.0
"""Lines this close all along are the same way on the ground (the design's contract)."""

OSM_SOURCES = "osm"
"""Ids of sources that an import renews start with this."""

HEIGHT_SOURCES = "heights"
"""Ids of sources whose facts hold for one line only start with this."""


@dataclass
class MergeSummary:
    """What importing again changes: ids of paths and places, and names of routes.

    Attributes:
        added: new on the ground or newly mapped.
        changed: whose line, position or facts changed.
        gone: no longer there.
        kept: recorded or corrected by a person, and kept.
        lost_routes: stored routes of which a path has gone.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    lost_routes: list[str] = field(default_factory=list)

    def and_then(self, later: "MergeSummary") -> "MergeSummary":
        """Return what two imports of one area change, one after the other."""
        both = {
            each.name: list(dict.fromkeys([*getattr(self, each.name), *getattr(later, each.name)]))
            for each in fields(self)
        }
        return MergeSummary(**both)


MOSTLY = 0.9
"""Pieces that cover this share of a path between them are what has become of it."""

_OF_THE_WHOLE = frozenset({"step_count", "climb_m", "descent_m"})
"""Facts that add up along a path, and hold for none of its pieces."""


def is_by_hand(source: Source) -> bool:
    """Return whether a source is something other than OpenStreetMap: a person, a register."""
    return not source.id.startswith(OSM_SOURCES)


def merge_paths(
    old: Mapping[str, Path],
    new: Mapping[str, Path],
    summary: MergeSummary,
    inside: LookedAt | None = None,
) -> dict[str, Path]:
    """Return the new paths with their old ids and what people recorded; fill in the summary.

    Args:
        old: as recorded so far.
        new: freshly imported.
        summary: what changes is added to it.
        inside: whether a position was looked at; ``None`` for everywhere.
    """
    same = _same_paths(old, new)
    merged: dict[str, Path] = {}
    for path in new.values():
        before = old.get(same.get(path.id, ""))
        if before is None:
            summary.added.append(path.id)
            merged[path.id] = path
            continue
        after = _keep_by_hand(before, replace(path, id=before.id))
        note_change(before, after, summary)
        merged[after.id] = after
    for path in old.values():
        if path.id in merged:
            continue
        if inside is not None and not any(map(inside, path.coordinates)):
            merged[path.id] = path
            continue
        by_hand = any(is_by_hand(source) for source in path.sources.values())
        pieces = _pieces(path, [merged[i] for i in summary.added]) if by_hand else []
        if by_hand and not pieces:
            summary.kept.append(path.id)
            merged[path.id] = path
            continue
        summary.gone.append(path.id)
        for piece in pieces:
            merged[piece.id] = _keep_by_hand(of_a_piece(path), piece)
            summary.kept.append(piece.id)
    return merged


def _pieces(path: Path, fresh: Iterable[Path]) -> list[Path]:
    """Return the new paths that an old one has been cut into, none unless they cover it."""
    fresh = list(fresh)
    plane = Plane.around(path.coordinates)
    line, *lines = plane.flat(LineString(p.coordinates) for p in (path, *fresh))
    beside = line.buffer(SAME_WAY_WITHIN_M)
    pieces = [p for p, other in zip(fresh, lines, strict=True) if beside.contains(other)]
    return pieces if sum(p.length_m for p in pieces) >= MOSTLY * path.length_m else []


def of_a_piece(path: Path) -> Path:
    """Return a path without its line, and without the facts that hold for the whole of it only."""
    facts = {name: value for name, value in path.facts.items() if name not in _OF_THE_WHOLE}
    sources = {name: path.sources[name] for name in facts if name in path.sources}
    return replace(path, facts=facts, sources=sources, heights_m=None)


def _same_paths(old: Mapping[str, Path], new: Mapping[str, Path]) -> dict[str, str]:
    """Return for each new path the old one it is, by id or else by its line."""
    same = {path_id: path_id for path_id in new if path_id in old}
    left = [path for path in old.values() if path.id not in same]
    fresh = [path for path in new.values() if path.id not in same]
    if not left or not fresh:
        return same
    plane = Plane.around(p for path in left for p in path.coordinates)
    old_lines = plane.flat(LineString(path.coordinates) for path in left)
    new_lines = plane.flat(LineString(path.coordinates) for path in fresh)
    tree = shapely.STRtree(old_lines)
    taken: set[int] = set()
    for path, line in zip(fresh, new_lines, strict=True):
        near = tree.query(line, predicate="dwithin", distance=SAME_WAY_WITHIN_M)
        away = {int(i): line.hausdorff_distance(old_lines[int(i)]) for i in near}
        best = min((i for i in away if i not in taken), key=away.__getitem__, default=None)
        if best is not None and away[best] <= SAME_WAY_WITHIN_M:
            taken.add(best)
            same[path.id] = left[best].id
    return same


def _keep_by_hand(before: Path, after: Path) -> Path:
    """Return the new path with what a person recorded about the old one.

    Heights hold for the line they were taken along: where it has changed, they go.
    """
    line_kept = "geometry" in before.sources and is_by_hand(before.sources["geometry"])
    coordinates = before.coordinates if line_kept else after.coordinates
    moved = coordinates != before.coordinates
    held = {
        name: before.sources[name]
        for name in before.facts
        if name in before.sources
        and is_by_hand(before.sources[name])
        and not (moved and before.sources[name].id.startswith(HEIGHT_SOURCES))
    }
    heights_m = None if moved else before.heights_m
    own = tuple(barrier for barrier in before.barriers if is_by_hand(barrier.source))
    has_heights = heights_m is not None and "heights_m" in before.sources
    stays = {"geometry": line_kept, "heights_m": has_heights}
    return replace(
        after,
        coordinates=coordinates,
        facts={**after.facts, **{name: before.facts[name] for name in held}},
        sources={
            **after.sources,
            **held,
            **{name: before.sources[name] for name, kept in stays.items() if kept},
        },
        heights_m=heights_m,
        barriers=(*own, *(b for b in after.barriers if not any(_is_same(b, o) for o in own))),
    )


def _is_same(fresh: Barrier, own: Barrier) -> bool:
    """Return whether a newly imported barrier is one that a person recorded."""
    if own.position is None or fresh.position is None:
        return own.kind == fresh.kind
    return distance_m(own.position, fresh.position) <= SAME_WAY_WITHIN_M


def note_change(before: Path | Place, after: Path | Place, summary: MergeSummary) -> None:
    """Tell the summary whether something changed on the ground, and whether a person keeps it."""
    if _ground(before) != _ground(after):
        summary.changed.append(after.id)
    if any(is_by_hand(source) for source in after.sources.values()):
        summary.kept.append(after.id)


def _ground(item: Path | Place) -> tuple[object, Mapping[str, FactValue]]:
    if isinstance(item, Path):
        on_it = [(each.kind, each.position, each.facts) for each in item.barriers]
        return (item.coordinates, on_it), item.facts
    return (item.kind, item.name, item.position), item.facts
