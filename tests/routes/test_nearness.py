"""What is near a walk is known along it, and agrees with measuring it again by other means."""

import math
import random
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.routes.ground import area, at, path, place, route
from walktalk.parks import Area, BackgroundShape, LonLat
from walktalk.parks.nearness import nearness
from walktalk.routes import Leg, Route, WalkRequest
from walktalk.routes.checks import CHECKS, verdict, walk_verdict
from walktalk.routes.checks.near import share_near
from walktalk.routes.checks.walked import Walked
from walktalk.routes.search.walks import route_over
from walktalk.routes.timetable import timetable

REACH_M = {"away-from-roads": 20.0, "away-from-water": 10.0, "away-from-playgrounds": 50.0}
_SHARE_OF_WALK = 0.05
_WALKS, _AGREEING = 100, 95
_ROADS = ("primary", "residential", "tertiary", "service")


def shape(kind: str, *points: tuple[float, float], detail: str = "") -> BackgroundShape:
    return BackgroundShape(kind, (tuple(at(*point) for point in points),), "", detail)  # type: ignore[arg-type]


def a_town(chance: random.Random) -> Area:
    """Winding paths among roads, lakes and playgrounds that take no notice of them."""

    def somewhere() -> tuple[float, float]:
        return chance.uniform(0, 1500), chance.uniform(0, 1500)

    paths = []
    here = somewhere()
    for number in range(60):
        points = [here]
        for _ in range(chance.randint(1, 6)):
            turn, step = chance.uniform(0, math.tau), chance.uniform(5, 120)
            east, north = points[-1]
            points.append((east + step * math.cos(turn), north + step * math.sin(turn)))
        paths.append(path(f"p{number}", *points))
        here = points[-1]
    middle = here

    def near_the_paths() -> tuple[float, float]:
        return middle[0] + chance.uniform(-700, 700), middle[1] + chance.uniform(-700, 700)

    background = [
        shape("road", somewhere(), somewhere(), somewhere(), detail=chance.choice(_ROADS))
        for _ in range(12)
    ]
    for _ in range(12):
        east, north = near_the_paths()
        corners = []
        for turn in np.linspace(0, math.tau, 9)[:-1]:
            off = chance.uniform(15, 90)
            corners.append((east + off * math.cos(turn), north + off * math.sin(turn)))
        background.append(shape("water", *corners, corners[0]))
    places = [place(f"play-{n}", "playground", *near_the_paths()) for n in range(12)]
    return area(paths, places, ["playground"], background=tuple(background))


def a_walk(ground: Area, chance: random.Random) -> Route:
    """A walk over some paths one after another, turning within the last, and back."""
    ids = list(ground.paths)
    first = chance.randrange(len(ids) - 6)
    there = [Leg(each, 0.0, ground.paths[each].length_m) for each in ids[first : first + 5]]
    last = ground.paths[ids[first + 5]]
    there.append(Leg(last.id, 0.0, chance.uniform(0.2, 1) * last.length_m))
    back = [Leg(leg.path_id, leg.to_m, leg.from_m) for leg in there[::-1]]
    return route_over(ground, (*there, *back), "out-and-back")


def flat(positions: list[LonLat] | tuple[LonLat, ...]) -> NDArray[np.float64]:
    """Metres on a plate carree of its own, on a sphere as wide as the Earth is here."""
    degrees = np.array(positions)
    east = (degrees[:, 0] + 2.08) * 111_320 * math.cos(math.radians(51.905))
    return np.column_stack((east * 1.00224, (degrees[:, 1] - 51.9) * 111_260))


def away_m(points: NDArray[np.float64], ring: NDArray[np.float64]) -> NDArray[np.float64]:
    best = np.full(len(points), np.inf)
    for a, b in pairwise(ring):
        share = np.clip((points - a) @ (b - a) / max(1e-9, float((b - a) @ (b - a))), 0, 1)
        best = np.minimum(best, np.linalg.norm(points - a - share[:, None] * (b - a), axis=1))
    return best


def is_inside(points: NDArray[np.float64], ring: NDArray[np.float64]) -> NDArray[np.bool_]:
    inside = np.zeros(len(points), dtype=bool)
    for (x1, y1), (x2, y2) in pairwise(ring):
        crosses = (points[:, 1] < y1) != (points[:, 1] < y2)
        with np.errstate(divide="ignore", invalid="ignore"):
            meets = x1 + (points[:, 1] - y1) / (y2 - y1) * (x2 - x1)
        inside ^= crosses & (points[:, 0] < meets)
    return inside


def measured_near_m(ground: Area, walk: Route, need: str) -> float:
    """Step along a walk by half metres and ask each step how far everything is."""
    line = flat(walk.coordinates)
    steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
    gone = np.concatenate(([0.0], np.cumsum(steps)))
    along = np.arange(0.25, gone[-1], 0.5)
    points = np.column_stack([np.interp(along, gone, each) for each in line.T])
    near = np.zeros(len(points), dtype=bool)
    for each in ground.background:
        ring = flat(each.rings[0])
        if need == "away-from-roads" and each.kind == "road" and each.detail != "service":
            near |= away_m(points, ring) < REACH_M[need]
        if need == "away-from-water" and each.kind == "water":
            near |= (away_m(points, ring) < REACH_M[need]) | is_inside(points, ring)
    if need == "away-from-playgrounds":
        for each_place in ground.places.values():
            spot = flat([each_place.position])
            near |= np.linalg.norm(points - spot, axis=1) < REACH_M[need]
    return float(near.sum()) * 0.5


def told_near_m(ground: Area, walk: Route, need: str) -> float:
    check = next(each for each in CHECKS if each.need and each.need.id == need)
    request = WalkRequest(start=walk.coordinates[0])
    walked = Walked(ground, request, walk, timetable(ground, request, walk))
    shares = check.finding(walked).shares
    assert shares is not None
    assert shares.met_m + shares.unknown_m + shares.broken_m == pytest.approx(walk.length_m, abs=1)
    return shares.broken_m


@pytest.mark.parametrize("need", sorted(REACH_M))
@pytest.mark.slow
def test_what_is_told_to_be_near_agrees_with_stepping_along_the_walk(need: str) -> None:
    chance = random.Random(20261125)
    agreeing, near = 0, 0
    towns = [a_town(chance) for _ in range(10)]
    for number in range(_WALKS):
        ground = towns[number % len(towns)]
        walk = a_walk(ground, chance)
        mine, theirs = told_near_m(ground, walk, need), measured_near_m(ground, walk, need)
        agreeing += abs(mine - theirs) <= _SHARE_OF_WALK * walk.length_m
        near += theirs > 0
        if theirs == 0 or mine == 0:
            assert max(mine, theirs) < 10
    assert agreeing >= _AGREEING
    assert near > _WALKS / 5


def by_a_road(*extra: BackgroundShape, **facts: str | float) -> tuple[Area, Route]:
    """A straight kilometre that a primary road comes up to and goes along for 250 m."""
    road = shape("road", (300, 900), (300, 5), (550, 5), (550, 900), detail="primary")
    ground = area([path("a", (0, 0), (1000, 0), **facts)], background=(road, *extra))
    return ground, route(ground, "a", shape="out-and-back")


def test_a_road_beside_a_quarter_of_a_path_is_told_in_its_metres_and_breaks_the_need() -> None:
    ground, walk = by_a_road(road_m=45.0)
    assert verdict(ground, ground.paths["a"], "away-from-roads") == "broken"
    assert walk_verdict(ground, walk, "away-from-roads") == "broken"
    assert told_near_m(ground, walk, "away-from-roads") == pytest.approx(289, abs=2)
    away = route_over(ground, (Leg("a", 0, 250), Leg("a", 250, 0)), "out-and-back")
    assert walk_verdict(ground, away, "away-from-roads") == "met"
    assert told_near_m(ground, away, "away-from-roads") == 0


@pytest.mark.parametrize(("slant_m", "outcome"), [(0, "met"), (20, "met"), (150, "broken")])
def test_coming_up_to_a_road_is_not_walking_along_it(slant_m: float, outcome: str) -> None:
    ground, _ = by_a_road()
    up = path("up", (350, 5), (350 + slant_m, -25), (350 + slant_m, -300))
    ground = area([up], background=ground.background)
    assert verdict(ground, ground.paths["up"], "away-from-roads") == outcome


def test_a_bridge_over_a_stream_is_beside_water_for_some_metres_and_no_more() -> None:
    stream = shape("water", (499, -500), (501, -500), (501, 500), (499, 500), (499, -500))
    ground, walk = by_a_road(stream, water_m=0.0)
    assert told_near_m(ground, walk, "away-from-water") == pytest.approx(22, abs=2)
    assert verdict(ground, ground.paths["a"], "away-from-water") == "broken"


def test_a_recorded_figure_counts_only_where_nothing_is_drawn() -> None:
    ground = area([path("a", (0, 0), (300, 0), road_m=5.0, water_m=80.0)])
    assert verdict(ground, ground.paths["a"], "away-from-roads") == "broken"
    assert verdict(ground, ground.paths["a"], "away-from-water") == "met"
    far_road = shape("road", (0, 400), (300, 400), detail="residential")
    drawn = area([path("a", (0, 0), (300, 0), road_m=5.0)], background=(far_road,))
    assert verdict(drawn, drawn.paths["a"], "away-from-roads") == "met"


def test_a_path_that_is_recorded_to_be_beside_water_stays_so_whatever_is_drawn() -> None:
    pond = shape("water", (0, 40), (20, 40), (20, 60), (0, 40))
    ground = area([path("a", (0, 0), (300, 0), beside_water="the pond")], background=(pond,))
    walk = route(ground, "a", shape="out-and-back")
    assert verdict(ground, ground.paths["a"], "away-from-water") == "broken"
    assert told_near_m(ground, walk, "away-from-water") == pytest.approx(300, abs=1)


def test_the_share_of_each_path_that_is_near_is_given_as_an_array() -> None:
    wood = shape("green", (0, 10), (500, 10), (500, 60), (0, 60), (0, 10), detail="wood")
    ground, _ = by_a_road(wood)
    assert share_near(ground, "wood", 30.0, "wood_m") == pytest.approx([0.53], abs=0.01)
    assert share_near(ground, "main-road", 8.0, "main_road_m") == pytest.approx([0.26], abs=0.01)
    quiet = area(
        ground.paths.values(), background=(shape("road", (0, 9), (90, 9), detail="residential"),)
    )
    assert share_near(quiet, "main-road", 20.0, "main_road_m").tolist() == [0.0]
    bare = area([path("a", (0, 0), (9, 0), wood_m=12.0), path("b", (9, 0), (20, 0))])
    assert share_near(bare, "wood", 30.0, "wood_m").tolist() == [1.0, 0.0]
    assert nearness(bare, "wood") is None
