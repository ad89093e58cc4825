"""Drawing a route along a park's paths: tap by tap, with what is found of it so far."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup

from walktalk.maps.area_sketch import area_sketch
from walktalk.parks import Area
from walktalk.parks.joined import walked_line
from walktalk.routes import Finding, Route, WalkRequest
from walktalk.routes.checks import check_walk
from walktalk.routes.drawn_route import DrawnRoute
from walktalk.routes.laid_again import laid_again
from walktalk.routes.model import PACES, Leg
from walktalk.routes.recordings import KeptRecording
from walktalk.routes.timetable import timetable
from walktalk.routes.timing import route_minutes
from walktalk.sessions import recorded
from walktalk.web.counsellor.account import NOT_ACCEPTED, Page
from walktalk.web.counsellor.blueprint import area_or_404, blueprint, own_account
from walktalk.web.forms.drawn_route import DrawnRouteForm
from walktalk.web.state import state

STEP = "step"
"""The button that was pressed: a point added, the last one undone, shown, or kept."""


@blueprint.route("/areas/<area_id>/draw-route", methods=["GET", "POST"])
def draw_route(area_id: str) -> Page:
    """Show a route so far, with its length, minutes and findings; keep it once it is named."""
    area = area_or_404(state().land.recorded, area_id)
    form = DrawnRouteForm(area)
    step = request.form.get(STEP, "")
    if step == "undo":
        form.undo()
    elif step == "add":
        form.add()
    if request.method == "POST" and not form.validate():
        return _page(area, form, None), NOT_ACCEPTED
    route = form.route
    if step != "keep":
        return _page(area, form, route)
    if route is None:
        form.points.errors = ["Give two points or more: a route needs a length."]
    if not form.require_name() or route is None:
        return _page(area, form, route), NOT_ACCEPTED
    with state().write.begin() as db:
        recorded.save(
            db,
            own_account(db),
            area.id,
            str(form.name.data),
            _as_kept(route),
            walk_id=UUID(form.walk_id.data),
            now=state().now(),
        )
    flash("The route is in your library.")
    return redirect(url_for(".routes"), 303)


def _as_kept(route: DrawnRoute) -> KeptRecording:
    return KeptRecording(
        kind=recorded.DRAWN,
        path_ids=route.path_ids,
        line=route.line,
        length_m=route.length_m,
        share=1.0,
        median_m=0.0,
        p95_m=0.0,
        lowest_m=None,
        highest_m=None,
        recorded_on=None,
    )


def _page(area: Area, form: DrawnRouteForm, drawn: DrawnRoute | None) -> str:
    walked = _walked(area, drawn) if drawn else None
    line = drawn.line if drawn else ()
    return render_template(
        "counsellor/draw_route.html",
        area=area,
        form=form,
        route=drawn,
        minutes=route_minutes(area, walked, PACES["gentle"]) if walked else 0.0,
        findings_of=_findings(area, walked) if walked else [],
        sketch=Markup(area_sketch(area, line=line, taps=form.taps)),  # noqa: S704 - drawn by us, names in it are escaped
        step=STEP,
    )


def _walked(area: Area, drawn: DrawnRoute) -> Route:
    """Return a drawn route as a walk once through."""
    _, turns = walked_line(area.paths, drawn.path_ids, drawn.line[0])
    legs = tuple(
        Leg(path_id, 0.0, whole_m) if forward else Leg(path_id, whole_m, 0.0)
        for path_id, forward in zip(drawn.path_ids, turns, strict=True)
        for whole_m in [area.paths[path_id].length_m]
    )
    return Route(drawn.line, drawn.length_m, "loop", legs)


def _findings(area: Area, walked: Route) -> list[Finding]:
    """Return what is found of a route, but for what only a session's time can tell."""
    today = state().areas.get(area.id, area)
    route = laid_again(today, area, walked)
    if route is None:
        today, route = area, walked
    asked = WalkRequest(start=route.coordinates[0])
    found = check_walk(today, asked, route, timetable(today, asked, route))
    return [each for each in found if each.check not in _OF_A_SESSION]


_OF_A_SESSION = frozenset(["length", "light", "approach"])
