"""How large what is sent may be, known before anything of it is read."""

from collections.abc import Callable, Mapping

from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadData
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_cookie

from walktalk.routes.recordings import MAX_BYTES as MAX_RECORDING_BYTES
from walktalk.sessions.photographs.picture import MAX_BYTES as MAX_PHOTOGRAPH_BYTES
from walktalk.web.forms.land import MAX_BYTES as MAX_LAND_BYTES
from walktalk.web.sign_in import TOKEN, current

MOST_STRANGER_BYTES = 64_000
"""What signing in and setting up send, many times over."""

MOST_FORM_BYTES = 1_000_000
"""No form of the application comes near it; what a form sends beside a file neither."""

LARGEST: Mapping[str, int] = {
    "counsellor.read_recorded": MAX_RECORDING_BYTES,
    "counsellor.add_photograph": MAX_PHOTOGRAPH_BYTES,
    "counsellor.check_session_on_foot": MAX_PHOTOGRAPH_BYTES,
    "counsellor.check_route_on_foot": MAX_PHOTOGRAPH_BYTES,
    "recce.take_photograph": MAX_PHOTOGRAPH_BYTES,
    "counsellor.send_land": MAX_LAND_BYTES,
}
"""The largest file in bytes by the endpoint that takes it."""

BodyLimit = Callable[[str, str, Mapping[str, str]], int]
"""From method, path and header lines (``COOKIE``, ...) to the most bytes that are read."""


def take_files(app: Flask) -> None:
    """Let whoever is signed in send files, which are larger than any other form."""
    app.before_request(_set_limit)


def body_limit(app: Flask) -> BodyLimit:
    """Return what the server asks before it reads a body.

    It looks at the cookie's signature alone, not at the database: the server must not wait. So a
    sign-in that has ended still sends as much as one that has not; it is refused afterwards.
    """
    addresses = app.url_map.bind("")
    interface = app.session_interface
    assert isinstance(interface, SecureCookieSessionInterface)  # noqa: S101 - ours is one
    signer = interface.get_signing_serializer(app)
    lifetime_s = int(app.permanent_session_lifetime.total_seconds())

    def is_known(cookies: str) -> bool:
        cookie = parse_cookie(cookies).get(app.config["SESSION_COOKIE_NAME"], "")
        try:
            said = signer.loads(cookie, max_age=lifetime_s) if signer else {}
        except BadData:
            return False
        return TOKEN in said

    def limit(method: str, path: str, headers: Mapping[str, str]) -> int:
        if method != "POST":
            return 0
        try:
            endpoint, _ = addresses.match(path, method=method)
        except HTTPException:
            endpoint = ""
        return _most_bytes(endpoint, is_known(headers.get("COOKIE", "")))

    return limit


def _set_limit() -> None:
    if request.method != "POST":
        return
    request.max_content_length = _most_bytes(request.endpoint or "", current() is not None)


def _most_bytes(endpoint: str, is_known: bool) -> int:
    if not is_known:
        return MOST_STRANGER_BYTES
    return LARGEST.get(endpoint, 0) + MOST_FORM_BYTES
