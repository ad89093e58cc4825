"""The routes page: stored routes, and the walks that the counsellor recorded."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from flask import abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from markupsafe import Markup
from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from walktalk.maps import licence_notice
from walktalk.maps.recorded_sketch import recorded_in_words, recorded_sketch
from walktalk.parks import Area, with_recorded_routes
from walktalk.routes import RequestError
from walktalk.routes.recordings import (
    GOOD_SHARE,
    KeptRecording,
    LaidRecording,
    RecordingError,
    SeveralTracks,
    read_in_its_park,
)
from walktalk.sessions import recorded, removal
from walktalk.sessions.errors import RecordedWalkNotFound
from walktalk.sessions.store.models import RecordedWalk
from walktalk.web.counsellor.account import NOT_ACCEPTED, Page
from walktalk.web.counsellor.blueprint import blueprint, signed_in_account
from walktalk.web.counsellor.stored_routes import shown_routes
from walktalk.web.forms.plan import SEPARATOR
from walktalk.web.forms.recording import RecordingForm
from walktalk.web.signed import shown_before, signed
from walktalk.web.state import state

_KEPT = TypeAdapter(KeptRecording)
_CHANGES = {
    "delete": (removal.delete, "The walk is deleted. You can put it back below."),
    "undelete": (removal.put_back, "The walk is back in your library."),
}


@blueprint.get("/routes")
def routes() -> Page:
    """Show every area's stored routes, the counsellor's own walks, and the form to add one."""
    return _routes_page(RecordingForm(state().areas))


@blueprint.post("/routes/recorded")
def read_recorded() -> Page:
    """Read a recording and show how well it lies on the park's paths, before it is kept."""
    form = RecordingForm(state().areas)
    is_valid = form.validate()
    found = _read(form)
    if not is_valid or found is None:
        form.ask_for_the_file_again()
        return _routes_page(form), NOT_ACCEPTED
    return _check_page(form, *found)


def _read(form: RecordingForm) -> tuple[Area, LaidRecording] | None:
    """Read the file that was sent; say at its field why it cannot be used."""
    file = form.file.data
    if not file:
        return None
    areas = state().areas
    chosen = areas.get(form.area.data or "")
    try:
        return read_in_its_park(
            [chosen] if chosen else areas.values(),
            file.read(),
            file.filename or "",
            form.track_number,
        )
    except SeveralTracks as error:
        form.ask_for_track(error.choices)
    except RecordingError as error:
        said = str(error)
        form.file.errors = [f"{said[0].upper()}{said[1:]}."]
    return None


@blueprint.post("/routes/recorded/keep")
def keep_recorded() -> Page:
    """Add the recorded walk that was just shown to the library."""
    shown = shown_before("recorded walk", request.form.get("recording", ""))
    if shown is None:
        abort(400)
    kept, walk_id = _KEPT.validate_python(shown["kept"]), UUID(shown["id"])
    now = state().now()
    with state().write.begin() as db:
        account = signed_in_account()
        recorded.save(db, account, shown["area"], shown["name"], kept, walk_id=walk_id, now=now)
    flash("The walk is in your library.")
    return redirect(url_for(".routes"), 303)


@blueprint.post("/routes/recorded/<uuid:walk_id>/name")
def rename_recorded(walk_id: UUID) -> Page:
    """Give one of the counsellor's walks another name."""
    try:
        with state().write.begin() as db:
            recorded.rename(db, _walk_or_404(db, walk_id), request.form.get("name", ""))
        flash("The name is changed.")
    except RequestError as error:
        flash(f"The name was not changed. Give {error.accepted}.")
    return redirect(url_for(".routes"), 303)


@blueprint.post("/routes/recorded/<uuid:walk_id>/<any(delete, undelete):change>")
def change_recorded(walk_id: UUID, change: str) -> Page:
    """Delete one of the counsellor's walks, or put it back."""
    act, said = _CHANGES[change]
    with state().write.begin() as db:
        act(db, _walk_or_404(db, walk_id))
    flash(said)
    return redirect(url_for(".routes"), 303)


@blueprint.get("/routes/recorded/<uuid:walk_id>/erase")
def ask_to_erase_recorded(walk_id: UUID) -> Page:
    """Ask once whether to erase a recorded walk."""
    with state().read.begin() as db:
        walk = _walk_or_404(db, walk_id)
        return render_template("counsellor/erase_recorded.html", walk=walk)


@blueprint.post("/routes/recorded/<uuid:walk_id>/erase")
def erase_recorded(walk_id: UUID) -> Page:
    """Erase a recorded walk for good."""
    with state().write.begin() as db:
        removal.erase(db, _walk_or_404(db, walk_id), now=state().now())
    flash("The recorded walk is erased.")
    return redirect(url_for(".routes"), 303)


def areas_with(route: str) -> Mapping[str, Area]:
    """Return every area, with the counsellor's own walk that ``route`` names laid over its own.

    Only the walk that was asked for is laid over: the line of another would be one more path for
    every walk in that park.
    """
    areas = state().areas
    area_id, _, wanted = route.partition(SEPARATOR)
    area = state().land.recorded.get(area_id)
    if area is None or wanted in area.routes:
        return areas
    with state().read.begin() as db:
        found = recorded.find_route(db, signed_in_account(), area_id, wanted)
    if found is None:
        return areas
    own = with_recorded_routes(area, [found])
    return {**areas, area_id: state().land.laid_over(own, state().today)}


def _check_page(form: RecordingForm, area: Area, laid: LaidRecording) -> str:
    """Show a recorded walk, signed, so that nothing else can be sent back to be kept."""
    kept, name = laid.kept, recorded.accepted_name(form.name.data or "")
    shown = {
        "id": uuid4().hex,
        "area": area.id,
        "name": name,
        "kept": _KEPT.dump_python(kept, mode="json"),
    }
    return render_template(
        "counsellor/recording.html",
        form=form,
        area=area,
        name=name,
        kept=kept,
        sketch=Markup(recorded_sketch(area, kept.line, laid.parts)),  # noqa: S704 - drawn by us
        in_words=recorded_in_words(area, kept.line, laid.parts),
        left_the_paths=not all(part.on_paths for part in laid.parts),
        between_ends=kept.share >= GOOD_SHARE and not kept.path_ids,
        notice=licence_notice(area),
        signed=signed("recorded walk", shown),
    )


def _routes_page(form: RecordingForm) -> str:
    with state().read.begin() as db:
        account = signed_in_account()
        return render_template(
            "counsellor/routes.html",
            areas=state().areas,
            shown_routes=shown_routes,
            form=form,
            plain_form=FlaskForm(),
            own=recorded.list_kept(db, account),
            deleted=removal.list_deleted(db, RecordedWalk, account),
            route_id=recorded.route_id,
        )


def _walk_or_404(db: Session, walk_id: UUID) -> RecordedWalk:
    try:
        return recorded.get(db, signed_in_account(), walk_id)
    except RecordedWalkNotFound:
        abort(404)
