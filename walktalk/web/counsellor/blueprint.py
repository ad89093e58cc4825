"""The counsellor's blueprint: everything but its doors needs signing in."""

from typing import cast
from uuid import UUID

from flask import Blueprint, abort, current_app, request
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from walktalk.sessions import diary
from walktalk.sessions.errors import SessionNotFound
from walktalk.sessions.page_words import distances_of
from walktalk.sessions.store.models import Account, PlannedSession
from walktalk.web.language import measure_in

blueprint = Blueprint("counsellor", __name__)

DOORS = {"counsellor.start", "counsellor.sign_in", "counsellor.set_up"}
"""What opens without signing in."""


@blueprint.before_request
def ask_to_sign_in() -> Response | None:
    """Send whoever is not signed in to the sign-in page; speak to others in their own units."""
    if request.endpoint in DOORS:
        return None
    if current_user.is_authenticated:
        measure_in(distances_of(signed_in_account()))
        return None
    return cast(Response, current_app.login_manager.unauthorized())  # type: ignore[attr-defined]


@blueprint.context_processor
def signed_in() -> dict[str, Account | None]:
    """Give templates the account that is signed in."""
    return {"account": signed_in_account() if current_user.is_authenticated else None}


def signed_in_account() -> Account:
    """Return the account that is signed in."""
    return cast(Account, current_user.account)


def session_or_404(db: Session, session_id: UUID) -> PlannedSession:
    """Return a session of the account that is signed in, or answer that there is none."""
    try:
        return diary.get(db, signed_in_account(), session_id)
    except SessionNotFound:
        abort(404)
