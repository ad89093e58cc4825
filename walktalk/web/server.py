"""The server: what is read of a request, how long that may take, and how many may be connected.

waitress reads every request whole before a thread answers it, so slow senders hold no thread. What
it leaves open is bounded here: a body is refused by its header, before any of it is read; whoever
is too slow is let go; a new connection is always taken, in place of the one that is idle longest.
"""

import socket
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any
from wsgiref.types import WSGIApplication

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher
from waitress.utilities import Error

from walktalk.settings import Settings
from walktalk.web.entrance import is_within
from walktalk.web.state import EXTENSION
from walktalk.web.uploads import BodyLimit, body_limit

THREADS = 8
"""A browser has up to six requests under way. Tiles of a slow street map do not take them all for
long: two are asked for at once, and the others give up after half a second."""

MOST_CONNECTIONS = 500
"""At once, in all: below the 1,024 files that a process may usually have open."""

MOST_PER_ADDRESS = 60
"""At once from one address: ten browsers behind one router, each with six connections."""

IDLE_S = 30
"""How long a connection may wait for its next request."""

HEADER_S = 10
"""How long the header of a request may take."""

BODY_S = 20
"""How long the body of a request may take, beside what its size needs."""

SEND_S = 30
"""How long taking an answer may take, beside what its size needs."""

LEAST_BYTES_A_SECOND = 10_000
"""Slower than any telephone network that can show a map."""

LINGER_S = 10
"""How long the rest of a refused body is thrown away, so that its sender sees the answer."""

STOP_S = 30
"""How long what is being answered may take after the server was asked to stop."""

MOST_HEADER_BYTES = 16_384


class LengthMissingError(Error):  # type: ignore[misc]
    """A body of a length that its header does not say."""

    code, reason = 411, "Length Required"


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Reads a request; a body that is too large for its sender not at all."""

    body_rcv: Any
    is_cut = False
    """Whether a body was refused that its sender may go on sending."""

    def __init__(self, adj: Adjustments, limit: BodyLimit) -> None:
        super().__init__(adj)
        self._limit = limit

    def received(self, data: bytes) -> int:
        """Take in what was sent; return how much of it belongs to this request."""
        in_header = not self.headers_finished
        consumed: int = super().received(data)
        if in_header and self.headers_finished and self.body_rcv is not None and not self.error:
            self._look_at_length()
        return len(data) if self.is_cut else consumed

    def _look_at_length(self) -> None:
        if self.chunked:
            self.error = LengthMissingError("Say in Content-Length how long it is.")
        elif self.content_length <= self._limit(self.command, self.path, self.headers):
            return
        self.body_rcv.getbuf().close()
        self.body_rcv, self.expect_continue = None, False
        self.headers["CONNECTION"] = "close"
        self.is_cut = self.completed = True


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection."""

    will_close: bool

    def __init__(self, server: "Server", *arguments: Any, **options: Any) -> None:
        self.parser_class = lambda adj: Parser(adj, server.limit)
        self._since = monotonic()  # when what goes on now began
        self._to_send = 0
        self._lingers = self._was_cut = False
        super().__init__(server, *arguments, **options)
        server.make_room(self)

    @property
    def is_busy(self) -> bool:
        """Whether a request is being answered, or an answer is on its way."""
        return bool(self.requests or self.total_outbufs_len)

    @property
    def idle_since(self) -> float:
        """When this connection last began to do something, on the monotonic clock."""
        return self._since

    def is_late(self, now: float) -> bool:
        """Whether it has taken longer than it may; ``now`` is on the monotonic clock."""
        took = now - self._since
        if self.requests:
            return False
        if self.total_outbufs_len:
            return took > SEND_S + self._to_send / LEAST_BYTES_A_SECOND
        if self._lingers:
            return took > LINGER_S
        if self.request is None:
            return took > IDLE_S
        if not self.request.headers_finished:
            return took > HEADER_S
        return bool(took > BODY_S + self.request.body_bytes_received / LEAST_BYTES_A_SECOND)

    def received(self, data: bytes) -> bool:
        """Take in what was sent; return whether it was wanted."""
        if self.request is None and not self.requests:
            self._since = monotonic()
        return bool(super().received(data))

    def service(self) -> None:
        """Answer one request."""
        self._was_cut = self.requests[0].is_cut
        super().service()
        self._since, self._to_send = monotonic(), self.total_outbufs_len

    def handle_read(self) -> None:
        """Read what was sent; the rest of what was refused goes nowhere."""
        if self._lingers:
            self.recv(self.adj.recv_bytes)
        else:
            super().handle_read()

    def handle_close(self) -> None:
        """Close, but let whoever is still sending see the answer first."""
        if self._was_cut and not self._lingers and self.will_close:
            self._lingers, self.will_close, self._since = True, False, monotonic()
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)
                return
        super().handle_close()


class Server(TcpWSGIServer):  # type: ignore[misc]
    """Takes the connections of one address that is listened on."""

    channel_class = Channel

    def __init__(self, service: "Service", sockinfo: Any, sock: socket.socket | None) -> None:
        self.limit, self._service = service.limit, service
        super().__init__(
            service.app,
            service.map,
            True,
            sock,
            dispatcher=service.dispatcher,
            adj=service.adjustments,
            sockinfo=sockinfo,
            bind_socket=sock is None,
        )

    def maintenance(self, _now: float) -> None:
        """Let go of who is too slow."""
        now = monotonic()
        for channel in list(self.active_channels.values()):
            channel.will_close = channel.will_close or channel.is_late(now)

    def make_room(self, new: Channel) -> None:
        """Close the connection that is idle longest, where there are too many with ``new``."""
        here = self._service.channels()
        same = [channel for channel in here if channel.addr[0] == new.addr[0]]
        if len(same) > MOST_PER_ADDRESS and not self._service.is_proxy(new.addr[0]):
            _close_idlest(same, new)
        elif len(here) > MOST_CONNECTIONS:
            _close_idlest(here, new)


def _close_idlest(channels: list[Channel], new: Channel) -> None:
    idle = [each for each in channels if not each.is_busy and each is not new]
    min(idle, key=lambda each: each.idle_since, default=new).handle_close()


class Service:
    """The running server.

    Args:
        app: what answers.
        limit: how large a body may be.
        listen: ``"host:port"`` to listen on; or
        sockets: sockets that are bound already.
        is_proxy: whether an address is a trusted proxy's, which counts connections by itself.
        threads: how many requests are answered at once.

    Raises:
        OSError: the address cannot be listened on.
    """

    def __init__(
        self,
        app: WSGIApplication,
        limit: BodyLimit,
        *,
        listen: str = "",
        sockets: tuple[socket.socket, ...] = (),
        is_proxy: Callable[[str], bool] = lambda _: False,
        threads: int = THREADS,
    ) -> None:
        self.app, self.limit, self.is_proxy = app, limit, is_proxy
        self.map: dict[int, Any] = {}
        self.dispatcher = ThreadedTaskDispatcher()
        self.adjustments = Adjustments(
            ident=None,
            threads=threads,
            clear_untrusted_proxy_headers=False,  # the application looks at who sent them
            connection_limit=2 * MOST_CONNECTIONS,
            max_request_header_size=MOST_HEADER_BYTES,
            cleanup_interval=1,
            asyncore_use_poll=True,
            **({"sockets": list(sockets)} if sockets else {"listen": listen}),
        )
        bound = [((s.family, s.type, s.proto, s.getsockname()), s) for s in sockets]
        unbound = [(sockinfo, None) for sockinfo in self.adjustments.listen]
        self._stops_at: float | None = None
        self._servers = [Server(self, *each) for each in bound or unbound]
        self.dispatcher.set_thread_count(threads)

    def channels(self) -> list[Channel]:
        """Return every connection that is open."""
        return [each for each in self.map.values() if isinstance(each, Channel)]

    def run(self) -> None:
        """Answer requests until ``stop`` is called and what was under way is answered."""
        while not self._has_stopped():
            wasyncore.loop(timeout=1, use_poll=True, map=self.map, count=1)
        self.dispatcher.shutdown()
        for channel in self.channels():
            wasyncore.dispatcher.close(channel)
        for server in self._servers:
            server.trigger.close()

    def stop(self) -> None:
        """Take no more requests and end soon; may be called by any thread and signal."""
        if self._stops_at is None:
            self._stops_at = monotonic() + STOP_S
            with suppress(OSError):  # it has ended meanwhile, and closed what would wake it
                self._servers[0].pull_trigger()

    def _has_stopped(self) -> bool:
        if self._stops_at is None:
            return False
        for server in self._servers:
            if server.accepting:
                wasyncore.dispatcher.close(server)
        for channel in self.channels():
            if not channel.is_busy:
                channel.will_close = True
        return not self.channels() or monotonic() > self._stops_at


def service_for(app: Flask, **where: Any) -> Service:
    """Return the server of an application; ``where`` are the arguments of ``Service``.

    Raises:
        OSError: the address cannot be listened on.
    """
    settings: Settings = app.extensions[EXTENSION].settings
    networks = settings.proxies
    limit = body_limit(app)
    return Service(app, limit, is_proxy=lambda address: is_within(address, networks), **where)
