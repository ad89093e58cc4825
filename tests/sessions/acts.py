"""What the tests of sharing do again and again."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.walks import NOW, a_walk
from walktalk.routes import Walk
from walktalk.sessions import diary, links
from walktalk.sessions.database import SQLITE_FILE
from walktalk.sessions.models import Account, PlannedSession
from walktalk.settings import Settings


def save(db: Session, account: Account, walk: Walk | None = None, **more: Any) -> PlannedSession:
    return diary.save_session(db, account, walk or a_walk(), form_key="form", now=NOW, **more)


def again(db: Session, planned: PlannedSession) -> PlannedSession:
    return db.get_one(PlannedSession, planned.id)


def level(walk: Walk, check: str) -> str:
    return next(f.level for f in walk.proposal.findings if f.check == check)


def written(settings: Settings) -> bytes:
    """Return every byte of the SQLite database, what is not yet in its main file too."""
    files = sorted(settings.home.glob(f"{SQLITE_FILE}*"))
    return b"".join(file.read_bytes() for file in files)


def opens(factory: sessionmaker[Session], token: str, now: datetime = NOW) -> bool:
    with factory.begin() as db:
        return links.open_link(db, token, now) is not None
