"""A small drawing of a walk in SVG: for lists, for paper, and where no script runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from importlib import resources
from math import cos, radians

from walktalk.maps import symbols
from walktalk.maps.drawing import Box, Drawing, drawing_of, in_drawing_order
from walktalk.maps.words import summary_words, where_words
from walktalk.parks import LonLat
from walktalk.routes import Walk

WIDTH = 400.0
"""Width of the drawing in its own units; a page scales it as it likes."""
_TALLEST = 480.0
_FLATTEST = 220.0
_MARGIN = 34.0
_LETTER_WIDTH = 7.5  # of 13-unit type, on the wide side
_LINE_HEIGHT = 18.0
_MARK = 10.0


def sketch(walk: Walk, *, element_id: str = "sketch", small: bool = False) -> str:
    """Draw a walk as inline SVG with a title and a description for screen readers.

    Args:
        walk: the walk.
        element_id: prefix of the ids of title and description; unique on its page.
        small: a thumbnail: the walk, start, direction and half way, without words.

    Returns:
        An ``<svg>`` element with class names only: its colours are in ``sketch_css()``.
    """
    drawing = drawing_of(walk)
    paper = Paper.around(drawing.walk_box)
    drawn = [*_ground(drawing, paper), *_walk_line(drawing.line, paper)]
    drawn += _small_marks(drawing, paper) if small else _marks(drawing, paper)
    classes = "sketch sketch-small" if small else "sketch"
    return (
        f'<svg class="{classes}" viewBox="0 0 {WIDTH:.0f} {paper.height:.0f}" role="img" '
        f'aria-labelledby="{element_id}-title {element_id}-desc" '
        'xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{element_id}-title">Sketch of the walk</title>'
        f'<desc id="{element_id}-desc">{escape(_description(walk, drawing))}</desc>'
        f"{''.join(drawn)}</svg>"
    )


def sketch_css() -> str:
    """Return the style sheet of all sketches."""
    return resources.files("walktalk.maps").joinpath("assets/sketch.css").read_text("utf-8")


class Paper:
    """Turns positions into drawing units: north up, true to scale around the walk.

    Attributes:
        middle: (longitude, latitude) of the paper's middle.
        across, up: drawing units a degree of longitude and of latitude.
        height: of the paper in drawing units; it is ``WIDTH`` wide.
    """

    def __init__(self, box: Box, scale: float, height: float) -> None:
        west, south, east, north = box
        self.middle = ((west + east) / 2, (south + north) / 2)
        self.up = scale
        self.across = scale * cos(radians(self.middle[1]))
        self.height = height

    @classmethod
    def around(cls, box: Box) -> Paper:
        """Fit ``box`` into the paper, choosing the paper's height."""
        west, south, east, north = box
        wide = (east - west) * cos(radians((south + north) / 2))
        tall = north - south
        across = (WIDTH - 2 * _MARGIN) / wide if wide else float("inf")
        up = (_TALLEST - 2 * _MARGIN) / tall if tall else float("inf")
        scale = min(across, up)
        if scale == float("inf"):
            scale = 1.0
        height = min(max(tall * scale + 2 * _MARGIN, _FLATTEST), _TALLEST)
        return cls(box, scale, height)

    def xy(self, position: LonLat) -> tuple[float, float]:
        """Return where a position lies on the paper."""
        x = WIDTH / 2 + (position[0] - self.middle[0]) * self.across
        y = self.height / 2 - (position[1] - self.middle[1]) * self.up
        return round(x, 1), round(y, 1)

    def path(self, line: Sequence[LonLat]) -> str:
        """Return a line as SVG path data, leaving out points nobody could tell apart."""
        points: list[tuple[float, float]] = []
        for position in line:
            point = self.xy(position)
            if not points or point != points[-1]:
                points.append(point)
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in points)


def _ground(drawing: Drawing, paper: Paper) -> Iterable[str]:
    for shape in in_drawing_order(drawing.background):
        closed = "" if shape.kind == "road" else "Z"
        data = "".join(paper.path(ring) + closed for ring in shape.rings)
        yield f'<path class="sketch-{shape.kind}" fill-rule="evenodd" d="{data}"/>'
    if drawing.other_paths:
        data = "".join(paper.path(line) for line in drawing.other_paths)
        yield f'<path class="sketch-path" d="{data}"/>'


def _walk_line(line: Sequence[LonLat], paper: Paper) -> list[str]:
    data = paper.path(line)
    return [f'<path class="sketch-edge" d="{data}"/>', f'<path class="sketch-walk" d="{data}"/>']


def _small_marks(drawing: Drawing, paper: Paper) -> list[str]:
    return [*_arrows(drawing, paper), _flag(drawing, paper), _start(drawing, paper)]


def _marks(drawing: Drawing, paper: Paper) -> list[str]:
    marks = list(_arrows(drawing, paper))
    room = _Room()
    room.take_point(paper.xy(drawing.start))
    room.take_words(paper.xy(drawing.start), 14, "Start")
    for mark in drawing.minutes:
        room.take_point(paper.xy(mark.position))
    for place in drawing.places:
        x, y = paper.xy(place.position)
        words = symbols.place_words(place)
        label = _label(8, 4, escape(words), x) if room.take_words((x, y), 8, words) else ""
        marks.append(
            f'<g class="sketch-place" transform="translate({x:g} {y:g})">'
            f'<rect x="-4" y="-4" width="8" height="8" rx="2"/>{label}</g>'
        )
    for mark in drawing.minutes:
        x, y = paper.xy(mark.position)
        marks.append(
            f'<g class="sketch-minute" transform="translate({x:g} {y:g})">'
            f'<circle r="10"/><text y="4">{mark.minute}</text></g>'
        )
    marks.append(_flag(drawing, paper))
    if drawing.finish is not None:
        x, y = paper.xy(drawing.finish)
        marks.append(
            f'<g class="sketch-finish" transform="translate({x:g} {y:g})">'
            f'<rect x="-7" y="-7" width="14" height="14" rx="3"/>{_label(12, 4, "Finish", x)}</g>'
        )
    marks.append(_start(drawing, paper, "Start"))
    return marks


def _arrows(drawing: Drawing, paper: Paper) -> Iterable[str]:
    for arrow in drawing.arrows:
        x, y = paper.xy(arrow.position)
        yield (
            f'<path class="sketch-arrow" transform="translate({x:g} {y:g}) '
            f'rotate({arrow.bearing:.0f})" d="{symbols.ARROW_PATH}"/>'
        )


def _flag(drawing: Drawing, paper: Paper) -> str:
    x, y = paper.xy(drawing.half_way)
    return f'<path class="sketch-flag" transform="translate({x:g} {y:g})" d="{symbols.FLAG_PATH}"/>'


def _start(drawing: Drawing, paper: Paper, word: str = "") -> str:
    x, y = paper.xy(drawing.start)
    label = _label(14, 4, word, x) if word else ""
    return (
        f'<g class="sketch-start" transform="translate({x:g} {y:g})">'
        f'<circle class="ring" r="9"/><circle class="dot" r="4"/>{label}</g>'
    )


class _Room:
    """Remembers where words and marks are, so that no words are written over others."""

    def __init__(self) -> None:
        self._taken: list[Box] = []

    def take_point(self, at: tuple[float, float]) -> None:
        """Keep the room of a round mark free of words."""
        x, y = at
        self._taken.append((x - _MARK, y - _MARK, x + _MARK, y + _MARK))

    def take_words(self, at: tuple[float, float], dx: float, words: str) -> bool:
        """Take the room for words beside a mark, and return whether it was free."""
        x, y = at
        width = len(words) * _LETTER_WIDTH
        left = x - dx - width if x > WIDTH / 2 else x + dx
        box = (left, y - _LINE_HEIGHT / 2, left + width, y + _LINE_HEIGHT / 2)
        free = left >= 0 and left + width <= WIDTH and not any(_meet(box, b) for b in self._taken)
        if free:
            self._taken.append(box)
        return free


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _label(dx: float, dy: float, words: str, x: float) -> str:
    """Return words beside a mark, on the side where there is room."""
    if x > WIDTH / 2:
        return f'<text class="before" x="{-dx:g}" y="{dy:g}">{words}</text>'
    return f'<text x="{dx:g}" y="{dy:g}">{words}</text>'


def _description(walk: Walk, drawing: Drawing) -> str:
    end = "" if drawing.finish is None else " It finishes somewhere else, marked with a square."
    return (
        f"{summary_words(walk)} It starts at {where_words(walk)}, marked with a ring.{end} "
        "Arrows show the way round, a small flag marks half way."
    )
