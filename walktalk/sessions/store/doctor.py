"""Whether this installation is in order: the rows that ``walktalk doctor`` prints."""

import os
import stat
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import undefer

from walktalk.parks import ParkDataError, load_areas
from walktalk.resources import shipped_parks
from walktalk.routes import Finding
from walktalk.sessions.store.database import current_revision, open_database, session_factory
from walktalk.sessions.store.errors import SessionsError
from walktalk.sessions.store.frozen import thaw
from walktalk.sessions.store.keys import SECRET_FILE, load_keyring, make_home
from walktalk.sessions.store.models import Photograph, PlannedSession, RecordedWalk
from walktalk.settings import Settings

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def doctor(settings: Settings) -> tuple[Finding, ...]:
    """Return one finding for each thing that must be in order, always in the same order.

    A ``fail`` stops Walktalk from working; a ``caution`` does not.
    """
    checks: tuple[tuple[str, Callable[[Settings], Finding]], ...] = (
        ("home", _home),
        ("secret", _secret),
        ("database", _database),
        ("sessions", _sessions),
        ("photographs", _photographs),
        ("parks", _parks),
        ("base-url", _base_url),
        *((("tiles", _tiles),) if settings.tiles else ()),
    )
    return tuple(_found(name, check, settings) for name, check in checks)


def _found(name: str, check: Callable[[Settings], Finding], settings: Settings) -> Finding:
    try:
        return check(settings)
    except (SessionsError, ParkDataError) as error:
        return Finding(name, "fail", str(error))


def _home(settings: Settings) -> Finding:
    home = make_home(settings)
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        return Finding("home", "fail", f"WALKTALK_HOME: {home} cannot be written to.")
    if os.name == "posix" and home.stat().st_mode & _OTHERS:
        return Finding("home", "caution", f"Others on this machine can look into {home}: chmod 700")
    return Finding("home", "pass", f"{home} can be written to, by its owner alone.")


def _secret(settings: Settings) -> Finding:
    keyring = load_keyring(settings)
    where = "WALKTALK_SECRET_KEY" if settings.secret_key else str(settings.home / SECRET_FILE)
    file = settings.home / SECRET_FILE
    if os.name == "posix" and file.exists() and file.stat().st_mode & _OTHERS:
        return Finding("secret", "caution", f"Others on this machine can read {file}: chmod 600")
    number = f", and {len(keyring.keys) - 1} older" if len(keyring.keys) > 1 else ""
    return Finding("secret", "pass", f"The secret key is in {where}{number}.")


def _database(settings: Settings) -> Finding:
    engine = open_database(settings)
    try:
        with engine.connect() as connection:
            revision = current_revision(connection)
    finally:
        engine.dispose()
    kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[engine.dialect.name]
    return Finding("database", "pass", f"{kind} answers, its schema at the newest step {revision}.")


def _sessions(settings: Settings) -> Finding:
    """Open what was saved last: it shows whether the secret is the one that sealed the data."""
    engine = open_database(settings)
    newest = select(PlannedSession).order_by(PlannedSession.created_at.desc()).limit(1)
    newest_walk = select(RecordedWalk).order_by(RecordedWalk.created_at.desc()).limit(1)
    try:
        with session_factory(engine, read_only=True).begin() as db:
            db.scalars(newest_walk).first()
            planned = db.scalars(newest.options(undefer(PlannedSession.frozen))).first()
            if planned is None:
                return Finding("sessions", "pass", "No session is saved yet.")
            thaw(planned.frozen)
    finally:
        engine.dispose()
    return Finding("sessions", "pass", "The newest saved session opens.")


def _photographs(settings: Settings) -> Finding:
    """Open the newest photograph."""
    engine = open_database(settings)
    newest = select(Photograph.image).order_by(Photograph.created_at.desc()).limit(1)
    try:
        with session_factory(engine, read_only=True).begin() as db:
            if db.scalars(newest).first() is None:
                return Finding("photographs", "pass", "No photograph is kept yet.")
    finally:
        engine.dispose()
    return Finding("photographs", "pass", "The newest photograph opens.")


def _parks(settings: Settings) -> Finding:
    areas = load_areas(shipped_parks(), settings.imported_parks)
    if not areas:
        return Finding("parks", "fail", f"No area file in {shipped_parks()}.")
    return Finding("parks", "pass", f"{len(areas)} areas can be read.")


def _base_url(settings: Settings) -> Finding:
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


def _tiles(settings: Settings) -> Finding:
    """Say where tiles come from; no tile is asked for."""
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
