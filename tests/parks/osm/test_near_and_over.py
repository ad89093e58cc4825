"""What is near on an imported network: waters however they are drawn, tunnels, playgrounds."""

from pathlib import Path

import pytest

from tests.parks.osm.files import FOOTWAY, GRID, osm_xml
from tests.routes.checked import found
from tests.routes.ground import route
from walktalk.parks import Area, import_osm
from walktalk.routes import Finding

Tags = dict[str, str]
Ways = dict[int, tuple[list[int], Tags]]
Relations = dict[int, tuple[list[tuple[int, str]], Tags]]

PATH = "w1-n20-n23"
WALK: Ways = {1: ([20, 21, 22, 23], FOOTWAY)}
BESIDE = {n + 100: (lon, lat - 0.00005) for n, (lon, lat) in GRID.items() if 20 <= n <= 23}
"""Nodes 5.6 m south of those that the walk goes along: 120 to 123."""
WALK_M = 206.4


def imported(
    folder: Path,
    ways: Ways,
    relations: Relations | None = None,
    tagged: dict[int, Tags] | None = None,
) -> Area:
    (folder / "town.osm").write_text(osm_xml(GRID | BESIDE, WALK | ways, tagged, relations))
    return import_osm(folder / "town.osm")


def told(area: Area, check: str) -> Finding:
    return found(area, route(area, PATH))[check]


def near_m(area: Area, check: str) -> float:
    shares = told(area, check).shares
    assert shares is not None
    return shares.broken_m


LAKE = {"type": "multipolygon", "natural": "water", "name": "Great Lake"}


@pytest.mark.parametrize(
    ("ways", "relations"),
    [
        ({2: ([120, 121, 122, 123], {"natural": "coastline"})}, {}),
        ({2: ([120, 121, 122, 123], {})}, {9: ([(2, "outer"), (77, "outer")], LAKE)}),
        ({2: ([120, 121, 122, 123, 3, 0, 120], {})}, {9: ([(2, "outer")], LAKE)}),
        ({2: ([120, 121, 122, 123], {"natural": "water"})}, {}),
        ({2: ([120, 121, 122, 123], {"waterway": "stream", "tunnel": "no"})}, {}),
    ],
    ids=["a coast", "a lake cut off", "a whole lake", "an outline that is open", "a stream"],
)
def test_a_walk_beside_water_is_beside_it_however_it_is_drawn(
    tmp_path: Path, ways: Ways, relations: Relations
) -> None:
    area = imported(tmp_path, ways, relations)
    assert near_m(area, "water") == pytest.approx(WALK_M, abs=2)


@pytest.mark.parametrize(("tag", "walked_m"), [({}, 0), ({"width": "12 m"}, WALK_M)])
def test_a_river_is_as_wide_as_it_is_recorded_to_be_and_no_wider(
    tmp_path: Path, tag: Tags, walked_m: float
) -> None:
    far = {n: (lon, lat - 0.00008) for n, (lon, lat) in BESIDE.items()}
    ways: Ways = {2: ([120, 121, 122, 123], {"waterway": "river"} | tag)}
    (tmp_path / "town.osm").write_text(osm_xml(GRID | far, WALK | ways))
    assert near_m(import_osm(tmp_path / "town.osm"), "water") == pytest.approx(walked_m, abs=2)


@pytest.mark.parametrize("tag", [{"tunnel": "culvert"}, {"tunnel": "yes"}])
def test_a_stream_below_the_ground_is_not_beside_the_walk(tmp_path: Path, tag: Tags) -> None:
    area = imported(tmp_path, {2: ([120, 121, 122, 123], {"waterway": "stream"} | tag)})
    assert told(area, "water").level != "caution"


@pytest.mark.parametrize(
    ("tag", "walked_m"),
    [({"tunnel": "yes"}, 0), ({"tunnel": "building_passage"}, WALK_M), ({}, WALK_M)],
)
def test_a_road_in_a_tunnel_is_not_beside_the_walk_above(
    tmp_path: Path, tag: Tags, walked_m: float
) -> None:
    area = imported(tmp_path, {2: ([120, 121, 122, 123], {"highway": "primary"} | tag)})
    assert near_m(area, "road") == pytest.approx(walked_m, abs=2)


def test_a_playground_reaches_as_far_as_its_outline(tmp_path: Path) -> None:
    area = imported(tmp_path, {2: ([120, 121, 122, 123, 3, 0, 120], {"leisure": "playground"})})
    assert near_m(area, "playground") == pytest.approx(WALK_M, abs=2)
    assert "or of its middle where no outline is drawn" in told(area, "playground").evidence


def test_a_ford_is_beside_water_for_some_steps_and_not_all_along_its_path(tmp_path: Path) -> None:
    area = imported(tmp_path, {2: ([0, 1], {"waterway": "stream"})}, tagged={21: {"ford": "yes"}})
    assert near_m(area, "water") == pytest.approx(20, abs=1)
    whole = area.paths[PATH]
    assert [barrier.kind for barrier in whole.barriers] == ["ford"]


def test_an_open_water_is_drawn_no_wider_than_its_shore(tmp_path: Path) -> None:
    area = imported(tmp_path, {2: ([120, 121, 122, 123], {"natural": "coastline"})})
    (shore,) = [shape for shape in area.background if shape.kind == "water"]
    assert shore.detail == "coastline"


BRIDGE = {"highway": "primary", "name": "High Bridge", "bridge": "yes"}


@pytest.mark.parametrize(
    ("tags", "level"),
    [
        (BRIDGE, "caution"),
        (BRIDGE | {"layer": "2"}, "caution"),
        ({"railway": "rail", "bridge": "viaduct"}, "caution"),
        (BRIDGE | {"bridge": "no"}, "pass"),
        (BRIDGE | {"layer": "-1"}, "pass"),
    ],
)
def test_a_bridge_over_the_walk_is_told(tmp_path: Path, tags: Tags, level: str) -> None:
    away = {11: (-2.0685, 51.901), 31: (-2.0685, 51.903)}
    ways: Ways = {2: ([11, 31], tags | {"foot": "no"})}
    (tmp_path / "town.osm").write_text(osm_xml(GRID | away, WALK | ways))
    finding = told(import_osm(tmp_path / "town.osm"), "underpass")
    assert finding.level == level
    assert (" once." in finding.message) == (level == "caution")


def test_two_bridges_over_one_path_are_two_and_two_lanes_of_one_are_one(tmp_path: Path) -> None:
    away = {
        number: (-2.0695 + 0.0005 * (number // 2 - 50), 51.901 + 0.002 * (number % 2))
        for number in range(100, 106)
    }
    other = BRIDGE | {"name": "Low Bridge", "foot": "no"}
    lanes: Ways = {n: ([98 + 2 * n, 99 + 2 * n], BRIDGE | {"foot": "no"}) for n in (1, 2)}
    ways: Ways = {n + 4: way for n, way in lanes.items()} | {7: ([104, 105], other)}
    (tmp_path / "town.osm").write_text(osm_xml(GRID | away, WALK | ways))
    finding = told(import_osm(tmp_path / "town.osm"), "underpass")
    assert " twice." in finding.message
    assert "High Bridge" in finding.evidence
    assert "Low Bridge" in finding.evidence


def test_an_underpass_drawn_in_pieces_is_one_and_walked_back_it_is_two(tmp_path: Path) -> None:
    under = FOOTWAY | {"tunnel": "yes", "layer": "-1"}
    ways: Ways = {1: ([20, 21], under), 2: ([21, 22], under), 3: ([22, 23], FOOTWAY)}
    (tmp_path / "town.osm").write_text(osm_xml(GRID, ways))
    area = import_osm(tmp_path / "town.osm")
    there = ("w1-n20-n21", "w2-n21-n22", "w3-n22-n23")
    back = tuple(f"-{step}" for step in reversed(there))
    assert "once" in found(area, route(area, *there))["underpass"].message
    assert "twice" in found(area, route(area, *there, *back))["underpass"].message


def test_a_road_without_a_name_is_called_by_its_number(tmp_path: Path) -> None:
    ways: Ways = {2: ([0, 1, 2], {"highway": "secondary", "ref": "B 85"})}
    area = imported(tmp_path, ways)
    message = found(area, route(area, "w2-n0-n2"))["pavement"].message
    assert message == "138 m of this walk is on B 85, a main road with no pavement recorded."
