"""A drawing of a recorded walk over an area's paths, to look at before it is kept, and in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

import numpy as np

from walktalk.maps import symbols
from walktalk.maps.drawing import bounds
from walktalk.maps.furniture import furniture, furniture_boxes
from walktalk.maps.ground import ground_on
from walktalk.maps.label_places import RING
from walktalk.maps.names import names_on
from walktalk.maps.paper import WIDTH, Paper
from walktalk.maps.room import around
from walktalk.maps.sketch import (
    FINISH_SQUARE,
    START_RING,
    ground_drawn,
    names_drawn,
    walk_line_drawn,
)
from walktalk.parks import Area, Line, LonLat
from walktalk.parks.geodesy import distance_m
from walktalk.parks.meeting import nearest_named, whereabouts
from walktalk.parks.recorded import AT_THE_PLACE_M
from walktalk.routes.recordings import RecordedPart
from walktalk.routes.recordings.match import MATCH_WITHIN_M
from walktalk.routes.words import distance_in_words

_ARROWS_AT = (0.25, 0.5, 0.75)  # shares of the line, the same whichever way it bends


def recorded_sketch(area: Area, line: Sequence[LonLat], parts: Sequence[RecordedPart]) -> str:
    """Draw a recorded walk as SVG: solid as it would be kept, dashed where it left the paths.

    Args:
        area: the park it was laid on.
        line: where the walk would be kept.
        parts: the recording, on the paths and off them.

    Returns:
        An ``<svg>`` element with class names only: its colours are in ``sketch_css()``.
    """
    off = [part.line for part in parts if not part.on_paths]
    box = bounds([*line, *(position for each in off for position in each)])
    paper = Paper.around(box)
    ground = ground_on(area, paper)
    drawn = [ground_drawn(ground), *walk_line_drawn(line, paper)]
    if off:
        data = "".join(paper.path(each) for each in off)
        drawn.append(f'<path class="sketch-edge" d="{data}"/><path class="sketch-off" d="{data}"/>')
    ends = [around(paper.xy(position), RING) for position in (line[0], line[-1])]
    names = names_on(ground.named, paper, [line, *off], [*ends, *furniture_boxes(paper)])
    drawn += [*names_drawn(names), *_marks(tuple(line), paper), furniture(paper)]
    return (
        f'<svg class="sketch" viewBox="0 0 {WIDTH:.0f} {paper.height:.0f}" role="img" '
        f'aria-label="The recorded walk over the paths of {escape(area.name)}. '
        f'The list says the same in words." xmlns="http://www.w3.org/2000/svg">'
        f"{''.join(drawn)}</svg>"
    )


def recorded_in_words(
    area: Area, line: Sequence[LonLat], parts: Sequence[RecordedPart]
) -> tuple[str, ...]:
    """Return what the drawing shows, in sentences: start, end, and where it is on no path."""
    said = [f"It starts {_where(area, line[0])}."]
    if line[0] == line[-1]:
        said.append("It ends where it starts.")
    elif distance_m(parts[0].line[0], parts[-1].line[-1]) <= MATCH_WITHIN_M:
        said.append(f"It turns round {_where(area, line[-1])}, and comes back the same way.")
    else:
        said.append(f"It ends {_where(area, line[-1])}.")
    return (*said, *_off_the_paths(parts))


def _off_the_paths(parts: Sequence[RecordedPart]) -> Iterator[str]:
    if all(part.on_paths for part in parts):
        yield "All of it lies on recorded paths."
        return
    if not any(part.on_paths for part in parts):
        yield "None of it lies on a recorded path."
        return
    gone_m = 0.0
    for part in parts:
        if not part.on_paths:
            where = f"{distance_in_words(gone_m)} after the start" if gone_m else "at the start"
            yield f"{distance_in_words(part.length_m)} lie on no recorded path, {where}."
        gone_m += part.length_m


def _where(area: Area, position: LonLat) -> str:
    near = [(distance_m(place.position, position), place) for place in area.meeting_points]
    away_m, place = min(near, key=lambda each: each[0])
    if away_m <= AT_THE_PLACE_M:
        return f"at {place.name}"
    landmark = nearest_named(position, area.places.values()) or place
    return whereabouts(position, landmark)


def _marks(line: tuple[LonLat, ...], paper: Paper) -> Iterator[str]:
    measured = Line.of(line)
    at_m = np.array(_ARROWS_AT) * measured.length_m
    for position, bearing in zip(measured.points_at(at_m), measured.bearings(at_m), strict=True):
        x, y = paper.xy(position)
        turn = f"translate({x:g} {y:g}) rotate({bearing:.0f})"
        yield f'<path class="sketch-arrow" transform="{turn}" d="{symbols.ARROW_PATH}"/>'
    marks = [("start", line[0], START_RING)]
    if line[0] != line[-1]:
        marks.insert(0, ("finish", line[-1], FINISH_SQUARE))
    for kind, position, drawn in marks:
        x, y = paper.xy(position)
        yield f'<g class="sketch-{kind}" transform="translate({x:g} {y:g})">{drawn}</g>'
