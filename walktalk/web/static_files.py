"""Static files under names that carry their content's hash, so that they can be cached for good."""

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import brotli
from flask import Blueprint, Response, abort, request

from walktalk.maps import leaflet_files, map_css, map_script, sketch_css
from walktalk.maps.leaflet import leaflet_script
from walktalk.web.smaller import smaller_script, smaller_style

HASH_CHARS = 10
"""Characters of the SHA-256 in a file name: 40 bits, far more than a few dozen files need."""

ONE_YEAR_SECONDS = 31_536_000
"""The longest caching time in common use; a changed file has another name."""

_OWN = Path(__file__).parent / "static"
_TEXT = {".css", ".js", ".svg", ".json"}


@dataclass(frozen=True)
class StaticFile:
    """One file as it is sent."""

    name: str
    content: bytes

    @property
    def address(self) -> str:
        """Name with the content's hash before the suffix, as in ``page.1a2b3c4d5e.css``."""
        stem, dot, suffix = self.name.rpartition(".")
        digest = hashlib.sha256(self.content).hexdigest()[:HASH_CHARS]
        return f"{stem}.{digest}{dot}{suffix}"

    @property
    def media_type(self) -> str:
        """Media type by the file's suffix."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @cached_property
    def brotli(self) -> bytes | None:
        """The content compressed as far as it goes, or ``None`` for what is compressed already."""
        return brotli.compress(self.content) if Path(self.name).suffix in _TEXT else None


class StaticFiles:
    """Every static file of the application, read once at start.

    Args:
        files: content by name.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        kept = [StaticFile(name, content) for name, content in files.items()]
        self._by_address = {file.address: file for file in kept}
        self._addresses = {file.name: file.address for file in kept}

    @classmethod
    @cache
    def shipped(cls) -> "StaticFiles":
        """Return the application's own files, the maps' and Leaflet's, read once in a process.

        Style sheets and scripts that one page needs are put into one file. What a link's page needs
        is made smaller, for telephones on slow networks.
        """
        files = {path.name: path.read_text("utf-8") for path in _OWN.iterdir() if path.is_file()}
        leaflet_css = leaflet_files()["leaflet.css"].read_text("utf-8")
        files["map.css"] = "\n".join((leaflet_css, map_css()))
        files["desk.css"] = "\n".join((sketch_css(), files["desk.css"]))
        parts = (files["page.css"], files["map.css"], sketch_css(), files["walk.css"])
        files["walk.css"] = smaller_style("\n".join(parts))
        files["walk.js"] = smaller_script(files["walk.js"])
        scripts = (
            "recce_photo.js",
            "recce_store.js",
            "recce_ground.js",
            "recce_map.js",
            "recce_waiting.js",
            "recce.js",
        )
        files["recce.js"] = "\n".join(files.pop(name) for name in scripts)
        files["leaflet.js"] = "\n".join((leaflet_script(), smaller_script(map_script())))
        return cls({name: text.encode() for name, text in files.items()})

    def url(self, name: str) -> str:
        """Return the address of a file on this server.

        Raises:
            KeyError: there is no such file.
        """
        return f"/static/{self._addresses[name]}"

    def text(self, name: str) -> str:
        """Return what a file holds.

        Raises:
            KeyError: there is no such file.
        """
        return self._by_address[self._addresses[name]].content.decode()

    def blueprint(self) -> Blueprint:
        """Return the blueprint that sends the files."""
        blueprint = Blueprint("static_files", __name__, url_prefix="/static")
        blueprint.add_url_rule("/<name>", "send", self._send)
        return blueprint

    def _send(self, name: str) -> Response:
        file = self._by_address.get(name)
        if file is None:
            abort(404)
        response = Response(file.content, mimetype=file.media_type)
        if file.brotli is not None:
            response.vary.add("Accept-Encoding")
            if request.accept_encodings.quality("br") > 0:
                response.set_data(file.brotli)
                response.content_encoding = "br"
        response.cache_control.public = True
        response.cache_control.max_age = ONE_YEAR_SECONDS
        response.cache_control.immutable = True
        return response
