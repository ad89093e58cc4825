"""Why a request gives no walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from walktalk.routes.model import WalkRequest


class RequestError(ValueError):
    """A request that makes no sense.

    Attributes:
        argument: the field of ``WalkRequest`` that is wrong, as the caller named it.
        accepted: what would be accepted, in plain English.
    """

    def __init__(self, argument: str, accepted: str) -> None:
        super().__init__(f"{argument}: {accepted}")
        self.argument = argument
        self.accepted = accepted


class NoWalkFits(Exception):  # noqa: N818 - the design's word
    """No walk in the area fits the request.

    Attributes:
        reason: which need, or the time, rules everything out, in plain English.
        nearest: the nearest request that does give a walk, or ``None`` when none was found.
    """

    def __init__(self, reason: str, nearest: WalkRequest | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.nearest = nearest
