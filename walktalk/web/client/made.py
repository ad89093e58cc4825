"""An open link's pages and files: made once, sent again until anything of them changes.

Whoever asks has been let in by the link first, each time anew: what is kept saves the making only.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property

import brotli
from flask import Response, request

from walktalk.maps.drawing import walk_bounds
from walktalk.maps.paper import Box
from walktalk.routes.clock import LONDON
from walktalk.sessions.links import Glance
from walktalk.sessions.opened import SharedWalk
from walktalk.web.language import measure_in
from walktalk.web.state import state
from walktalk.wording import language

_PACKED_ALREADY = frozenset(["application/vnd.ant.fit", "image/jpeg"])
_QUALITY = 5
"""How hard brotli tries: past this a page costs more to pack than it saves on the way."""


@dataclass(frozen=True)
class Sent:
    """A response as it is sent again and again.

    Attributes:
        status: of the answer, such as 200.
        headers: with its type and its tag.
        content: as it is.
        packed: the same in brotli; ``None`` for what gains nothing.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
    packed: bytes | None

    @classmethod
    def of(cls, response: Response) -> "Sent":
        """Take down a response that was just made."""
        response.add_etag()
        content = response.get_data()
        gains_nothing = not content or response.mimetype in _PACKED_ALREADY
        packed = None if gains_nothing else brotli.compress(content, quality=_QUALITY)
        headers = [line for line in response.headers.items() if line[0] != "Content-Length"]
        return cls(response.status_code, tuple(headers), content, packed)

    @property
    def bytes(self) -> int:
        """How much it weighs."""
        return len(self.content) + len(self.packed or b"")

    def response(self) -> Response:
        """Return it as an answer to the present request."""
        is_packed = self.packed is not None and request.accept_encodings.quality("br") > 0
        content = self.packed if is_packed else self.content
        sent = Response(content, self.status, headers=list(self.headers))
        if self.packed is not None:
            sent.headers["Vary"] = "Accept-Encoding"
        if is_packed:
            sent.headers["Content-Encoding"] = "br"
        sent.make_conditional(request)
        return sent


@dataclass(frozen=True)
class Held:
    """What a link opens, with all that is worked out of it until it is made."""

    shared: SharedWalk
    bytes: int = 2_000_000
    """About as much as a walk and what is worked out for it take in a large park."""


@dataclass(frozen=True)
class Opened:
    """An open link.

    Attributes:
        here: its address.
        seen: tells whether anything of what it opens has changed.
        open: gives what it opens.
    """

    here: str
    seen: Glance
    open: Callable[[], SharedWalk]

    @cached_property
    def shared(self) -> SharedWalk:
        """What it opens, looked for when something of it has to be made.

        Distances are said in the units of whoever shares it from then on.
        """
        held = state().walks.get(self.here, "", self.stamp, lambda: Held(self.open()))
        measure_in(held.shared.distances)
        return held.shared

    @property
    def stamp(self) -> Hashable:
        """All that a page depends on: what is shown, the language, and what year it is.

        The units are part of what is shown; a year is said where it is not the present one.
        """
        return self.seen, language().locale, state().now().astimezone(LONDON).year


@dataclass(frozen=True)
class Around:
    """Where a walk is, and whether a street map lies behind it."""

    street_map: bool
    box: Box
    bytes: int = 0


def made_once(opened: Opened, name: str, make: Callable[[], Response]) -> Response:
    """Return a page or a file of an open link, made anew where anything of it has changed.

    Args:
        opened: the link.
        name: which of its pages and files.
        make: makes it.
    """
    made = state().made.get(opened.here, name, opened.stamp, lambda: Sent.of(make()))
    return made.response()


def around_once(opened: Opened) -> Around:
    """Return what the tiles around an open link's walk are sent by."""

    def look() -> Around:
        return Around(opened.shared.street_map, walk_bounds(opened.shared.walk))

    return state().made.get(opened.here, "", opened.stamp, look)
