"""What a share link opens in a browser."""

from flask import Blueprint, Response, abort, request, url_for

from walktalk.sessions import links
from walktalk.sessions.shared import SharedWalk
from walktalk.web.client.page import map_script, walk_page
from walktalk.web.state import state

blueprint = Blueprint("client", __name__, url_prefix="/w/<token>")


def shared_or_404(token: str) -> SharedWalk:
    """Return what a token opens; every token that opens nothing gets the same answer."""
    with state().read.begin() as db:
        shared = links.open_link(db, token, state().now())
    if shared is None:
        abort(404)
    return shared


@blueprint.get("")
def show(token: str) -> Response:
    """Show the walk."""
    page = Response(walk_page(shared_or_404(token), url_for(".show", token=token)))
    return with_etag(page)


@blueprint.get("/map.js")
def map_file(token: str) -> Response:
    """Send the script that draws the map."""
    return with_etag(map_script(shared_or_404(token)))


def with_etag(response: Response) -> Response:
    """Let a browser that has this version already keep it."""
    response.add_etag()
    response.make_conditional(request)
    return response
