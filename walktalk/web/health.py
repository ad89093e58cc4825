"""Whether the server runs (``/healthz``) and can do its work (``/readyz``)."""

from flask import Blueprint, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from walktalk.web.state import state

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """Say that the server runs."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """Say whether the database answers and there is an area to plan in."""
    try:
        with state().read.begin() as db:
            db.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return Response("the database does not answer\n", 503, mimetype="text/plain")
    if not state().areas:
        return Response("there is no area to plan in\n", 503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")
