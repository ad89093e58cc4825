"""Security headers: nothing inline, nothing from elsewhere, and nothing that follows a client."""

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_talisman import Talisman

from walktalk.sessions.sign_ins import ABSOLUTE
from walktalk.settings import Settings
from walktalk.web.street_map.on_pages import TILE_RULE

WALK_PREFIX = "/w/"
"""Every address below it is open without signing in, and belongs to a client."""

CONTENT_SECURITY_POLICY = {
    "default-src": "'none'",
    "object-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'self'",
}
"""``data:`` only for the small images that stand in the style sheets; no inline script or style."""

PERMISSIONS_POLICY = {
    "geolocation": "()",
    "camera": "()",
    "microphone": "()",
    "browsing-topics": "()",
}

WHERE_AM_I = {"client.show", "counsellor.preview", "recce.show"}
"""The pages that can say where the phone is, if it is asked to."""

ONLY_HERE = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""No page of another site keeps a hand on ours, or shows what is ours."""

FORGET_CACHED = {"Clear-Site-Data": '"cache"'}
"""Makes a browser drop the copies it has; heeded over ``https`` only."""

_GEOLOCATION = ("geolocation=()", "geolocation=(self)")
WALK_ROBOTS = "noindex, nofollow, noarchive"


class NoCookieForWalks(SecureCookieSessionInterface):
    """Cookies for whoever signs in; none at all below ``/w/``."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Open the signed-in person's session; ``None`` (no session) for a client."""
        if request.path.startswith(WALK_PREFIX):
            return None
        return super().open_session(app, request)


def protect(app: Flask, settings: Settings) -> None:
    """Send the security headers with every response."""
    app.session_interface = NoCookieForWalks()
    app.after_request(_keep_walks_private)  # runs after Talisman's, which is added later
    app.config["PERMANENT_SESSION_LIFETIME"] = ABSOLUTE
    if settings.is_production:
        app.config["SESSION_COOKIE_NAME"] = "__Host-session"
    Talisman(
        app,
        force_https=False,  # the entrance sends browsers to https
        session_cookie_secure=settings.is_production,
        strict_transport_security=settings.is_production,
        content_security_policy=CONTENT_SECURITY_POLICY,
        permissions_policy=PERMISSIONS_POLICY,
        referrer_policy="same-origin",
        frame_options="SAMEORIGIN",
    )


def _keep_walks_private(response: Response) -> Response:
    response.headers.update(ONLY_HERE)
    if request.endpoint in WHERE_AM_I and response.status_code < 400:  # noqa: PLR2004
        allowed = response.headers["Permissions-Policy"].replace(*_GEOLOCATION)
        response.headers["Permissions-Policy"] = allowed
    if request.path.startswith(WALK_PREFIX):
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = WALK_ROBOTS
        response.headers.setdefault("Cache-Control", "private, no-cache")
    elif _is_tile():
        response.headers.setdefault("Cache-Control", "no-store")
    elif not request.path.startswith("/static/"):
        response.headers["Cache-Control"] = "no-store"
    return response


def _is_tile() -> bool:
    """Return whether a tile is asked for, which may be kept like any map that everybody sees."""
    return request.url_rule is not None and request.url_rule.rule.endswith(TILE_RULE)
