"""The diary: what is coming, what was last, what was deleted."""

from flask import render_template

from walktalk.sessions import diary, past
from walktalk.sessions.removal import list_deleted
from walktalk.sessions.store.models import PlannedSession
from walktalk.web.counsellor.account import Page
from walktalk.web.counsellor.blueprint import blueprint, signed_in_account
from walktalk.web.counsellor.closings import sessions_touched
from walktalk.web.state import state

NEWEST = 10
"""How many past sessions the diary itself shows; the others have pages of their own."""


@blueprint.get("/diary")
def diary_page() -> Page:
    """Show the sessions to come first, then those that were last."""
    now, account = state().now(), signed_in_account()
    with state().read.begin() as db:
        over = past.list_past(db, account, now)
        upcoming = diary.list_upcoming(db, account, now)
        return render_template(
            "counsellor/diary.html",
            upcoming=upcoming,
            closed_on=sessions_touched(db, upcoming),
            newest=over.sessions[:NEWEST],
            total=over.total,
            deleted=list_deleted(db, PlannedSession, account),
        )
