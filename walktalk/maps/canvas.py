"""A folium map without anything folium would load from elsewhere, and what is put on it.

folium writes the map's script; the page it would write around it is not used, because it brings
other hosts' files and inline styles. A page gets the parts instead and serves script and style
sheet as files of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from importlib import resources
from itertools import count
from typing import Any, TypeVar

import folium
from branca.element import Figure, MacroElement
from folium.template import Template

from walktalk.maps import symbols
from walktalk.maps.drawing import Arrow, Box, Drawing, in_drawing_order
from walktalk.maps.label_places import Side
from walktalk.maps.notice import OSM_COPYRIGHT_URL, uses_openstreetmap
from walktalk.maps.paper import PADDING_BOTTOM, PADDING_SIDE, PADDING_TOP
from walktalk.maps.tiles import LEAST_ZOOM, MOST_ZOOM, StreetMap, around
from walktalk.parks import Area, LonLat
from walktalk.parks.model import BackgroundShape
from walktalk.wording import METRIC, _, distances

MAP_ELEMENT_ID = "walk_map"
_GROUND_PANE = "ground"
_BELOW_TILES = 100  # Leaflet's tiles are at 200, lines at 400
_CLOSEST_ZOOM = 21  # tiles of the closest zoom are enlarged; a single metre is 20 pixels wide
_DECIMALS = 6  # about 10 cm: finer than a map shows

LatLon = tuple[float, float]
_Element = TypeVar("_Element", bound=MacroElement)


@dataclass(frozen=True, slots=True)
class MapParts:
    """A map for a page that allows no inline script and no inline style.

    Attributes:
        html: the element the map grows in; goes where the map should be.
        script: to be served as a file of its own and loaded after Leaflet's script.
        css: to be served as a file of its own and loaded after Leaflet's style sheet. The same
            for every walk.
    """

    html: str
    script: str
    css: str


def map_element() -> str:
    """Return what every map grows in, the same for every walk."""
    label = escape(_("Map of the walk"))
    return f'<div class="walk-map" id="{MAP_ELEMENT_ID}" role="region" aria-label="{label}"></div>'


def map_css() -> str:
    """Return the map's style sheet, the same for every walk."""
    return resources.files("walktalk.maps").joinpath("assets/walk_map.css").read_text("utf-8")


class _BareMap(folium.Map):
    """A folium map without the page around it: no other hosts, no inline style."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map(
            {{ this.get_name()|tojson }},
            {center: {{ this.location|tojson }}, ...{{ this.options|tojavascript }}}
        );
        L.control.zoom({
            zoomInTitle: {{ this.words.closer|tojson }},
            zoomOutTitle: {{ this.words.farther|tojson }}
        }).addTo({{ this.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.words = {
            "closer": _("Zoom in"),
            "farther": _("Zoom out"),
        }
        self.default_js = []
        self.default_css = []

    def get_name(self) -> str:
        """Return the map's name in its script, which is its element id too."""
        return MAP_ELEMENT_ID


class _SymbolMarker(folium.Marker):
    """A marker that is only looked at: no tab stop, no pointer.

    It is born with its symbol. folium's own marker gets its icon afterwards, and so first fetches
    Leaflet's picture of a pin.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        L.marker({{ this.location|tojson }}, {
            icon: {{ this.symbol.get_name() }}, keyboard: false, interactive: false
        }).addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self, position: LonLat, symbol: folium.DivIcon) -> None:
        super().__init__(_location(position))
        self.symbol = symbol


class _Controls(MacroElement):
    """Scale and attribution in Leaflet's own words, and the gestures."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        L.control.scale({{ this.units|tojson }}).addTo({{ this._parent.get_name() }});
        L.control.attribution({prefix: false}).addAttribution({{ this.notice|tojavascript }})
            .addTo({{ this._parent.get_name() }});
        {{ this.gestures }}
        {% endmacro %}
        """
    )

    def __init__(self, notice: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Controls"
        self.notice = notice
        is_metric = distances() is METRIC
        self.units = {"metric": is_metric, "imperial": not is_metric}
        self.gestures = (
            resources.files("walktalk.maps").joinpath("assets/gestures.js").read_text("utf-8")
        ).replace("THE_MAP", MAP_ELEMENT_ID)


class Canvas:
    """A folium map that grows by what is drawn on it, with element ids that never change."""

    def __init__(self, area: Area, street_map: StreetMap | None, box: Box) -> None:
        self._ids = count(1)
        self._ground_pane: dict[str, str] = {}
        self._map = _BareMap(
            location=(0.0, 0.0),
            tiles=None,
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
        self._controls = _Controls(_attribution(area))
        if street_map is not None:
            self._street_map(street_map, box)

    def ground(self, drawing: Drawing) -> None:
        """Draw what lies behind and beside the walk."""
        for shape in in_drawing_order(drawing.background):
            self._background(shape)
        if drawing.other_paths:
            locations = [_locations(line) for line in drawing.other_paths]
            self._add(folium.PolyLine(locations, class_name="map-path"))

    def line(self, line: Iterable[LonLat], class_name: str) -> None:
        """Draw a line of the walk."""
        self._add(folium.PolyLine(_locations(line), class_name=class_name))

    def lines(self, lines: Iterable[Iterable[LonLat]], class_name: str) -> None:
        """Draw a line in pieces."""
        self._add(folium.PolyLine([_locations(line) for line in lines], class_name=class_name))

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
        icon = self._named(
            folium.DivIcon(html=_safe(html), icon_size=(0, 0), class_name=class_name)
        )
        marker = self._named(_SymbolMarker(position, icon))
        self._map.add_child(icon)
        self._map.add_child(marker)

    def parts(self, box: Box) -> MapParts:
        """Return the finished map, showing ``box``."""
        west, south, east, north = box
        bounds = [_location((west, south)), _location((east, north))]
        self._map.add_child(self._named(self._controls))
        self._map.location = list(_location(((west + east) / 2, (south + north) / 2)))
        self._add(
            folium.FitBounds(
                bounds,
                padding_top_left=(PADDING_SIDE, PADDING_TOP),
                padding_bottom_right=(PADDING_SIDE, PADDING_BOTTOM),
            )
        )
        figure = self._map.get_root()
        assert isinstance(figure, Figure)  # noqa: S101 - folium puts every map into one
        figure.render()
        script = f"(function () {{\n{_squeezed(figure.script.render())}\n}})();\n"
        return MapParts(html=map_element(), script=script, css=map_css())

    def _background(self, shape: BackgroundShape) -> None:
        rings = [_locations(ring) for ring in shape.rings]
        kind = f"map-{shape.kind}"
        if shape.kind == "road":
            self._add_ground(folium.PolyLine(rings, class_name=kind))
        else:
            self._add_ground(folium.Polygon(rings, class_name=kind, fill=True))

    def _street_map(self, street_map: StreetMap, box: Box) -> None:
        """Put tiles on the map, and the drawn ground, but not its paths, beneath them."""
        west, south, east, north = around(box)
        self._ground_pane = {"pane": _GROUND_PANE}
        self._add(folium.map.CustomPane(_GROUND_PANE, z_index=_BELOW_TILES))
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

    def _add_ground(self, element: folium.PolyLine | folium.Polygon) -> None:
        element.options.update(self._ground_pane)
        self._add(element)

    def _add(self, element: MacroElement) -> None:
        self._map.add_child(self._named(element))

    def _named(self, element: _Element) -> _Element:
        element._id = str(next(self._ids))
        return element


def _attribution(area: Area) -> str:
    if not uses_openstreetmap(area):
        return ""
    link = f'<a href="{OSM_COPYRIGHT_URL}" rel="noreferrer">OpenStreetMap</a>'
    return _("Map data © %(link)s, ODbL", link=link)


def _safe(html: str) -> str:
    """Return HTML in which folium's templates find nothing to run."""
    return html.replace("{", "&#123;").replace("}", "&#125;")


def _squeezed(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _location(position: LonLat) -> LatLon:
    return (round(position[1], _DECIMALS), round(position[0], _DECIMALS))


def _locations(line: Iterable[LonLat]) -> list[LatLon]:
    return [_location(position) for position in line]
