"""The counsellor's own library: walks they recorded, in the database, with a bin.

Every function works inside the caller's transaction: ``with factory.begin() as db``.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from walktalk.parks import RecordedRoute
from walktalk.routes import Walk
from walktalk.routes.recordings import KeptRecording
from walktalk.sessions.errors import AlreadyErased, RecordedWalkNotFound
from walktalk.sessions.removal import hold
from walktalk.sessions.store.erasures import is_erased
from walktalk.sessions.store.models import Account, RecordedWalk
from walktalk.sessions.typed import accepted_line

NAME_CHARACTERS = 60
"""Longest name of a recorded walk: a line of a list."""

DRAWN = "drawn"
"""The kind of a walk that was drawn on the map, in place of a file's."""

ROUTE_PREFIX = "recorded-"
"""Before a recorded walk's id where stored routes are told apart; no area file uses it."""


def save(
    db: Session,
    account: Account,
    area_id: str,
    name: str,
    kept: KeptRecording,
    *,
    walk_id: UUID | None = None,
    now: datetime | None = None,
) -> RecordedWalk:
    """Add a recorded walk to an account's library; the same id sent again adds no second one.

    Args:
        db: the transaction.
        account: whose library.
        area_id: the park it was laid on.
        name: 1 to 60 characters.
        kept: what is kept of the recording.
        walk_id: new for each form shown; ``None`` for a walk that comes without a form.
        now: the present moment, for tests.

    Raises:
        RequestError: the name is empty, too long or not printable.
        RecordedWalkNotFound: the id belongs to another account.
        AlreadyErased: the walk that this form kept was erased for good.
    """
    accepted = accepted_name(name)
    if walk_id is not None and db.get(RecordedWalk, walk_id) is not None:
        return get(db, account, walk_id)
    if walk_id is not None and is_erased(db, walk_id):
        raise AlreadyErased
    walk = RecordedWalk(
        id=walk_id or uuid4(),
        account_id=account.id,
        area_id=area_id,
        name=accepted,
        kind=kept.kind,
        path_ids=list(kept.path_ids),
        line=list(kept.line),
        length_m=kept.length_m,
        share=kept.share,
        median_m=kept.median_m,
        p95_m=kept.p95_m,
        lowest_m=kept.lowest_m,
        highest_m=kept.highest_m,
        heights_m=None if kept.heights_m is None else list(kept.heights_m),
        recorded_on=kept.recorded_on,
        created_at=now or datetime.now(UTC),
    )
    db.add(walk)
    db.flush()
    return walk


def get(db: Session, account: Account, walk_id: UUID) -> RecordedWalk:
    """Return a recorded walk of this account, the bin included.

    Raises:
        RecordedWalkNotFound: there is none, or it belongs to another account.
    """
    walk = db.get(RecordedWalk, walk_id)
    if walk is None or walk.account_id != account.id:
        raise RecordedWalkNotFound("There is no such walk in your library.")
    return walk


def list_kept(db: Session, account: Account) -> Sequence[RecordedWalk]:
    """Return the recorded walks in an account's library, the last added first."""
    query = select(RecordedWalk).where(
        RecordedWalk.account_id == account.id, RecordedWalk.deleted_at.is_(None)
    )
    return db.scalars(query.order_by(RecordedWalk.created_at.desc())).all()


def rename(db: Session, walk: RecordedWalk, name: str) -> None:
    """Give a recorded walk another name.

    Raises:
        RequestError: the name is empty, too long or not printable.
    """
    accepted = accepted_name(name)
    hold(db, walk)
    walk.name = accepted
    db.flush()


def route_id(walk: RecordedWalk) -> str:
    """Return the id a recorded walk has among its area's stored routes."""
    return f"{ROUTE_PREFIX}{walk.id}"


def own_route_of(walk: Walk) -> str:
    """Return the id of the recorded walk whose own line a walk goes over, or ``""``."""
    length = len(ROUTE_PREFIX) + len(str(UUID(int=0)))
    own = (leg.path_id for leg in walk.route.legs if leg.path_id.startswith(ROUTE_PREFIX))
    return next(own, "")[:length]


def as_route(walk: RecordedWalk) -> RecordedRoute:
    """Return a recorded walk as ``parks`` lays it over an area."""
    return RecordedRoute(
        id=route_id(walk),
        name=walk.name,
        line=tuple((lon, lat) for lon, lat in walk.line),
        path_ids=tuple(walk.path_ids),
        recorded_on=walk.recorded_on,
        kept_on=walk.created_at.date(),
        heights_m=None if walk.heights_m is None else tuple(walk.heights_m),
        drawn=walk.kind == DRAWN,
    )


def accepted_name(name: str) -> str:
    """Return a walk's name as it is kept.

    Raises:
        RequestError: it is empty, too long or not printable.
    """
    words = f"a name of 1 to {NAME_CHARACTERS} characters"
    return accepted_line("name", name, NAME_CHARACTERS, least=1, words=words)


def find_route(db: Session, account: Account, area_id: str, wanted: str) -> RecordedRoute | None:
    """Return the recorded walk with an id among an area's stored routes, or ``None``."""
    try:
        walk = get(db, account, UUID(wanted.removeprefix(ROUTE_PREFIX)))
    except (ValueError, RecordedWalkNotFound):
        return None
    is_here = walk.area_id == area_id and walk.deleted_at is None
    return as_route(walk) if is_here else None
