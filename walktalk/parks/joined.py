"""Paths joined end to end: which way round each is walked, and the line they make."""

from collections.abc import Mapping, Sequence

from walktalk.parks.geodesy import LonLat, distance_m
from walktalk.parks.model import Path


def walked_line(
    paths: Mapping[str, Path], path_ids: Sequence[str], start: LonLat | None = None
) -> tuple[tuple[LonLat, ...], tuple[bool, ...]]:
    """Join paths in the order given, each turned so that its start meets the end before it.

    Args:
        paths: by id.
        path_ids: at least one, in walking order.
        start: where the walk starts; of two ways round, the one that starts nearer is taken,
            without it the one that walks the first path forward.

    Returns:
        The line as (longitude, latitude), and for each path whether it is walked forward.

    Raises:
        ValueError: a path is unknown, or two paths in the order do not meet.
    """
    for path_id in path_ids:
        if path_id not in paths:
            raise ValueError(f"there is no path {path_id!r}")
    ways = [way for way in (True, False) if _turns(paths, path_ids, way) is not None]
    if not ways:
        raise ValueError(_where_it_breaks(paths, path_ids))
    if start is not None and len(ways) > 1:
        first = paths[path_ids[0]].coordinates
        ways.sort(key=lambda way: distance_m(start, first[0 if way else -1]))
    turns = _turns(paths, path_ids, ways[0]) or ()
    line: list[LonLat] = []
    for path_id, forward in zip(path_ids, turns, strict=True):
        coordinates = paths[path_id].coordinates if forward else paths[path_id].coordinates[::-1]
        line.extend(coordinates[1:] if line else coordinates)
    return tuple(line), turns


def _turns(
    paths: Mapping[str, Path], path_ids: Sequence[str], first_forward: bool
) -> tuple[bool, ...] | None:
    """Return the way round of each path, or ``None`` where two do not meet."""
    turns = [first_forward]
    at = paths[path_ids[0]].coordinates[-1 if first_forward else 0]
    for path_id in path_ids[1:]:
        ends = paths[path_id].coordinates[0], paths[path_id].coordinates[-1]
        if at not in ends:
            return None
        turns.append(at == ends[0])
        at = ends[1] if turns[-1] else ends[0]
    return tuple(turns)


def _where_it_breaks(paths: Mapping[str, Path], path_ids: Sequence[str]) -> str:
    for count in range(2, len(path_ids) + 1):
        head = path_ids[:count]
        if _turns(paths, head, True) is None and _turns(paths, head, False) is None:
            return f"path {head[-1]!r} does not start where path {head[-2]!r} ends"
    return "its paths do not meet"
