"""A saved walk asked for again with one part new: what its page sends, and the walk it means."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from flask import abort

from walktalk.routes import Walk
from walktalk.sessions import diary
from walktalk.sessions.store.models import PlannedSession
from walktalk.web.counsellor.blueprint import session_or_404
from walktalk.web.forms.plan import PlanForm, hidden_values, values_of
from walktalk.web.state import state

_WEEK = timedelta(days=7)


def asking_for_one_part_new(
    form: PlanForm, planned: PlannedSession, walk: Walk
) -> list[tuple[str, str]]:
    """Return the planning form's names and values that ask for a saved walk with one part new.

    It is asked for at the same time, or, once that is over, at the same time of the next week to
    come. There are none where the area is no longer there.
    """
    area = state().areas.get(planned.area_id)
    start = walk.request.start
    is_there = area is not None and (not isinstance(start, str) or start in area.places)
    if area is None or walk.request.at is None or not is_there:
        return []
    at = walk.request.at
    while at <= state().now():
        at += _WEEK
    asked = replace(walk.request, at=at)
    return hidden_values(form, **values_of(area, asked), known=str(planned.id))


def known_walk(session_id: str) -> Walk:
    """Return the walk of the session that a form names, or answer that there is none."""
    try:
        number = UUID(session_id)
    except ValueError:
        abort(404)
    with state().read.begin() as db:
        return diary.frozen_walk(session_or_404(db, number))
