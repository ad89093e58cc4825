"""The language a request is answered in: for now always English, for everybody."""

from flask import Flask, g
from flask_babel import Babel, get_locale, get_translations

from walktalk.wording import ENGLISH, Language, language, spoken


def start(app: Flask) -> None:
    """Answer every request in the language that Flask-Babel chooses for it."""
    Babel(app, default_locale=ENGLISH)
    app.before_request(_speak)
    app.teardown_request(_fall_silent)
    app.jinja_env.globals["page_language"] = lambda: language().tag


def _speak() -> None:
    g.spoken = spoken(Language(str(get_locale()), get_translations()))
    g.spoken.__enter__()


def _fall_silent(error: BaseException | None) -> None:  # noqa: ARG001 - Flask hands it over
    speech = g.pop("spoken", None)
    if speech is not None:
        speech.__exit__(None, None, None)
