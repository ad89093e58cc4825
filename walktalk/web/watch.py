"""Files for the client's watch, walking app and calendar."""

from flask import Blueprint, Response, url_for

from walktalk.maps import calendar_file, file_name, gpx_file
from walktalk.web.client.views import shared_or_404, with_etag
from walktalk.web.state import state

blueprint = Blueprint("watch", __name__, url_prefix="/w/<token>")


@blueprint.get("/walk.gpx")
def gpx(token: str) -> Response:
    """Send the walk for any walking app or watch."""
    walk = shared_or_404(token).walk
    return _file(gpx_file(walk), "application/gpx+xml", file_name(walk, "gpx"))


@blueprint.get("/walk.ics")
def calendar(token: str) -> Response:
    """Send the walk as a calendar entry."""
    shared = shared_or_404(token)
    url = state().settings.base_url.rstrip("/") + url_for("client.show", token=token)
    content = calendar_file(
        shared.walk,
        uid=shared.uid,
        written_at=shared.changed_at,
        sequence=shared.sequence,
        cancelled=shared.cancelled,
        url=url,
    )
    return _file(content, "text/calendar", file_name(shared.walk, "ics"))


def _file(content: bytes, media_type: str, name: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return with_etag(response)
