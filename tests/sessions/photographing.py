"""Photographs added to sessions, and seen on their pages."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session, sessionmaker

from tests import photographs as made
from tests.sessions.walks import NOW
from walktalk.routes import Walk
from walktalk.sessions import diary, links, photographs
from walktalk.sessions.opened import SharedPhotograph, Shows
from walktalk.sessions.photographs import Picture, as_picture
from walktalk.sessions.store.models import Account, Photograph, PlannedSession

PICTURE = as_picture(made.as_jpeg(made.a_scene(400, 300)))
WORDS = "A red bench beside the gate."
TAKEN = date(2026, 5, 3)


def add(
    db: Session,
    planned: PlannedSession,
    shows: Shows = "meeting-place",
    picture: Picture = PICTURE,
    *,
    words: str = WORDS,
    key: UUID | None = None,
) -> Photograph:
    return photographs.add(
        db,
        planned,
        shows,
        picture,
        description=words,
        taken_on=TAKEN,
        photograph_id=key,
        now=NOW,
    )


def saved(db: Session, account: Account, form_key: str, walk: Walk) -> PlannedSession:
    return diary.save_session(db, account, walk, form_key=form_key, now=NOW)


def seen(
    factory: sessionmaker[Session], token: str, now: datetime = NOW
) -> tuple[SharedPhotograph, ...] | None:
    with factory.begin() as db:
        shared = links.open_link(db, token, now)
        return None if shared is None else shared.photographs
