"""Asks another server one question, politely: who asks is said, and waiting has an end."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path as FilePath
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from walktalk.parks.errors import ParkDataError

TRIES = 4
"""A busy server is asked again this often, waiting longer each time."""

LONGEST_WAIT_S = 60.0
"""No longer between two tries, whatever the server asks for."""

LONGEST_ANSWER_S = 300.0
"""An answer that has not come whole by then is given up."""

MOST_ANSWER_BYTES = 50_000_000
"""An answer may be this large: all named parks of a town of 120,000 people stay far below."""

BUSY = (
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
"""What a server answers that may do better later."""

_CHUNK_BYTES = 1 << 16


@dataclass(frozen=True)
class Online:
    """How to ask a server.

    Attributes:
        url: where its questions go.
        user_agent: who is asking, with a way to reach them.
        cache: folder where answers are kept.
        timeout_s: seconds to wait for the next part of an answer.
        backoff_s: the first wait before asking again; it doubles each time.
        longest_s: seconds that an answer may take, all in all.
        most_bytes: how large an answer may be.
    """

    url: str
    user_agent: str
    cache: FilePath
    timeout_s: float = 90.0
    backoff_s: float = 5.0
    longest_s: float = LONGEST_ANSWER_S
    most_bytes: int = MOST_ANSWER_BYTES

    @property
    def host(self) -> str:
        """The server's name."""
        return urlsplit(self.url).netloc or self.url


@dataclass(frozen=True)
class Answer:
    """What a server sent: its status, what it calls it, and all of it."""

    status: int
    media_type: str
    body: bytes


def answer_of(
    server: Online,
    *,
    form: Mapping[str, str] | None = None,
    query: Sequence[tuple[str, str]] | None = None,
    accept: str = "application/json",
    again: tuple[int, ...] = BUSY,
) -> Answer:
    """Put one question and read the answer, whatever its status.

    Args:
        server: whom to ask.
        form: sent as a form; without one the question is in the address.
        query: what stands in the address.
        accept: the kind of answer that is wanted.
        again: statuses after which the server is asked again, later.

    Raises:
        ParkDataError: the server cannot be reached, stays busy, breaks off, is too slow or sends
            too much.
    """
    try:
        with (
            _patient(server, again) as session,
            session.request(
                "GET" if form is None else "POST",
                server.url,
                data=form,
                params=query,
                headers={"User-Agent": server.user_agent, "Accept": accept},
                timeout=server.timeout_s,
                stream=True,
            ) as response,
        ):
            body = _read(response, server)
    except requests.RequestException as error:
        raise ParkDataError(
            f"{server.host} cannot be reached ({_reason(error)}): this machine may be offline"
        ) from error
    if response.status_code in BUSY:
        raise ParkDataError(
            f"{server.host} is too busy (HTTP {response.status_code}): try again later"
        )
    return Answer(response.status_code, response.headers.get("Content-Type", ""), body)


def _patient(server: Online, again: tuple[int, ...]) -> requests.Session:
    """Return a session that asks a busy server again, after longer and longer waits."""
    retry = Retry(
        total=TRIES,
        read=1,
        status_forcelist=again,
        allowed_methods={"GET", "POST"},
        backoff_factor=server.backoff_s,
        backoff_max=LONGEST_WAIT_S,
        retry_after_max=int(LONGEST_WAIT_S),
        raise_on_status=False,
    )
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


def _read(response: requests.Response, server: Online) -> bytes:
    """Read an answer to its end.

    Raises:
        ParkDataError: it is cut short, too slow or too large.
    """
    ends_at = time.monotonic() + server.longest_s
    body = bytearray()
    try:
        for chunk in response.iter_content(_CHUNK_BYTES):
            body += chunk
            if len(body) > server.most_bytes:
                raise ParkDataError(
                    f"{server.host} sends more than {server.most_bytes // 10**6} MB: ask for less"
                )
            if time.monotonic() > ends_at:
                raise ParkDataError(f"{server.host} is too slow: try again later")
    except requests.RequestException as error:
        raise ParkDataError(
            f"{server.host} broke off in the middle of its answer: try again later"
        ) from error
    return bytes(body)


def _reason(error: requests.RequestException) -> str:
    """Return the innermost cause in its own words, without the objects it is wrapped in."""
    cause: object = error.args[0] if error.args else error
    cause = getattr(cause, "reason", None) or cause
    return str(cause).split(": ", 1)[-1]
