"""What the tests of sharing do again and again."""

import subprocess
import sys
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from tests.sessions.walks import NOW, a_walk
from walktalk.routes import Walk
from walktalk.sessions import diary, links
from walktalk.sessions.store.database import SQLITE_FILE
from walktalk.sessions.store.models import Account, PlannedSession
from walktalk.settings import Settings


def save(db: Session, account: Account, walk: Walk | None = None, **more: Any) -> PlannedSession:
    return diary.save_session(db, account, walk or a_walk(), form_key="form", now=NOW, **more)


def again(db: Session, planned: PlannedSession) -> PlannedSession:
    return db.get_one(PlannedSession, planned.id)


def level(walk: Walk, check: str) -> str:
    return next(f.level for f in walk.proposal.findings if f.check == check)


def written(settings: Settings) -> bytes:
    """Return every byte of the SQLite database, what is not yet in its main file too.

    Read by another program: to close a file that is open here would take its locks away.
    """
    files = sorted(settings.home.glob(f"{SQLITE_FILE}*"))
    return subprocess.run(["cat", *files], capture_output=True, check=True).stdout


def opens(factory: sessionmaker[Session], token: str, now: datetime = NOW) -> bool:
    with factory.begin() as db:
        return links.open_link(db, token, now) is not None


def counted_elsewhere(settings: Settings, table: str) -> int:
    """Return how many rows another program finds, which opens the database and closes it again."""
    program = (
        "import sys; from pathlib import Path; from sqlalchemy import text\n"
        "from walktalk.sessions.store.database import open_database\n"
        "from walktalk.settings import Settings\n"
        "engine = open_database(Settings(home=Path(sys.argv[1])))\n"
        "with engine.connect() as connection:\n"
        "    print(connection.execute(text(f'SELECT count(*) FROM {sys.argv[2]}')).scalar_one())\n"
        "engine.dispose()\n"
    )
    command = [sys.executable, "-c", program, str(settings.home), table]
    return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
