"""What stands on a drawing beside the walk: its scale, its north arrow, the buttons of a map."""

from __future__ import annotations

from walktalk.maps.paper import Box, Paper
from walktalk.parks.geodesy import distance_m
from walktalk.routes.words import distance_in_words
from walktalk.wording import _, distances

_LONGEST = 96.0
"""Drawing units that a scale takes at most: a quarter of the paper."""
_ROUND = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
"""Lengths that a scale may have, in the short unit of distance."""
_EDGE_TOP, _EDGE = 30.0, 8.0
"""Units at the top and the sides of a phone's map that a larger one may not show."""
_STRIP = 30.0
_SIDE = 14.0
_UP = 11.0
"""Units from the paper's side, and up from its foot to where scale and arrow stand."""
_WORDS = 62.0
_NORTH = 46.0


def furniture(paper: Paper) -> str:
    """Return the scale and the north arrow as SVG."""
    length_m, wide = _scale(paper)
    y = paper.height - _UP
    words = distance_in_words(length_m)
    return (
        f'<g class="sketch-scale" transform="translate({_SIDE:g} {y:g})">'
        f'<path d="M0 -6V0H{wide:.1f}V-6"/><text x="{wide + 6:.1f}" y="0">{words}</text></g>'
        f'<g class="sketch-north" transform="translate({paper.width - _SIDE - 4:g} {y - 4:g})">'
        f'<path d="M0 -10L6 6L0 2.5L-6 6Z"/><text x="-10" y="4">{_("N")}</text></g>'
    )


def furniture_boxes(paper: Paper) -> list[Box]:
    """Return what the scale and the north arrow cover, in drawing units."""
    _length_m, wide = _scale(paper)
    top, foot = paper.height - _STRIP, paper.height
    return [
        (0.0, top, _SIDE + wide + _WORDS, foot),
        (paper.width - _NORTH, top, paper.width, foot),
    ]


def map_controls(paper: Paper) -> list[Box]:
    """Return what an interactive map's buttons, north arrow, scale and notice cover, and its edges.

    A larger map shows the walk larger, and so less of what is beyond it.
    """
    wide, high = paper.width, paper.height
    return [
        (0.0, 0.0, 112.0, 64.0),
        (wide - 48.0, 0.0, wide, 48.0),
        (0.0, high - 30.0, wide, high),
        *((0.0, 0.0, wide, _EDGE_TOP), (0.0, 0.0, _EDGE, high), (wide - _EDGE, 0.0, wide, high)),
    ]


def _scale(paper: Paper) -> tuple[float, float]:
    """Return the longest round length that fits, in metres and in drawing units."""
    middle = paper.height / 2
    across_m = distance_m(paper.position(0, middle), paper.position(paper.width, middle))
    units_a_metre = paper.width / across_m
    lengths = [each * distances().short_m for each in _ROUND]
    fitting = [length for length in lengths if length * units_a_metre <= _LONGEST] or lengths[:1]
    return fitting[-1], fitting[-1] * units_a_metre
