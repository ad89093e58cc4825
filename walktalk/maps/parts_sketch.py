"""A drawing of a walk in numbered parts, to tap the part that something is said of."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from walktalk.maps.drawing import bounds
from walktalk.maps.furniture import furniture
from walktalk.maps.ground import ground_on
from walktalk.maps.paper import WIDTH, Paper
from walktalk.maps.sketch import ground_drawn, walk_line_drawn
from walktalk.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from walktalk.parks import Area
    from walktalk.routes.on_foot import Part


def parts_sketch(area: Area, parts: Sequence[Part]) -> str:
    """Draw the parts of a walk as SVG, each with its number and ``data-part``.

    Returns:
        An ``<svg>`` element with class names only: its colours are in ``sketch_css()``.
    """
    lines = [[stretch.line for stretch in part.stretches] for part in parts]
    paper = Paper.around(bounds([p for of_part in lines for line in of_part for p in line]))
    drawn = [ground_drawn(ground_on(area, paper))]
    for of_part in lines:
        for line in of_part:
            drawn += walk_line_drawn(line, paper)
    for part, of_part in zip(parts, lines, strict=True):
        data = "".join(paper.path(line) for line in of_part)
        drawn.append(
            f'<path data-part="{part.number}" d="{data}" fill="none" stroke="transparent" '
            'stroke-width="28" pointer-events="stroke"/>'
        )
    for part in parts:
        middle = part.stretches[len(part.stretches) // 2].line
        x, y = paper.xy(middle[len(middle) // 2])
        drawn.append(
            f'<g class="sketch-minute" data-part="{part.number}" '
            f'transform="translate({x:g} {y:g})"><circle r="11"/>'
            f'<text y="4">{part.number}</text></g>'
        )
    drawn.append(furniture(paper))
    label = escape(_("The walk in numbered parts; the lists say the same in words"))
    return (
        f'<svg class="sketch" viewBox="0 0 {WIDTH:.0f} {paper.height:.0f}" role="img" '
        f'aria-label="{label}" xmlns="http://www.w3.org/2000/svg">{"".join(drawn)}</svg>'
    )
