"""The areas: what is known and not known about each."""

from collections import Counter
from collections.abc import Mapping

from flask import Response, render_template
from flask_wtf import FlaskForm
from markupsafe import Markup

from walktalk import resources
from walktalk.maps.area_sketch import area_sketch
from walktalk.maps.drawing import bounds
from walktalk.maps.notice import licence_notice
from walktalk.parks import Area, check_areas, load_catalogue
from walktalk.routes.checks import title_of
from walktalk.web.counsellor.account import Page
from walktalk.web.counsellor.blueprint import area_or_404, blueprint, signed_in_account
from walktalk.web.counsellor.closings import closures_noted
from walktalk.web.counsellor.drawings import drawn_in
from walktalk.web.counsellor.land import heights_server, other_servers, work_on_land
from walktalk.web.counsellor.land_overview import overview
from walktalk.web.state import state
from walktalk.web.street_map.on_pages import TILE_RULE, tile_response


@blueprint.get("/areas")
def areas() -> Page:
    """Show the areas, and the parks whose paths nobody has recorded."""
    known = state().areas
    catalogue = load_catalogue(resources.shipped_parks() / "catalogue.json")
    return render_template(
        "counsellor/areas.html",
        left_out=state().files.known.left_out,
        title_of=title_of,
        summaries=check_areas(known.values()),
        not_recorded=[entry for entry in catalogue if entry.id not in known],
        work=work_on_land(),
    )


@blueprint.get("/areas/<area_id>")
def area_page(area_id: str) -> Page:
    """Show what is known and not known about an area."""
    area = area_or_404(state().areas, area_id)
    over = overview(area)
    return render_template(
        "counsellor/area.html",
        **over,
        area=area,
        summary=check_areas([area])[0],
        title_of=title_of,
        kinds=Counter(place.kind for place in area.places.values()),
        sketch=_sketch(area, over["path_states"]),
        notice=licence_notice(area),
        plain_form=FlaskForm(),
        drawn=drawn_in(area),
        closed=closures_noted(state().land.recorded[area.id]),
        servers=other_servers(),
        heights_server=heights_server(),
        user_agent=state().settings.user_agent,
    )


@blueprint.get("/areas/<area_id>/sketch")
def area_drawing(area_id: str) -> Response:
    """Send an area's drawing, for the planning form to put a start on."""
    return Response(_sketch(area_or_404(state().areas, area_id)), mimetype="image/svg+xml")


@blueprint.get(f"/areas/<area_id>{TILE_RULE}")
def area_tile(area_id: str, z: int, x: int, y: int) -> Response:
    """Send a tile of the street map around an area."""
    paths = area_or_404(state().areas, area_id).paths.values()
    box = bounds([position for path in paths for position in path.coordinates])
    return tile_response(signed_in_account().street_map, box, z, x, y)


def _sketch(area: Area, states: Mapping[str, str] | None = None) -> Markup:
    return Markup(area_sketch(area, states))  # noqa: S704 - drawn by us, names in it are escaped
