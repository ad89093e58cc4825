"""What the pages show of the stored routes: how long each is, and its drawing."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, abort

from walktalk.maps.route_sketch import route_sketch
from walktalk.parks import Area, LonLat, StoredRoute
from walktalk.parks.geodesy import length_m
from walktalk.parks.joined import walked_line
from walktalk.routes.model import PACES, Leg, Route
from walktalk.routes.timing import route_minutes
from walktalk.web.counsellor.blueprint import blueprint
from walktalk.web.state import state


@dataclass(frozen=True)
class ShownRoute:
    """A stored route as pages show it.

    Attributes:
        route: the route.
        line: it, as (longitude, latitude).
        length_m: metres walked once through.
        minutes: what that takes at a gentle pace.
    """

    route: StoredRoute
    line: tuple[LonLat, ...]
    length_m: float
    minutes: float


def shown_routes(area: Area) -> Mapping[str, ShownRoute]:
    """Return an area's stored routes by id, measured once."""
    return area.prepared(_shown_routes)


def _shown_routes(area: Area) -> Mapping[str, ShownRoute]:
    return {route.id: _shown(area, route) for route in area.routes.values()}


def _shown(area: Area, route: StoredRoute) -> ShownRoute:
    line, turns = walked_line(area.paths, route.path_ids, area.places[route.start].position)
    legs = tuple(
        Leg(path_id, 0.0, whole_m) if forward else Leg(path_id, whole_m, 0.0)
        for path_id, forward in zip(route.path_ids, turns, strict=True)
        for whole_m in [area.paths[path_id].length_m]
    )
    metres = length_m(line)
    once = Route(line, metres, "loop", legs)
    return ShownRoute(route, line, metres, route_minutes(area, once, PACES["gentle"]))


@blueprint.get("/routes/<area_id>/<route_id>/sketch")
def route_drawing(area_id: str, route_id: str) -> Response:
    """Send a stored route's drawing, for a page that shows it once it is unfolded."""
    area = state().areas.get(area_id)
    if area is None or route_id not in area.routes:
        abort(404)
    shown = shown_routes(area)[route_id]
    return Response(route_sketch(area, shown.line, shown.route.name), mimetype="image/svg+xml")
