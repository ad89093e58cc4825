"""What a share link opens in a browser."""

from flask import Blueprint, Response, abort, request, url_for

from walktalk.sessions import links
from walktalk.sessions.opened import SharedWalk
from walktalk.web.client.made import Opened, around_once, made_once
from walktalk.web.client.page import walk_page
from walktalk.web.client.parts import PARTS, part_of
from walktalk.web.state import state
from walktalk.web.street_map.on_pages import TILE_RULE, tile_response

blueprint = Blueprint("client", __name__, url_prefix="/w/<token>")


def open_or_404(token: str) -> Opened:
    """Return what a token opens; every token that opens nothing gets the same answer."""
    with state().read() as db:
        seen = links.glance(db, token, state().now())
    if seen is None:
        for kept in (state().made, state().walks):
            kept.forget(here_of(token))
        abort(404)
    return Opened(here_of(token), seen, lambda: _shared_or_404(token))


def _shared_or_404(token: str) -> SharedWalk:
    """Open a link."""
    with state().read.begin() as db:
        shared = links.open_link(db, token, state().now())
    if shared is None:  # it has ended since it was looked at
        abort(404)
    return shared


@blueprint.get("")
def show(token: str) -> Response:
    """Show the walk."""
    opened = open_or_404(token)
    return made_once(opened, "page", lambda: Response(walk_page(opened.shared, opened.here)))


@blueprint.get("/<name>")
def show_part(token: str, name: str) -> Response:
    """Send what the page loads, or the sheet to print."""
    opened = open_or_404(token)
    if name in PARTS:
        return made_once(opened, name, lambda: part_of(opened.shared, name, opened.here))
    return with_etag(part_of(opened.shared, name, opened.here))


@blueprint.get(TILE_RULE)
def show_tile(token: str, z: int, x: int, y: int) -> Response:
    """Send a tile of the street map around the walk."""
    around = around_once(open_or_404(token))
    return tile_response(around.street_map, around.box, z, x, y)


def here_of(token: str) -> str:
    """Return the address of a link's page."""
    return url_for("client.show", token=token)


def with_etag(response: Response) -> Response:
    """Let a browser that has this version already keep it."""
    response.add_etag()
    response.make_conditional(request)
    return response
