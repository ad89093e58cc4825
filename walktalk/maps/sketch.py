"""A small drawing of a walk in SVG: for lists, for paper, and where no script runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from importlib import resources

from walktalk.maps import symbols
from walktalk.maps.drawing import Drawing, drawing_of
from walktalk.maps.furniture import furniture, furniture_boxes
from walktalk.maps.ground import Ground, ground_on
from walktalk.maps.ground_svg import FINENESS, ground_css, ground_svg
from walktalk.maps.label_places import (
    ARROW,
    DOT,
    FLAG,
    MINUTE_SIZE,
    RING,
    Layout,
    WordMark,
    minute_width,
    small_layout,
)
from walktalk.maps.names import NameMark, labelled
from walktalk.maps.near_start import StartShown, near_start
from walktalk.maps.paper import WIDTH, Box, Paper
from walktalk.maps.room import around, word_box
from walktalk.maps.summary import summary_words, where_words
from walktalk.parks import LonLat
from walktalk.routes import Walk
from walktalk.wording import _

_BASELINE = 14.0
"""From the top of a line of words to the foot of its letters."""
BEYOND = 0.1
"""What a page shows beside a drawing that is as wide as the page."""
BEYOND_WIDE = 0.75
"""What a card or a sheet shows beside a drawing whose height it limits."""
START_RING = '<circle class="ring" r="9"/><circle class="dot" r="4"/>'
FINISH_SQUARE = '<rect x="-7" y="-7" width="14" height="14" rx="3"/>'
_EDGE = 4.0
"""The edge of a label of minutes and the gap around it, in drawing units."""


def sketch(
    walk: Walk, *, element_id: str = "sketch", small: bool = False, beyond: float = BEYOND
) -> str:
    """Draw a walk as inline SVG with a title and a description for screen readers.

    Args:
        walk: the walk.
        element_id: prefix of the ids of title and description; unique on its page.
        small: a thumbnail: the walk, start, direction and half way, without words.
        beyond: how far the ground goes on beyond the drawing's sides, in shares of its width;
            above and below it goes on as far as the page's map does.

    Returns:
        An ``<svg>`` element with class names only: its colours are in ``sketch_css()``.
    """
    return _drawn(walk, element_id, small=small, beyond=beyond)[0]


def sketch_and_start(walk: Walk) -> tuple[str, tuple[float, float], StartShown]:
    """Draw a walk as ``sketch`` does.

    Returns:
        The drawing; its width and height in its own units; the part of it around the start that a
        first screen shows.
    """
    svg, paper, plan, names = _drawn(walk, "sketch", small=False, beyond=BEYOND)
    start = paper.xy(plan.start.position)
    ring = held = around(start, RING)
    if plan.start.side is not None:
        held = _union(ring, word_box(ring, plan.start.words, plan.start.side))
    arrows = {around(paper.xy(arrow.position), ARROW) for arrow in plan.arrows}
    marks = [each for each in plan.boxes if each not in arrows] + furniture_boxes(paper)
    shown = near_start(paper, start, held, marks, [name.box for name in names])
    return svg, (paper.width, paper.height), shown


def _drawn(
    walk: Walk, element_id: str, *, small: bool, beyond: float
) -> tuple[str, Paper, Layout, tuple[NameMark, ...]]:
    drawing = drawing_of(walk)
    paper = Paper.around(drawing.walk_box)
    above = 0.0 if small else _above(paper, drawing.walk_box)
    ground = ground_on(walk.area, paper, (beyond * paper.width, above))
    edge, line = walk_line_drawn(drawing.line, paper)
    drawn = [ground_drawn(ground), edge]
    if drawing.shortcut and not small:
        drawn.append(f'<path class="sketch-shortcut" d="{paper.path(drawing.shortcut)}"/>')
    drawn.append(line)
    drawn += [f'<path class="sketch-steps" d="{paper.path(part)}"/>' for part in drawing.steps]
    names: tuple[NameMark, ...] = ()
    if small:
        plan = small_layout(drawing, paper)
        drawn += _marks(plan, paper)
    else:
        reserved = furniture_boxes(paper)
        plan, names = labelled(drawing, ground, paper, walk.area.name, reserved)
        drawn += [*names_drawn(names), *_marks(plan, paper), furniture(paper)]
    classes = "sketch sketch-small" if small else "sketch"
    label = _("Sketch of the walk")
    svg = (
        f'<svg class="{classes}" id="walk-{element_id}" '
        f'viewBox="0 0 {WIDTH:.0f} {paper.height:.0f}" role="img" '
        f'aria-labelledby="{element_id}-title {element_id}-desc" '
        'xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{element_id}-title">{escape(label)}</title>'
        f'<desc id="{element_id}-desc">{escape(_description(walk, drawing))}</desc>'
        f"{''.join(drawn)}</svg>"
    )
    return svg, paper, plan, names


def _above(paper: Paper, box: Box) -> float:
    """Return how far above the drawing, and below it, the map that takes its place goes."""
    there = Paper.on_a_phone(box)
    return max(there.height / there.width * paper.width - paper.height, 0.0) / 2


def _union(one: Box, other: Box) -> Box:
    lows, highs = zip(one[:2], other[:2], strict=True), zip(one[2:], other[2:], strict=True)
    (left, top), (right, bottom) = map(min, lows), map(max, highs)
    return left, top, right, bottom


def sketch_css() -> str:
    """Return the style sheet of all sketches, their ground's included."""
    own = resources.files("walktalk.maps").joinpath("assets/sketch.css").read_text("utf-8")
    return ground_css() + own


def ground_drawn(ground: Ground) -> str:
    """Draw what lies around a walk."""
    return f'<g class="ground" transform="scale({1 / FINENESS:g})">{ground_svg(ground)}</g>'


def names_drawn(names: Iterable[NameMark]) -> Iterable[str]:
    """Write the names of what lies around a walk."""
    for name in names:
        x, y = name.at
        turn = f"translate({x:.1f} {y:.1f})"
        if round(name.turn_deg):
            turn += f" rotate({name.turn_deg:.0f})"
        drawn = symbols.ground_name(name.lines, turn)
        yield f'<g class="ground-name-{name.kind}">{drawn}</g>'


def walk_line_drawn(line: Sequence[LonLat], paper: Paper) -> list[str]:
    """Draw a walk's line with its edge."""
    data = paper.path(line)
    return [f'<path class="sketch-edge" d="{data}"/>', f'<path class="sketch-walk" d="{data}"/>']


def _marks(plan: Layout, paper: Paper) -> Iterable[str]:
    for arrow in plan.arrows:
        turn = f"rotate({arrow.bearing:.0f})"
        yield (
            f'<path class="sketch-arrow" transform="{_at(arrow.position, paper)} {turn}" '
            f'd="{symbols.ARROW_PATH}"/>'
        )
    for mark in plan.places:
        if mark.side is not None:
            named = WordMark(mark.place.position, mark.words, mark.side)
            square = '<rect x="-4" y="-4" width="8" height="8" rx="2"/>'
            yield _mark("sketch-place", square, named, DOT, paper)
    for position, words in plan.minutes:
        yield _minute(position, words, paper)
    if plan.flag is not None:
        flag = f'<path d="{symbols.FLAG_PATH}"/>'
        yield _mark("sketch-flag", flag, plan.flag, FLAG, paper)
    if plan.finish is not None:
        yield _mark("sketch-finish", FINISH_SQUARE, plan.finish, RING, paper)
    yield _mark("sketch-start", START_RING, plan.start, RING, paper)


def _minute(position: LonLat, words: str, paper: Paper) -> str:
    width = minute_width(words) - _EDGE
    height = MINUTE_SIZE - _EDGE
    return (
        f'<g class="sketch-minute" transform="{_at(position, paper)}">'
        f'<rect x="{-width / 2:g}" y="{-height / 2:g}" width="{width:g}" height="{height:g}" '
        f'rx="{height / 2:g}"/><text y="4">{words}</text></g>'
    )


def _mark(kind: str, drawn: str, mark: WordMark, extent: Box, paper: Paper) -> str:
    """Return a symbol with its words, if it has any, on their side of it."""
    words = ""
    if mark.side is not None:
        left, top, right, _ = word_box(extent, mark.words, mark.side)
        anchor, x = {"right": ("", left), "left": (' class="before"', right)}.get(
            mark.side, (' class="middle"', (left + right) / 2)
        )
        words = f'<text{anchor} x="{x:g}" y="{top + _BASELINE:g}">{escape(mark.words)}</text>'
    return f'<g class="{kind}" transform="{_at(mark.position, paper)}">{drawn}{words}</g>'


def _at(position: LonLat, paper: Paper) -> str:
    x, y = paper.xy(position)
    return f"translate({x:g} {y:g})"


def _description(walk: Walk, drawing: Drawing) -> str:
    said = [
        summary_words(walk),
        _("It starts at %(place)s, marked with a ring.", place=where_words(walk)),
    ]
    if drawing.finish is not None:
        said.append(_("It finishes somewhere else, marked with a square."))
    said.append(_("Arrows show the way round."))
    is_turn = drawing.turning_point is not None
    said.append(
        _("A small flag marks the turning point.") if is_turn else _("A small flag marks half way.")
    )
    if drawing.shortcut:
        said.append(_("A thin dashed line is a shorter way back."))
    return " ".join(said)
