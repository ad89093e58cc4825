"""Walks on every shipped area, read again from the files alone by other means than the planner's.

Nothing here but the request and the answer is the project's: the tags are read from the JSON, the
distances are worked out on a flat of our own, and the ways one by one.
"""

import json
import math
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from walktalk.parks import load_area
from walktalk.routes import NoWalkFits, Proposal, WalkRequest, plan_walks

PARKS = Path(__file__).parents[2] / "data" / "parks"
IDS = sorted(file.stem for file in PARKS.glob("*.geojson"))
NEEDS = frozenset(["step-free"])
EVERY_M = 2.0
AGREE_SHARE = 0.05
SURFACES = {"asphalt": 1.0, "paving_stones": 1.0, "gravel": 0.93}
UNKNOWN_SURFACE = 0.95
ROADS = {"trunk or primary", "secondary or tertiary"}
STREETS = "residential, service or unclassified"
OFF_THE_LEVEL = ("bridge", "tunnel", "layer", "under_bridge")
STEP_M = 0.5
AROUND_M = 12.0
ON_THE_ROAD_M = 1.6
LOOK = 8
CARRIAGEWAYS = {"primary", "secondary", "tertiary", "unclassified", "residential", "service"}
Flat = NDArray[np.float64]


@cache
def features(area_id: str) -> dict[str, list[dict[str, Any]]]:
    """The features of an area's file by kind."""
    found: dict[str, list[dict[str, Any]]] = {}
    for feature in json.loads((PARKS / f"{area_id}.geojson").read_text("utf-8"))["features"]:
        found.setdefault(feature["properties"]["kind"], []).append(feature)
    return found


@cache
def paths(area_id: str) -> dict[str, dict[str, Any]]:
    return {feature["id"]: feature for feature in features(area_id)["path"]}


def tag(feature: dict[str, Any], name: str) -> Any:
    value = feature["properties"]["facts"].get(name)
    return value["value"] if isinstance(value, dict) else value


def flat(points: Any) -> Flat:
    """Metres east and north: the series for the length of a degree on the ellipsoid."""
    lon, lat = np.asarray(points, dtype=float).T
    middle = math.radians(51.9)
    north_m = 111132.92 - 559.82 * math.cos(2 * middle) + 1.175 * math.cos(4 * middle)
    east_m = 111412.84 * math.cos(middle) - 93.5 * math.cos(3 * middle)
    return np.column_stack([(lon + 2.08) * east_m, (lat - 51.9) * north_m])


def length_m(line: Flat) -> float:
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def points_along(line: Flat) -> Flat:
    at = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))))
    wanted = np.arange(EVERY_M / 2, at[-1], EVERY_M)
    return np.column_stack([np.interp(wanted, at, column) for column in line.T])


def away_m(points: Flat, line: Flat) -> Flat:
    """Metres from each point to the nearest of a line's segments."""
    here, step = line[:-1], np.diff(line, axis=0)
    square = np.maximum((step**2).sum(axis=1), 1e-12)
    share = np.clip(((points[:, None] - here) * step).sum(axis=2) / square, 0, 1)
    foot = here + share[..., None] * step
    return np.asarray(np.linalg.norm(points[:, None] - foot, axis=2).min(axis=1))


def is_inside(points: Flat, ring: Flat) -> NDArray[np.bool_]:
    (x1, y1), (x2, y2) = ring[:-1].T, ring[1:].T
    x, y = points[:, :1], points[:, 1:]
    over = (y1 > y) != (y2 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossed = over & (x < x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    return np.asarray(crossed.sum(axis=1) % 2 == 1)


@cache
def walks(area_id: str) -> tuple[Proposal, ...]:
    """Up to three walks from the first two meeting points of an area."""
    area = load_area(PARKS / f"{area_id}.geojson")
    found: list[Proposal] = []
    for place in area.meeting_points[:2]:
        try:
            found += plan_walks(area, WalkRequest(start=place.id, needs=NEEDS))
        except NoWalkFits:
            continue
    return tuple(found)


def finding(walk: Proposal, check: str) -> Any:
    return next(each for each in walk.findings if each.check == check)


def near_m(area_id: str, walk: Proposal, kind: str, reach_m: float) -> float:
    """Metres of a walk within reach of what is drawn of a kind."""
    points = points_along(flat(walk.route.coordinates))
    low, high = points.min(axis=0) - reach_m, points.max(axis=0) + reach_m
    near = np.zeros(len(points), dtype=bool)
    for feature in features(area_id).get(kind, []):
        properties = feature["properties"]
        if kind == "road":
            detail = properties.get("detail", "")
            if not (detail in ROADS or (detail == STREETS and properties.get("name"))):
                continue
        rings = feature["geometry"]["coordinates"]
        for ring in [rings] if feature["geometry"]["type"] == "LineString" else rings:
            line = flat(ring)
            if (line.max(axis=0) < low).any() or (line.min(axis=0) > high).any():
                continue
            near |= away_m(points, line) <= reach_m
            if kind == "water" and ring is rings[0]:
                near |= is_inside(points, line)
    return float(near.mean() * walk.route.length_m)


def slope_factor(slope: float) -> float:
    """Tobler 1993 on a slope beside Tobler on the flat, nobody hurried downhill."""
    return min(1.0, math.exp(-3.5 * abs(slope + 0.05)) / math.exp(-3.5 * 0.05))


def minutes(area_id: str, walk: Proposal) -> float:
    seconds = 0.0
    for leg in walk.route.legs:
        feature = paths(area_id)[leg.path_id]
        whole = length_m(flat(feature["geometry"]["coordinates"]))
        climb, descent = (float(tag(feature, each) or 0) for each in ("climb_m", "descent_m"))
        if leg.to_m < leg.from_m:
            climb, descent = descent, climb
        surface = SURFACES.get(tag(feature, "surface"), UNKNOWN_SURFACE)
        slowed = 1.0
        if climb + descent > 0:
            steep = (climb + descent) / whole
            rising = climb / (climb + descent)
            slowed = rising / slope_factor(steep) + (1 - rising) / slope_factor(-steep)
        seconds += leg.length_m * slowed / surface
    return seconds / 60


def on_the_level(area_id: str, walk: Proposal, walked_m: Flat) -> NDArray[np.bool_]:
    """Where along a walk no bridge, tunnel or other level is recorded, nor a bridge overhead."""
    level = np.ones(len(walked_m), dtype=bool)
    begin = 0.0
    for leg in walk.route.legs:
        way = paths(area_id)[leg.path_id]
        if any(str(tag(way, fact) or "no") not in ("no", "0") for fact in OFF_THE_LEVEL):
            level &= (walked_m < begin - AROUND_M) | (walked_m > begin + leg.length_m + AROUND_M)
        begin += leg.length_m
    return level


def sides_of(points: Flat, road: Flat) -> Flat:
    """On which side of a road's nearest segment each point lies, 0 beyond the road's ends."""
    step = np.diff(road, axis=0)
    apart = np.array([away_m(points, road[n : n + 2]) for n in range(len(step))])
    nearest = apart.argmin(axis=0)
    here, along = points - road[nearest], step[nearest]
    share = (here * along).sum(axis=1) / np.maximum((along**2).sum(axis=1), 1e-12)
    beyond = ((nearest == 0) & (share < 0)) | ((nearest == len(step) - 1) & (share > 1))
    cross = along[:, 0] * here[:, 1] - along[:, 1] * here[:, 0]
    return np.where(beyond, 0.0, np.sign(cross))


@cache
def roads(area_id: str) -> list[Flat]:
    return [flat(each["geometry"]["coordinates"]) for each in features(area_id).get("road", [])]


def roads_crossed(area_id: str, walk: Proposal) -> int:
    """How often a walk comes from one side of a drawn road to the other, its two ends left out."""
    line = flat(walk.route.coordinates)
    at = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))))
    walked_m = np.arange(0.0, at[-1], STEP_M)
    points = np.column_stack([np.interp(walked_m, at, column) for column in line.T])
    level = on_the_level(area_id, walk, walked_m)
    found = 0
    for road in roads(area_id):
        low, high = road.min(axis=0) - ON_THE_ROAD_M, road.max(axis=0) + ON_THE_ROAD_M
        near = np.flatnonzero(level & ((points >= low) & (points <= high)).all(axis=1))
        if not len(near):
            continue
        met = near[away_m(points[near], road) < ON_THE_ROAD_M]
        for run in np.split(met, np.flatnonzero(np.diff(met) > 1) + 1):
            if len(run) and run[0] > 0 and run[-1] < len(points) - 1:
                before, after = max(0, run[0] - LOOK), min(len(points) - 1, run[-1] + LOOK)
                found += float(sides_of(points[[before, after]], road).prod()) < 0
    return found


@pytest.mark.parametrize("area_id", IDS)
@pytest.mark.slow
def test_a_walk_is_as_long_and_takes_as_long_as_the_file_says(area_id: str) -> None:
    for walk in walks(area_id):
        line = flat(walk.route.coordinates)
        assert walk.route.length_m == pytest.approx(length_m(line), rel=0.003)
        assert walk.walking_minutes == pytest.approx(minutes(area_id, walk), rel=0.01)
        assert 49 <= walk.total_minutes <= 50
        assert away_m(line[-1:], line[:1].repeat(2, axis=0))[0] < 1


@pytest.mark.parametrize("area_id", IDS)
@pytest.mark.slow
def test_a_walk_lies_on_its_paths_and_on_no_steps(area_id: str) -> None:
    for walk in walks(area_id):
        used = [paths(area_id)[leg.path_id] for leg in walk.route.legs]
        points = points_along(flat(walk.route.coordinates))
        lines = [
            flat(feature["geometry"]["coordinates"])
            for feature in {feature["id"]: feature for feature in used}.values()
        ]
        assert np.min([away_m(points, line) for line in lines], axis=0).max() < 0.5
        for feature in used:
            assert tag(feature, "highway") != "steps"
            assert not tag(feature, "step_count")
            barriers = feature["properties"].get("barriers", [])
            assert not {"stile", "steps"} & {each.get("kind") for each in barriers}


@pytest.mark.parametrize("area_id", IDS)
def test_what_is_walked_twice_is_told_to_the_metre(area_id: str) -> None:
    for walk in walks(area_id):
        passes: Counter[tuple[str, int]] = Counter()
        for leg in walk.route.legs:
            low, high = sorted((leg.from_m, leg.to_m))
            passes.update((leg.path_id, metre) for metre in range(round(low), round(high)))
        again = sum(count - 1 for count in passes.values())
        assert walk.repeated_m == pytest.approx(again, abs=0.01 * walk.route.length_m + 5)
        assert walk.route.shape != "loop" or again <= 0.03 * walk.route.length_m + 5


@pytest.mark.slow
def test_what_is_near_agrees_on_95_walks_of_100() -> None:
    agree = []
    for area_id in IDS:
        for walk in walks(area_id):
            for check, kind, reach_m in (("water", "water", 10.0), ("road", "road", 20.0)):
                shares = finding(walk, check).shares
                named = ("beside_water",) if kind == "water" else ("beside_road", "crosses_road")
                legs = [(leg, paths(area_id)[leg.path_id]) for leg in walk.route.legs]
                by_tag = any(tag(way, fact) for _, way in legs for fact in (*named, "ford")) or any(
                    tag(way, "highway") in CARRIAGEWAYS for _, way in legs
                )
                if not by_tag and features(area_id).get(kind):
                    off = abs(near_m(area_id, walk, kind, reach_m) - shares.broken_m)
                    agree.append(off <= AGREE_SHARE * walk.route.length_m)
    assert len(agree) >= 100
    assert np.mean(agree) >= 0.95


@pytest.mark.slow
def test_every_drawn_road_is_crossed_as_often_as_told_on_95_walks_of_100() -> None:
    agree, seen = [], 0
    for area_id in IDS:
        for walk in walks(area_id):
            told = finding(walk, "road-crossings")
            counted = roads_crossed(area_id, walk)
            said = re.search(r"(once|twice|(\d+) times)", told.message)
            both = 2 * bool(re.search(r"crosses .+ and .+\.", told.message))
            number = ({"once": 1, "twice": 2}.get(said[1]) or int(said[2])) if said else both
            agree.append(number == counted and (told.level == "caution") == bool(counted))
            seen += counted
    assert len(agree) >= 100
    assert seen >= 50
    assert np.mean(agree) >= 0.95
