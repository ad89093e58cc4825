"""Making the client's page from a shared walk; the counsellor's preview is made here too."""

from flask import Response, render_template
from markupsafe import Markup

from walktalk.maps import licence_notice, sketch, walk_map
from walktalk.sessions.shared import SharedWalk


def walk_page(shared: SharedWalk, here: str) -> str:
    """Return the page.

    Args:
        shared: what may be shown.
        here: the page's address, below which its files are.
    """
    walk = shared.walk
    return render_template(
        "client/walk.html",
        here=here,
        shared=shared,
        walk=walk,
        place=walk.meeting_place,
        map=Markup(walk_map(walk).html),  # noqa: S704 - drawn by us, names in it are escaped
        sketch=Markup(sketch(walk)),  # noqa: S704 - drawn by us, names in it are escaped
        notice=licence_notice(walk.area),
    )


def map_script(shared: SharedWalk) -> Response:
    """Return the script that draws the walk's map."""
    return Response(walk_map(shared.walk).script, mimetype="text/javascript")
