"""What the server bounds: bodies before they are read, connections, time, and its own end."""

import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from flask import Flask

from tests.web.desk import BASE_URL, SignedUp
from walktalk.routes.recordings import MAX_BYTES
from walktalk.web import server
from walktalk.web.server import BODY_S, HEADER_S, IDLE_S, Service, service_for
from walktalk.web.uploads import MOST_FORM_BYTES, MOST_STRANGER_BYTES, body_limit

Answers = Iterable[bytes]


class Running:
    """A service that runs in a thread of its own."""

    def __init__(self, service: Service, address: tuple[str, int]) -> None:
        self.service, self.address = service, address
        self.thread = threading.Thread(target=service.run, daemon=True)

    def connect(self, sent: str = "") -> socket.socket:
        connection = socket.create_connection(self.address, timeout=20)
        connection.sendall(sent.encode())
        return connection

    def ask(self, sent: str) -> str:
        with self.connect(sent) as connection:
            return everything(connection)


def everything(connection: socket.socket) -> str:
    return b"".join(iter(lambda: connection.recv(65_536), b"")).decode()


@contextmanager
def running(app: Flask | None = None, answer: object = None) -> Iterator[Running]:
    listener = socket.create_server(("127.0.0.1", 0))
    if app is not None:
        service = service_for(app, sockets=(listener,))
    else:
        service = Service(answer, lambda *_: 1000, sockets=(listener,))  # type: ignore[arg-type]
    run = Running(service, listener.getsockname())
    run.thread.start()
    try:
        yield run
    finally:
        service.stop()
        run.thread.join(timeout=20)
        assert not run.thread.is_alive()


def plainly(_environ: WSGIEnvironment, start_response: StartResponse) -> Answers:
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]


def test_idle_connections_do_not_stop_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    """110 stopped it for minutes; many more from one address, and from many, do not."""
    for most in ("MOST_CONNECTIONS", "MOST_PER_ADDRESS"):
        with monkeypatch.context() as patch, running(answer=plainly) as run, ExitStack() as idle:
            patch.setattr(server, most, 40)
            for number in range(130):
                idle.enter_context(run.connect("" if number % 2 else "GET / HTTP/1.1\r\n"))
            assert run.ask("GET / HTTP/1.0\r\n\r\n").endswith("ok")
            assert len(run.service.channels()) <= 40


def test_a_request_that_is_being_answered_is_not_put_out_for_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "MOST_PER_ADDRESS", 3)
    begun, go_on = threading.Event(), threading.Event()

    def slowly(_environ: WSGIEnvironment, start_response: StartResponse) -> Answers:
        begun.set()
        go_on.wait(20)
        return plainly(_environ, start_response)

    with running(answer=slowly) as run, run.connect("GET / HTTP/1.0\r\n\r\n") as waiting:
        assert begun.wait(20)
        with ExitStack() as idle:
            for _ in range(9):
                idle.enter_context(run.connect())
            go_on.set()
            assert everything(waiting).endswith("ok")


@pytest.mark.parametrize(
    ("sent", "most"),
    [
        ("", IDLE_S),
        ("GET / HTTP/1.1\r\nHost: x", HEADER_S),
        ("POST / HTTP/1.1\r\nContent-Length: 900\r\n\r\nabc", BODY_S),
    ],
)
def test_whoever_is_too_slow_is_let_go(sent: str, most: int) -> None:
    with running(answer=plainly) as run, run.connect(sent):
        assert run.ask("GET / HTTP/1.0\r\n\r\n").endswith("ok")  # so it was taken in before
        (channel,) = run.service.channels()
        now = monotonic()
        assert not channel.is_late(now + most - 5)
        assert channel.is_late(now + most + 5)


@pytest.mark.parametrize(
    ("line", "status"),
    [("Content-Length: 468000000", "413"), ("Transfer-Encoding: chunked", "411")],
)
def test_a_strangers_large_body_is_refused_before_it_is_read(
    app: Flask, line: str, status: str
) -> None:
    host = BASE_URL.removeprefix("http://")
    for path in ("/sign-in", "/routes/recorded", "/nothing-here"):
        with running(app) as run:
            said = run.ask(f"POST {path} HTTP/1.1\r\nHost: {host}\r\n{line}\r\n\r\n")
            assert said.split()[1] in (status, "404", "302"), said
            assert "Connection: close" in said


def test_whoever_goes_on_sending_what_was_refused_sees_the_answer(app: Flask) -> None:
    host = BASE_URL.removeprefix("http://")
    head = f"POST /sign-in HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5000000\r\n\r\n"
    with running(app) as run, run.connect(head) as connection:
        for _ in range(50):
            connection.sendall(bytes(100_000))
        assert "too large" in everything(connection)


def test_how_much_is_read_depends_on_who_sends_it_and_where(
    app: Flask, signed_up: SignedUp
) -> None:
    limit = body_limit(app)
    known = {"COOKIE": f"session={signed_up.cookie}"}
    assert limit("POST", "/routes/recorded", known) == MAX_BYTES + MOST_FORM_BYTES
    assert limit("POST", "/plan", known) == MOST_FORM_BYTES
    assert limit("GET", "/plan", known) == 0
    for cookie in ("", f"session={signed_up.cookie}x", "session=", "session=e30.x.y"):
        assert limit("POST", "/routes/recorded", {"COOKIE": cookie}) == MOST_STRANGER_BYTES


def test_asked_to_stop_it_finishes_what_is_being_answered_and_takes_nothing_new() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly(_environ: WSGIEnvironment, start_response: StartResponse) -> Answers:
        begun.set()
        go_on.wait(20)
        return plainly(_environ, start_response)

    with running(answer=slowly) as run:
        with run.connect("GET / HTTP/1.1\r\nHost: x\r\n\r\n") as waiting, run.connect() as idle:
            assert begun.wait(20)
            run.service.stop()
            assert everything(idle) == ""  # let go, so the server knows that it shall stop
            with pytest.raises(OSError, match="refused"):
                run.connect()
            go_on.set()
            assert everything(waiting).endswith("ok")
        run.thread.join(20)
        assert not run.thread.is_alive()
