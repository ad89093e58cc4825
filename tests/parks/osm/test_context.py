from pathlib import Path

import pytest

from tests.parks.osm.files import FOOTWAY, GRID, osm_xml, write_osm
from walktalk.parks import Area, import_osm
from walktalk.parks.geodesy import distance_m
from walktalk.parks.osm.context import CONTEXT_REACH_M

BETWEEN_ROWS_M = distance_m(GRID[0], GRID[10])
STREET = {"highway": "residential", "name": "Park Street"}


def _import(
    folder: Path, ways: dict[int, tuple[list[int], dict[str, str]]], **more: object
) -> Area:
    return import_osm(write_osm(folder / "town.osm", GRID, ways, **more))  # type: ignore[arg-type]


def test_distance_to_the_nearest_road_is_recorded_by_class(tmp_path: Path) -> None:
    ways = {
        1: ([10, 11, 12, 13], FOOTWAY),
        2: ([0, 1, 2, 3], {"highway": "primary"}),
        3: ([30, 31, 32, 33], STREET),
    }
    facts = _import(tmp_path, ways).paths["w1-n10-n13"].facts
    assert facts["road_m"] == pytest.approx(BETWEEN_ROWS_M, abs=0.5)
    assert facts["road_class"] == "primary"
    assert facts["main_road_m"] == facts["road_m"]
    assert facts["street_m"] == pytest.approx(2 * BETWEEN_ROWS_M, abs=0.5)
    assert facts["through_road_m"] == CONTEXT_REACH_M


def test_a_path_that_only_ends_at_a_road_does_not_count_as_lying_beside_it(tmp_path: Path) -> None:
    ways = {1: ([1, 11, 21, 31], FOOTWAY), 2: ([0, 1, 2], STREET)}
    path = _import(tmp_path, ways).paths["w1-n1-n31"]
    assert path.facts["road_m"] == pytest.approx(path.length_m / 4, rel=0.1)


def test_water_woods_and_playgrounds_are_measured_to(tmp_path: Path) -> None:
    ways = {
        1: ([0, 1, 2, 3], FOOTWAY),
        2: ([10, 11, 21, 20, 10], {"natural": "water"}),
        3: ([20, 21, 31, 30, 20], {"landuse": "forest"}),
    }
    swings = {33: {"leisure": "playground"}}
    facts = _import(tmp_path, ways, tagged=swings).paths["w1-n0-n3"].facts
    assert facts["water_m"] == pytest.approx(BETWEEN_ROWS_M, abs=0.5)
    assert facts["playground_m"] == pytest.approx(3 * BETWEEN_ROWS_M, abs=1)
    assert facts["wood_m"] >= 2 * BETWEEN_ROWS_M - 1  # type: ignore[operator]


def test_a_pavement_lies_beside_the_road_it_belongs_to(tmp_path: Path) -> None:
    nodes = GRID | {91: (-2.07, 51.90005), 92: (-2.067, 51.90005)}
    ways = {1: ([91, 92], FOOTWAY | {"footway": "sidewalk"}), 2: ([0, 1, 2, 3], STREET)}
    area = import_osm(write_osm(tmp_path / "town.osm", nodes, ways))
    assert area.paths["w1-n91-n92"].facts["beside_road"] == "Park Street"
    assert "beside_road" not in area.paths["w2-n0-n3"].facts


def test_a_crossing_names_the_road_it_crosses(tmp_path: Path) -> None:
    ways = {1: ([1, 11, 21], FOOTWAY | {"footway": "crossing"}), 2: ([10, 11, 12], STREET)}
    area = _import(tmp_path, ways)
    assert area.paths["w1-n1-n11"].facts["crosses_road"] == "Park Street"


def test_every_distance_has_a_source(tmp_path: Path) -> None:
    area = _import(tmp_path, {1: ([10, 11], FOOTWAY)})
    assert area.paths["w1-n10-n11"].sources["water_m"].licence == "ODbL-1.0"
    assert "water" in area.searched


def test_the_land_around_is_drawn(tmp_path: Path) -> None:
    ways = {
        1: ([10, 11, 12, 13], FOOTWAY),
        2: ([0, 1, 11, 10, 0], {"natural": "water", "name": "Boating Lake"}),
        3: ([1, 2, 12, 11, 1], {"building": "yes"}),
        4: ([2, 3, 13, 12, 2], {"leisure": "garden"}),
        5: ([20, 21], STREET),
    }
    shapes = {shape.kind: shape for shape in _import(tmp_path, ways).background}
    assert set(shapes) == {"water", "building", "green", "road"}
    assert shapes["water"].name == "Boating Lake"
    assert shapes["road"].detail == "residential"
    assert shapes["green"].detail == "garden"
    ring = shapes["water"].rings[0]
    assert ring[0] == ring[-1]


def test_a_lake_with_an_island_keeps_its_hole(tmp_path: Path) -> None:
    nodes = GRID | {
        91: (-2.0695, 51.9005),
        92: (-2.0685, 51.9005),
        93: (-2.0685, 51.9015),
        94: (-2.0695, 51.9015),
    }
    ways: dict[int, tuple[list[int], dict[str, str]]] = {
        1: ([10, 20], FOOTWAY),
        2: ([0, 1, 2, 12, 22], {}),
        3: ([22, 21, 20, 10, 0], {}),
        4: ([91, 92, 93, 94, 91], {}),
    }
    lake = {
        7: (
            [(2, "outer"), (3, "outer"), (4, "inner")],
            {"type": "multipolygon"} | {"natural": "water"},
        )
    }
    (tmp_path / "lake.osm").write_text(osm_xml(nodes, ways, relations=lake))
    (water,) = [s for s in import_osm(tmp_path / "lake.osm").background if s.kind == "water"]
    assert len(water.rings) == 2


def test_what_is_drawn_is_simplified_and_what_is_measured_is_not(tmp_path: Path) -> None:
    wiggle = {n: (-2.07 + n * 1e-5, 51.9 + (n % 2) * 1e-6) for n in range(1, 200)}
    ways = {1: (list(wiggle), {"highway": "residential"})}
    area = import_osm(write_osm(tmp_path / "long.osm", wiggle, ways))
    (path,) = area.paths.values()
    (road,) = area.background
    assert len(path.coordinates) == 199
    assert len(road.rings[0]) == 2
