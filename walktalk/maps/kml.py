"""KML files of walks, for map programs."""

from __future__ import annotations

from collections.abc import Sequence

from pygeoif.geometry import LineString, Point

from walktalk.maps.drawing import finish_of, half_way_m, places_on
from walktalk.maps.notice import licence_notice
from walktalk.maps.summary import summary_words, title
from walktalk.maps.symbols import place_words
from walktalk.maps.thinned import COORDINATE_DECIMALS, WrittenLine, full_line, rounded
from walktalk.parks import Line, LonLat
from walktalk.routes import Walk
from walktalk.wording import _

_WALK_COLOUR = "ff8c5a1f"  # #1f5a8c, the walk on a map; KML writes alpha, blue, green, red
_WALK_WIDTH_PX = 5


def kml_file(walk: Walk) -> bytes:
    """Return a walk as a KML 2.2 file in UTF-8: its line, start, half way, finish and places.

    The line carries heights only where all of it does: KML takes a missing height for sea level
    (KML 2.2 reference, "coordinates"). Map programs lay it on their own ground in any case: that is
    what ``clampToGround``, the mode where none is named, tells them.
    """
    from fastkml import KML, Document, LineStyle, Placemark, Style

    written = full_line(walk)
    line = Line.of(written.coordinates)
    finish = finish_of(walk)
    marks = [(_("Start"), line.positions[0]), (_("Half way"), line.point_at(half_way_m(walk)))]
    if finish is not None:
        marks.append((_("Finish"), finish))
    marks += [(place_words(place), place.position) for place in places_on(walk)]
    track = Placemark(
        name=title(),
        styles=[Style(styles=[LineStyle(color=_WALK_COLOUR, width=_WALK_WIDTH_PX)])],
        geometry=LineString(_with_heights(written)),
    )
    points = [Placemark(name=name, geometry=Point(*rounded(where))) for name, where in marks]
    document = Document(
        name=title(),
        description=f"{summary_words(walk)} {licence_notice(walk.area)}".strip(),
        features=[track, *points],
    )
    text = KML(features=[document]).to_string(precision=COORDINATE_DECIMALS)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()


def _with_heights(line: WrittenLine) -> Sequence[LonLat] | Sequence[tuple[float, float, float]]:
    """Return the line's positions with their heights where all are known, else without."""
    heights = [height for height in line.heights_m if height is not None]
    if len(heights) < len(line.coordinates):
        return line.coordinates
    return [(lon, lat, up) for (lon, lat), up in zip(line.coordinates, heights, strict=True)]
