"""Where the marks and words of a drawing go, so that none lies on another.

Greedy: what matters most takes its room first, and each word tries the four sides of its mark.
A mark or word that finds no room is left out; everything shown is said in words elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import hypot
from typing import Literal

from walktalk.maps.drawing import Arrow, Drawing, MinuteMark
from walktalk.maps.furniture import map_controls
from walktalk.maps.paper import Box, Paper
from walktalk.maps.room import Room, Side, around, meet, word_box
from walktalk.maps.symbols import short_words
from walktalk.parks import LonLat, Place
from walktalk.wording import _

MINUTE_SIZE = 26.0
_SAME_POINT = MINUTE_SIZE / 2
"""Minutes nearer than half a label are at one point for anyone who reads them."""
_MINUTE_LETTER, _MINUTE_SIDES = 6.3, 9.0  # of a long label: each letter, and beside them

_ARROW_EVERY_M = 250.0
"""An arrow every few hundred metres: enough to read the direction at any corner of a park."""
_FEWEST_ARROWS = 3

RING: Box = (-13.0, -13.0, 13.0, 13.0)
FLAG: Box = (-3.0, -22.0, 15.0, 2.0)
DOT: Box = (-6.0, -6.0, 6.0, 6.0)
ARROW: Box = (-7.0, -7.0, 7.0, 7.0)
"""Extents of the marks around their position, in drawing units."""


@dataclass(frozen=True, slots=True)
class WordMark:
    """A mark with words on one side of it; no side when there is no room for them."""

    position: LonLat
    words: str
    side: Side | None


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """A place; ``drawn`` is false where another mark lies, until somebody looks closer.

    A place beyond the paper is drawn, without its words: a wider map may show it.
    """

    place: Place
    words: str
    side: Side | None
    drawn: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """What is drawn on a paper and where its words stand.

    Attributes:
        start: the ring.
        flag: at the turning point, else half way; ``None`` where the start or finish lies, whose
            words then say so.
        finish: ``None`` when the walk ends where it starts.
        minutes: labels of minutes with their words, "10" or "10 out, 40 back".
        places: in order of the drawing.
        arrows: those with room.
        boxes: the extents of all marks and words drawn, in drawing units.
    """

    start: WordMark
    flag: WordMark | None
    finish: WordMark | None
    minutes: tuple[tuple[LonLat, str], ...]
    places: tuple[PlaceMark, ...]
    arrows: tuple[Arrow, ...]
    boxes: tuple[Box, ...]


def layout(
    drawing: Drawing, paper: Paper, area_name: str, *, reserved: Iterable[Box] = ()
) -> Layout:
    """Lay out a drawing with its words."""
    room = Room(paper, drawing.line, reserved)
    ring, flag, finish = _ends(drawing, paper, room)
    pills = [pill for pill in pills_shown(drawing) if room.take(_minute_box(pill, paper))]
    half_way_at_start = flag == "start" and drawing.turning_point is None
    start_words = _start_words(half_way=half_way_at_start, finish=finish == "start")
    start_words, start_side = _with_room(ring, (start_words, _("Start")), room)
    finish_mark = flag_mark = None
    if finish == "own" and drawing.finish is not None:
        side = room.side_of(around(paper.xy(drawing.finish), RING), _("Finish"))
        finish_mark = WordMark(drawing.finish, _("Finish"), side)
    if flag == "own":
        flag_mark = _named_flag(drawing, paper, room)
    places = _places(drawing.places, paper, room, area_name)
    return Layout(
        start=WordMark(drawing.start, start_words, start_side),
        flag=flag_mark,
        finish=finish_mark,
        minutes=tuple((pill.position, minute_words(pill)) for pill in pills),
        places=tuple(places),
        arrows=arrows_with_room(drawing.arrows, paper, room),
        boxes=room.taken,
    )


def _start_words(*, half_way: bool, finish: bool) -> str:
    """Return what the ring is called, with what else lies there."""
    if half_way and finish:
        return _("Start, half way, finish")
    if half_way:
        return _("Start, half way")
    return _("Start, finish") if finish else _("Start")


def mark_boxes(drawing: Drawing, plan: Layout, paper: Paper) -> list[Box]:
    """Return the extents of the marks that a walk cannot do without, and of its start's words."""
    ring = around(paper.xy(drawing.start), RING)
    boxes = [ring, around(paper.xy(drawing.flag), FLAG)]
    if drawing.finish is not None:
        boxes.append(around(paper.xy(drawing.finish), RING))
    if plan.start.side is not None:
        boxes.append(word_box(ring, plan.start.words, plan.start.side))
    return [*boxes, *(_minute_box(pill, paper) for pill in pills_shown(drawing))]


def small_layout(drawing: Drawing, paper: Paper) -> Layout:
    """Lay out a thumbnail: the start, half way and arrows, without words."""
    room = Room(paper, drawing.line)
    _ring, flag, _finish = _ends(drawing, paper, room)
    return Layout(
        start=WordMark(drawing.start, "", None),
        flag=WordMark(drawing.flag, "", None) if flag == "own" else None,
        finish=None,
        minutes=(),
        places=(),
        arrows=arrows_with_room(drawing.arrows, paper, room),
        boxes=room.taken,
    )


@dataclass(frozen=True, slots=True)
class Pill:
    """A label of one or more minutes, each in words."""

    position: LonLat
    minutes: tuple[str, ...]


def pills_shown(drawing: Drawing) -> list[Pill]:
    """Return a walk's labels of minutes: on every paper those that the smallest map has room for.

    So a map, a sketch and a sheet of one walk say the same.
    """
    paper = Paper.on_a_phone(drawing.walk_box)
    room = Room(paper, drawing.line, map_controls(paper))
    _ends(drawing, paper, room)
    return [*_minutes_with_room(merged_minutes(drawing.minutes, paper), paper, room)][::-1]


def _named_flag(drawing: Drawing, paper: Paper, room: Room) -> WordMark:
    """Return the flag with the longest of its words that finds room."""
    is_turn = drawing.turning_point is not None
    choices = (_("Turning point"), _("Turn here")) if is_turn else (_("Half way"),)
    words, side = _with_room(around(paper.xy(drawing.flag), FLAG), choices, room)
    return WordMark(drawing.flag, words, side)


def _with_room(mark: Box, choices: Sequence[str], room: Room) -> tuple[str, Side | None]:
    """Return the first words that find room beside a mark, with their side; none: no side."""
    found = ((words, room.side_of(mark, words)) for words in choices)
    return next((each for each in found if each[1]), (choices[0], None))


def merged_minutes(marks: Iterable[MinuteMark], paper: Paper) -> list[Pill]:
    """Return labels of minutes; those at nearly one point share one: "10, 30"."""
    pills: list[Pill] = []
    for mark in marks:
        x, y = paper.xy(mark.position)
        for index, pill in enumerate(pills):
            pill_x, pill_y = paper.xy(pill.position)
            if hypot(x - pill_x, y - pill_y) < _SAME_POINT:
                pills[index] = replace(pill, minutes=(*pill.minutes, mark.words))
                break
        else:
            pills.append(Pill(mark.position, (mark.words,)))
    return pills


def _minutes_with_room(pills: Iterable[Pill], paper: Paper, room: Room) -> Iterable[Pill]:
    """Yield labels with room: each at least its first figure, and its words where they fit.

    The last get their words first: who is on the way back has passed the others.
    """
    kept = []
    for pill in pills:
        first = replace(pill, minutes=pill.minutes[:1])
        figure = replace(pill, minutes=(pill.minutes[0].split(" ", maxsplit=1)[0],))
        box = _minute_box(figure, paper)
        if room.holds(box) and room.take(box):
            kept.append((figure, (pill, first)))
    for figure, longer in reversed(kept):
        box = _minute_box(figure, paper)
        fits = (each for each in longer if room.grow(box, _minute_box(each, paper)))
        yield next(fits, figure)


def minute_words(pill: Pill) -> str:
    """Return what a label of minutes says."""
    return ", ".join(pill.minutes)


def minute_width(words: str) -> float:
    """Return the width of a label of minutes: round, or long enough for its words."""
    return max(MINUTE_SIZE, len(words) * _MINUTE_LETTER + _MINUTE_SIDES)


def arrows_with_room(arrows: Sequence[Arrow], paper: Paper, room: Room) -> tuple[Arrow, ...]:
    """Return arrows some way apart that touch nothing, of all those that could be drawn."""
    chosen: list[Arrow] = []
    if not arrows:
        return ()
    whole = arrows[-1].fresh_m
    apart = min(_ARROW_EVERY_M, whole / _FEWEST_ARROWS)
    wanted = apart / 2
    for arrow in arrows:
        box = around(paper.xy(arrow.position), ARROW)
        if arrow.fresh_m >= wanted and room.take(box):
            chosen.append(arrow)
            wanted = arrow.fresh_m + apart
    return tuple(chosen)


_Where = Literal["own", "start", "nowhere"]


def _ends(drawing: Drawing, paper: Paper, room: Room) -> tuple[Box, _Where, _Where]:
    """Take the room of start, finish and flag, and return the ring and where the others are."""
    ring = around(paper.xy(drawing.start), RING)
    room.take(ring)
    finish: _Where = "nowhere"
    if drawing.finish is not None:
        finish = "own" if room.insist(around(paper.xy(drawing.finish), RING)) else "start"
    flag = around(paper.xy(drawing.flag), FLAG)
    if room.insist(flag):
        return ring, "own", finish
    return ring, "start" if meet(flag, ring) else "nowhere", finish


def _places(
    places: Iterable[Place], paper: Paper, room: Room, area_name: str
) -> Iterable[PlaceMark]:
    marks = [(place, around(paper.xy(place.position), DOT)) for place in places]
    on_paper = [room.holds(mark) for _, mark in marks]
    has_room = [held and room.take(mark) for (_, mark), held in zip(marks, on_paper, strict=True)]
    for (place, mark), held, free in zip(marks, on_paper, has_room, strict=True):
        choices = short_words(place, area_name)
        side, words = (room.clear_side_of(mark, choices) if free else None) or (None, choices[0])
        yield PlaceMark(place, words, side, drawn=free or not held)


def _minute_box(pill: Pill, paper: Paper) -> Box:
    half = minute_width(minute_words(pill)) / 2
    return around(paper.xy(pill.position), (-half, -MINUTE_SIZE / 2, half, MINUTE_SIZE / 2))
