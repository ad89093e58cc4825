"""Walks survive the way to JSON and back."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from walktalk.routes import (
    NEEDS,
    PREFERENCES,
    FarthestPoint,
    Finding,
    Leg,
    Proposal,
    Route,
    TimetableEntry,
    WalkRequest,
)
from walktalk.routes.as_json import (
    proposal_from_json,
    proposal_to_json,
    request_from_json,
    request_to_json,
)

LONDON = ZoneInfo("Europe/London")
positions = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
requests = st.builds(
    WalkRequest,
    start=st.none() | st.just("boat-house") | positions,
    minutes=st.integers(20, 120),
    pace=st.floats(0.5, 2),
    pauses=st.lists(st.tuples(st.floats(0, 9), st.floats(0, 1)), max_size=3).map(tuple),
    needs=st.frozensets(st.sampled_from(sorted(NEEDS))),
    preferences=st.frozensets(st.sampled_from(sorted(PREFERENCES))),
    at=st.none()
    | st.datetimes(
        datetime(2026, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
        datetime(2027, 12, 31),  # noqa: DTZ001
        timezones=st.just(LONDON),
        allow_imaginary=False,
    ),
    keep_away_from=st.lists(positions | st.just("playground"), max_size=2).map(tuple),
)


@given(requests)
def test_a_request_comes_back_from_json_as_it_was(request: WalkRequest) -> None:
    assert request_from_json(json.loads(json.dumps(request_to_json(request)))) == request


def test_needs_are_written_in_alphabetical_order() -> None:
    request = WalkRequest(needs=frozenset({"toilets", "lit", "step-free"}))
    assert request_to_json(request)["needs"] == ["lit", "step-free", "toilets"]


def test_a_proposal_comes_back_from_json_as_it_was() -> None:
    proposal = Proposal(
        route=Route(((-2.07, 51.91), (-2.08, 51.92)), 1310.4, "loop", (Leg("path-01", 0, 1310.4),)),
        walking_minutes=21.84,
        total_minutes=29.84,
        repeated_m=0,
        forced_repeated_m=0,
        cost=1.5,
        findings=(Finding("steps", "unknown", "Nobody has checked this yet."),),
        timetable=(TimetableEntry("arrive", 0, 0), TimetableEntry("finish", 29.84, 1310.4)),
        reason="It is the calmest walk that fits.",
        farthest=FarthestPoint((-2.08, 51.92), 655.2, 655.2, 10.92),
    )
    plain = json.loads(json.dumps(proposal_to_json(proposal)))
    assert set(plain["route"]) >= {"coordinates", "length_m", "shape"}
    assert proposal_from_json(plain) == proposal
