"""The interactive maps: of one walk, and of the walks to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from walktalk.maps import symbols
from walktalk.maps.drawing import Arrow, Drawing, drawing_of, walk_bounds
from walktalk.maps.furniture import map_controls
from walktalk.maps.ground import ground_on
from walktalk.maps.label_places import RING, Layout, arrows_with_room
from walktalk.maps.map_parts import MapParts
from walktalk.maps.names import labelled, names_on
from walktalk.maps.paper import Box, Paper
from walktalk.maps.room import Room, around
from walktalk.maps.tiles import StreetMap
from walktalk.parks import LonLat
from walktalk.routes import Walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from walktalk.maps.canvas import Canvas

_PROPOSAL_STYLES = 3
"""Proposals drawn together differ in colour, dash and label; there are this many styles."""
_BEYOND = (0.3, 0.15)
"""How far the ground goes on beyond the paper, in shares of its width and height: what a wide
screen shows beside a tall walk, and what a map shows that is moved a little."""
_BEYOND_AT_DESK = (1.4, 0.3)
"""The same for the walks to choose from, on a map as wide as a desk's screen."""
_LETTERS_TRIED = 60
"""Points along a walk at which its letter could stand."""
_CLEAR_PX = 40.0
"""So far from the other walks a letter says plainly whose it is."""


def walk_map(walk: Walk, street_map: StreetMap | None = None) -> MapParts:
    """Draw a walk as an interactive map.

    The same walk gives the same parts, byte for byte, so that an ``ETag`` holds.

    Args:
        walk: the walk.
        street_map: tiles above the drawn ground and below the paths, or ``None``.
    """
    from walktalk.maps.canvas import Canvas

    drawing = drawing_of(walk)
    paper = Paper.on_a_phone(drawing.walk_box)
    canvas = Canvas(walk.area, street_map, paper, drawing.walk_box)
    ground = ground_on(walk.area, paper, beyond(paper))
    plan, names = labelled(drawing, ground, paper, walk.area.name, map_controls(paper))
    canvas.ground(ground)
    canvas.names(names)
    canvas.line(drawing.line, "walk-edge")
    if drawing.shortcut:
        canvas.line(drawing.shortcut, "walk-shortcut")
    canvas.line(drawing.line, "walk-line")
    canvas.lines(drawing.steps, "walk-steps")
    _draw_marks(canvas, plan)
    return canvas.parts()


def map_paper(walk: Walk) -> Paper:
    """Return the paper of a walk's interactive map, whose shape is that of its element."""
    return Paper.on_a_phone(walk_bounds(walk))


def proposals_map(walks: Sequence[Walk], street_map: StreetMap | None = None) -> MapParts:
    """Draw up to three walks of one area together, told apart by colour, dash and letter.

    Where they share a stretch the first shows in the gaps of the others' dashes.

    Raises:
        ValueError: no walk, or more than three.
    """
    if not 1 <= len(walks) <= _PROPOSAL_STYLES:
        raise ValueError(f"{len(walks)} walks to draw; 1 to {_PROPOSAL_STYLES} are accepted")
    drawings = [drawing_of(walk) for walk in walks]
    from walktalk.maps.canvas import Canvas

    box = _union(drawing.walk_box for drawing in drawings)
    paper = Paper.on_a_phone(box)
    canvas = Canvas(walks[0].area, street_map, paper, box)
    ground = ground_on(walks[0].area, paper, beyond(paper, _BEYOND_AT_DESK))
    canvas.ground(ground)
    for drawing in drawings:
        canvas.line(drawing.line, "walk-edge")
    for number, drawing in enumerate(drawings, start=1):
        canvas.lines(_ground_once(drawing), f"walk-line walk-{number}")
    room = Room(paper, drawings[0].line, map_controls(paper))
    room.take(around(paper.xy(drawings[0].start), RING))
    letters = _letter_positions(drawings, paper, room)
    for number, drawing in enumerate(drawings, start=1):
        for arrow in arrows_with_room(_own(drawing, drawings[: number - 1], paper), paper, room):
            canvas.arrow(arrow, f"map-small walk-{number}")
    for number, position in enumerate(letters, start=1):
        canvas.mark(position, symbols.label(proposal_letter(number)), f"map-letter walk-{number}")
    canvas.mark(drawings[0].start, symbols.START, "map-start")
    lines = [drawing.line for drawing in drawings]
    canvas.names(names_on(ground.named, paper, lines, [*room.taken, *map_controls(paper)]))
    return canvas.parts()


def beyond(paper: Paper, shares: tuple[float, float] = _BEYOND) -> tuple[float, float]:
    """Return how far a map's ground goes on beyond its paper, across and down."""
    return shares[0] * paper.width, shares[1] * paper.height


def proposal_letter(number: int) -> str:
    """Return the letter that names a proposal on the map: A for the first."""
    return chr(ord("A") + number - 1)


def _draw_marks(canvas: Canvas, plan: Layout) -> None:
    """Draw a walk's arrows, places, minutes, half way, finish and start, topmost last."""
    for arrow in plan.arrows:
        canvas.arrow(arrow)
    for mark in plan.places:
        kind = "map-place" if mark.drawn else "map-place map-under"
        dot = symbols.dot(mark.place)
        canvas.word_mark(mark.place.position, dot, kind, mark.words, mark.side)
    for position, words in plan.minutes:
        canvas.mark(position, symbols.label(words), "map-minute")
    for kind, symbol, ends in (
        ("map-flag", symbols.FLAG, plan.flag),
        ("map-finish", symbols.FINISH, plan.finish),
        ("map-start", symbols.START, plan.start),
    ):
        if ends is not None:
            canvas.word_mark(ends.position, symbol, kind, ends.words, ends.side)


def _letter_positions(drawings: Sequence[Drawing], paper: Paper, room: Room) -> list[LonLat]:
    """Return where each walk's letter stands: on it, clear of the other walks and of all marks."""
    lines = [_on_paper(drawing, paper) for drawing in drawings]
    start = shapely.Point(paper.xy(drawings[0].start))
    positions: list[LonLat] = []
    for number, drawing in enumerate(drawings):
        others = shapely.union_all([line for i, line in enumerate(lines) if i != number])
        step = max(1, len(drawing.arrows) // _LETTERS_TRIED)
        tried = [arrow.position for arrow in drawing.arrows[::step]] or [drawing.start]

        def clear(position: LonLat, others: shapely.Geometry = others) -> tuple[float, float]:
            at = shapely.Point(paper.xy(position))
            away = _CLEAR_PX if shapely.is_empty(others) else min(_CLEAR_PX, at.distance(others))
            return away, at.distance(start)

        best = sorted(tried, key=clear, reverse=True)
        free = (each for each in best if room.take(around(paper.xy(each), RING)))
        positions.append(next(free, best[0]))
    return positions


def _ground_once(drawing: Drawing) -> list[list[LonLat]]:
    """Return a walk's ground in pieces, each stretch once: dashes laid twice would close up."""
    merged = shapely.line_merge(shapely.union_all(shapely.LineString(drawing.line)))
    return [[(lon, lat) for lon, lat in part.coords] for part in shapely.get_parts(merged)]


def _own(drawing: Drawing, earlier: Sequence[Drawing], paper: Paper) -> list[Arrow]:
    """Return the arrows of a walk where no walk drawn before it goes."""
    others = shapely.union_all([_on_paper(each, paper) for each in earlier])
    if not earlier:
        return list(drawing.arrows)
    at = shapely.points([paper.xy(arrow.position) for arrow in drawing.arrows])
    apart = shapely.distance(at, others) > RING[2]
    return [arrow for arrow, is_apart in zip(drawing.arrows, apart, strict=True) if is_apart]


def _on_paper(drawing: Drawing, paper: Paper) -> shapely.LineString:
    return shapely.LineString([paper.xy(position) for position in drawing.line])


def _union(boxes: Iterable[Box]) -> Box:
    west, south, east, north = zip(*boxes, strict=True)
    return (min(west), min(south), max(east), max(north))
