"""Photographs of meeting places and first turns: a small library, and what a page shows of it.

A photograph belongs to an account and to a spot on the ground, so that it serves every later walk
that begins there. Its pixels never change; a page keeps to the photograph that was chosen for it.

Every function works inside the caller's transaction: ``with factory.begin() as db``.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import get_args
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from walktalk.parks import LonLat
from walktalk.parks.geodesy import distance_m
from walktalk.routes import RequestError, Walk
from walktalk.routes.clock import LONDON
from walktalk.routes.directions import directions
from walktalk.sessions.diary import frozen_walk
from walktalk.sessions.errors import AlreadyErased, PhotographNotFound
from walktalk.sessions.giveaways import giveaway
from walktalk.sessions.opened import SharedPhotograph, Shows
from walktalk.sessions.photographs.picture import Picture
from walktalk.sessions.removal import hold
from walktalk.sessions.store.erasures import is_erased
from walktalk.sessions.store.models import (
    AREA_CHARACTERS,
    Account,
    Photograph,
    PlannedSession,
    ShownPhotograph,
)
from walktalk.sessions.typed import accepted_line

DESCRIPTION_CHARACTERS = 200
"""Room for one sentence."""

SAME_SPOT_M = 20.0
"""Metres within which two walks begin, or turn, in the same spot: what a photograph takes in."""

_OLDEST = date(1990, 1, 1)  # a day before it is a slip in the year: no telephone took photographs
_TURNS = ("left", "right", "slight-left", "slight-right")
_ENDS = (".", "?", "!")
_NAME_CHARACTERS = 12


def spots_of(walk: Walk) -> Mapping[Shows, LonLat]:
    """Return where photographs for a walk are taken: where people meet, and where they first turn.

    The first turn is the first that the directions tell of; a walk may have none.
    """
    place = walk.meeting_place
    spots: dict[Shows, LonLat] = {
        "meeting-place": place.position if place else walk.route.coordinates[0]
    }
    steps = directions(walk.area, walk.route, walk.request.pace)
    turn = next((step for step in steps if step.kind in _TURNS), None)
    if turn is not None:
        spots["first-turn"] = turn.position
    return spots


def add(
    db: Session,
    planned: PlannedSession,
    shows: Shows,
    picture: Picture,
    *,
    description: str,
    taken_on: date,
    photograph_id: UUID | None = None,
    now: datetime | None = None,
) -> Photograph:
    """Keep a photograph in the library of a session's account, and show it on that session's page.

    Args:
        db: the transaction.
        planned: the session that it was taken for.
        shows: what it is of.
        picture: the photograph, made fit to hand out.
        description: one sentence of 1 to 200 characters.
        taken_on: the day it was taken.
        photograph_id: new for each form shown: the same form sent again adds no second photograph.
            It is not used for another photograph than the one that it was first used for.
        now: the present moment, for tests.

    Raises:
        RequestError: the description or the day cannot be used, or the walk has no first turn.
        NotThere: the session was erased.
        AlreadyErased: the photograph that this form kept was erased for good.
    """
    now = now or datetime.now(UTC)
    said, day = accepted_description(description), accepted_day(taken_on, now)
    hold(db, planned)
    spot = spots_of(frozen_walk(planned)).get(shows)
    if spot is None:
        raise RequestError("shows", "the meeting place: this walk has no turn")
    photograph = Photograph(
        id=uuid4(),
        account_id=planned.account_id,
        area_id=planned.area_id,
        place_name=planned.place_name[:AREA_CHARACTERS],
        shows=shows,
        spot=spot,
        description=said,
        image=picture.content,
        width=picture.width,
        height=picture.height,
        taken_on=day,
        created_at=now,
    )
    photograph = _kept_once(db, photograph, photograph_id)
    _show(db, planned, shows, photograph.id)
    return photograph


def get(db: Session, account: Account, photograph_id: UUID) -> Photograph:
    """Return a photograph of this account's library, the bin included.

    Raises:
        PhotographNotFound: there is none, or it belongs to another account.
    """
    photograph = db.get(Photograph, photograph_id)
    if photograph is None or photograph.account_id != account.id:
        raise PhotographNotFound("There is no such photograph in your library.")
    return photograph


def list_kept(db: Session, account: Account) -> Sequence[Photograph]:
    """Return the photographs in an account's library, by park and place, the last added first."""
    query = select(Photograph).where(
        Photograph.account_id == account.id, Photograph.deleted_at.is_(None)
    )
    order = (Photograph.area_id, Photograph.place_name, Photograph.created_at.desc())
    return db.scalars(query.order_by(*order)).all()


def to_choose(db: Session, account: Account, walk: Walk) -> dict[Shows, tuple[Photograph, ...]]:
    """Return the library's photographs of a walk's own spots, by what they are of."""
    kept = list_kept(db, account)
    return {
        shows: tuple(each for each in kept if _is_of(each, walk.area.id, shows, spot))
        for shows, spot in spots_of(walk).items()
    }


def choose(db: Session, planned: PlannedSession, chosen: Mapping[Shows, UUID | None]) -> None:
    """Set which photographs a session's page shows; ``None`` shows nothing there.

    Raises:
        PhotographNotFound: one is not in the library, or is of another spot; nothing is changed.
        NotThere: the session was erased.
    """
    hold(db, planned)
    offered = to_choose(db, planned.account, frozen_walk(planned))
    for shows, wanted in chosen.items():
        if wanted is not None and wanted not in [each.id for each in offered.get(shows, ())]:
            raise PhotographNotFound("This photograph is not one of this place.")
    for shows, wanted in chosen.items():
        _show(db, planned, shows, wanted)


def shown_on(planned: PlannedSession) -> tuple[SharedPhotograph, ...]:
    """Return what a session's page shows: nothing that is in the bin, nothing once called off."""
    if planned.cancelled_at is not None:
        return ()
    chosen = {each.shows: each.photograph for each in planned.shown}
    return tuple(
        _shared(chosen[shows], shows, number)
        for number, shows in enumerate(get_args(Shows), start=1)
        if shows in chosen and chosen[shows].deleted_at is None
    )


def image_of(db: Session, photograph_id: UUID) -> bytes | None:
    """Return a photograph's file; ``None`` where it is in the bin or gone."""
    query = select(Photograph.image).where(
        Photograph.id == photograph_id, Photograph.deleted_at.is_(None)
    )
    return db.scalars(query).first()


def describe(db: Session, photograph: Photograph, description: str) -> None:
    """Say in other words what a photograph shows, on every page that shows it.

    Raises:
        RequestError: the words cannot be used.
    """
    said = accepted_description(description)
    hold(db, photograph)
    photograph.description = said
    db.flush()


def accepted_description(text: str) -> str:
    """Return what a photograph shows, in words, as it is kept.

    Raises:
        RequestError: it is empty, too long or not printable, or tells a stranger why people meet.
    """
    words = f"one sentence of 1 to {DESCRIPTION_CHARACTERS} characters"
    said = accepted_line("description", text, DESCRIPTION_CHARACTERS, least=1, words=words)
    found = giveaway(said)
    if found:
        raise RequestError(
            "description", f'a sentence without "{found}": it would tell why people meet'
        )
    return said if said.endswith(_ENDS) else f"{said}."


def accepted_day(day: date, now: datetime) -> date:
    """Return the day a photograph was taken.

    Raises:
        RequestError: it is to come, or so long ago that the year must be a slip.
    """
    if not _OLDEST <= day <= now.astimezone(LONDON).date():
        raise RequestError("taken_on", f"a day from {_OLDEST.year} to today")
    return day


def _kept_once(db: Session, photograph: Photograph, wanted_id: UUID | None) -> Photograph:
    """Keep a photograph under the wanted id where that is free; return what is kept already."""
    if wanted_id is not None:
        earlier = db.get(Photograph, wanted_id)
        if earlier is not None and _content(earlier) == _content(photograph):
            return earlier
        if is_erased(db, wanted_id):
            raise AlreadyErased
        if earlier is None:
            photograph.id = wanted_id
    db.add(photograph)
    db.flush()
    return photograph


def _content(photograph: Photograph) -> tuple[object, ...]:
    """Return what makes two photographs the same one, sent twice; one in the bin is none."""
    return (
        photograph.account_id,
        photograph.area_id,
        photograph.shows,
        tuple(photograph.spot),
        photograph.description,
        photograph.image,
        photograph.taken_on,
        photograph.deleted_at,
    )


def _show(db: Session, planned: PlannedSession, shows: Shows, photograph_id: UUID | None) -> None:
    earlier = db.get(ShownPhotograph, (planned.id, shows))
    if earlier is not None:
        db.delete(earlier)
        db.flush()
    if photograph_id is not None:
        db.add(ShownPhotograph(session_id=planned.id, shows=shows, photograph_id=photograph_id))
        db.flush()
    db.expire(planned, ["shown"])


def _is_of(photograph: Photograph, area_id: str, shows: Shows, spot: LonLat) -> bool:
    if (photograph.area_id, photograph.shows) != (area_id, shows) or not photograph.spot:
        return False
    return distance_m(photograph.spot, spot) <= SAME_SPOT_M


def _shared(photograph: Photograph, shows: Shows, number: int) -> SharedPhotograph:
    mark = hashlib.sha256(b"photograph" + photograph.id.bytes).hexdigest()[:_NAME_CHARACTERS]
    return SharedPhotograph(
        id=photograph.id,
        shows=shows,
        name=f"photo-{number}-{mark}.webp",
        description=photograph.description,
        taken_on=photograph.taken_on,
        width=photograph.width,
        height=photograph.height,
    )
