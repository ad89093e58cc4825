"""The page to compare with: stock folium, of the same route, served from one local host.

``folium.Map`` with a line and two markers and nothing else said, so its default tiles and the
scripts and style sheets it loads from other hosts by default. There may be no network where the
benchmark runs, so the same versions of those files come from npm, once, into a cache folder. This
machine serves them, compressed as far as brotli goes. Every tile is the same plain image.
"""

from __future__ import annotations

import re
import shutil
import socket
import struct
import subprocess
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli
import folium
from flask import Flask, Response
from platformdirs import user_cache_path
from waitress.server import create_server

from walktalk.parks import LonLat
from walktalk.web.static_files import ONE_YEAR_SECONDS, StaticFile

AS_WRITTEN = "/as-written"
"""Address of the page as folium writes it, asking the hosts that it asks by default."""
_NPM_SECONDS = 300
_TILE_PX = 256
_TILES = "https://tile.openstreetmap.org/"
_OTHER_HOST = re.compile(r"https://(?!tile\.)(?=[^/\"]+/[^\"]+\.(?:js|css)\")")
_JSDELIVR = re.compile(r"cdn\.jsdelivr\.net/npm/(?P<package>(?:@[^/]+/)?[^@/]+@[^/]+)/(?P<path>.+)")
_MARKERS = "drmonty-leaflet-awesome-markers@2.0.2"
_ELSEWHERE = {
    "code.jquery.com/jquery-3.7.1.min.js": ("jquery@3.7.1", "dist/jquery.min.js"),
    "cdnjs.cloudflare.com/ajax/libs/Leaflet.awesome-markers/2.0.2/leaflet.awesome-markers.js": (
        _MARKERS,
        "js/leaflet.awesome-markers.js",
    ),
    "cdnjs.cloudflare.com/ajax/libs/Leaflet.awesome-markers/2.0.2/leaflet.awesome-markers.css": (
        _MARKERS,
        "css/leaflet.awesome-markers.css",
    ),
}
"""Where npm carries what folium loads from hosts that do not name the package in the address."""


@dataclass(frozen=True)
class StockPage:
    """A stock folium page.

    Attributes:
        html: as folium writes it.
        local: the same, with every other host's address turned into one of this machine.
        missing: addresses whose files npm does not carry: nothing is sent for them.
    """

    html: str
    local: str
    missing: tuple[str, ...]


def stock_page(line: Iterable[LonLat]) -> StockPage:
    """Return the stock page of a route; npm fetches the files it loads where they are not yet."""
    html = _stock_html(list(line))
    addresses = re.findall(r'(?:src|href)="https://([^"]+)"', html.split("<body>")[0])
    return StockPage(
        html=html,
        local=_OTHER_HOST.sub("/from/", html.replace(_TILES, "/tiles/")),
        missing=tuple(address for address in addresses if _from_npm(address) is None),
    )


@contextmanager
def stock_served(page: StockPage) -> Iterator[str]:
    """Serve the page and its files from this machine, at ``/``; yield the address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = create_server(_app(page), sockets=[listener], threads=4, ident=None)
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.task_dispatcher.shutdown()
        server.close()


def _stock_html(line: list[LonLat]) -> str:
    points = [(lat, lon) for lon, lat in line]
    drawn = folium.Map(location=points[0], zoom_start=16)
    folium.PolyLine(points).add_to(drawn)
    folium.Marker(points[0], popup="Start").add_to(drawn)
    folium.Marker(points[len(points) // 2], popup="Half way").add_to(drawn)
    return str(drawn.get_root().render())


@cache
def _from_npm(address: str) -> bytes | None:
    named = _JSDELIVR.fullmatch(address)
    known = _ELSEWHERE.get(address, ("", ""))
    package, inside = (named["package"], named["path"]) if named else known
    folder = _npm_package(package) if package else None
    file = folder / inside if folder else None
    return file.read_bytes() if file is not None and file.is_file() else None


@cache
def _npm_package(package: str) -> Path | None:
    """Return the folder of a package that npm has put into the cache, or ``None``."""
    npm = shutil.which("npm")
    prefix = user_cache_path("walktalk-bench") / package.replace("/", "_")
    folder = prefix / "node_modules" / package.rpartition("@")[0]
    if not folder.is_dir() and npm is not None:
        prefix.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--silent", "--ignore-scripts", "--prefix", str(prefix), package]
        subprocess.run(command, check=False, timeout=_NPM_SECONDS)
    return folder if folder.is_dir() else None


def _app(page: StockPage) -> Flask:
    """Return an application that serves the page, its files and plain tiles from one host."""
    app, tile = Flask(__name__), _plain_png()

    @app.get("/")
    def send_page() -> Response:
        return _sent(StaticFile("index.html", page.local.encode()))

    @app.get(AS_WRITTEN)
    def send_as_written() -> Response:
        return _sent(StaticFile("index.html", page.html.encode()))

    @app.get("/from/<path:address>")
    def send_file(address: str) -> Response:
        return _sent(StaticFile(address.rpartition("/")[2], _from_npm(address) or b""))

    @app.get("/tiles/<path:address>")
    def send_tile(address: str) -> Response:
        return Response(tile, mimetype="image/png", headers={"X-Tile": address})

    @app.get("/favicon.ico")
    def send_icon() -> Response:
        return Response(status=204)

    return app


def _sent(file: StaticFile) -> Response:
    """Return a file as a host does that compresses text as far as brotli goes and caches it."""
    response = Response(file.content, mimetype=file.media_type)
    if file.media_type.startswith("text/") or file.media_type == "application/javascript":
        response.set_data(brotli.compress(file.content))
        response.content_encoding = "br"
    response.cache_control.max_age = ONE_YEAR_SECONDS
    return response


def _plain_png() -> bytes:
    """Return a plain tile: 256 pixels square, grey, 8 bits."""
    rows = (b"\0" + b"\xee" * _TILE_PX) * _TILE_PX
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", _TILE_PX, _TILE_PX, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    chunks = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + chunks
