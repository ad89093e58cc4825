"""The walks that the command line knows: those stored with a park, and the counsellor's own."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from walktalk.parks import Area, RecordedRoute, StoredRoute, with_recorded_routes
from walktalk.routes import RequestError, Walk
from walktalk.sessions import diary, recorded
from walktalk.sessions.accounts import first_account
from walktalk.sessions.errors import SessionNotFound
from walktalk.sessions.store.database import use_database
from walktalk.settings import Settings


def area_with_own_walks(area: Area, settings: Settings) -> tuple[Area, tuple[str, ...]]:
    """Return an area with the first account's recorded walks, and the ids those have in it.

    Only to look walks up: each walk with a line of its own brings paths that others would take.
    """
    routes = _own_walks(area.id, settings)
    return with_recorded_routes(area, routes), tuple(route.id for route in routes)


def find_route(area: Area, wanted: str, settings: Settings) -> tuple[Area, StoredRoute]:
    """Return the walk of an area that an id or a name stands for, and the area that has it.

    Of the counsellor's own walks only this one is laid over the area.

    Args:
        area: where to walk.
        wanted: the id of a stored route or recorded walk, or its name, in capitals or not.
        settings: whose library.

    Raises:
        RequestError: there is no such walk, or several of that name; says what there is.
    """
    own = _own_walks(area.id, settings)
    everything = with_recorded_routes(area, own)
    found = [each for each in everything.routes.values() if _is_meant(each, wanted)]
    if len(found) > 1:
        raise RequestError(
            "route", f"there are several walks called {wanted!r}; accepted: {_listed(found)}"
        )
    if not found:
        there_is = _listed(everything.routes.values()) or f"none, {area.name} has no walk yet"
        raise RequestError(
            "route", f"there is no walk {wanted!r} in {area.name}; accepted: {there_is}"
        )
    chosen = [route for route in own if route.id == found[0].id]
    with_it = with_recorded_routes(area, chosen)
    return with_it, with_it.routes[found[0].id]


def saved_walk(session_id: str, settings: Settings) -> tuple[Walk, tuple[RecordedRoute, ...]]:
    """Return the walk of a session of the first account, as it was kept.

    Args:
        session_id: the session's id.
        settings: whose diary.

    Returns:
        The walk, and the recorded walk on whose own line it goes, if it does.

    Raises:
        RequestError: there is no such session.
    """
    try:
        number = UUID(session_id)
        with use_database(settings) as factory, factory.begin() as db:
            account = first_account(db)
            walk = diary.frozen_walk(diary.get(db, account, number))
            own = recorded.find_route(db, account, walk.area.id, recorded.own_route_of(walk))
    except (ValueError, SessionNotFound):
        raise RequestError("again", f"there is no session {session_id!r} in the diary") from None
    return walk, (own,) if own else ()


def _own_walks(area_id: str, settings: Settings) -> Sequence[RecordedRoute]:
    with use_database(settings) as factory, factory.begin() as db:
        walks = recorded.list_kept(db, first_account(db))
        return [recorded.as_route(walk) for walk in walks if walk.area_id == area_id]


def _is_meant(route: StoredRoute, wanted: str) -> bool:
    return wanted == route.id or " ".join(wanted.split()).casefold() == route.name.casefold()


def _listed(routes: Iterable[StoredRoute]) -> str:
    return ", ".join(f"{route.id} ({route.name})" for route in routes)
