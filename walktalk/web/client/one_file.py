"""The page of a walk as one file: made from the page's own template, with everything inside it."""

from base64 import b64encode
from datetime import datetime

from flask import abort
from markupsafe import Markup
from werkzeug.http import parse_options_header

from walktalk.maps import walk_map
from walktalk.sessions import photographs
from walktalk.sessions.opened import SharedWalk
from walktalk.sessions.photographs.picture import MEDIA_TYPE
from walktalk.web.client.downloads import FILES, file_response
from walktalk.web.client.page import FileParts, Links, walk_page
from walktalk.web.client.parts import in_browser_time
from walktalk.web.state import state
from walktalk.web.static_files import StaticFiles


class _Inside(Links):
    """Where the files of a page are that is one file: inside it, as data URLs (RFC 2397)."""

    def __init__(self, shared: SharedWalk) -> None:
        super().__init__("")
        self._shared = shared

    def address(self, name: str) -> str:
        """Return a photograph as an address that holds it."""
        chosen = next(each for each in self._shared.photographs if each.name == name)
        with state().read.begin() as db:
            image = photographs.image_of(db, chosen.id)
        if image is None:
            abort(404)
        return _data_url(MEDIA_TYPE, image)

    def __call__(self, name: str, is_download: bool = False) -> Markup:  # noqa: ARG002 - all are
        """Return the attributes of a link that holds a file, under the name it is saved by."""
        if name not in FILES:
            raise KeyError(name)
        sent = file_response(self._shared, name)
        _, options = parse_options_header(sent.headers["Content-Disposition"])
        address = _data_url(sent.mimetype or "", sent.get_data())
        return Markup('href="{}" download="{}"').format(address, options["filename"])


def walk_file(shared: SharedWalk, now: datetime) -> str:
    """Return the page of a walk as one file that opens from disk and needs no network.

    Its Content-Security-Policy forbids every request, so a mistake here could not tell anybody
    that the page was opened.

    Args:
        shared: what may be shown.
        now: when it is saved.
    """
    files = StaticFiles.shipped()
    moving = () if shared.cancelled else (files.text("leaflet.js"), walk_map(shared.walk).script)
    parts = FileParts(
        links=_Inside(shared),
        style=_inlined(files.text("walk.css")),
        scripts=tuple(_inlined(each) for each in (*moving, files.text("walk.js"))),
        saved_at=now,
        until_ms=in_browser_time(shared.expires_at),
    )
    return walk_page(shared, "", parts)


def _data_url(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{b64encode(content).decode('ascii')}"


def _inlined(text: str) -> Markup:
    """Return script or style text that cannot end its own element early."""
    return Markup(text.replace("</", "<\\/"))  # noqa: S704 - made here and by Leaflet
