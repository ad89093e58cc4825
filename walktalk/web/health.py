"""Whether the server runs (``/healthz``) and can do its work (``/readyz``)."""

from flask import Blueprint, Response

from walktalk.web.state import state

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Response:
    """Say that the server runs."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    """Say what keeps the server from its work: 503 and a sentence, or 200 and ``ok``."""
    fault = _fault()
    return Response(f"{fault or 'ok'}\n", 503 if fault else 200, mimetype="text/plain")


def _fault() -> str:
    if not state().files.known.areas:
        return "there is no area to plan in"
    if not state().writing.is_possible():
        return "the database cannot be written to"
    if state().upkeep.has_failed:
        return "what has had its time could not be erased; the log says why"
    return ""
