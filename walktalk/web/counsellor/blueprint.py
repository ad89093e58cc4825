"""The counsellor's blueprint: everything but its doors needs signing in."""

from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, abort, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from walktalk.parks import Area
from walktalk.sessions import diary
from walktalk.sessions.errors import SessionNotFound
from walktalk.sessions.page_words import distances_of
from walktalk.sessions.store.models import Account, PlannedSession, SignIn
from walktalk.web.language import measure_in
from walktalk.web.sign_in import current

blueprint = Blueprint("counsellor", __name__)

OPEN_WITHOUT_SIGN_IN = {"counsellor.start", "counsellor.sign_in", "counsellor.set_up"}
"""What opens without signing in."""


@blueprint.before_request
def ask_to_sign_in() -> Response | None:
    """Send whoever is not signed in to the sign-in page; speak to others in their own units."""
    if request.endpoint in OPEN_WITHOUT_SIGN_IN:
        return None
    if current() is not None:
        measure_in(distances_of(signed_in_account()))
        return None
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for(".sign_in", next=wanted))


@blueprint.context_processor
def account_of_pages() -> dict[str, Account | None]:
    """Give templates the account that is signed in."""
    found = current()
    return {"account": found.account if found else None}


def signed_in() -> SignIn:
    """Return the sign-in of whoever asks; only behind ``ask_to_sign_in``."""
    found = current()
    if found is None:
        abort(401)
    return found


def signed_in_account() -> Account:
    """Return the account that is signed in, as it was when the request began: to read only."""
    return signed_in().account


def own_account(db: Session) -> Account:
    """Return the account that is signed in as a row of this transaction, to be changed.

    Only what is changed is written: nothing that another request changed meanwhile comes back.
    """
    account = db.get(Account, signed_in_account().id)
    if account is None:
        abort(401)
    return account


def session_or_404(db: Session, session_id: UUID) -> PlannedSession:
    """Return a session of the account that is signed in, or answer that there is none."""
    try:
        return diary.get(db, signed_in_account(), session_id)
    except SessionNotFound:
        abort(404)


def area_or_404(areas: Mapping[str, Area], area_id: str) -> Area:
    """Return an area by its id, or answer that there is none."""
    area = areas.get(area_id)
    if area is None:
        abort(404)
    return area
