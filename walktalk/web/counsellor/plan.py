"""Planning: the form, the walks that fit, or why none does."""

import hashlib
import json
import secrets
from dataclasses import dataclass

from flask import Response, abort, render_template, request, url_for
from markupsafe import Markup

from walktalk.maps import proposals_map, sketch
from walktalk.maps.sketch import BEYOND_WIDE
from walktalk.maps.walk_map import proposal_letter
from walktalk.parks import Area
from walktalk.parks.writer import area_to_geojson
from walktalk.routes import NoWalkFits, Proposal, RequestError, Walk, WalkRequest, plan_walks
from walktalk.routes.as_json import (
    proposal_from_json,
    proposal_to_json,
    request_from_json,
    request_to_json,
)
from walktalk.routes.stored import fit_route
from walktalk.web.counsellor.account import NOT_ACCEPTED, Page
from walktalk.web.counsellor.blueprint import blueprint, signed_in_account
from walktalk.web.counsellor.once_more import walks_once_more
from walktalk.web.counsellor.recordings import areas_with
from walktalk.web.differences import differences
from walktalk.web.forms.plan import SEPARATOR, PlanForm, hidden_values, values_of
from walktalk.web.recent_scripts import recent_scripts
from walktalk.web.signed import shown_before, signed
from walktalk.web.state import state
from walktalk.web.street_map.on_pages import street_map

FORM_KEY_BYTES = 24
WALKS_AT_ONCE = 3
"""Walks shown beside each other: where there are fewer, there are no others."""
MORE = "more"
"""The button that shows a park's places, for a browser that runs no scripts."""
_KIND = "proposal"


@dataclass(frozen=True)
class Choice:
    """A walk to choose from, as the page shows it."""

    letter: str
    walk: Walk
    sketch: Markup
    signed: str

    @property
    def proposal(self) -> Proposal:
        """The walk's figures and findings."""
        return self.walk.proposal


@blueprint.get("/plan")
def plan() -> Page:
    """Show the form, filled in for a 50-minute session."""
    form = new_form()
    form.route.data = request.args.get("route", "")
    wanted = request.args.get("from", "")
    if form.stored is not None:
        wanted = f"{form.route.data.split(SEPARATOR)[0]}{SEPARATOR}{form.stored.start}"
    if wanted in {value for value, *_ in form.start.iter_choices()}:
        form.start.data = wanted
    return _form_page(form)


@blueprint.post("/plan")
def find_walks(problem: str = "", changed: bool = False) -> Page:
    """Show the walks that fit what was asked for.

    Args:
        problem: why the walk that was chosen could not be saved.
        changed: whether it could not because the paths have changed.
    """
    return found_page(new_form(), problem, changed)


def found_page(form: PlanForm, problem: str = "", changed: bool = False) -> Page:
    """Return the page with the walks that fit what a form asks for, or with what is wrong in it."""
    if not form.validate():
        return _form_page(form), NOT_ACCEPTED
    try:
        walks = walks_for(form)
    except RequestError as error:
        explain(form, error)
        return _form_page(form), NOT_ACCEPTED
    except NoWalkFits as error:
        return _nothing_fits(form, error), NOT_ACCEPTED
    page = proposals_page(form, walks, problem=problem, changed=changed)
    return (page, NOT_ACCEPTED) if problem or changed else page


@blueprint.post("/plan/change")
def change_request() -> Page:
    """Show the form again with what was asked for."""
    return _form_page(new_form())


@blueprint.get("/plan/places/<area_id>")
def plan_places(area_id: str) -> Page:
    """Send what the form asks about a park's places, once the park is chosen."""
    if area_id not in state().areas:
        abort(404)
    form = new_form()
    form.start.data = area_id + SEPARATOR
    form.narrow()
    return render_template("counsellor/plan_places.html", form=form)


@blueprint.get("/plan/map/<key>.js")
def plan_map(key: str) -> Response:
    """Send the script of the map of walks that were just found."""
    script = recent_scripts.get(key)
    if script is None:
        abort(404)
    return Response(script, mimetype="text/javascript")


def new_form() -> PlanForm:
    """Return the form with what was sent, or with its defaults."""
    return PlanForm(areas_with(request.values.get("route", "")), state().now())


def walks_for(form: PlanForm) -> list[Walk]:
    """Return up to three walks, best first, or the stored route that was asked for.

    Where a walk is known, it is that walk again, or each is that walk with one part new.

    Raises:
        RequestError: the request makes no sense.
        NoWalkFits: nothing fits.
    """
    area, asked = form.area, form.request()
    if form.known.data:
        asked, proposals = walks_once_more(form, WALKS_AT_ONCE)
        return [Walk.chosen(area, asked, proposal) for proposal in proposals]
    if form.stored is not None:
        return [Walk.chosen(area, asked, fit_route(area, form.stored, asked))]
    return [
        Walk.chosen(area, asked, proposal) for proposal in plan_walks(area, asked, WALKS_AT_ONCE)
    ]


def explain(form: PlanForm, error: RequestError) -> None:
    """Put what the planner refused at the field it concerns."""
    names = {"start": "position" if form.position.data else "start", "at": "time"}
    name = names.get(error.argument, error.argument)
    form[name if name in form else "start"].errors = [
        f"{error.accepted[:1].upper()}{error.accepted[1:].rstrip('.')}."
    ]


def proposals_page(form: PlanForm, walks: list[Walk], **more: object) -> str:
    """Return the page with walks side by side, each ready to be saved."""
    choices = [
        Choice(
            letter=proposal_letter(number),
            walk=walk,
            sketch=_thumbnail(walk, number),
            signed=signed_walk(walk),
        )
        for number, walk in enumerate(walks, start=1)
    ]
    here = url_for(".area_page", area_id=walks[0].area.id)
    parts = proposals_map(walks, street_map(here, signed_in_account().street_map))
    asked = walks[0].request
    looked_for = form.stored is None and not form.known.data
    return render_template(
        "counsellor/proposals.html",
        form=form,
        asked=asked,
        area=walks[0].area,
        choices=choices,
        map=Markup(parts.html),  # noqa: S704 - drawn by us, names in it are escaped
        map_key=recent_scripts.keep(parts.script),
        again=hidden_values(form),
        others=hidden_values(form, variant=asked.variant + 1),
        looked_for=looked_for,
        has_others=looked_for and len(walks) == WALKS_AT_ONCE,
        form_key=secrets.token_urlsafe(FORM_KEY_BYTES),
        **more,
    )


def signed_walk(walk: Walk) -> str:
    """Return a walk as it is shown, signed, to be sent back when it is chosen."""
    shown = {
        "version": walk.area.prepared(_version),
        "request": request_to_json(walk.request),
        "proposal": proposal_to_json(walk.proposal),
    }
    return signed(_KIND, shown)


def chosen_walk(area: Area, text: str) -> Walk | None:
    """Return the walk that was shown and chosen; ``None`` where the area has changed since."""
    shown = shown_before(_KIND, text)
    if shown is None or shown["version"] != area.prepared(_version):
        return None
    return Walk(area, request_from_json(shown["request"]), proposal_from_json(shown["proposal"]))


def _version(area: Area) -> str:
    """Return a mark of all that is known of an area: another one when anything changes."""
    known = json.dumps(area_to_geojson(area), sort_keys=True, default=str)
    return hashlib.sha256(known.encode()).hexdigest()


def _form_page(form: PlanForm) -> str:
    form.narrow()
    unfolded = form.has_more or MORE in request.form
    return render_template("counsellor/plan.html", form=form, unfolded=unfolded, more=MORE)


def _nothing_fits(form: PlanForm, error: NoWalkFits) -> str:
    nearest = error.nearest
    return render_template(
        "counsellor/nothing_fits.html",
        form=form,
        reason=error.reason,
        nearest=nearest,
        changes=differences(form.area, form.request(), nearest) if nearest else [],
        again=_asking_anew(form, nearest) if nearest else [],
        back=hidden_values(form),
    )


def _asking_anew(form: PlanForm, nearest: WalkRequest) -> list[tuple[str, str]]:
    return hidden_values(form, **values_of(form.area, nearest), known="", same="")


def _thumbnail(walk: Walk, number: int) -> Markup:
    drawn = sketch(walk, element_id=f"sketch-{number}", small=True, beyond=BEYOND_WIDE)
    return Markup(drawn)  # noqa: S704 - drawn by us, names in it are escaped
