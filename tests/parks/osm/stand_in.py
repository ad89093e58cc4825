"""A local server that answers as Overpass and Nominatim do, well or badly."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

Answer = tuple[int, bytes] | tuple[int, bytes, str]
"""Status, body, and what kind of body that is."""

Answering = Callable[[str], Answer]
"""Takes what was asked."""


class StandIn:
    """Gives its answers one after the other, the last one for ever, and keeps what was asked."""

    def __init__(self, answers: list[Answer | Answering]) -> None:
        self.answers = answers
        self.asked: list[dict[str, Any]] = []
        self.hold = threading.Event()
        self.url = ""

    def next(self, question: str) -> Answer:
        """Return the next answer."""
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return answer(question) if callable(answer) else answer


@contextmanager
def stand_in(*answers: Answer | Answering, silent: bool = False, cut: int = 0) -> Iterator[StandIn]:
    """Serve some answers on this machine; a silent server never gives one.

    With ``cut`` so many bytes are missing at the end of each.
    """
    server = StandIn(list(answers) or [(200, b"")])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(parse_qs(body.decode())["data"][0])

        def do_GET(self) -> None:
            self._answer(self.path)

        def _answer(self, question: str) -> None:
            server.asked.append({"question": question, "agent": self.headers["User-Agent"]})
            if silent:
                server.hold.wait(10)
                return
            status, body, *kind = server.next(question)
            self.send_response(status)
            for each in kind:
                self.send_header("Content-Type", each)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) - cut])

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    server.url = f"http://127.0.0.1:{http.server_port}"
    try:
        yield server
    finally:
        server.hold.set()
        http.shutdown()
        http.server_close()
        thread.join()


def as_json(value: object) -> bytes:
    """Return a value as a JSON answer."""
    return json.dumps(value).encode()
