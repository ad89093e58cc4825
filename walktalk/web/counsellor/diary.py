"""The diary: what is coming, what was, what was deleted."""

from flask import render_template

from walktalk.sessions import diary
from walktalk.sessions.removal import list_deleted
from walktalk.sessions.store.models import PlannedSession
from walktalk.web.counsellor.account import Page
from walktalk.web.counsellor.blueprint import blueprint, signed_in_account
from walktalk.web.state import state


@blueprint.get("/diary")
def diary_page() -> Page:
    """Show the sessions to come first, then those that were."""
    now, account = state().now(), signed_in_account()
    with state().read.begin() as db:
        return render_template(
            "counsellor/diary.html",
            upcoming=diary.list_upcoming(db, account, now),
            past=diary.list_past(db, account, now),
            deleted=list_deleted(db, PlannedSession, account),
        )
