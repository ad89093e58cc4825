"""Addresses that browsers and searchers try on every server: answers that say nothing about it."""

from flask import Blueprint, Response

_NOT_HERE = (
    "favicon.ico",
    "apple-touch-icon.png",
    "apple-touch-icon-precomposed.png",
    "manifest.json",
    "site.webmanifest",
    "browserconfig.xml",
)
"""Names that are asked for unbidden; the pages name their icons and manifests themselves."""

blueprint = Blueprint("well_known", __name__)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Ask searchers to stay away from everything (RFC 9309)."""
    return Response("User-agent: *\nDisallow: /\n", mimetype="text/plain")


def _nothing() -> Response:
    return Response(status=404, mimetype="text/plain")


for _name in _NOT_HERE:
    blueprint.add_url_rule(f"/{_name}", "nothing", _nothing)
