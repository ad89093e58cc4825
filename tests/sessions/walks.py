"""Walks to keep: on land made up for the tests."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from walktalk.parks import Area, Path, Place, Source
from walktalk.routes import (
    FarthestPoint,
    Finding,
    Leg,
    Proposal,
    Route,
    TimetableEntry,
    Walk,
    WalkRequest,
)
from walktalk.routes.clock import LONDON

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TEN_O_CLOCK = datetime(2026, 12, 1, 10, 0, tzinfo=LONDON)
_SURVEY = Source("survey", "A survey for the tests", "2026-11-01")


def an_area() -> Area:
    line = ((-2.08, 51.90), (-2.08, 51.905), (-2.075, 51.905))
    return Area(
        id="made-up-park",
        name="Made-up Park",
        about="A park for the tests.",
        paths={
            "way-1": Path(
                "way-1",
                line,
                {"surface": "asphalt", "width_m": 2.0, "step_count": 3},
                {"surface": _SURVEY, "geometry": _SURVEY},
            )
        },
        places={
            "gate": Place("gate", "meeting_point", "The gate", line[0], "At the south end."),
        },
        sources={"survey": _SURVEY},
    )


def a_walk(*, at: datetime | None = TEN_O_CLOCK, unknown: str = "", **request: Any) -> Walk:
    """Return a walk there and back; the check named ``unknown`` has an unknown finding."""
    area = an_area()
    line = area.paths["way-1"].coordinates
    findings = tuple(
        Finding(check, "unknown" if check == unknown else "pass", f"About the {check}.")
        for check in ("length", "steps", "surface", "light")
    )
    legs = (Leg("way-1", 0.0, 900.0), Leg("way-1", 900.0, 0.0))
    proposal = Proposal(
        route=Route((*line, *line[-2::-1]), 1800.0, "out-and-back", legs),
        walking_minutes=30.0,
        total_minutes=38.0,
        repeated_m=900.0,
        forced_repeated_m=900.0,
        cost=12.5,
        findings=findings,
        timetable=(
            TimetableEntry("arrive", 0.0, 0.0),
            TimetableEntry("set-off", 3.0, 0.0),
            TimetableEntry("half-way", 18.0, 900.0),
            TimetableEntry("finish", 33.0, 1800.0),
        ),
        reason="It is the calmest.",
        farthest=FarthestPoint(line[-1], 900.0, 900.0, 15.0),
    )
    asked = WalkRequest(**{"start": "gate", "minutes": 50, "at": at, **request})
    return Walk(area=area, request=asked, proposal=proposal)


def with_facts(walk: Walk, **facts: Any) -> Walk:
    """Return ``walk`` on the same path with more facts, surveyed."""
    path = walk.area.paths["way-1"]
    sources = {**path.sources, **dict.fromkeys(facts, _SURVEY)}
    known = replace(path, facts={**path.facts, **facts}, sources=sources)
    return replace(walk, area=replace(walk.area, paths={"way-1": known}))
