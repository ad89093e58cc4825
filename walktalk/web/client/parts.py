"""What lies below a walk's page: map, photographs, the sheet to print, what keeps it."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Response, abort, current_app, render_template

from walktalk.maps import walk_map
from walktalk.maps.drawing import walk_bounds
from walktalk.maps.formats import FORMATS
from walktalk.maps.summary import title
from walktalk.sessions import photographs
from walktalk.sessions.opened import SharedWalk
from walktalk.sessions.photographs.picture import MEDIA_TYPE
from walktalk.web.client.page import print_page
from walktalk.web.headers import FORGET_CACHED
from walktalk.web.state import state
from walktalk.web.street_map.on_pages import street_map, tile_response
from walktalk.wording import language

STATIC_FILES = ("walk.css", "walk.js", "leaflet.js", "walk-icon.svg")
"""Static files that the page needs, and that its phone keeps."""

KEPT = ("map.js", "print", "walk.ics", "walk.webmanifest")
"""Files below the page that its phone keeps, with every file for a watch or an app."""

Part = Callable[[SharedWalk, str], Response]


def paper(shared: SharedWalk, here: str) -> Response:
    """Return the walk on one sheet of paper."""
    url = state().settings.base_url + here
    return Response(print_page(shared, here, url))


def map_script(shared: SharedWalk, here: str) -> Response:
    """Return the script that draws the map."""
    behind = street_map(here, shared.street_map)
    return Response(walk_map(shared.walk, behind).script, mimetype="text/javascript")


def tile(shared: SharedWalk, z: int, x: int, y: int) -> Response:
    """Return a tile of the street map around the walk."""
    return tile_response(shared.street_map, walk_bounds(shared.walk), z, x, y)


def manifest(_shared: SharedWalk, here: str) -> Response:
    """Return the manifest that lets a phone keep the page; it names nothing but a walk."""
    icon = {"src": _static("walk-icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    content = {
        "name": title(),
        "short_name": title(),
        "start_url": here,
        "scope": here,
        "display": "browser",
        "icons": [icon],
    }
    return Response(json.dumps(content), mimetype="application/manifest+json")


def keeper(shared: SharedWalk, here: str) -> Response:
    """Return the script that keeps this walk, and only this one, on the phone until it ends."""
    behind = street_map(here, shared.street_map)
    names = [*KEPT, *(each.address for each in FORMATS.values())]
    script = render_template(
        "client/keep.js",
        here=here,
        language=language().tag,
        until=in_browser_time(shared.expires_at),
        files=[f"{here}/{name}" for name in names],
        photographs=[f"{here}/{photograph.name}" for photograph in shared.photographs],
        static=[_static(name) for name in STATIC_FILES],
        style=_static("walk.css"),
        over=render_template("client/nothing.html"),
        version=[shared.version, behind.attribution if behind else ""],
    )
    response = Response(script, mimetype="text/javascript")
    response.headers["Service-Worker-Allowed"] = here
    return response


def removed(_shared: SharedWalk, _here: str) -> Response:
    """Return nothing but the wish that the browser forgets what it has of these pages."""
    return Response(status=204, headers={**FORGET_CACHED, "Cache-Control": "no-store"})


PARTS: Mapping[str, Part] = {
    "print": paper,
    "map.js": map_script,
    "walk.webmanifest": manifest,
    "keep.js": keeper,
    "removed": removed,
}
"""Every part by the last part of its address."""


def part_of(shared: SharedWalk, name: str, here: str) -> Response:
    """Return what a page loads, or its sheet to print; where there is no such part, 404."""
    if name in PARTS:
        return PARTS[name](shared, here)
    chosen = next((each for each in shared.photographs if each.name == name), None)
    with state().read.begin() as db:
        image = photographs.image_of(db, chosen.id) if chosen else None
    if image is None:
        abort(404)
    return Response(image, mimetype=MEDIA_TYPE)


def _static(name: str) -> str:
    address: str = current_app.jinja_env.globals["static_url"](name)  # type: ignore[operator]
    return address


def in_browser_time(moment: datetime) -> int:
    """Return a moment as JavaScript counts it: milliseconds since 1970."""
    return round(moment.timestamp() * 1000)
