"""Walks as plain JSON values and back, for files, the command line and the frozen copy."""

import dataclasses
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from walktalk.routes.model import Proposal, WalkRequest

Plain = dict[str, Any]

_LONDON = ZoneInfo("Europe/London")
_REQUEST = TypeAdapter(WalkRequest)
_PROPOSAL = TypeAdapter(Proposal)


def request_to_plain(request: WalkRequest) -> Plain:
    """Return a request as JSON values, its sets in alphabetical order."""
    plain: Plain = _REQUEST.dump_python(request, mode="json")
    return plain | {
        "needs": sorted(request.needs),
        "preferences": sorted(request.preferences),
    }


def request_from_plain(plain: Plain) -> WalkRequest:
    """Return the request that ``request_to_plain`` gave, its time in Europe/London.

    Raises:
        pydantic.ValidationError: the values are not those of a request.
    """
    request = _REQUEST.validate_python(plain)
    if request.at is None:
        return request
    return dataclasses.replace(request, at=request.at.astimezone(_LONDON))


def proposal_to_plain(proposal: Proposal) -> Plain:
    """Return a proposal as JSON values, by the names of the design's contract."""
    plain: Plain = _PROPOSAL.dump_python(proposal, mode="json")
    return plain


def proposal_from_plain(plain: Plain) -> Proposal:
    """Return the proposal that ``proposal_to_plain`` gave.

    Raises:
        pydantic.ValidationError: the values are not those of a proposal.
    """
    return _PROPOSAL.validate_python(plain)
