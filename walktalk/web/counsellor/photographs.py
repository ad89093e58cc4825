"""Photographs: added and chosen for a session, and the library they are kept in."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from walktalk.routes import RequestError
from walktalk.sessions import diary, photographs, removal
from walktalk.sessions.errors import PhotographNotFound
from walktalk.sessions.opened import Shows
from walktalk.sessions.photographs.picture import MEDIA_TYPE, PhotographError, Picture, as_picture
from walktalk.sessions.store.models import Photograph, PlannedSession
from walktalk.web.counsellor.account import NOT_ACCEPTED, Page
from walktalk.web.counsellor.blueprint import blueprint, session_or_404, signed_in_account
from walktalk.web.forms.photograph import NOTHING, SHOWS, PhotographForm, ShownForm
from walktalk.web.state import state

_CHANGES = {
    "delete": (removal.delete, "The photograph is on no page now. You can put it back below."),
    "undelete": (removal.put_back, "The photograph is back, on the pages that showed it."),
}


@blueprint.get("/sessions/<uuid:session_id>/photographs")
def session_photographs(session_id: UUID) -> Page:
    """Show what a session's page can show, and the form to add a photograph."""
    with state().read.begin() as db:
        planned = session_or_404(db, session_id)
        return _choosing(db, planned, _empty_form(planned))


@blueprint.post("/sessions/<uuid:session_id>/photographs")
def choose_photographs(session_id: UUID) -> Page:
    """Set what a session's page shows."""
    with state().write.begin() as db:
        planned = session_or_404(db, session_id)
        offered = photographs.to_choose(db, signed_in_account(), diary.frozen_walk(planned))
        form = ShownForm(offered)
        if not form.validate():
            abort(400)
        photographs.choose(db, planned, form.chosen())
    flash("The page shows what you chose.")
    return redirect(f"{url_for('.show_session', session_id=session_id)}#photographs", 303)


@blueprint.post("/sessions/<uuid:session_id>/photographs/add")
def add_photograph(session_id: UUID) -> Page:
    """Keep a photograph, and show it on the session's page."""
    with state().read.begin() as db:
        planned = session_or_404(db, session_id)
        form = PhotographForm(tuple(_spots(planned)), state().now())
    is_valid = form.validate()
    picture = _picture_in(form)
    if is_valid and picture is not None:
        _keep(session_id, form, picture)
        flash("The photograph is kept, and the page shows it. Look at it once more.")
        return redirect(url_for(".session_photographs", session_id=session_id), 303)
    form.ask_for_the_file_again()
    with state().read.begin() as db:
        return _choosing(db, session_or_404(db, session_id), form), NOT_ACCEPTED


@blueprint.get("/photographs")
def library() -> Page:
    """Show every photograph that is kept, and those that were removed."""
    with state().read.begin() as db:
        account = signed_in_account()
        return render_template(
            "counsellor/photographs.html",
            kept=photographs.list_kept(db, account),
            deleted=removal.list_deleted(db, Photograph, account),
            areas=state().areas,
            shows_words={**SHOWS, photographs.GROUND: "The ground"},
            plain_form=FlaskForm(),
        )


@blueprint.get("/photographs/<uuid:photograph_id>/picture")
def photograph_file(photograph_id: UUID) -> Response:
    """Send a photograph of the library, the bin included."""
    with state().read.begin() as db:
        image = _photograph_or_404(db, photograph_id).image
    return Response(image, mimetype=MEDIA_TYPE)


@blueprint.post("/photographs/<uuid:photograph_id>/words")
def describe_photograph(photograph_id: UUID) -> Page:
    """Say in other words what a photograph shows."""
    try:
        with state().write.begin() as db:
            photograph = _photograph_or_404(db, photograph_id)
            photographs.describe(db, photograph, request.form.get("description", ""))
        flash("The words are changed, on every page that shows the photograph.")
    except RequestError as error:
        flash(f"The words were not changed. Give {error.accepted}.")
    return redirect(url_for(".library"), 303)


@blueprint.post("/photographs/<uuid:photograph_id>/<any(delete, undelete):change>")
def change_photograph(photograph_id: UUID, change: str) -> Page:
    """Remove a photograph from every page, or put it back."""
    act, said = _CHANGES[change]
    with state().write.begin() as db:
        act(db, _photograph_or_404(db, photograph_id))
    flash(said)
    return redirect(url_for(".library"), 303)


@blueprint.get("/photographs/<uuid:photograph_id>/erase")
def ask_to_erase_photograph(photograph_id: UUID) -> Page:
    """Ask once whether to erase a photograph."""
    with state().read.begin() as db:
        photograph = _photograph_or_404(db, photograph_id)
        return render_template("counsellor/erase_photograph.html", photograph=photograph)


@blueprint.post("/photographs/<uuid:photograph_id>/erase")
def erase_photograph(photograph_id: UUID) -> Page:
    """Erase a photograph for good."""
    with state().write.begin() as db:
        removal.erase(db, _photograph_or_404(db, photograph_id), now=state().now())
    flash("The photograph is erased.")
    return redirect(url_for(".library"), 303)


def _picture_in(form: PhotographForm) -> Picture | None:
    """Return the picture that was sent; say at the file's field why it cannot be used."""
    if not form.file.data:
        return None
    with form.file.data.stream as sent:
        content = sent.read()
    try:
        return as_picture(content)
    except PhotographError as error:
        form.refuse(str(error))
    return None


def _keep(session_id: UUID, form: PhotographForm, picture: Picture) -> None:
    with state().write.begin() as db:
        photographs.add(
            db,
            session_or_404(db, session_id),
            form.wanted,
            picture,
            description=str(form.description.data),
            taken_on=form.day,
            photograph_id=form.photograph_id,
            now=state().now(),
        )


def _choosing(db: Session, planned: PlannedSession, form: PhotographForm) -> str:
    offered = photographs.to_choose(db, signed_in_account(), diary.frozen_walk(planned))
    shown = {each.shows.replace("-", "_"): str(each.photograph_id) for each in planned.shown}
    nothing = {shows.replace("-", "_"): NOTHING for shows in SHOWS}
    return render_template(
        "counsellor/session_photographs.html",
        planned=planned,
        offered=offered,
        kept={str(each.id): each for several in offered.values() for each in several},
        shown_form=ShownForm(offered, formdata=None, data=nothing | shown),
        form=form,
    )


def _empty_form(planned: PlannedSession) -> PhotographForm:
    spots = tuple(_spots(planned))
    return PhotographForm(spots, state().now(), formdata=None, data={"shows": spots[0]})


def _spots(planned: PlannedSession) -> list[Shows]:
    return list(photographs.spots_of(diary.frozen_walk(planned)))


def _photograph_or_404(db: Session, photograph_id: UUID) -> Photograph:
    try:
        return photographs.get(db, signed_in_account(), photograph_id)
    except PhotographNotFound:
        abort(404)
