"""What a share link opens in a browser."""

from flask import Blueprint, Response, abort, request, url_for

from walktalk.sessions import links
from walktalk.sessions.opened import SharedWalk
from walktalk.web.client.made import made_once
from walktalk.web.client.page import walk_page
from walktalk.web.client.parts import PARTS, part_of, tile
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
        state().made.forget(here_of(token))
        abort(404)
    measure_in(shared.distances)
    return shared


@blueprint.get("")
def show(token: str) -> Response:
    """Show the walk."""
    shared, here = shared_or_404(token), here_of(token)
    return made_once(shared, here, "page", lambda shared: Response(walk_page(shared, here)))


@blueprint.get("/<name>")
def show_part(token: str, name: str) -> Response:
    """Send what the page loads, or the sheet to print."""
    shared, here = shared_or_404(token), here_of(token)
    if name in PARTS:
        return made_once(shared, here, name, lambda shared: part_of(shared, name, here))
    return with_etag(part_of(shared, name, here))


@blueprint.get(TILE_RULE)
def show_tile(token: str, z: int, x: int, y: int) -> Response:
    """Send a tile of the street map around the walk."""
    return tile(shared_or_404(token), here_of(token), z, x, y)


def here_of(token: str) -> str:
    """Return the address of a link's page."""
    return url_for("client.show", token=token)


def with_etag(response: Response) -> Response:
    """Let a browser that has this version already keep it."""
    response.add_etag()
    response.make_conditional(request)
    return response
