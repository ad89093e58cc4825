"""Walks on an imported town, read again from its XML by other means than the planner's.

Nothing here but the request and the answer is the project's: the tags are read from the XML, the
ways by their nodes, and what is near by stepping along the walk's line.
"""

import math
import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.routes.osm_town import osm_town
from tests.routes.test_read_independently import away_m, finding, flat, is_inside, points_along
from walktalk.parks import import_osm
from walktalk.routes import NoWalkFits, Proposal, WalkRequest, plan_walks

SEEDS = (1, 2, 3)
STARTS = 5
ROADS = {"trunk", "primary", "secondary", "tertiary", "residential"}
RAILS = {"rail", "tram"}
MAINS = {"trunk", "primary", "secondary"}
PAVEMENTS = {"both", "separate"}
LIGHTS = "traffic_signals"
AGREE_SHARE = 0.05
Node = tuple[float, float]
Tags = dict[str, str]


class Read:
    """The town's XML: nodes by position, ways as nodes and tags."""

    def __init__(self, xml: bytes) -> None:
        root = ElementTree.fromstring(xml)
        at = {
            node.get("id"): (float(node.get("lon", "")), float(node.get("lat", "")))
            for node in root.iter("node")
        }
        self.tags = {at[node.get("id")]: _tags(node) for node in root.iter("node")}
        self.ways = [
            ([at[nd.get("ref")] for nd in w.iter("nd")], _tags(w)) for w in root.iter("way")
        ]
        self.arms: dict[Node, list[tuple[Node, Tags]]] = defaultdict(list)
        self.way_of: dict[frozenset[Node], Tags] = {}
        for nodes, tags in self.ways:
            for one, other in pairwise(nodes):
                self.arms[one].append((other, tags))
                self.arms[other].append((one, tags))
                if "foot" not in tags and "highway" in tags:
                    self.way_of[frozenset([one, other])] = tags

    def lines(self, **wanted: set[str]) -> list[tuple[list[Node], Tags]]:
        return [
            (nodes, tags)
            for nodes, tags in self.ways
            if any(tags.get(key) in values for key, values in wanted.items())
        ]


def _tags(element: ElementTree.Element) -> Tags:
    return {tag.get("k", ""): tag.get("v", "") for tag in element.iter("tag")}


@cache
def read(seed: int) -> Read:
    return Read(osm_town(seed))


@cache
def walks(seed: int, folder: Path) -> tuple[Proposal, ...]:
    """Up to three walks from some nodes of a town, half of them where nothing is needed."""
    file = folder / f"{seed}.osm"
    file.write_bytes(osm_town(seed))
    area = import_osm(file)
    nodes = area.network.nodes
    found: list[Proposal] = []
    for number in range(STARTS):
        start = nodes[number * 37 % len(nodes)]
        needs = frozenset(["away-from-water"] if number % 2 else [])
        try:
            found += plan_walks(area, WalkRequest(start=start, minutes=45, needs=needs))
        except NoWalkFits:
            continue
    return tuple(found)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("towns")


def steps(town: Read, walk: Proposal) -> list[tuple[Node, Node, Tags]]:
    """The walk from point to point, with the tags of the way that it walks there."""
    line = [(round(lon, 7), round(lat, 7)) for lon, lat in walk.route.coordinates]
    named = {frozenset(pair): tags for pair, tags in town.way_of.items()}
    found = []
    for one, other in pairwise(line):
        tags = named.get(frozenset([one, other]))
        found.append((one, other, tags if tags is not None else _nearest_way(town, one, other)))
    return found


def _nearest_way(town: Read, one: Node, other: Node) -> Tags:
    """The way that a piece cut at the walk's start lies on."""
    middle = flat([one, other]).mean(axis=0)[None]
    return min(
        town.way_of.items(), key=lambda item: float(away_m(middle, flat(sorted(item[0])))[0])
    )[1]


def crossed(town: Read, walk: Proposal) -> list[tuple[Node, Tags]]:
    """Roads and rails that leave a node to both sides of the walk, or are drawn across it."""
    found: list[tuple[Node, Tags]] = []
    listed = steps(town, walk)
    for (before, here, _), (_, after, _) in pairwise(listed):
        came, apart = _turn(here, before, 0.0), 0.0
        apart = _turn(here, after, came)
        for kinds, key in ((ROADS, "highway"), (RAILS, "railway")):
            sides: dict[bool, Tags] = {}
            for to, tags in town.arms.get(here, []):
                turned = _turn(here, to, came)
                is_walked = min(abs(turned - each) for each in (0.0, apart, math.tau)) < 1e-3
                if tags.get(key) in kinds and not is_walked:
                    sides[turned < apart] = tags
            if len(sides) == 2 and apart:
                found.append((here, min(sides.values(), key=lambda tags: tags.get("foot", "~"))))
    for one, other, tags in listed:
        if tags.get("layer") is None:
            found += [(one, across) for across in _across(town, one, other)]
    return found


def _turn(here: Node, there: Node, from_angle: float) -> float:
    (x, y), (to_x, to_y) = flat([here, there])
    return (math.atan2(to_y - y, to_x - x) - from_angle) % math.tau


def _across(town: Read, one: Node, other: Node) -> list[Tags]:
    """The roads and railways on the level that are drawn across a step and share no node."""
    return [
        tags
        for nodes, tags in town.lines(railway=RAILS, highway=ROADS)
        for a, b in pairwise(nodes)
        if "bridge" not in tags and not {a, b} & {one, other} and _cross(*flat([one, other, a, b]))
    ]


def _cross(p: Any, q: Any, a: Any, b: Any) -> bool:
    def side(u: Any, v: Any, w: Any) -> float:
        return float((v[0] - u[0]) * (w[1] - u[1]) - (v[1] - u[1]) * (w[0] - u[0]))

    return side(p, q, a) * side(p, q, b) < 0 and side(a, b, p) * side(a, b, q) < 0


def near_m(walk: Proposal, lines: list[tuple[list[Node], Tags]], reach_m: float) -> float:
    points = points_along(flat(walk.route.coordinates))
    near = np.zeros(len(points), dtype=bool)
    for nodes, tags in lines:
        near |= away_m(points, flat(nodes)) <= reach_m
        if nodes[0] == nodes[-1] and tags.get("highway") is None:
            near |= is_inside(points, flat(nodes))
    return float(near.mean() * walk.route.length_m)


def times(message: str, words: str = "") -> int:
    """How often a sentence says; from ``words`` on, where it says more."""
    said = re.search(words + r".*?(once|twice|(\d+) times)", message)
    if said is None:  # two that are named are crossed once each
        return 2 * bool(re.search(r"crosses .+ and .+\.", message))
    return {"once": 1, "twice": 2}.get(said[1]) or int(said[2])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.slow
def test_every_road_and_every_rail_is_crossed_as_often_as_told(seed: int, folder: Path) -> None:
    town, seen = read(seed), 0
    for walk in walks(seed, folder):
        told, counted = finding(walk, "road-crossings"), crossed(town, walk)
        assert times(told.message) == len(counted), (told.message, counted)
        assert (told.level == "caution") == bool(counted)
        lit = [at for at, _ in counted if town.tags.get(at, {}).get("crossing") == LIGHTS]
        assert times(told.evidence, "There are lights") == len(lit), told.evidence
        seen += len(counted)
    assert seen > 50


def test_what_is_near_agrees_on_95_walks_of_100(folder: Path) -> None:
    agree = []
    for seed in SEEDS:
        town = read(seed)
        waters = town.lines(natural={"water", "coastline"}, waterway={"stream"})
        for walk in walks(seed, folder):
            for check, lines, reach_m in (
                ("road", town.lines(highway=ROADS), 20.0),
                ("water", waters, 10.0),
                ("playground", town.lines(leisure={"playground"}), 50.0),
            ):
                shares = finding(walk, check).shares
                off_m = abs(near_m(walk, lines, reach_m) - shares.broken_m)
                agree.append(off_m <= AGREE_SHARE * walk.route.length_m)
    assert len(agree) >= 100
    assert np.mean(agree) >= 0.95


@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_walk_goes_along_under_and_through_is_told(seed: int, folder: Path) -> None:
    town = read(seed)
    for walk in walks(seed, folder):
        listed = steps(town, walk)
        bare_m = sum(
            float(np.hypot(*np.diff(flat([one, other]), axis=0)[0]))
            for one, other, tags in listed
            if tags.get("highway") in MAINS and tags.get("sidewalk") not in PAVEMENTS
        )
        assert (finding(walk, "pavement").level == "caution") == (bare_m > 50)
        under = any(tags.get("tunnel") == "yes" for *_, tags in listed) or any(
            _cross(*flat([one, other, *nodes]))
            for nodes, _ in town.lines(bridge={"yes"})
            for one, other, _ in listed
        )
        assert (finding(walk, "underpass").level == "caution") == under
        fords = any(town.tags.get(one, {}).get("ford") for one, *_ in listed[1:])
        assert "ford" in finding(walk, "steps").message or not fords
