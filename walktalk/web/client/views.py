"""What a share link opens in a browser."""

from flask import Blueprint, Response, abort, request, url_for

from walktalk.sessions import links
from walktalk.sessions.opened import SharedWalk
from walktalk.web.client.page import walk_page
from walktalk.web.client.parts import part_of, tile
from walktalk.web.language import measure_in
from walktalk.web.state import state
from walktalk.web.street_map.on_pages import TILE_RULE

blueprint = Blueprint("client", __name__, url_prefix="/w/<token>")


def shared_or_404(token: str) -> SharedWalk:
    """Return what a token opens, and say its distances in the units of whoever shares it.

    Every token that opens nothing gets the same answer.
    """
    with state().read.begin() as db:
        shared = links.open_link(db, token, state().now())
    if shared is None:
        abort(404)
    measure_in(shared.distances)
    return shared


@blueprint.get("")
def show(token: str) -> Response:
    """Show the walk."""
    return with_etag(Response(walk_page(shared_or_404(token), url_for(".show", token=token))))


@blueprint.get("/<name>")
def show_part(token: str, name: str) -> Response:
    """Send what the page loads, or the sheet to print."""
    return with_etag(part_of(shared_or_404(token), name, url_for(".show", token=token)))


@blueprint.get(TILE_RULE)
def show_tile(token: str, z: int, x: int, y: int) -> Response:
    """Send a tile of the street map around the walk."""
    return tile(shared_or_404(token), z, x, y)


def with_etag(response: Response) -> Response:
    """Let a browser that has this version already keep it."""
    response.add_etag()
    response.make_conditional(request)
    return response
