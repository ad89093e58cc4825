"""What people saw on the ground, laid over an area: the newest of each fact, stretch by stretch.

An observation holds for a stretch of one path. Where it covers a part only, the path is cut there,
so that what is said of a part is never said of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from shapely import LineString, Point

from walktalk.parks.ageing import AGEING
from walktalk.parks.closures import CLOSED, read_closure
from walktalk.parks.joined import walked_line
from walktalk.parks.line import Line
from walktalk.parks.lying import LEAST_PIECE_M, Lying, Stretch
from walktalk.parks.merge_paths import of_a_piece
from walktalk.parks.model import Area, FactValue, Path, Source, StoredRoute
from walktalk.parks.plane import Plane
from walktalk.parks.seen_barriers import OPENING, SEEN, with_seen_barriers, without_seen_barriers
from walktalk.parks.seen_crowds import CROWDS, in_one, subject_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from walktalk.parks.geodesy import LonLat

_SEEN = "seen-"
"""How the ids of sources begin that are people who looked."""

PART = "-part-"
"""Between the id of a path and the number of a piece of it."""

CHECKED_ON_FOOT = "Checked on foot"
NOTED_CLOSED = "Noted as closed"
MAY_HAVE_CHANGED = "Checked on foot; it may have changed since"


@dataclass(frozen=True, slots=True)
class Observation:
    """A fact of the ground that a person recorded there.

    Attributes:
        id: unique; the same one sent twice is one.
        path_id: the path it was seen on.
        line: the stretch, along the path's own direction, as (longitude, latitude); none for a
            line that somebody recorded, which is known by its id alone and never moves.
        from_m, to_m: metres from the path's first point, from < to.
        fact: one of ``AGEING``.
        value: what was seen.
        seen_on: the day; no time of day is kept, so that nobody can infer a meeting.
        by: who saw it. It is told to counsellors alone, never to whoever opens a link.
    """

    id: str
    path_id: str
    line: tuple[LonLat, ...]
    from_m: float
    to_m: float
    fact: str
    value: FactValue
    seen_on: date
    by: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a piece of a path lies on the path it was cut from."""

    path_id: str
    from_m: float
    to_m: float


@dataclass(frozen=True, slots=True)
class Observed:
    """An area with what people saw laid over it.

    Attributes:
        area: with the facts that hold on the day asked for.
        pieces: for each path that was cut from another, by its id, where it lies on that.
        orphans: observations whose path is gone, and that lie along no other.
    """

    area: Area
    pieces: Mapping[str, Piece]
    orphans: tuple[Observation, ...]


def with_observations(area: Area, observations: Sequence[Observation], on: date) -> Observed:
    """Return the area as it is known on a day.

    Args:
        area: as it was recorded.
        observations: in the order in which they were sent: of two from one day the later wins.
        on: the day; what is too old by then is left out.
    """
    found, orphans = _placed(area, (each for each in observations if _is_told(each, on)))
    paths: dict[str, Path] = {}
    pieces: dict[str, Piece] = {}
    cut: dict[str, tuple[str, ...]] = {}
    sources = dict(area.sources)
    for path in area.paths.values():
        parts = _parts(path, found.get(path.id, ()), on)
        cut[path.id] = tuple(part.id for part, _ in parts)
        for part, where in parts:
            paths[part.id] = part
            sources |= {source.id: source for source in part.sources.values()}
            if len(parts) > 1:
                pieces[part.id] = where
    routes = {route.id: over_pieces(area.paths, route, cut) for route in area.routes.values()}
    return Observed(
        replace(area, paths=paths, sources=sources, routes=routes), pieces, tuple(orphans)
    )


def placed_on(area: Area, observations: Iterable[Observation]) -> list[Observation]:
    """Return observations on the paths that they lie on today; those on none stay as they are."""
    found, orphans = _placed(area, observations)
    return [*(each for of_path in found.values() for each in of_path), *orphans]


def without_observations(area: Area) -> Area:
    """Return an area without what people saw, for a copy that was made with it.

    What had been recorded before is not in such a copy: those facts become unknown.
    """
    return replace(area, paths={each: _unseen(path) for each, path in area.paths.items()})


def has_observations(area: Area) -> bool:
    """Whether what people saw is laid over an area."""
    return any(each.startswith(_SEEN) for each in area.sources)


def _unseen(path: Path) -> Path:
    seen = {fact for fact, source in path.sources.items() if source.id.startswith(_SEEN)}
    if not seen:
        return path
    facts = {fact: value for fact, value in path.facts.items() if fact not in seen}
    sources = {fact: source for fact, source in path.sources.items() if fact not in seen}
    return replace(without_seen_barriers(path, _SEEN), facts=facts, sources=sources)


def _is_told(observation: Observation, on: date) -> bool:
    if observation.seen_on > on:
        return False
    if observation.fact == CLOSED:  # it has a last day of its own
        closure = read_closure(str(observation.value))
        return closure is not None and on <= closure.last
    if observation.fact not in AGEING:
        return False
    return AGEING[observation.fact].age(observation.seen_on, on) != "too old"


def _placed(
    area: Area, observations: Iterable[Observation]
) -> tuple[dict[str, list[Observation]], list[Observation]]:
    """Return observations by the path they lie on today, and those that lie on none."""
    lying = area.prepared(Lying)
    placed: dict[str, list[Observation]] = {}
    orphans: list[Observation] = []
    for each in observations:
        stretch = Stretch(each.path_id, each.from_m, each.to_m, each.line)
        for now in lying[stretch]:
            here = each
            if now is not stretch:
                path_id, from_m, to_m, line = now
                here = replace(each, path_id=path_id, from_m=from_m, to_m=to_m, line=line)
            placed.setdefault(now.path_id, []).append(here)
        if not lying[stretch] and each.line:  # a recorded line is laid over no area but its own
            orphans.append(each)
    return placed, orphans


def _parts(path: Path, seen: Sequence[Observation], on: date) -> list[tuple[Path, Piece]]:
    """Return a path as the pieces between the ends of what was seen on it, with its facts."""
    line = Line.of(path.coordinates)
    stops = _stops(line.length_m, seen)
    parts = []
    for number, (from_m, to_m) in enumerate(pairwise(stops), start=1):
        middle_m = (from_m + to_m) / 2
        newest: dict[str, Observation] = {}
        for each in sorted(seen, key=lambda each: each.seen_on):
            if each.from_m <= middle_m <= each.to_m:
                newest[subject_of(each.fact, each.value)] = each
        part = path
        if len(stops) > 2:  # noqa: PLR2004 - it has more than its two ends
            part = piece_of(path, number, line.cut(from_m, to_m), from_m, to_m)
        parts.append((_with_seen(part, newest.values(), on), Piece(path.id, from_m, to_m)))
    return parts


def piece_of(
    path: Path, number: int, coordinates: tuple[LonLat, ...], from_m: float, to_m: float
) -> Path:
    """Return a piece of a path, with what stands on it and what it crosses there.

    A barrier whose place nobody has recorded stands on every piece: it may be on any of them.
    """
    part, plane = of_a_piece(path), Plane.around(path.coordinates)
    [way] = plane.flat([LineString(path.coordinates)])

    def is_here(position: LonLat | None) -> bool:
        if position is None:
            return True
        [point] = plane.flat([Point(position)])
        at_m = way.project(point, normalized=True) * path.length_m
        return from_m <= at_m < to_m or (at_m >= to_m >= path.length_m - LEAST_PIECE_M)

    geometry = {key: source for key, source in path.sources.items() if key == "geometry"}
    return replace(
        part,
        id=f"{path.id}{PART}{number}",
        coordinates=coordinates,
        sources={**part.sources, **geometry},
        barriers=tuple(each for each in path.barriers if is_here(each.position)),
        crossings=tuple(each for each in path.crossings if is_here(each.position)),
    )


def _stops(length_m: float, seen: Iterable[Observation]) -> list[float]:
    """Return where a path is cut, in metres: its ends, and ends of stretches not beside another."""
    stops = [0.0]
    for at_m in sorted({end for each in seen for end in (each.from_m, each.to_m)}):
        if at_m - stops[-1] >= LEAST_PIECE_M and length_m - at_m >= LEAST_PIECE_M:
            stops.append(at_m)
    return [*stops, length_m]


def _with_seen(path: Path, seen: Collection[Observation], on: date) -> Path:
    """Return a path with what was seen on it in place of what was recorded before.

    Of a fact that was noted for several hours, the oldest note says how old it is.
    """
    if not seen:
        return path
    newest = {each.fact: each for each in sorted(seen, key=lambda each: each.seen_on, reverse=True)}
    sources = {fact: _source(each, on) for fact, each in newest.items()}
    facts = {fact: each.value for fact, each in newest.items()}
    if CROWDS in facts:
        facts[CROWDS] = in_one(sorted(str(each.value) for each in seen if each.fact == CROWDS))
    of_barriers = newest.get(SEEN) or newest.get(OPENING)
    if of_barriers is not None:
        path = with_seen_barriers(path, facts, sources, of_barriers.line or path.coordinates)
    return replace(path, facts={**path.facts, **facts}, sources={**path.sources, **sources})


def _source(observation: Observation, on: date) -> Source:
    """Return who says so, in words that anybody may read: the day, and no name."""
    day = observation.seen_on
    if observation.fact == CLOSED:
        return Source(f"{_SEEN}closed-{day.isoformat()}", NOTED_CLOSED, day.isoformat())
    fresh = AGEING[observation.fact].age(day, on) == "fresh"
    kind, title = ("", CHECKED_ON_FOOT) if fresh else ("then-", MAY_HAVE_CHANGED)
    return Source(f"{_SEEN}{kind}{day.isoformat()}", title, day.isoformat())


def over_pieces(
    paths: Mapping[str, Path], route: StoredRoute, cut: Mapping[str, tuple[str, ...]]
) -> StoredRoute:
    """Return a stored route over the pieces that its paths have been cut into."""
    if all(len(cut[path_id]) == 1 for path_id in route.path_ids):
        return route
    _, forward = walked_line(paths, route.path_ids)
    walked = zip(route.path_ids, forward, strict=True)
    path_ids = tuple(
        piece
        for path_id, ahead in walked
        for piece in (cut[path_id] if ahead else reversed(cut[path_id]))
    )
    return replace(route, path_ids=path_ids)
