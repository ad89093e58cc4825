"""The application factory."""

from collections.abc import Callable
from datetime import UTC, datetime
from time import sleep

from flask import Flask
from flask_compress import Compress
from flask_wtf import CSRFProtect

from walktalk import resources
from walktalk.areas import AreaFiles
from walktalk.routes import words as route_words
from walktalk.sessions.acceptance import ANSWERS
from walktalk.sessions.seen_land import SeenLand
from walktalk.sessions.store.database import open_database, session_factory
from walktalk.sessions.store.keys import load_keyring
from walktalk.settings import Settings
from walktalk.web import (
    client,
    counsellor,
    errors,
    health,
    language,
    recce,
    well_known,
)
from walktalk.web.client import downloads
from walktalk.web.entrance import Entrance
from walktalk.web.filters import FILTERS, dated_filters
from walktalk.web.headers import protect
from walktalk.web.land_worker import LandWorker
from walktalk.web.logs import QuietApp, start_logging
from walktalk.web.state import EXTENSION, Clock, State, state
from walktalk.web.static_files import StaticFiles
from walktalk.web.street_map.on_pages import tile_server
from walktalk.web.throttle import Throttle
from walktalk.web.upkeep import Upkeep
from walktalk.web.uploads import MOST_FORM_BYTES, take_files
from walktalk.web.writing import Writing


def create_app(
    settings: Settings | None = None,
    now: Clock = lambda: datetime.now(UTC),
    pause: Callable[[float], None] = sleep,
) -> Flask:
    """Make the application.

    Args:
        settings: the configuration; ``None`` reads it from the environment.
        now: the clock.
        pause: waits for some seconds, where guessing is slowed down.

    Raises:
        SessionsError: the database or the secret cannot be used.
    """
    settings = settings or Settings()
    app = QuietApp("walktalk.web", template_folder=str(resources.templates()), static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_FORM_BYTES
    engine, files = open_database(settings), AreaFiles(settings)
    app.config["SECRET_KEY"] = load_keyring(settings).current.cookie
    write, read = session_factory(engine), session_factory(engine, read_only=True)
    app.extensions[EXTENSION] = State(
        settings=settings,
        files=files,
        land=SeenLand(files.areas, read),
        write=write,
        read=read,
        now=now,
        throttle=Throttle(now, pause),
        writing=Writing(write, now),
        upkeep=Upkeep(write, now),
        worker=LandWorker(settings, write, read, now),
        tile_server=tile_server(settings),
    )
    start_logging(app)
    language.start(app)  # first of all that happens to a request
    Compress(app)
    protect(app, settings)
    take_files(app)  # before the token is looked for in what was sent
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # a form may lie open as long as its sign-in lasts
    CSRFProtect(app)
    _pages(app)
    app.wsgi_app = Entrance(app.wsgi_app, settings)  # type: ignore[method-assign]
    return app


def _pages(app: Flask) -> None:
    files = StaticFiles.shipped()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS, **dated_filters(lambda: state().now()))
    app.jinja_env.globals.update(
        static_url=files.url,
        level_words=route_words.LEVEL_WORDS,
        shape_words=route_words.SHAPE_WORDS,
        answer_words=ANSWERS,
    )
    app.register_blueprint(files.blueprint())
    for module in (counsellor, client, downloads, recce, health, well_known):
        app.register_blueprint(module.blueprint)
    errors.register(app)
