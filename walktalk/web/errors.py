"""Pages for what goes wrong; below ``/w/`` one quiet page for everything that is not there."""

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, HTTPException, NotFound, TooManyRequests

from walktalk.routes import RequestError
from walktalk.sessions.errors import (
    AlreadyErased,
    NeedBroken,
    NotThere,
    SessionInThePast,
    UnknownNotAccepted,
)
from walktalk.sessions.store.errors import SecretError, SessionsError
from walktalk.web.headers import FORGET_CACHED, WALK_PREFIX
from walktalk.web.sign_in import current

_WORDS = {
    400: ("This did not arrive as it should", "Go back one page and try again."),
    404: ("There is nothing at this address", "The link may be old, or it may have a typing slip."),
    405: ("This address cannot be opened like that", "Go back one page and try again."),
    413: (
        "This is too large",
        "A recorded walk can have up to 64 MB, a photograph 20 MB, any other form 1 MB.",
    ),
    429: (
        "Too many tries",
        "Wait for a quarter of an hour, then try again. Devices that are signed in stay so.",
    ),
    500: ("Something went wrong here", "Nothing was saved. Try again in a minute."),
}


def register(app: Flask) -> None:
    """Show errors as pages."""
    app.register_error_handler(HTTPException, show)
    app.register_error_handler(CSRFError, _too_old)
    app.register_error_handler(SessionsError, _cannot_be_used)
    for refused in (RequestError, SessionInThePast, NeedBroken, UnknownNotAccepted):
        app.register_error_handler(refused, lambda _error: show(BadRequest()))
    app.register_error_handler(NotThere, lambda _error: show(NotFound()))
    app.register_error_handler(AlreadyErased, _stays_erased)


def show(error: HTTPException) -> Response:
    """Return the page for an error."""
    if _is_below_walks():
        return quiet() if error.code in (404, 405) else fault(error.code or 500)
    status = error.code or 500
    title, text = _WORDS.get(status, _WORDS[500 if status >= 500 else 400])  # noqa: PLR2004
    known = current() if status < 500 else None  # noqa: PLR2004
    page = render_template("error.html", title=title, text=text, account=known and known.account)
    response = make_response(page, status)
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _is_below_walks() -> bool:
    return f"{request.path}/".startswith(WALK_PREFIX)


def quiet() -> Response:
    """Return the page for every link that opens nothing, the same whatever the cause."""
    response = make_response(render_template("client/nothing.html"), 404)
    response.headers["Cache-Control"] = "no-store"
    response.headers.update(FORGET_CACHED)
    return response


def fault(status: int) -> Response:
    """Return the page for a fault that says nothing about whether the link opens a walk."""
    response = make_response(render_template("client/fault.html"), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _too_old(_error: CSRFError) -> Response:
    page = render_template(
        "error.html",
        title="This form was open for too long",
        text="Nothing was changed. Go back, load the page again, and send the form once more.",
    )
    return make_response(page, 400)


def _stays_erased(error: AlreadyErased) -> Response:
    page = render_template("error.html", title="This was erased", text=str(error))
    return make_response(page, 410)


def _cannot_be_used(error: SessionsError) -> Response:
    """Say that what is kept cannot be used; the log says where."""
    current_app.logger.error("Kept data cannot be used", exc_info=error)
    if _is_below_walks():
        return fault(500)
    title, text = _WORDS[500]
    if isinstance(error, SecretError):
        title, text = "What is kept here cannot be read", str(error)
    return make_response(render_template("error.html", title=title, text=text), 500)
