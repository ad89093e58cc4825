"""The areas: what is known and not known about each."""

from collections import Counter

from flask import Response, abort, render_template
from markupsafe import Markup

from walktalk import resources
from walktalk.maps.area_sketch import area_sketch
from walktalk.maps.notice import licence_notice
from walktalk.parks import Area, check_areas, load_catalogue
from walktalk.web.counsellor.account import Page
from walktalk.web.counsellor.blueprint import blueprint
from walktalk.web.state import state

FACT_WORDS = {
    "surface": "Surface",
    "lit": "Light",
    "width": "Width",
    "steps": "Steps",
    "gradient": "Slope",
    "bicycle": "Bikes",
}
"""How each fact is named that is counted where nobody has recorded it."""


@blueprint.get("/areas")
def areas() -> Page:
    """Show the areas, and the parks whose paths nobody has recorded."""
    known = state().areas
    catalogue = load_catalogue(resources.shipped_parks() / "catalogue.json")
    return render_template(
        "counsellor/areas.html",
        summaries=check_areas(known.values()),
        not_recorded=[entry for entry in catalogue if entry.id not in known],
    )


@blueprint.get("/areas/<area_id>")
def area_page(area_id: str) -> Page:
    """Show what is known and not known about an area."""
    area = _area_or_404(area_id)
    return render_template(
        "counsellor/area.html",
        area=area,
        summary=check_areas([area])[0],
        fact_words=FACT_WORDS,
        kinds=Counter(place.kind for place in area.places.values()),
        sketch=_sketch(area),
        notice=licence_notice(area),
    )


@blueprint.get("/areas/<area_id>/sketch")
def area_drawing(area_id: str) -> Response:
    """Send an area's drawing, for the planning form to put a start on."""
    return Response(_sketch(_area_or_404(area_id)), mimetype="image/svg+xml")


def _area_or_404(area_id: str) -> Area:
    area = state().areas.get(area_id)
    if area is None:
        abort(404)
    return area


def _sketch(area: Area) -> Markup:
    return Markup(area_sketch(area))  # noqa: S704 - drawn by us, names in it are escaped
