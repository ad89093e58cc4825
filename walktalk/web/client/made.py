"""An open link's pages and files: made once, sent again until anything of them changes.

Whoever asks has been let in by the link first, each time anew: what is kept saves the making only.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import brotli
from flask import Response, request

from walktalk.maps.drawing import bounds
from walktalk.maps.paper import Box
from walktalk.routes.clock import LONDON
from walktalk.sessions.opened import SharedWalk
from walktalk.web.state import state
from walktalk.wording import language

_PACKED_ALREADY = frozenset(["application/vnd.ant.fit", "image/jpeg"])
_QUALITY = 6
"""How hard brotli tries: past this a page costs more to pack than it saves on the way."""


@dataclass(frozen=True)
class Sent:
    """A response as it is sent again and again.

    Attributes:
        headers: with its type and its tag.
        content: as it is.
        packed: the same in brotli; ``None`` for what gains nothing.
    """

    headers: tuple[tuple[str, str], ...]
    content: bytes
    packed: bytes | None

    @classmethod
    def of(cls, response: Response) -> "Sent":
        """Take down a response that was just made."""
        response.add_etag()
        content = response.get_data()
        is_packed = response.mimetype in _PACKED_ALREADY
        packed = None if is_packed else brotli.compress(content, quality=_QUALITY)
        return cls(tuple(response.headers.items()), content, packed)

    @property
    def bytes(self) -> int:
        """How much it weighs."""
        return len(self.content) + len(self.packed or b"")

    def response(self) -> Response:
        """Return it as an answer to the present request."""
        sent = Response(self.content, headers=list(self.headers))
        if self.packed is not None:
            sent.vary.add("Accept-Encoding")
            if request.accept_encodings.quality("br") > 0:
                sent.set_data(self.packed)
                sent.content_encoding = "br"
        sent.make_conditional(request)
        return sent


@dataclass(frozen=True)
class _Around:
    box: Box
    bytes: int = 0


def made_once(
    shared: SharedWalk, here: str, name: str, make: Callable[[SharedWalk], Response]
) -> Response:
    """Return a page or a file of an open link, made anew where anything of it has changed.

    Args:
        shared: what the link opens now.
        here: the link's address.
        name: which of its pages and files.
        make: makes it.
    """
    sent = state().made.get(here, name, _stamp(shared), lambda: Sent.of(make(shared)))
    return sent.response()


def box_of(shared: SharedWalk, here: str) -> Box:
    """Return the bounds of an open link's walk."""

    def around() -> _Around:
        return _Around(bounds(shared.walk.route.coordinates))

    return state().made.get(here, "", _stamp(shared), around).box


def _stamp(shared: SharedWalk) -> Hashable:
    """Return all that a page depends on: what is shown, the language, and what year it is.

    The units are part of what is shown; a year is said where it is not the present one.
    """
    return shared.version, language().locale, state().now().astimezone(LONDON).year
