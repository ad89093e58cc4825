"""The map and the network that a phone takes along on a walk, to say what is seen where."""

from __future__ import annotations

from html import escape
from math import cos, radians
from typing import TYPE_CHECKING, Any

from walktalk.maps.drawing import bounds
from walktalk.maps.ground import ground_on
from walktalk.maps.names import names_on
from walktalk.maps.paper import SHAPES, Padding, Paper
from walktalk.maps.sketch import ground_drawn, names_drawn
from walktalk.routes.described import way_in_words
from walktalk.routes.landmarks import landmarks_of, thing_in_words
from walktalk.wording import _

if TYPE_CHECKING:
    from walktalk.parks import Area, Path

_AROUND = Padding(60.0, 60.0, 60.0)
_METRES_A_DEGREE = 111_320.0
_WIDEST = 4000.0
_DECIMALS = 6  # a tenth of a metre
_LINES_MARKED = (
    ("wanted", "recce-wanted"),
    ("picked", "recce-picked"),
    ("walked-edge", "sketch-edge"),
    ("walked", "sketch-walk"),
)
_PLACES_MARKED = ("error", "point", "here")
"""What the page's script marks, the lowest first."""


def recce_paper(area: Area) -> Paper:
    """Return a paper on which a drawing unit is a metre, or more in an area over 4 km wide."""
    west, south, east, north = box = bounds(_positions(area))
    wide_m = (east - west) * _METRES_A_DEGREE * cos(radians((south + north) / 2))
    tall_m = (north - south) * _METRES_A_DEGREE
    by_height = (tall_m + _AROUND.top + _AROUND.bottom) / SHAPES[-1]
    return Paper(box, min(max(wide_m + 2 * _AROUND.side, by_height), _WIDEST), _AROUND)


def recce_map(area: Area, paper: Paper) -> str:
    """Draw an area as SVG with room for what a script marks: where one is, what was walked.

    Returns:
        An ``<svg>`` element with class names only: its colours are in ``sketch_css()``.
    """
    ground = ground_on(area, paper)
    drawn = [ground_drawn(ground)]
    drawn += [f'<path class="sketch-known" d="{paper.path(line)}"/>' for line in _lines(area)]
    drawn += names_drawn(names_on(ground.named, paper, [], []))
    drawn += [f'<path id="{name}" class="{kind}" d=""/>' for name, kind in _LINES_MARKED]
    drawn.append('<g id="marks"></g>')
    drawn += [f'<circle id="{name}" class="recce-{name}" r="0"/>' for name in _PLACES_MARKED]
    label = escape(_("Map of %(area)s; what it shows is also said below it", area=area.name))
    return (
        f'<svg id="map" class="sketch" viewBox="0 0 {paper.width:.0f} {paper.height:.0f}" '
        f'role="img" aria-label="{label}" xmlns="http://www.w3.org/2000/svg">{"".join(drawn)}</svg>'
    )


def recce_ground(area: Area, paper: Paper) -> dict[str, Any]:
    """Return the network as plain values.

    Returns:
        ``lon`` and ``lat`` of the paper's middle, ``across`` and ``up`` (drawing units a degree),
        ``width`` and ``height`` of the paper, and ``paths``: each with ``id``, ``words``,
        ``length_m``, ``ends`` (two numbers of nodes) and ``line`` (longitude, latitude).
    """
    lon, lat = paper.middle
    return {
        "lon": lon,
        "lat": lat,
        "across": paper.across,
        "up": paper.up,
        "width": paper.width,
        "height": paper.height,
        "paths": [
            {
                "id": path.id,
                "words": _words(area, path),
                "length_m": round(path.length_m, 2),
                "ends": list(area.network.ends_of(path.id)),
                "line": [[round(x, _DECIMALS), round(y, _DECIMALS)] for x, y in path.coordinates],
            }
            for path in area.paths.values()
        ],
    }


def _positions(area: Area) -> list[tuple[float, float]]:
    return [position for line in _lines(area) for position in line]


def _lines(area: Area) -> list[tuple[tuple[float, float], ...]]:
    return [path.coordinates for path in area.paths.values()]


def _words(area: Area, path: Path) -> str:
    """Return what to call a path: its name or its ground, and the nearest thing with a name."""
    called = way_in_words([(path, path.length_m)])
    known = landmarks_of(area)
    if not known.places:
        return called
    [middle] = area.network.metres([path.line.point_at(path.length_m / 2)])
    apart = ((known.xy - middle) ** 2).sum(axis=1)
    near = thing_in_words(known.places[int(apart.argmin())])
    return _("%(way)s near %(place)s", way=called, place=near)
