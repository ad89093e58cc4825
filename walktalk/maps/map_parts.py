"""What an interactive map is for a page: an element, and files that the page loads beside it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from importlib import resources
from typing import TYPE_CHECKING

from walktalk.maps.ground_svg import ground_css
from walktalk.wording import _

if TYPE_CHECKING:
    from walktalk.maps.paper import Paper

MAP_ELEMENT_ID = "map_walk"
"""folium's name of the map in its script, which is its element's id too."""


@dataclass(frozen=True, slots=True)
class MapParts:
    """A map for a page that allows no inline script and no inline style.

    Attributes:
        html: the element the map grows in; goes where the map should be.
        script: to be served as a file of its own and loaded after Leaflet's script and
            ``map_script()``.
        css: to be served as a file of its own and loaded after Leaflet's style sheet. The same
            for every walk.
    """

    html: str
    script: str
    css: str


def map_element(paper: Paper) -> str:
    """Return what a map grows in, in the shape of its paper."""
    label = escape(_("Map of the walk"))
    return (
        f'<div class="walk-map map-shape-{paper.shape}" id="{MAP_ELEMENT_ID}" role="region" '
        f'aria-label="{label}"></div>'
    )


def map_css() -> str:
    """Return the map's style sheet, the same for every walk."""
    return ground_css() + _asset("walk_map.css")


def map_script() -> str:
    """Return the script that every map needs beside Leaflet's, the same for every walk."""
    return _asset("walk_map.js")


def _asset(name: str) -> str:
    return resources.files("walktalk.maps").joinpath(f"assets/{name}").read_text("utf-8")
