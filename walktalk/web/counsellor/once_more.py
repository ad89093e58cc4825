"""A saved walk asked for once more, the same or with one part new: what its page sends."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from flask import abort
from werkzeug.datastructures import MultiDict

from walktalk.routes import Proposal, Walk, WalkRequest
from walktalk.routes.one_part_new import plan_one_part_new
from walktalk.routes.same_again import plan_same_again
from walktalk.sessions import diary
from walktalk.sessions.recorded import own_route_of
from walktalk.sessions.store.models import PlannedSession
from walktalk.web.counsellor.blueprint import session_or_404
from walktalk.web.counsellor.recordings import areas_with
from walktalk.web.forms.plan import SEPARATOR, PlanForm, hidden_values, values_of
from walktalk.web.state import state

_WEEK = timedelta(days=7)


def next_time(walk: Walk) -> datetime | None:
    """Return the time of a walk, or, once that is over, the same of the next week to come."""
    at = walk.request.at
    while at is not None and at <= state().now():
        at += _WEEK
    return at


def asking_once_more(
    planned: PlannedSession, walk: Walk, at: datetime | None, *, same: bool
) -> list[tuple[str, str]]:
    """Return the planning form's names and values that ask for a saved walk once more.

    There are none where the land that it lies on is no longer there.

    Args:
        planned: the session.
        walk: its frozen walk.
        at: when.
        same: exactly the same walk, else with one part new.
    """
    own = own_route_of(walk)
    route = f"{planned.area_id}{SEPARATOR}{own}" if own else ""
    areas, start = areas_with(route), walk.request.start
    area = areas.get(planned.area_id)
    if area is None or at is None or (isinstance(start, str) and start not in area.places):
        return []
    asked = values_of(area, replace(walk.request, at=at))
    form = PlanForm(areas, state().now(), formdata=None)
    more = {"known": str(planned.id), "same": same, "route": route}
    return hidden_values(form, **asked, **more)


def form_of(pairs: list[tuple[str, str]]) -> PlanForm:
    """Return the planning form as it is when it is sent so."""
    sent = MultiDict(pairs)
    return PlanForm(areas_with(sent.get("route", "")), state().now(), formdata=sent)


def walks_once_more(form: PlanForm, limit: int) -> tuple[WalkRequest, list[Proposal]]:
    """Return the walk that the form knows once more: itself, or up to ``limit`` with one part new.

    The same walk keeps all that was asked for but its time.

    Raises:
        RequestError: the request makes no sense.
        NoWalkFits: the walk cannot be walked so.
    """
    area, known = form.area, _known_walk(str(form.known.data))
    if form.same.data:
        asked = replace(known.request, at=form.at)
        return asked, [plan_same_again(area, asked, known)]
    asked = form.request()
    return asked, plan_one_part_new(area, asked, known, limit)


def _known_walk(session_id: str) -> Walk:
    """Return the walk of the session that a form names, or answer that there is none."""
    try:
        number = UUID(session_id)
    except ValueError:
        abort(404)
    with state().read.begin() as db:
        return diary.frozen_walk(session_or_404(db, number))
