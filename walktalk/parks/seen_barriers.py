"""Barriers that people saw: put on a path, measured, and taken off again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from walktalk.parks.barriers import narrows, opening_m
from walktalk.parks.line import Line
from walktalk.parks.model import Barrier, Path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from walktalk.parks.geodesy import LonLat
    from walktalk.parks.model import FactValue, Source

SEEN, OPENING = "barriers", "barrier_width_m"
"""The facts of a path that say whether there are any, and how wide the narrowest is."""


def with_seen_barriers(
    path: Path,
    seen: Mapping[str, FactValue],
    sources: Mapping[str, Source],
    line: Sequence[LonLat],
) -> Path:
    """Return a path with the barrier that somebody saw, and with what somebody measured.

    A recorded barrier stays, also where somebody saw none: what stops a person is never overruled.
    The narrowest opening counts at each one whose own nobody has measured.

    Args:
        path: as it is recorded.
        seen: what was seen on it, by fact.
        sources: who says so, by fact.
        line: where the barriers were seen, for a new one to stand in the middle.
    """
    barriers, kind, width = path.barriers, seen.get(SEEN, "none"), seen.get(OPENING)
    if (kind != "none" or width is not None) and not barriers:
        where = Line.of(line)
        source = sources[SEEN if SEEN in seen else OPENING]
        found = "yes" if kind == "none" else str(kind)
        barriers = (Barrier(found, where.point_at(where.length_m / 2), source),)
    if width is not None:
        barriers = tuple(
            replace(each, facts={**each.facts, "width_m": width})
            if narrows(each) and opening_m(each) is None
            else each
            for each in barriers
        )
    return path if barriers == path.barriers else replace(path, barriers=barriers)


def without_seen_barriers(path: Path, prefix: str) -> Path:
    """Return a path without what people saw of barriers.

    Args:
        path: with it.
        prefix: how the ids of sources begin that are people who looked.
    """
    source = path.sources.get(OPENING)
    measured = path.facts.get(OPENING) if source and source.id.startswith(prefix) else None
    kept = tuple(
        replace(each, facts={k: v for k, v in each.facts.items() if k != "width_m"})
        if measured is not None and each.facts.get("width_m") == measured
        else each
        for each in path.barriers
        if not each.source.id.startswith(prefix)
    )
    return path if kept == path.barriers else replace(path, barriers=kept)
