"""A small made-up park for the tests: a square loop with a path across it."""

from datetime import UTC, datetime
from typing import Any

from walktalk.parks import Area, Path, Place, Source
from walktalk.parks.geodesy import length_m
from walktalk.parks.model import BackgroundShape
from walktalk.routes import Finding, Leg, Proposal, Route, TimetableEntry, Walk, WalkRequest

OSM = Source("osm", "OpenStreetMap", "2026-09-15", "ODbL-1.0")

_WEST, _EAST, _SOUTH, _NORTH = -2.080, -2.076, 51.900, 51.903
SOUTH_WEST, SOUTH_EAST = (_WEST, _SOUTH), (_EAST, _SOUTH)
NORTH_EAST, NORTH_WEST = (_EAST, _NORTH), (_WEST, _NORTH)

PATHS = {
    "south": Path("south", (SOUTH_WEST, (-2.078, 51.8999), SOUTH_EAST), {"name": "Long Walk"}),
    "east": Path("east", (SOUTH_EAST, NORTH_EAST)),
    "north": Path("north", (NORTH_EAST, (-2.078, 51.9032), NORTH_WEST)),
    "west": Path("west", (NORTH_WEST, SOUTH_WEST)),
    "across": Path("across", (SOUTH_WEST, NORTH_EAST)),
}
PLACES = {
    "gate": Place("gate", "meeting_point", "West gate", SOUTH_WEST, "At the end of Mill Lane."),
    "loo": Place("loo", "toilets", "", (-2.0761, 51.9001)),
    "cafe": Place("cafe", "cafe", "Tea <b>& {{ 7 * 7 }}</b>", (-2.0778, 51.9031)),
    "far": Place("far", "playground", "Far away", (-2.05, 51.91)),
}
LAKE = BackgroundShape(
    "water",
    (((-2.079, 51.901), (-2.077, 51.901), (-2.077, 51.902), (-2.079, 51.902), (-2.079, 51.901)),),
    "The lake",
)
MEADOW = Area(
    "meadow",
    "Test Meadow",
    PATHS,
    PLACES,
    background=(LAKE, BackgroundShape("road", ((SOUTH_WEST, (-2.09, 51.899)),), "Mill Lane")),
    sources={"osm": OSM},
)

PRIVATE_WORD = "zebrafish"
"""Stands in everything about a walk that must never be handed out."""


def walk_round(*, finish_elsewhere: bool = False, area: Area = MEADOW, **asked: Any) -> Walk:
    """A walk round the meadow, or along two sides of it."""
    ids = ("south", "east") if finish_elsewhere else ("south", "east", "north", "west")
    legs = tuple(Leg(path_id, 0.0, PATHS[path_id].length_m) for path_id in ids)
    line: list[tuple[float, float]] = []
    for path_id in ids:
        line += PATHS[path_id].coordinates[1 if line else 0 :]
    return walk_along(tuple(line), legs=legs, area=area, **asked)


def walk_along(
    line: tuple[tuple[float, float], ...],
    *,
    legs: tuple[Leg, ...] = (),
    area: Area = MEADOW,
    **asked: Any,
) -> Walk:
    """A walk along any line, as the planner would hand it over."""
    length = length_m(line)
    asked.setdefault("at", datetime(2026, 12, 1, 10, 0, tzinfo=UTC))
    asked.setdefault("start", "gate")
    request = WalkRequest(needs=frozenset({"step-free"}), **asked)
    walking = length / request.pace / 60
    rest = request.minutes - walking - request.arrive_minutes
    timetable = (
        TimetableEntry("arrive", 0, 0),
        TimetableEntry("set-off", request.arrive_minutes, 0),
        TimetableEntry("half-way", request.arrive_minutes + walking / 2, length / 2),
        TimetableEntry("finish", request.minutes - max(rest, 0), length),
    )
    proposal = Proposal(
        route=Route(line, length, "loop", legs),
        walking_minutes=walking,
        total_minutes=float(request.minutes),
        repeated_m=0,
        forced_repeated_m=0,
        cost=1,
        findings=(Finding("steps", "pass", f"{PRIVATE_WORD}.", PRIVATE_WORD),),
        timetable=timetable,
        reason=PRIVATE_WORD,
    )
    return Walk(area, request, proposal)
