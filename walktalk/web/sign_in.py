"""Who is signed in: the browser holds a token, the database a row for it that can be ended.

Nothing of the network counts, so whoever walks from a wireless network into the open stays signed
in. A cookie from before signing in is thrown away with all that is in it, its form token included.
"""

import re

from flask import after_this_request, current_app, g, request, session
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from walktalk.sessions import sign_ins
from walktalk.sessions.store.models import Account, SignIn
from walktalk.sessions.tokens import new_setup_token, token_hash
from walktalk.web.state import state

TOKEN = "sign_in"  # noqa: S105 - its name in the cookie
"""Under which name the cookie holds the token."""

_DEVICE_DAYS = 400  # the longest that browsers keep a cookie (RFC 6265bis, 5.5)
_BROWSERS = (
    ("Edge", r"Edg(A|iOS)?/"),
    ("Opera", r"OPR/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"(Firefox|FxiOS)/"),
    ("Chrome", r"(Chrome|CriOS)/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("Mac", r"Mac OS X"),
    ("Chromebook", r"CrOS"),
    ("Linux", r"Linux"),
)


def current() -> SignIn | None:
    """Return the sign-in of the browser that asks, or ``None``."""
    if "sign_in" not in g:
        g.sign_in = _found(session.get(TOKEN, ""))
    found: SignIn | None = g.sign_in
    return found


def begin(db: Session, account: Account) -> None:
    """Sign an account in on the browser that asks, and know this browser again."""
    was = session.pop(TOKEN, "")
    if was and (old := sign_ins.find(db, was, now=state().now())) is not None:
        sign_ins.end(db, old.account, old.id)
    session.clear()
    device = device_in_words(request.user_agent.string)
    session[TOKEN] = sign_ins.create(db, account, device, now=state().now())
    g.pop("sign_in", None)
    _know_again(account.name or "")


def forget() -> None:
    """Forget on the browser that asks who was signed in."""
    session.clear()
    g.pop("sign_in", None)


def known_device(name: str) -> str:
    """Return a mark of this browser where that name has signed in on it before, else ``""``."""
    cookie = request.cookies.get(_device_cookie(), "")
    try:
        said = _signer().loads(cookie, max_age=_DEVICE_DAYS * 86_400)
    except BadData:
        return ""
    return str(said["device"]) if said["name"] == token_hash(_plain(name)) else ""


def device_in_words(agent: str) -> str:
    """Return a coarse name of a device: "Firefox on Android"."""
    browser = _first(_BROWSERS, agent) or "A browser"
    system = _first(_SYSTEMS, agent)
    return f"{browser} on {system}" if system else browser


def _found(token: str) -> SignIn | None:
    if not token:
        return None
    now = state().now()
    with state().read.begin() as db:
        found = sign_ins.find(db, token, now=now)
    if found is not None and sign_ins.is_due(found, now=now):
        with state().write.begin() as db:
            sign_ins.touch(db, found.id, now=now)
    return found


def _know_again(name: str) -> None:
    value = _signer().dumps({"name": token_hash(_plain(name)), "device": new_setup_token()})

    @after_this_request
    def _keep(response: Response) -> Response:
        response.set_cookie(
            _device_cookie(),
            value,
            max_age=_DEVICE_DAYS * 86_400,
            secure=state().settings.is_production,
            httponly=True,
            samesite="Strict",
        )
        return response


def _device_cookie() -> str:
    return "__Host-device" if state().settings.is_production else "device"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="known device")


def _plain(name: str) -> str:
    return name.strip().casefold()


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for name, mark in known if re.search(mark, agent)), "")
