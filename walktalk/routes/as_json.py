"""Walks as JSON values and back, for files, the command line and the frozen copy."""

import dataclasses
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from walktalk.routes.checks import CHECK_BY_ID
from walktalk.routes.model import Finding, Proposal, Told, WalkRequest

Json = dict[str, Any]
"""The values of a JSON object."""

_FIGURES = ("says", "because", "is_known", "shares")
_LONDON = ZoneInfo("Europe/London")
_REQUEST = TypeAdapter(WalkRequest)
_PROPOSAL = TypeAdapter(Proposal)
_FINDING = TypeAdapter(Finding)


def request_to_json(request: WalkRequest) -> Json:
    """Return a request as JSON values, its sets in alphabetical order."""
    values: Json = _REQUEST.dump_python(request, mode="json")
    return values | {
        "needs": sorted(request.needs),
        "preferences": sorted(request.preferences),
    }


def request_from_json(values: Json) -> WalkRequest:
    """Return the request that ``request_to_json`` gave, its time in Europe/London.

    Raises:
        pydantic.ValidationError: the values are not those of a request.
    """
    request = _REQUEST.validate_python(values)
    if request.at is None:
        return request
    return dataclasses.replace(request, at=request.at.astimezone(_LONDON))


def proposal_to_json(proposal: Proposal) -> Json:
    """Return a proposal as JSON values, by the names of the design's contract.

    Each finding is told, in the language and the units that are wanted, and keeps its figures.
    """
    bare = dataclasses.replace(proposal, findings=())
    values: Json = _PROPOSAL.dump_python(bare, mode="json")
    return values | {"findings": [_finding_to_json(found) for found in proposal.findings]}


def proposal_from_json(values: Json) -> Proposal:
    """Return the proposal that ``proposal_to_json`` gave, its findings as they were told.

    Raises:
        pydantic.ValidationError: the values are not those of a proposal.
    """
    proposal = _PROPOSAL.validate_python({**values, "findings": ()})
    findings = tuple(_finding_from_json(found) for found in values["findings"])
    return dataclasses.replace(proposal, findings=findings)


def _finding_to_json(finding: Finding) -> Json:
    values: Json = _FINDING.dump_python(finding, mode="json", exclude={"told"})
    return {
        "check": finding.check,
        "level": finding.level,
        "message": finding.message,
        "evidence": finding.evidence,
        "source": finding.source,
        "checked_on": finding.checked_on,
        "figures": {name: values[name] for name in _FIGURES},
    }


def _finding_from_json(values: Mapping[str, Any]) -> Finding:
    message, evidence = values["message"], values["evidence"]
    figures = values.get("figures")
    if figures is None:
        figures = {"says": message, "because": evidence, "is_known": _was_known(values)}
    told = None if isinstance(figures["says"], str) else Told(message, evidence)
    return _FINDING.validate_python({**values, **figures, "told": told})


def _was_known(values: Mapping[str, Any]) -> bool:
    """Whether anything was known, where a finding was kept before its figures were.

    Then a check that had a sentence for knowing nothing named no source with it.
    """
    check = CHECK_BY_ID.get(values["check"])
    can_know_nothing = check is not None and bool(check.nothing_known)
    return not (can_know_nothing and values["level"] == "unknown" and not values["source"])
