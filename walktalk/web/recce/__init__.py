"""The page that walks along: what is seen is kept on the phone, and sent when there is a signal.

It has an address and a service worker of its own. Its page holds the map and the network of an
area, nothing of anybody who plans or walks there, so that a phone may keep it.
"""

import hashlib
from dataclasses import asdict
from uuid import UUID

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from flask_wtf.csrf import generate_csrf

from walktalk.maps.recce_map import recce_ground, recce_map, recce_paper
from walktalk.routes import RequestError
from walktalk.routes.on_foot import QUESTIONS
from walktalk.routes.recce import SIGHTS
from walktalk.sessions import diary, photographs, recce
from walktalk.sessions.errors import AlreadyErased, AnswerNotFound
from walktalk.sessions.photographs.picture import PhotographError, as_picture
from walktalk.sessions.store.models import Account
from walktalk.web.counsellor.account import Page
from walktalk.web.sign_in import current
from walktalk.web.state import state
from walktalk.web.static_files import StaticFiles

blueprint = Blueprint("recce", __name__, url_prefix="/on-foot")

STATIC_FILES = ("page.css", "desk.css", "recce.css", "recce.js", "icon.svg")
"""Static files that the page needs, and that the phone keeps."""

NOT_NOW = 409
"""Answer in the hour before a meeting and during it: checking is for walks alone."""

_MARK_CHARACTERS = 12


@blueprint.get("/<area_id>")
def show(area_id: str) -> Page:
    """Show the page of an area."""
    area = state().land.recorded.get(area_id)
    if area is None or not area.paths:
        abort(404)
    account = _account()
    if account is None:
        return redirect(url_for("counsellor.sign_in", next=request.path))
    back = url_for("counsellor.area_page", area_id=area_id)
    with state().read.begin() as db:
        if diary.is_soon_or_now(db, account, state().now()):
            return render_template("counsellor/on_foot_later.html", back=back), NOT_NOW
    paper = recce_paper(area)
    return render_template(
        "recce/page.html",
        area=area,
        map=recce_map(area, paper),
        ground=recce_ground(area, paper),
        sights=SIGHTS,
        sights_as_values=[asdict(sight) for sight in SIGHTS],
        questions=QUESTIONS,
        mark=_mark(account),
        back=back,
    )


@blueprint.get("/keep.js")
def keeper() -> Response:
    """Send the script that keeps the pages on the phone."""
    files = StaticFiles.shipped()
    script = render_template("recce/keep.js", static=[files.url(name) for name in STATIC_FILES])
    return Response(script, mimetype="text/javascript")


@blueprint.get("/token")
def token() -> Response | tuple[Response, int]:
    """Say who is signed in, with what the next request has to carry."""
    account = _account()
    if account is None:
        return jsonify(), 401
    return jsonify(token=generate_csrf(), mark=_mark(account))


@blueprint.post("/entries")
def take_entries() -> Response | tuple[Response, int]:
    """Keep what a phone sends; each entry is kept or refused by itself."""
    account = _account()
    if account is None:
        return jsonify(), 401
    kept, refused, areas = [], [], state().land.recorded
    for entry in recce.read_entries(request.get_data()):
        try:
            with state().write.begin() as db:
                recce.keep(db, account, areas, entry, today=state().today)
            kept.append(entry.key)
        except RequestError as error:
            refused.append({"key": entry.key, "why": f"Give {error.accepted}."})
    return jsonify(kept=kept, refused=refused)


@blueprint.post("/photographs")
def take_photograph() -> Response | tuple[Response, int]:
    """Keep the photograph that belongs to an entry; sent again, it is kept once."""
    account = _account()
    if account is None:
        return jsonify(), 401
    sent = request.files.get("file")
    try:
        answer = UUID(request.form.get("key", ""))
        picture = as_picture(sent.read() if sent else b"")
        with state().write.begin() as db:
            photographs.add_of_ground(
                db,
                account,
                answer,
                picture,
                description=request.form.get("description", ""),
                now=state().now(),
            )
    except RequestError as error:
        return jsonify(why=f"Give {error.accepted}."), 422
    except (ValueError, PhotographError, AnswerNotFound, AlreadyErased) as error:
        return jsonify(why=f"{error}"), 422
    return jsonify()


def _account() -> Account | None:
    signed_in = current()
    return signed_in.account if signed_in else None


def _mark(account: Account) -> str:
    """Return what tells accounts apart on a phone that several people use, and names nobody."""
    return hashlib.sha256(b"recce" + account.id.bytes).hexdigest()[:_MARK_CHARACTERS]
