"""Sharing a session: the link, the ready message, the file, the preview, taking it back."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from flask import Response, abort, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from walktalk.maps import file_name
from walktalk.maps.parts_sketch import parts_sketch
from walktalk.routes import Walk
from walktalk.routes.on_foot import parts_of
from walktalk.routes.rechecked import news
from walktalk.sessions import diary, links, observations
from walktalk.sessions.acceptance import (
    AGREED,
    known_broken,
    needed_unknown,
    require_answer,
    require_needs_kept,
    to_answer_for,
)
from walktalk.sessions.errors import (
    NeedBroken,
    SessionInThePast,
    SessionNotFound,
    UnknownNotAccepted,
)
from walktalk.sessions.opened import SharedWalk
from walktalk.sessions.store.models import PlannedSession, ShareLink
from walktalk.web.client.downloads import FILES, file_response
from walktalk.web.client.one_file import walk_file
from walktalk.web.client.page import walk_page
from walktalk.web.client.parts import part_of, tile
from walktalk.web.counsellor.account import NOT_ACCEPTED, Page
from walktalk.web.counsellor.blueprint import (
    blueprint,
    own_account,
    session_or_404,
    signed_in_account,
)
from walktalk.web.counsellor.known import walk_as_known
from walktalk.web.filters import moment
from walktalk.web.forms.on_foot import OnFootForm
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
    form = _what_was_found(session_id)
    if form.errors:
        return _ask(session_id, form)
    try:
        _keep_what_was_found(session_id, form)
        with state().write.begin() as db:
            planned = session_or_404(db, session_id)
            _freeze_as_known(db, planned)
            _keep_answer(db, planned)
            links.share(db, planned, now=state().now())
    except UnknownNotAccepted:
        return _ask(session_id, form)
    except (NeedBroken, SessionInThePast, SessionNotFound) as error:
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
    form = _what_was_found(session_id)
    if form.errors:
        return _ask(session_id, form)
    try:
        _keep_what_was_found(session_id, form)
        with state().write.begin() as db:
            planned = session_or_404(db, session_id)
            _freeze_as_known(db, planned)
            _keep_answer(db, planned)
            walk = diary.frozen_walk(planned)
            require_answer(walk, planned.acceptance)
            page = walk_file(links.preview(planned), state().now())
    except UnknownNotAccepted:
        return _ask(session_id, form)
    except NeedBroken as error:
        flash(str(error))
        return redirect(url_for(".show_session", session_id=session_id), 303)
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


def _freeze_as_known(db: Session, planned: PlannedSession) -> None:
    """Keep a walk as it is shared: what was found by then is frozen with it."""
    walk = _to_share(db, planned)
    if news(diary.frozen_walk(planned), walk):
        diary.take_over(db, planned, walk, now=state().now())


def _to_share(db: Session, planned: PlannedSession) -> Walk:
    """Return a walk as it is known by now, or as it was told where a link of it opens already."""
    is_told = bool(shown_links(db, planned))
    return diary.frozen_walk(planned) if is_told else walk_as_known(planned)


def _keep_answer(db: Session, planned: PlannedSession) -> None:
    form = UnknownForm()
    walk = diary.frozen_walk(planned)
    if to_answer_for(walk) and form.answer.data == AGREED:
        diary.accept_unknown(db, planned, AGREED, now=state().now())


def _what_was_found(session_id: UUID) -> OnFootForm:
    """Return the questions about what is needed and unknown, with what was sent.

    From an hour before a session nothing is asked: checking is for walks alone.
    """
    with state().read.begin() as db:
        planned = session_or_404(db, session_id)
        walk = diary.frozen_walk(planned)
        is_late = diary.is_soon_or_now(db, signed_in_account(), state().now())
    parts = parts_of(walk.area, walk.route.legs)
    form = OnFootForm(parts, state().today, () if is_late else needed_unknown(walk))
    if ASKED in request.form and form.answer_id.data:
        form.validate()
    else:
        form.answer_id.data, form.seen_on.data = uuid4().hex, state().today
    return form


def _keep_what_was_found(session_id: UUID, form: OnFootForm) -> None:
    """Keep it as facts of the paths, and in the session's findings.

    Raises:
        NeedBroken: it was found that the walk breaks what is needed.
    """
    seen = form.seen
    if not seen:
        return
    with state().write.begin() as db:
        planned = session_or_404(db, session_id)
        walk = diary.frozen_walk(planned)
        observations.record(
            db,
            own_account(db),
            state().land.recorded.get(walk.area.id, walk.area),
            seen,
            answer=UUID(form.answer_id.data),
            seen_on=form.day,
            today=state().today,
        )
        known = walk_as_known(planned)
        diary.take_over(db, planned, known, now=state().now())
    require_needs_kept(known)


def _ask(session_id: UUID, found_form: OnFootForm) -> Page:
    form = UnknownForm()
    if ASKED in request.form and not found_form.errors:
        form.validate()
    with state().read.begin() as db:
        planned = session_or_404(db, session_id)
        walk = _to_share(db, planned)
        broken = known_broken(walk)
        page = render_template(
            "counsellor/ask_unknown.html",
            planned=planned,
            form=form,
            on_foot=found_form,
            sketch=Markup(parts_sketch(walk.area, found_form.walk_parts)),  # noqa: S704 - drawn by us
            found=[f for f in walk.proposal.findings if f.check in to_answer_for(walk)],
            broken=broken,
            action=request.path,
            asked=ASKED,
        )
    return page, NOT_ACCEPTED
