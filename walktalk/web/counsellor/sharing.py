"""Sharing a session: the link, the ready message, the file, the preview, taking it back."""

from dataclasses import dataclass
from typing import get_args
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from walktalk.maps import file_name
from walktalk.sessions import diary, links
from walktalk.sessions.acceptance import Answer, needed_unknown, require_answer
from walktalk.sessions.errors import SessionInThePast, SessionNotFound, UnknownNotAccepted
from walktalk.sessions.opened import SharedWalk
from walktalk.sessions.store.models import PlannedSession, ShareLink
from walktalk.web.client.downloads import FILES, file_response
from walktalk.web.client.one_file import walk_file
from walktalk.web.client.page import walk_page
from walktalk.web.client.parts import part_of, tile
from walktalk.web.counsellor.account import NOT_ACCEPTED, Page
from walktalk.web.counsellor.blueprint import blueprint, session_or_404
from walktalk.web.filters import moment
from walktalk.web.forms.session import UnknownForm
from walktalk.web.state import state
from walktalk.web.street_map.on_pages import TILE_RULE
from walktalk.wording import _

ASKED = "asked"
"""Field of a form that comes from the page that asks: it was seen and can be wrong."""


@dataclass(frozen=True)
class ShownLink:
    """An open link as the session's page shows it."""

    link: ShareLink
    url: str
    message: str


def shown_links(db: Session, planned: PlannedSession) -> list[ShownLink]:
    """Return the session's links that still open, with their addresses."""
    shown = []
    for link in planned.links:
        token = links.token_of(db, link)
        if token is not None and links.is_open(link, state().now()):
            url = f"{state().settings.base_url}/w/{token}"
            when = moment(planned.starts_at, state().now())
            if planned.cancelled_at is None:
                message = _("Here is the map for our walk on %(when)s.", when=when)
            else:
                message = _("Our walk on %(when)s is called off. This link says so.", when=when)
            shown.append(ShownLink(link, url, f"{message}\n{url}"))
    return shown


@blueprint.post("/sessions/<uuid:session_id>/share")
def share(session_id: UUID) -> Page:
    """Make a link, once somebody has answered for what is needed and unknown."""
    try:
        with state().write.begin() as db:
            planned = session_or_404(db, session_id)
            _keep_answer(db, planned)
            links.share(db, planned, now=state().now())
    except UnknownNotAccepted:
        return _ask(session_id)
    except (SessionInThePast, SessionNotFound) as error:
        flash(str(error))
    return redirect(f"{url_for('.show_session', session_id=session_id)}#share", 303)


@blueprint.post("/sessions/<uuid:session_id>/links/<share_id>/revoke")
def revoke(session_id: UUID, share_id: str) -> Page:
    """Take a link back for good."""
    with state().write.begin() as db:
        planned = session_or_404(db, session_id)
        link = next((link for link in planned.links if link.share_id == share_id), None)
        if link is None:
            abort(404)
        links.revoke(db, link, now=state().now())
    flash("The link no longer opens. You can make a new one.")
    return redirect(f"{url_for('.show_session', session_id=session_id)}#share", 303)


@blueprint.post("/sessions/<uuid:session_id>/file")
def download_file(session_id: UUID) -> Page:
    """Send the walk as one self-contained page, under the same conditions as a link."""
    try:
        with state().write.begin() as db:
            planned = session_or_404(db, session_id)
            _keep_answer(db, planned)
            walk = diary.frozen_walk(planned)
            require_answer(walk, planned.acceptance)
            page = walk_file(links.preview(planned), state().now())
    except UnknownNotAccepted:
        return _ask(session_id)
    response = Response(page, mimetype="text/html")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(walk, "html")}"'
    return response


@blueprint.get("/sessions/<uuid:session_id>/preview")
def preview(session_id: UUID) -> Page:
    """Show the page exactly as it will be opened."""
    with state().read.begin() as db:
        shared = _shared(db, session_id)
    return walk_page(shared, url_for(".preview", session_id=session_id))


@blueprint.get("/sessions/<uuid:session_id>/preview/<name>")
def preview_file(session_id: UUID, name: str) -> Response:
    """Send what the previewed page loads and offers."""
    with state().read.begin() as db:
        shared = _shared(db, session_id)
    if name in FILES:
        return file_response(shared, name)
    return part_of(shared, name, url_for(".preview", session_id=session_id))


@blueprint.get(f"/sessions/<uuid:session_id>/preview{TILE_RULE}")
def preview_tile(session_id: UUID, z: int, x: int, y: int) -> Response:
    """Send a tile of the previewed page's street map."""
    with state().read.begin() as db:
        shared = _shared(db, session_id)
    return tile(shared, z, x, y)


def _shared(db: Session, session_id: UUID) -> SharedWalk:
    return links.preview(session_or_404(db, session_id))


def _keep_answer(db: Session, planned: PlannedSession) -> None:
    form = UnknownForm()
    walk = diary.frozen_walk(planned)
    if needed_unknown(walk) and form.answer.data in get_args(Answer):
        answer: Answer = form.answer.data
        diary.accept_unknown(db, planned, answer, now=state().now())


def _ask(session_id: UUID) -> Page:
    form = UnknownForm()
    if ASKED in request.form:
        form.validate()
    with state().read.begin() as db:
        planned = session_or_404(db, session_id)
        walk = diary.frozen_walk(planned)
        page = render_template(
            "counsellor/ask_unknown.html",
            planned=planned,
            form=form,
            found=[f for f in walk.proposal.findings if f.check in needed_unknown(walk)],
            action=request.path,
            asked=ASKED,
        )
    return page, NOT_ACCEPTED
