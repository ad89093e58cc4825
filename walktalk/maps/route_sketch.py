"""A drawing of a stored route: its line with its start, on the ground around it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from walktalk.maps.drawing import bounds
from walktalk.maps.furniture import furniture, furniture_boxes
from walktalk.maps.ground import ground_on
from walktalk.maps.label_places import RING
from walktalk.maps.names import names_on
from walktalk.maps.paper import WIDTH, Paper
from walktalk.maps.room import around
from walktalk.maps.sketch import START_RING, ground_drawn, names_drawn, walk_line_drawn
from walktalk.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walktalk.parks import Area, LonLat


def route_sketch(area: Area, line: Sequence[LonLat], name: str) -> str:
    """Draw a route as SVG.

    Args:
        area: the land.
        line: the route, as (longitude, latitude).
        name: what it is called.

    Returns:
        An ``<svg>`` element with class names only: its colours are in ``sketch_css()``.
    """
    paper = Paper.around(bounds(line))
    ground = ground_on(area, paper)
    x, y = paper.xy(line[0])
    taken = [around((x, y), RING), *furniture_boxes(paper)]
    drawn = [ground_drawn(ground), *walk_line_drawn(line, paper)]
    drawn += names_drawn(names_on(ground.named, paper, [line], taken))
    drawn.append(f'<g class="sketch-start" transform="translate({x:g} {y:g})">{START_RING}</g>')
    drawn.append(furniture(paper))
    label = escape(_("Drawing of %(route)s, from the ring", route=name))
    return (
        f'<svg class="sketch" viewBox="0 0 {WIDTH:.0f} {paper.height:.0f}" role="img" '
        f'aria-label="{label}" xmlns="http://www.w3.org/2000/svg">{"".join(drawn)}</svg>'
    )
