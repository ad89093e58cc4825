"""A real tile server on this machine that writes down what it is asked."""

import struct
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SIDE = 256


def plain_png(grey: int = 0xDD) -> bytes:
    """Return a plain picture of a tile's size."""
    rows = (b"\0" + bytes([grey]) * SIDE) * SIDE
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


@dataclass
class TileHost:
    """What a tile server answers, and what it was asked.

    Attributes:
        url: its address.
        status: what it answers with.
        headers: what it sends beside the picture.
        body: what it sends.
        paths: what was asked for.
        asked: the headers of each request.
        arrived: goes up with each request.
        goes_on: cleared, it lets every answer wait, half sent, until it is set.
    """

    url: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = field(default_factory=plain_png)
    paths: list[str] = field(default_factory=list)
    asked: list[Message] = field(default_factory=list)
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    goes_on: threading.Event = field(default_factory=threading.Event)

    @property
    def pattern(self) -> str:
        return f"{self.url}/{{z}}/{{x}}/{{y}}.png"


@contextmanager
def tile_host() -> Iterator[TileHost]:
    host = TileHost()
    host.goes_on.set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host.paths.append(self.path)
            host.asked.append(self.headers)
            host.arrived.release()
            etag = host.headers.get("ETag")
            known = etag is not None and self.headers.get("If-None-Match") == etag
            self.send_response(304 if known else host.status)
            for name, value in ({"Content-Type": "image/png"} | dict(host.headers)).items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0" if known else str(len(host.body)))
            self.end_headers()
            host.goes_on.wait()
            if not known:
                self.wfile.write(host.body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield host
    finally:
        host.goes_on.set()
        server.shutdown()
        server.server_close()
