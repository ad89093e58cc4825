"""A session's walk as it is known today, with what counsellors saw on it since."""

from sqlalchemy.orm import object_session

from walktalk.routes import Walk
from walktalk.routes.rechecked import rechecked
from walktalk.sessions import diary, observations
from walktalk.sessions.store.models import PlannedSession
from walktalk.web.state import state


def walk_as_known(planned: PlannedSession) -> Walk:
    """Return a session's walk, read in an open transaction, as it is known today."""
    db = object_session(planned)
    seen = observations.list_of(db, planned.area_id) if db is not None else ()
    return rechecked(diary.frozen_walk(planned), seen, state().today)
