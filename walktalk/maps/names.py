"""Where the names of lakes, parks and streets stand: each once, on nothing that matters more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from walktalk.maps.drawing import Drawing
from walktalk.maps.ground import Ground, Named
from walktalk.maps.label_places import Layout, layout, mark_boxes
from walktalk.maps.paper import Box, Paper
from walktalk.parks import LonLat

NameKind = Literal["water", "shore", "park", "street"]
"""What a name is of; a water named beside it is told from one named on it, for its colours."""

SIZES: dict[NameKind, float] = {"water": 12.0, "shore": 12.0, "park": 12.5, "street": 11.0}
"""Sizes of type in drawing units; the style sheet has the same."""
_BOLD = {"park": 1.1}
"""How much wider letters are for being bold."""

_KINDS: dict[str, NameKind] = {"water": "water", "park": "park", "wood": "park", "road": "street"}
_NARROW = frozenset("fijlrtI .,'’-()")
_WIDE = frozenset("mwMWOQG@%&")
_LETTER = (0.36, 0.62, 0.9)
"""Widths of narrow, usual and wide letters in sizes of type, as wide as any system's own font."""
LINE = 1.15
"""Height of a line of words in sizes of type."""
_CLEAR = 6.0
"""Units that a name keeps from the middle of the walk's line: half its edge, and a little air."""
_BARELY_SEEN = 0.5
"""Units that a line may be off where only room beside it counts."""
_CORNERS = 2
"""Of a quarter of a circle around the end of a line, for the same reason."""
_APART = 2.0
"""Units between two names."""
_MOST = {"water": 4, "park": 3, "street": 10}
"""More names than these are a town plan and no walk."""
_STEP = 6.0
"""Units between the points at which a name is tried."""
_BESIDE = 26.0
"""Units from a lake to the middle of its name where there is no room on it."""
_LAKE = 400.0
"""Square units of a lake; a smaller water shows too little for a name beside it."""
_TRIED = 40
"""A lake's or park's name is tried at so many of the free points farthest inside."""
_STRAIGHT = 0.97
"""A name stands where its street is this straight: chord to length."""
_LEAST_INSIDE = 0.55
"""The least share of a lake's or park's name that lies on it: beside it, it would name the rest."""


@dataclass(frozen=True, slots=True)
class NameMark:
    """A name on the ground.

    Attributes:
        kind: what it names.
        words: the name.
        lines: the same in one line or two.
        at: its middle, in drawing units.
        position: the same as (longitude, latitude).
        turn_deg: how far it is turned clockwise, -90 to 90: along its street.
        box: the four corners of what it covers, in drawing units.
    """

    kind: NameKind
    words: str
    lines: tuple[str, ...]
    at: tuple[float, float]
    position: LonLat
    turn_deg: float
    box: shapely.Polygon


def labelled(
    drawing: Drawing, ground: Ground, paper: Paper, area_name: str, reserved: Sequence[Box]
) -> tuple[Layout, tuple[NameMark, ...]]:
    """Lay out a drawing's marks and words, and the names of what lies around the walk.

    What everybody knows a park by, its lakes and its own name, goes before the words beside marks,
    but for the start's; streets come last.

    Args:
        drawing: the walk.
        ground: what lies around it.
        paper: what they are drawn on.
        area_name: which need not be said again of each place.
        reserved: boxes that are for something else.
    """
    first = layout(drawing, paper, area_name, reserved=reserved)
    surfaces = [each for each in ground.named if each.geometry.area]
    lines = [drawing.line]
    known = names_on(surfaces, paper, lines, [*reserved, *mark_boxes(drawing, first, paper)])
    boxes = [*reserved, *(mark.box.bounds for mark in known)]
    plan = layout(drawing, paper, area_name, reserved=boxes)
    if first.start.side != plan.start.side:
        plan, known, boxes = first, (), [*reserved]
    said = {mark.words for mark in plan.places}
    rest = [each for each in ground.named if each.name not in said and not _is_said(each, known)]
    return plan, (*known, *names_on(rest, paper, lines, [*boxes, *plan.boxes]))


def names_on(
    named: Iterable[Named], paper: Paper, lines: Iterable[Sequence[LonLat]], taken: Iterable[Box]
) -> tuple[NameMark, ...]:
    """Place names: waters first, then parks, then streets from the nearest.

    A name that finds no room is left out. None lies on the walk, on another name or on what is
    taken, and none is cut off by the paper's edge.

    Args:
        named: what has names.
        paper: what it lies on.
        lines: the walk, or the walks to choose from.
        taken: boxes of the marks and words that are there already.
    """
    named = [each for each in named if each.layer in _KINDS]
    if not named:
        return ()
    walk = shapely.MultiLineString([paper.flat(line) for line in lines]).simplify(_BARELY_SEEN)
    sheet = shapely.box(0, 0, paper.width, paper.height)
    clear = walk.buffer(_CLEAR, quad_segs=_CORNERS)
    blocked = shapely.union_all([clear, *(shapely.box(*box) for box in taken)])
    water = shapely.union_all([each.geometry for each in named if each.layer == "water"])
    placed: list[NameMark] = []
    left = dict(_MOST)
    for each in sorted(named, key=lambda each: _importance(each, walk)):
        kind = _KINDS[each.layer]
        if not left[kind] or _is_said(each, placed):
            continue
        shapely.prepare(blocked)
        tried = _tried(each, kind, blocked, water, sheet.bounds)
        for place in tried:
            if sheet.contains(place.box) and not blocked.intersects(place.box):
                placed.append(_mark(each.name, kind, place, paper))
                left[kind] -= 1
                blocked = blocked.union(place.box.buffer(_APART))
                break
    return tuple(placed)


def _mark(name: str, kind: NameKind, place: _Place, paper: Paper) -> NameMark:
    position = paper.position(*place.at)
    kind = "shore" if place.is_beside else kind
    return NameMark(kind, name, place.lines, place.at, position, place.turn_deg, place.box)


def _is_said(named: Named, marks: Iterable[NameMark]) -> bool:
    """Return whether a name is there already: a park's is, where one is a part of the other."""
    is_park = _KINDS.get(named.layer) == "park"
    return any(
        named.name in mark.words or mark.words in named.name
        if is_park and mark.kind == "park"
        else named.name == mark.words
        for mark in marks
    )


def _tried(
    named: Named, kind: NameKind, blocked: BaseGeometry, water: BaseGeometry, sheet: Box
) -> Iterator[_Place]:
    """Yield places for a name, the best first: a park's on its lake only where nothing else is."""
    if not named.geometry.area:
        yield from _along(named, kind)
        return
    if kind == "park":
        dry = blocked.union(water)
        shapely.prepare(dry)
        yield from _inside(named, kind, dry, sheet)
    yield from _inside(named, kind, blocked, sheet)


def width_of(words: str, size: float) -> float:
    """Return about how wide words are, rather too wide than too narrow."""
    return size * sum(
        _LETTER[0] if each in _NARROW else _LETTER[2] if each in _WIDE else _LETTER[1]
        for each in words
    )


def _importance(named: Named, walk: BaseGeometry) -> tuple[int, float]:
    """Return what sorts names: waters and parks by size, streets by nearness to the walk."""
    order = {"water": 0, "park": 1, "wood": 2, "road": 3}.get(named.layer, 4)
    if named.layer == "road":
        return order, float(named.geometry.distance(walk)) - float(named.geometry.length) / 4
    return order, -float(named.geometry.area)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place for a name: in how many lines, where, how turned, and what it would cover."""

    lines: tuple[str, ...]
    at: tuple[float, float]
    turn_deg: float
    box: shapely.Polygon
    is_beside: bool = False


def _inside(named: Named, kind: NameKind, blocked: BaseGeometry, sheet: Box) -> Iterator[_Place]:
    """Yield level places on the sheet for a name on what it names, those farthest inside first.

    A lake's name may stand beside it: its colour says what it names.
    """
    geometry = named.geometry
    may_stand_beside = kind == "water" and geometry.area >= _LAKE
    smallest = min(np.prod(_extent(lines, kind)) for lines in _broken(named.name))
    if geometry.area < _LEAST_INSIDE * smallest and not may_stand_beside:
        return
    left, top, right, bottom = np.add(geometry.bounds, (-_BESIDE, -_BESIDE, _BESIDE, _BESIDE))
    x, y = np.meshgrid(
        _between(sheet[0], np.arange(left, right, _STEP), sheet[2]),
        _between(sheet[1], np.arange(top, bottom, _STEP), sheet[3]),
    )
    middles = np.column_stack((x.ravel(), y.ravel()))
    inside = np.asarray(shapely.contains_xy(geometry, middles))
    away = np.asarray(shapely.distance(shapely.points(middles), geometry.boundary))
    on_it, beside = (_sorted(middles, away, each) for each in (inside, ~inside & (away < _BESIDE)))
    for lines in _broken(named.name):
        for place in _level(lines, kind, on_it[::-1], blocked):
            if place.box.intersection(geometry).area >= _LEAST_INSIDE * place.box.area:
                yield place
    if may_stand_beside:
        for lines in _broken(named.name):
            for place in _level(lines, kind, beside, blocked):
                yield replace(place, is_beside=True)


def _between(least: float, values: NDArray[np.float64], most: float) -> NDArray[np.float64]:
    return values[(values > least) & (values < most)]


def _sorted(
    middles: NDArray[np.float64], away: NDArray[np.float64], chosen: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return some of the points, the nearest first."""
    return middles[chosen][np.argsort(away[chosen])]


def _level(
    lines: tuple[str, ...], kind: NameKind, middles: NDArray[np.float64], blocked: BaseGeometry
) -> Iterator[_Place]:
    """Yield level places for a name around the first points that are free."""
    half = np.array(_extent(lines, kind)) / 2
    boxes = np.asarray(shapely.box(*(middles - half).T, *(middles + half).T))
    free = np.flatnonzero(~shapely.intersects(blocked, boxes))[:_TRIED]
    for number in free.tolist():
        at_x, at_y = middles[number].tolist()
        yield _Place(lines, (at_x, at_y), 0.0, boxes[number])


def _broken(name: str) -> Iterator[tuple[str, ...]]:
    """Yield a name in one line, and in two where it has more than one word."""
    yield (name,)
    spaces = [at for at, letter in enumerate(name) if letter == " "]
    if spaces:
        at = min(spaces, key=lambda at: abs(at - len(name) / 2))
        yield name[:at], name[at + 1 :]


def _extent(lines: Sequence[str], kind: NameKind) -> tuple[float, float]:
    """Return width and height of a name in drawing units."""
    size = SIZES[kind]
    width = max(width_of(line, size) for line in lines) * _BOLD.get(kind, 1.0)
    return width, len(lines) * size * LINE


def _along(named: Named, kind: NameKind) -> Iterator[_Place]:
    """Yield places along a line for its name, where it is straight, from its middle outwards."""
    width, height = _extent((named.name,), kind)
    merged = shapely.get_parts(shapely.line_merge(named.geometry))
    parts = merged[shapely.length(merged) >= width]
    for part in parts[np.argsort(-shapely.length(parts))]:
        middles = np.arange(width / 2, part.length - width / 2 + _STEP, _STEP)
        middles = np.minimum(middles, part.length - width / 2)
        middles = middles[np.argsort(abs(middles - part.length / 2))]
        ends = [
            shapely.get_coordinates(shapely.line_interpolate_point(part, middles + side))
            for side in (-width / 2, width / 2)
        ]
        for start, end in zip(*ends, strict=True):
            if float(np.hypot(*(end - start))) >= _STRAIGHT * width:
                yield _turned(named.name, start, end, (width, height))


def _turned(
    name: str, start: NDArray[np.float64], end: NDArray[np.float64], extent: tuple[float, float]
) -> _Place:
    """Return a place between two points of a street, its words the right way up."""
    chord = end - start
    way = chord / np.hypot(*chord) * (1 if chord[0] >= 0 else -1)
    across = np.array([-way[1], way[0]])
    middle = (start + end) / 2
    corners = [
        middle + a * way * extent[0] / 2 + b * across * extent[1] / 2
        for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    turn_deg = float(np.degrees(np.arctan2(way[1], way[0])))
    x, y = middle.tolist()
    return _Place((name,), (x, y), turn_deg, shapely.Polygon(corners))
