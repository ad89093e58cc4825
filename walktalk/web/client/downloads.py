"""Files for the client's watch, walking app and calendar."""

from flask import Blueprint, Response

from walktalk.maps import calendar_file, file_name
from walktalk.maps.formats import FORMATS
from walktalk.sessions.opened import SharedWalk
from walktalk.web.client.made import made_once
from walktalk.web.client.views import open_or_404

blueprint = Blueprint("downloads", __name__, url_prefix="/w/<token>")

_BY_ADDRESS = {each.address: each for each in FORMATS.values()}
_CALENDAR = "walk.ics"
FILES = (*_BY_ADDRESS, _CALENDAR)
"""The last part of every file's address."""


def send(token: str, name: str) -> Response:
    """Send one of the walk's files."""
    opened = open_or_404(token)
    return made_once(opened, name, lambda: file_response(opened.shared, name))


for _name in FILES:
    blueprint.add_url_rule(f"/{_name}", _name.replace(".", "_"), send, defaults={"name": _name})


def file_response(shared: SharedWalk, name: str) -> Response:
    """Return a file of ``FILES`` under its neutral name with the walk's date."""
    walk = shared.walk
    if name == _CALENDAR:
        return _file(_calendar(shared), "text/calendar", file_name(walk, "ics"))
    wanted = _BY_ADDRESS[name]
    return _file(wanted.write(walk), wanted.media_type, wanted.file_name(walk))


def _calendar(shared: SharedWalk) -> bytes:
    """Return the calendar entry; without the link, which a shared calendar would show."""
    return calendar_file(
        shared.walk,
        uid=shared.uid,
        written_at=shared.changed_at,
        sequence=shared.sequence,
        cancelled=shared.cancelled,
    )


def _file(content: bytes, media_type: str, name: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
