"""Where the names of lakes, parks and streets stand: each once, on nothing that matters more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from walktalk.maps.drawing import Drawing
from walktalk.maps.ground import Ground, Named
from walktalk.maps.label_places import Layout, layout, mark_boxes
from walktalk.maps.name_places import Blocked, NameKind, NamePlace, PlacesAlong, places_inside
from walktalk.maps.paper import Box, Paper
from walktalk.parks import LonLat

_KINDS: dict[str, NameKind] = {"water": "water", "park": "park", "wood": "park", "road": "street"}
_ORDER = tuple(_KINDS)
"""The order of importance."""
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
    others = [each for each in ground.named if not each.geometry.area]
    lines = [drawing.line]
    known = names_on(surfaces, paper, lines, [*reserved, *mark_boxes(drawing, first, paper)])
    boxes = [*reserved, *(mark.box.bounds for mark in known)]
    plan = layout(drawing, paper, area_name, reserved=boxes)
    if first.start.side != plan.start.side:
        plan, known, boxes, others = first, (), [*reserved], list(ground.named)
    said = {mark.words for mark in plan.places}
    rest = [each for each in others if each.name not in said and not _is_said(each, known)]
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
    walk = shapely.MultiLineString([paper.flat(line) for line in lines]).simplify(_BARELY_SEEN)
    named = _by_importance([each for each in named if each.layer in _KINDS], walk)
    if not named:
        return ()
    sheet: Box = (0.0, 0.0, paper.width, paper.height)
    clear = walk.buffer(_CLEAR, quad_segs=_CORNERS)
    there = [clear, *(shapely.box(*box) for box in taken)]
    water = [each.geometry for each in named if each.layer == "water" and each.geometry.area]
    lines_named = [each for each in named if not each.geometry.area]
    along = PlacesAlong(lines_named, [_KINDS[each.layer] for each in lines_named], sheet)
    along.block(there)
    blocked = Blocked(there)
    numbers = iter(range(len(lines_named)))
    placed: list[NameMark] = []
    left = dict(_MOST)
    for each in named:
        kind = _KINDS[each.layer]
        number = None if each.geometry.area else next(numbers)
        if not left[kind] or _is_said(each, placed):
            continue
        if number is not None:
            place = along.best(number)
        else:
            place = _best_inside(each, kind, blocked, water, sheet)
        if place is not None:
            placed.append(_mark(each.name, kind, place, paper))
            left[kind] -= 1
            room = place.box.buffer(_APART)
            blocked.add(room)
            along.block([room])
    return tuple(placed)


def _mark(name: str, kind: NameKind, place: NamePlace, paper: Paper) -> NameMark:
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


def _best_inside(
    named: Named, kind: NameKind, blocked: Blocked, water: Sequence[BaseGeometry], sheet: Box
) -> NamePlace | None:
    """Return the best place for a lake's or park's name: a park's on its lake as a last resort."""
    dry = blocked.and_also(water) if kind == "park" else blocked
    best = next(places_inside(named, kind, dry, sheet), None)
    if best is None and kind == "park" and water:
        return next(places_inside(named, kind, blocked, sheet), None)
    return best


def _by_importance(named: Sequence[Named], walk: BaseGeometry) -> list[Named]:
    """Return waters, then parks, the largest of each first, then streets from the nearest."""
    geometries = np.array([each.geometry for each in named], dtype=object)
    layers = np.array([_ORDER.index(each.layer) for each in named])
    nearness = shapely.distance(geometries, walk) - shapely.length(geometries) / 4
    least = np.where(layers == _ORDER.index("road"), nearness, -shapely.area(geometries))
    return [named[number] for number in np.lexsort((least, layers)).tolist()]
