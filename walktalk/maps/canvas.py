"""A folium map of a walk: folium makes the map, its tiles and the walk's lines.

folium writes the map's script. The page it would write around it is not used, because it brings
other hosts' files and inline styles: a page gets the parts instead, and serves script and style
sheet as files of its own. What folium has nothing for, ``assets/walk_map.js`` makes, the same for
every walk: the ground, marks and names, the controls and the gestures.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any, TypeVar

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from walktalk.maps import symbols
from walktalk.maps.drawing import Arrow
from walktalk.maps.ground import LINES, POINTS, SURFACES, Ground
from walktalk.maps.ground_svg import FINENESS, ground_svg
from walktalk.maps.map_parts import MAP_ELEMENT_ID, MapParts, map_css, map_element
from walktalk.maps.names import NameMark
from walktalk.maps.notice import OSM_COPYRIGHT_URL, uses_openstreetmap
from walktalk.maps.paper import MAP_PADDING, Box, Paper
from walktalk.maps.room import Side
from walktalk.maps.tiles import LEAST_ZOOM, MOST_ZOOM, StreetMap, around
from walktalk.parks import Area, LonLat
from walktalk.wording import METRIC, _, distances

_CLOSEST_ZOOM = 20  # a step is 10 pixels wide; tiles of the closest zoom are enlarged
_DECIMALS = 6  # about 10 cm: finer than a map shows
_PATHS = (*LINES[LINES.index("path") :], *POINTS)
"""Layers drawn above the tiles of a street map, which may not know every path."""
_BELOW = (*SURFACES, *LINES[: LINES.index("path")])

LatLon = tuple[float, float]
_Element = TypeVar("_Element", bound=MacroElement)


class _Drawn(MacroElement):
    """Hands what folium has nothing for to the script that every map needs."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        walkMap({{ this._parent.get_name() }}, {{ this.drawn|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, drawn: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Drawn"
        self.drawn = drawn


class Canvas:
    """A folium map that grows by what is drawn on it, with element ids that never change."""

    def __init__(self, area: Area, street_map: StreetMap | None, paper: Paper, box: Box) -> None:
        self._ids = count(1)
        self._area = area
        self._paper = paper
        self._box = box
        self._marks: list[tuple[float, float, str, str]] = []
        self._names: list[tuple[float, float, str, str]] = []
        self._ground: dict[str, Any] = {}
        self._map = folium.Map(
            location=_location(paper.middle),
            tiles=None,
            max_zoom=_CLOSEST_ZOOM,
            attribution_control=False,
            zoom_control=False,
            scroll_wheel_zoom=False,
            zoom_animation=False,
            fade_animation=False,
            marker_zoom_animation=False,
            inertia=False,
            zoom_snap=0,
            dragging=False,
        )
        self._map._id = MAP_ELEMENT_ID.removeprefix("map_")
        if street_map is not None:
            self._street_map(street_map)

    def ground(self, ground: Ground) -> None:
        """Draw what lies behind and beside the walk."""
        left, top, right, bottom = ground.reach
        west, south, east, north = self._paper.degrees(ground.reach)
        self._ground = {
            "view": [round(each * FINENESS) for each in (left, top, right - left, bottom - top)],
            "bounds": [_location((west, south)), _location((east, north))],
            "ground": ground_svg(
                ground, [each for each in (*SURFACES, *LINES) if each not in _PATHS]
            ),
            "paths": ground_svg(ground, _PATHS),
        }

    def names(self, names: Iterable[NameMark]) -> None:
        """Write the names of what lies around the walk."""
        for name in names:
            turn = f"rotate({name.turn_deg:.0f})" if round(name.turn_deg) else ""
            html = f'<svg aria-hidden="true">{symbols.ground_name(name.lines, turn)}</svg>'
            class_name = f"map-name ground-name-{name.kind}"
            self._names.append((*_location(name.position), class_name, _safe(html)))

    def line(self, line: Iterable[LonLat], class_name: str) -> None:
        """Draw a line of the walk."""
        self._add(folium.PolyLine(_locations(line), class_name=class_name))

    def lines(self, lines: Iterable[Iterable[LonLat]], class_name: str) -> None:
        """Draw a line in pieces."""
        pieces = [_locations(line) for line in lines]
        if pieces:
            self._add(folium.PolyLine(pieces, class_name=class_name))

    def arrow(self, arrow: Arrow, class_name: str = "") -> None:
        """Draw an arrow."""
        self.mark(arrow.position, symbols.arrow(arrow.bearing), f"map-arrow {class_name}".strip())

    def word_mark(
        self, position: LonLat, html: str, class_name: str, words: str, side: Side | None
    ) -> None:
        """Draw a symbol with words on one side of it; with no side they show only when asked."""
        beside = f"map-{side}" if side else "map-right map-unnamed"
        self.mark(position, html + symbols.word(words), f"{class_name} {beside}")

    def mark(self, position: LonLat, html: str, class_name: str) -> None:
        """Put a small drawn symbol on the map."""
        self._marks.append((*_location(position), class_name, _safe(html)))

    def parts(self) -> MapParts:
        """Return the finished map, showing its walk."""
        west, south, east, north = self._box
        self._add(
            folium.FitBounds(
                [_location((west, south)), _location((east, north))],
                padding_top_left=(MAP_PADDING.side, MAP_PADDING.top),
                padding_bottom_right=(MAP_PADDING.side, MAP_PADDING.bottom),
            )
        )
        is_metric = distances() is METRIC
        self._add(
            _Drawn(
                {
                    **self._ground,
                    "names": self._names,
                    "marks": self._marks,
                    "units": {"metric": is_metric, "imperial": not is_metric},
                    "notice": _attribution(self._area),
                    "words": {"closer": _("Zoom in"), "farther": _("Zoom out"), "north": _("N")},
                }
            )
        )
        figure = self._map.get_root()
        assert isinstance(figure, Figure)  # noqa: S101 - folium puts every map into one
        figure.render()
        script = f"(function () {{\n{_squeezed(figure.script.render())}\n}})();\n"
        return MapParts(html=map_element(self._paper), script=script, css=map_css())

    def _street_map(self, street_map: StreetMap) -> None:
        west, south, east, north = around(self._box)
        self._add(
            folium.TileLayer(
                street_map.address,
                attr=street_map.attribution,
                min_zoom=LEAST_ZOOM,
                max_zoom=_CLOSEST_ZOOM,
                max_native_zoom=MOST_ZOOM,
                control=False,
                bounds=[_location((west, south)), _location((east, north))],
                class_name="map-streets",
            )
        )

    def _add(self, element: _Element) -> None:
        element._id = str(next(self._ids))
        self._map.add_child(element)


def _attribution(area: Area) -> str:
    if not uses_openstreetmap(area):
        return ""
    link = f'<a href="{OSM_COPYRIGHT_URL}" rel="noreferrer">OpenStreetMap</a>'
    return _("Map data © %(link)s, ODbL", link=link)


def _safe(html: str) -> str:
    """Return HTML in which folium, which renders a script once more, finds nothing to run."""
    return html.replace("{", "&#123;").replace("}", "&#125;")


def _squeezed(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _location(position: LonLat) -> LatLon:
    return (round(position[1], _DECIMALS), round(position[0], _DECIMALS))


def _locations(line: Iterable[LonLat]) -> list[LatLon]:
    return [_location(position) for position in line]
