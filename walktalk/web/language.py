"""How a request is answered: in which language, for now always English, and in which units."""

from contextlib import ExitStack

from flask import Flask, g
from flask_babel import Babel, get_locale, get_translations

from walktalk.wording import ENGLISH, Distances, Language, distances, language, measured, spoken


def start(app: Flask) -> None:
    """Answer every request in the language that Flask-Babel chooses for it."""
    Babel(app, default_locale=ENGLISH)
    app.before_request(_speak)
    app.teardown_request(_fall_silent)
    # in place of Flask-Babel's own, which look for the language again at every sentence
    app.jinja_env.install_gettext_callables(_said, _said_of_many, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["page_language"] = lambda: language().tag
    app.jinja_env.globals["distances"] = distances


def measure_in(wanted: Distances) -> None:
    """Say distances in these units until the request is answered."""
    g.spoken.enter_context(measured(wanted))


def _said(text: str) -> str:
    return language().translations.gettext(text)


def _said_of_many(one: str, many: str, number: int) -> str:
    return language().translations.ngettext(one, many, number)


def _speak() -> None:
    g.spoken = ExitStack()
    g.spoken.enter_context(spoken(Language(str(get_locale()), get_translations())))


def _fall_silent(error: BaseException | None) -> None:  # noqa: ARG001 - Flask hands it over
    speech = g.pop("spoken", None)
    if speech is not None:
        speech.close()
