"""Where a request came from and how, before anything else is done with it.

A proxy in front ends https and says who asked, in ``X-Forwarded-For``, ``-Proto`` and ``-Host``.
Anybody can send such lines, so they count only where a trusted proxy sent them. ``Forwarded``
(RFC 7239) is never read: a proxy that writes the other lines lets a stranger's ``Forwarded`` pass.
"""

import ipaddress
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from walktalk.settings import IPNetwork, Settings
from walktalk.web.logs import REQUESTS

HEALTH = ("/healthz", "/readyz")
"""Addresses that answer whoever asks, under whatever name and scheme."""

_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")
_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Forwarded:
    """What is known of a request's way here.

    Attributes:
        client: address of whoever asked.
        is_trusted: whether a trusted proxy passed the request on.
        scheme, host: how the client asked, where that proxy said so, else ``""``.
    """

    client: str
    is_trusted: bool = False
    scheme: str = ""
    host: str = ""


class Entrance:
    """Lets requests in that are meant for this server, each with its true scheme and client.

    Args:
        app: what answers them.
        settings: which proxies are trusted, and under which address this server is known.
    """

    def __init__(self, app: WSGIApplication, settings: Settings) -> None:
        self._app = app
        self._proxies = settings.proxies
        self._base = settings.base_url
        self._is_https = settings.is_production
        self._hosts = _names_of(settings)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, or say in one sentence why it cannot be answered here."""
        said = self._forwarded(environ)
        path = environ.get("PATH_INFO", "")
        if path in HEALTH:
            environ |= {"HTTP_HOST": urlsplit(self._base).netloc}
            return self._app(environ, start_response)
        if environ.get("HTTP_HOST", "").lower() not in self._hosts:
            return _refuse(start_response, "This server is known by another name.")
        if self._is_https and environ["wsgi.url_scheme"] != "https":
            if said.is_trusted and not said.scheme:
                return _refuse(start_response, "The proxy must send X-Forwarded-Proto.")
            if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
                return _refuse(start_response, "Forms are taken by https only.")
            return self._to_https(environ, start_response)
        return self._app(environ, start_response)

    def _forwarded(self, environ: WSGIEnvironment) -> Forwarded:
        """Put what a trusted proxy says into ``environ``; take what anybody else says out."""
        sent = {name: environ.pop(name, "") for name in _FORWARDED}
        said = read_forwarded(sent, environ.get("REMOTE_ADDR", ""), self._proxies)
        environ["REMOTE_ADDR"] = said.client
        if said.scheme:
            environ["wsgi.url_scheme"] = said.scheme
        if said.host:
            environ["HTTP_HOST"] = said.host
        return said

    def _to_https(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Send a browser to the same page by https, at our own address only."""
        path = environ.get("PATH_INFO", "").encode("latin-1")
        query = environ.get("QUERY_STRING", "")
        target = self._base + "/" + quote(path.lstrip(b"/")) + (f"?{query}" if query else "")
        start_response("308 Permanent Redirect", [("Location", target), ("Content-Length", "0")])
        return []


def read_forwarded(sent: Mapping[str, str], peer: str, proxies: Iterable[IPNetwork]) -> Forwarded:
    """Return who asked and how, from what the machine at the other end sent.

    Each proxy adds the address it was asked from at the end of ``X-Forwarded-For``. So the client
    is the last one that is no trusted proxy; what stands before it, the client may have made up.
    """
    trusted = tuple(proxies)
    client, hops = peer, 0
    asked_from = _listed(sent["HTTP_X_FORWARDED_FOR"])
    while is_within(client, trusted) and hops < len(asked_from):
        before = _address(asked_from[-1 - hops])
        if before is None:
            break
        client, hops = str(before), hops + 1
    if not is_within(peer, trusted):
        return Forwarded(peer)
    scheme = _said_by(sent["HTTP_X_FORWARDED_PROTO"], hops).lower()
    host = _said_by(sent["HTTP_X_FORWARDED_HOST"], hops)
    return Forwarded(client, True, scheme if scheme in ("http", "https") else "", host)


def _said_by(line: str, hops: int) -> str:
    """Return what the outermost trusted proxy said: each adds its own at the end, or replaces."""
    said = _listed(line)
    return said[-min(max(hops, 1), len(said))] if said else ""


def _listed(line: str) -> list[str]:
    return [part.strip() for part in line.split(",") if part.strip()]


def _address(text: str) -> IPAddress | None:
    """Return an address of ``X-Forwarded-For``, with or without brackets and a port."""
    for form in (text, text.rpartition(":")[0], text.rpartition(":")[0].strip("[]"), text[1:-1]):
        try:
            address = ipaddress.ip_address(form)
        except ValueError:
            continue
        mapped = getattr(address, "ipv4_mapped", None)
        return mapped or address
    return None


def is_within(text: str, networks: tuple[IPNetwork, ...]) -> bool:
    """Whether an address lies in one of ``networks``; what is no address lies in none."""
    address = _address(text)
    return address is not None and any(address in network for network in networks)


def _names_of(settings: Settings) -> frozenset[str]:
    """Return every value of ``Host`` that means this server."""
    parts = urlsplit(settings.base_url)
    hosts = {parts.hostname or "", *(_LOOPBACK_NAMES if settings.is_loopback else ())}
    names = {f"[{host}]" if ":" in host else host for host in hosts}
    if parts.port:
        return frozenset(f"{name}:{parts.port}" for name in names)
    usual = 443 if settings.is_production else 80
    return frozenset({*names, *(f"{name}:{usual}" for name in names)})


def _refuse(start_response: StartResponse, why: str) -> Iterable[bytes]:
    logging.getLogger(REQUESTS).warning("Not let in, as WALKTALK_BASE_URL is set: %s", why)
    body = f"{why}\n".encode()
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response("400 Bad Request", headers)
    return [body]
