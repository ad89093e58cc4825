"""Whether this installation is in order: the rows that ``walktalk doctor`` prints."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import undefer

from walktalk.parks import ParkDataError, load_areas
from walktalk.resources import shipped_parks
from walktalk.routes import Finding
from walktalk.sessions.store.database import damage, open_database, session_factory
from walktalk.sessions.store.errors import SessionsError
from walktalk.sessions.store.frozen import thaw
from walktalk.sessions.store.keys import SECRET_FILE, load_keyring, make_home
from walktalk.sessions.store.models import Photograph, PlannedSession, RecordedWalk
from walktalk.sessions.store.schema_steps import current_revision
from walktalk.settings import Settings

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class _Installation:
    """What is examined.

    Attributes:
        settings: its configuration.
        database: opened once; or why it cannot be.
    """

    settings: Settings
    database: Engine | SessionsError

    def opened(self) -> Engine:
        """Return the database.

        Raises:
            SessionsError: it cannot be opened.
        """
        if isinstance(self.database, SessionsError):
            raise self.database
        return self.database


def doctor(settings: Settings) -> tuple[Finding, ...]:
    """Return one finding for each thing that must be in order, always in the same order.

    A ``fail`` stops Walktalk from working; a ``caution`` does not.
    """
    checks: tuple[tuple[str, Callable[[_Installation], Finding]], ...] = (
        ("home", _home),
        ("secret", _secret),
        ("database", _database),
        ("sessions", _sessions),
        ("photographs", _photographs),
        ("parks", _parks),
        ("base-url", _base_url),
        *((("tiles", _tiles),) if settings.tiles else ()),
    )
    examined = _Installation(settings, _opened(settings))
    try:
        return tuple(_found(name, check, examined) for name, check in checks)
    finally:
        if isinstance(examined.database, Engine):
            examined.database.dispose()


def _opened(settings: Settings) -> Engine | SessionsError:
    try:
        return open_database(settings)
    except SessionsError as error:
        return error


def _found(
    name: str, check: Callable[[_Installation], Finding], examined: _Installation
) -> Finding:
    try:
        return check(examined)
    except (SessionsError, ParkDataError) as error:
        return Finding(name, "fail", str(error))
    except DBAPIError as error:
        return Finding(name, "fail", f"The database cannot be read: {error.orig}")


def _home(examined: _Installation) -> Finding:
    settings = examined.settings
    home = make_home(settings)
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        return Finding("home", "fail", f"WALKTALK_HOME: {home} cannot be written to.")
    if os.name == "posix" and home.stat().st_mode & _OTHERS:
        return Finding("home", "caution", f"Others on this machine can look into {home}: chmod 700")
    return Finding("home", "pass", f"{home} can be written to, by its owner alone.")


def _secret(examined: _Installation) -> Finding:
    settings = examined.settings
    keyring = load_keyring(settings)
    where = "WALKTALK_SECRET_KEY" if settings.secret_key else str(settings.home / SECRET_FILE)
    file = settings.home / SECRET_FILE
    if os.name == "posix" and file.exists() and file.stat().st_mode & _OTHERS:
        return Finding("secret", "caution", f"Others on this machine can read {file}: chmod 600")
    number = f", and {len(keyring.keys) - 1} older" if len(keyring.keys) > 1 else ""
    return Finding("secret", "pass", f"The secret key is in {where}{number}.")


def _database(examined: _Installation) -> Finding:
    engine = examined.opened()
    with engine.connect() as connection:
        revision = current_revision(connection)
        found = damage(connection)
    if found:
        return Finding(
            "database",
            "fail",
            f"The database is damaged: {found}. Keep a copy of the home folder, then put the last "
            "good backup back with: walktalk restore --force",
        )
    kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[engine.dialect.name]
    return Finding("database", "pass", f"{kind} answers, its schema at the newest step {revision}.")


def _sessions(examined: _Installation) -> Finding:
    """Open what was saved last: it shows whether the secret is the one that sealed the data."""
    newest = select(PlannedSession).order_by(PlannedSession.created_at.desc()).limit(1)
    newest_walk = select(RecordedWalk).order_by(RecordedWalk.created_at.desc()).limit(1)
    with session_factory(examined.opened(), read_only=True).begin() as db:
        db.scalars(newest_walk).first()
        planned = db.scalars(newest.options(undefer(PlannedSession.frozen))).first()
        if planned is None:
            return Finding("sessions", "pass", "No session is saved yet.")
        thaw(planned.frozen)
    return Finding("sessions", "pass", "The newest saved session opens.")


def _photographs(examined: _Installation) -> Finding:
    """Open the newest photograph."""
    newest = select(Photograph.image).order_by(Photograph.created_at.desc()).limit(1)
    with session_factory(examined.opened(), read_only=True).begin() as db:
        if db.scalars(newest).first() is None:
            return Finding("photographs", "pass", "No photograph is kept yet.")
    return Finding("photographs", "pass", "The newest photograph opens.")


def _parks(examined: _Installation) -> Finding:
    settings = examined.settings
    areas = load_areas(shipped_parks(), settings.imported_parks)
    if not areas:
        return Finding("parks", "fail", f"No area file in {shipped_parks()}.")
    return Finding("parks", "pass", f"{len(areas)} areas can be read.")


def _base_url(examined: _Installation) -> Finding:
    settings = examined.settings
    if settings.is_loopback:
        return Finding(
            "base-url",
            "caution",
            f"WALKTALK_BASE_URL is {settings.base_url}: only this machine can open its links, "
            "a phone cannot.",
        )
    if not settings.is_production:
        return Finding(
            "base-url",
            "caution",
            f"WALKTALK_BASE_URL is {settings.base_url}: links travel unencrypted without https.",
        )
    return Finding("base-url", "pass", f"Links start with {settings.base_url}.")


def _tiles(examined: _Installation) -> Finding:
    """Say where tiles come from; no tile is asked for."""
    settings = examined.settings
    if not any(mark in settings.user_agent for mark in ("@", "http")):
        return Finding(
            "tiles",
            "caution",
            f"WALKTALK_USER_AGENT is {settings.user_agent!r}: it should name an address at which "
            f"{settings.tiles_host} can reach you.",
        )
    return Finding(
        "tiles",
        "pass",
        f"Tiles come from {settings.tiles_host}; each counsellor switches them on in the settings.",
    )
