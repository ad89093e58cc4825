"""Small made-up ground for the tests of the walks: distances are exact, nothing is real."""

from collections.abc import Iterable
from typing import Any

from pyproj import Geod

from walktalk.parks import Area, LonLat, Path, Place, Source
from walktalk.routes import Leg, Route

ORIGIN: LonLat = (-2.08, 51.9)
SURVEY = Source(id="survey", title="A survey", as_of="2026-11-01")
_EARTH = Geod(ellps="WGS84")


def at(east_m: float, north_m: float) -> LonLat:
    """The position so many metres east and north of the origin."""
    lon, lat, _ = _EARTH.fwd(*ORIGIN, 90, east_m)
    lon, lat, _ = _EARTH.fwd(lon, lat, 0, north_m)
    return (lon, lat)


def path(path_id: str, *points: tuple[float, float], **facts: str | float | int | bool) -> Path:
    """A path through points given in metres east and north of the origin."""
    return Path(
        id=path_id,
        coordinates=tuple(at(*point) for point in points),
        facts=facts,
        sources=dict.fromkeys(("geometry", *facts), SURVEY),
    )


def place(place_id: str, kind: str, east_m: float, north_m: float, **facts: Any) -> Place:
    """A place so many metres east and north of the origin."""
    return Place(
        id=place_id,
        kind=kind,
        name=place_id.replace("-", " ").capitalize(),
        position=at(east_m, north_m),
        facts=facts,
        sources={"geometry": SURVEY},
    )


def area(
    paths: Iterable[Path], places: Iterable[Place] = (), searched: Iterable[str] = (), **more: Any
) -> Area:
    """An area of the given paths and places."""
    return Area(
        id="ground",
        name="Ground",
        paths={path.id: path for path in paths},
        places={place.id: place for place in places},
        searched=dict.fromkeys(searched, SURVEY),
        sources={"survey": SURVEY},
        **more,
    )


def route(ground: Area, *steps: str, shape: Any = "loop", laps: int = 1) -> Route:
    """A walk over whole paths in order; ``"-a"`` walks path ``a`` backwards."""
    legs: list[Leg] = []
    line: list[LonLat] = []
    for step in steps:
        along = ground.paths[step.removeprefix("-")]
        forward = not step.startswith("-")
        ends = (0.0, along.length_m) if forward else (along.length_m, 0.0)
        legs.append(Leg(along.id, *ends))
        points = along.coordinates if forward else along.coordinates[::-1]
        line += points if not line else points[1:]
    return Route(tuple(line), sum(leg.length_m for leg in legs), shape, tuple(legs), laps)


def straight(length_m: float = 100.0, **facts: Any) -> tuple[Area, Route]:
    """One straight path to the north with the given facts, walked from end to end."""
    ground = area([path("way", (0, 0), (0, length_m), **facts)])
    return ground, route(ground, "way", shape="out-and-back")
