"""The street map behind walks: tiles go through this server, so that no phone asks another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, abort, request
from markupsafe import Markup

from walktalk.maps.paper import Box
from walktalk.maps.tiles import StreetMap, is_shown
from walktalk.settings import Settings
from walktalk.web.state import state

if TYPE_CHECKING:
    from walktalk.web.street_map.tile_server import TileServer

TILE_RULE = "/tiles/<int:z>/<int:x>/<int:y>.png"
"""Below the address of whatever has a map."""

ABSENT_SECONDS = 60
"""What a tile server does not have, it hardly has a moment later."""

SILENT_SECONDS = 10
"""A tile server that is busy or rests may send the tile a little later."""


def tile_server(settings: Settings) -> TileServer | None:
    """Return the way to the tile server, or ``None`` where none is set."""
    if not settings.tiles:
        return None
    from walktalk.web.street_map.tile_server import TileServer

    return TileServer(settings.tiles, settings.user_agent, settings.home / "tiles")


def street_map(here: str, is_wanted: bool) -> StreetMap | None:
    """Return the tiles for a map, or ``None`` where there are none or they are not wanted.

    Args:
        here: address that the tiles' addresses are below.
        is_wanted: whether the counsellor has switched them on.
    """
    if state().tile_server is None or not is_wanted:
        return None
    notice = state().settings.tiles_notice
    return StreetMap(f"{here}/tiles/{{z}}/{{x}}/{{y}}.png", attribution_html(notice))


def attribution_html(notice: str) -> str:
    """Return who made the tiles as HTML; an address at its end becomes a link."""
    words, _, last = notice.rpartition(" ")
    if not words or not last.startswith(("https://", "http://")):
        return str(Markup.escape(notice))
    return str(Markup('<a href="{}" rel="noreferrer">{}</a>').format(last, words))


def tile_response(is_wanted: bool, box: Box, z: int, x: int, y: int) -> Response:
    """Return a tile near ``box``; anything else is not found."""
    server = state().tile_server
    if server is None or not is_wanted or not is_shown(box, z, x, y):
        abort(404)
    from walktalk.web.street_map.tile_server import NoTile

    try:
        tile = server.tile(z, x, y)
    except NoTile as error:
        failed = Response(status=404 if error.is_absent else 504)
        failed.cache_control.private = True
        failed.cache_control.max_age = ABSENT_SECONDS if error.is_absent else SILENT_SECONDS
        return failed
    response = Response(tile.content, mimetype=tile.media_type)
    if tile.may_be_kept:
        response.cache_control.private = True
        response.cache_control.max_age = tile.fresh_s
    else:
        response.cache_control.no_store = True
    response.add_etag()
    response.make_conditional(request)
    return response
