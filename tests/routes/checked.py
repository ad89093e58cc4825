"""Walks checked on made-up ground, for the tests of the findings."""

from typing import Any

from tests.routes.ground import area, path, route, straight
from walktalk.parks import Area
from walktalk.routes import Finding, Route, WalkRequest
from walktalk.routes.checks import check_walk
from walktalk.routes.timetable import timetable


def found(
    ground: Area,
    walk: Route,
    request: WalkRequest | None = None,
) -> dict[str, Finding]:
    request = request or WalkRequest()
    findings = check_walk(ground, request, walk, timetable(ground, request, walk))
    return {finding.check: finding for finding in findings}


def on_a_straight(check: str, length_m: float = 400, **facts: Any) -> Finding:
    return found(*straight(length_m, **facts))[check]


def on_two_paths(check: str, first: dict[str, Any], second: dict[str, Any]) -> Finding:
    """The check on 300 m with the first facts and 100 m with the second."""
    ground = area([path("a", (0, 0), (0, 300), **first), path("b", (0, 300), (0, 400), **second)])
    return found(ground, route(ground, "a", "b"))[check]
