"""A drawing of an area: its paths and places, to look at and to choose a start on."""

from collections.abc import Mapping, Sequence
from html import escape

from walktalk.maps import symbols
from walktalk.maps.drawing import bounds
from walktalk.maps.furniture import furniture, furniture_boxes
from walktalk.maps.ground import ground_on
from walktalk.maps.names import names_on
from walktalk.maps.paper import WIDTH, Paper
from walktalk.maps.room import around
from walktalk.maps.sketch import START_RING, ground_drawn, names_drawn, walk_line_drawn
from walktalk.parks import Area, LonLat, Place
from walktalk.wording import _

_NUMBER = (-12.0, -12.0, 12.0, 12.0)
"""What a numbered meeting point covers around its position."""
_KINDS_SHOWN = ("meeting_point", "toilets", "cafe", "car_park", "playground", "boathouse")


def area_sketch(
    area: Area,
    states: Mapping[str, str] | None = None,
    line: Sequence[LonLat] = (),
    taps: Sequence[LonLat] = (),
) -> str:
    """Draw an area as SVG: paths, what lies around them, meeting points numbered in their order.

    The element says in ``data-`` members how drawing units turn into degrees, so that a tap can
    be told as a position: ``longitude = data-lon + (x - width / 2) / data-across`` and
    ``latitude = data-lat - (y - height / 2) / data-up``.

    Args:
        area: the area.
        states: a word for each path's id, where paths are to be told apart: those of one word get
            its name in their class, as in ``land-unknown``.
        line: a route that is being drawn, ``()`` for none.
        taps: the points that it was drawn by.

    Returns:
        An ``<svg>`` element with class names only: its colours are in ``sketch_css()``.
    """
    positions = [p for path in area.paths.values() for p in path.coordinates]
    positions += [place.position for place in area.meeting_points]
    paper = Paper.around(bounds(positions))
    lon, lat = paper.middle
    ground = ground_on(area, paper)
    drawn = [ground_drawn(ground)]
    by_class: dict[str, list[str]] = {}
    for path in area.paths.values():
        name = f"land-{states[path.id]}" if states else "sketch-known"
        by_class.setdefault(name, []).append(paper.path(path.coordinates))
    drawn += [f'<path class="{name}" d="{"".join(lines)}"/>' for name, lines in by_class.items()]
    drawn += walk_line_drawn(line, paper) if line else []
    taken = [around(paper.xy(place.position), _NUMBER) for place in area.meeting_points]
    drawn += names_drawn(names_on(ground.named, paper, [], [*taken, *furniture_boxes(paper)]))
    drawn.append(furniture(paper))
    drawn += [_place(place, paper) for place in area.places.values() if _is_shown(place)]
    drawn += [
        _meeting_point(number, place, paper)
        for number, place in enumerate(area.meeting_points, start=1)
    ]
    drawn += [_tap(paper.xy(tap), is_first=not number) for number, tap in enumerate(taps)]
    label = _("Paths of %(area)s, with numbered meeting points", area=area.name)
    return (
        f'<svg class="sketch" viewBox="0 0 {WIDTH:.0f} {paper.height:.0f}" role="img" '
        f'aria-label="{escape(label)}" '
        f'data-lon="{lon:.7f}" data-lat="{lat:.7f}" data-across="{paper.across:.3f}" '
        f'data-up="{paper.up:.3f}" xmlns="http://www.w3.org/2000/svg">{"".join(drawn)}</svg>'
    )


def _is_shown(place: Place) -> bool:
    return place.kind in _KINDS_SHOWN and not place.is_meeting_point


def _place(place: Place, paper: Paper) -> str:
    x, y = paper.xy(place.position)
    return (
        f'<g class="sketch-place" transform="translate({x:g} {y:g})">'
        f"<title>{escape(symbols.place_words(place))}</title>"
        '<rect x="-4" y="-4" width="8" height="8" rx="2"/></g>'
    )


def _tap(at: tuple[float, float], *, is_first: bool) -> str:
    mark = START_RING if is_first else '<circle class="dot" r="4"/>'
    return f'<g class="sketch-start" transform="translate({at[0]:g} {at[1]:g})">{mark}</g>'


def _meeting_point(number: int, place: Place, paper: Paper) -> str:
    x, y = paper.xy(place.position)
    return (
        f'<g class="sketch-minute" data-place="{escape(place.id)}" '
        f'transform="translate({x:g} {y:g})"><title>{escape(place.name)}</title>'
        f'<circle r="10"/><text y="4">{number}</text></g>'
    )
