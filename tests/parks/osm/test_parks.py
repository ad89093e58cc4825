import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.parks.osm.files import FOOTWAY, GRID, osm_xml
from walktalk.parks import ParkDataError, area_to_geojson, import_osm, load_area, read_area
from walktalk.parks.osm.importer import import_parks
from walktalk.parks.osm.store import Stored, prepare, write

STREET = {"highway": "residential", "name": "Park Street"}
PARK = {"leisure": "park", "name": "Jardin Été"}
SQUARE = [0, 1, 2, 12, 22, 21, 20, 10, 0]


def _town(folder: Path, ways: dict[int, tuple[list[int], dict[str, str]]], **more: Any) -> Path:
    file = folder / "town.osm"
    file.write_text(osm_xml(GRID, ways, **more), encoding="utf-8")
    return file


def test_a_park_is_found_by_name_whatever_its_accents(tmp_path: Path) -> None:
    town = _town(tmp_path, {1: (SQUARE, PARK), 2: ([10, 11, 12], FOOTWAY), 3: ([32, 33], FOOTWAY)})
    (found,) = import_parks(town, "jardin ete", 10)
    assert (found.area.id, found.area.name) == ("jardin-ete", "Jardin Été")
    assert list(found.area.paths) == ["w2-n10-n12"]
    assert [s.kind for s in found.area.background][:1] == ["boundary"]


def test_an_unknown_park_offers_the_nearest_names(tmp_path: Path) -> None:
    town = _town(tmp_path, {1: (SQUARE, PARK), 2: ([10, 11], FOOTWAY)})
    with pytest.raises(ParkDataError, match="the nearest names are Jardin Été"):
        import_parks(town, "Jardin Hiver", 10)


def test_all_parks_become_an_area_each(tmp_path: Path) -> None:
    other = {"leisure": "park", "name": "Other Park"}
    empty = {"leisure": "park", "name": "Empty Park"}
    ways = {
        1: ([0, 1, 11, 10, 0], PARK),
        2: ([22, 23, 33, 32, 22], other),
        3: ([0, 11], FOOTWAY),
        4: ([22, 33], FOOTWAY),
        5: ([20, 21, 31, 30, 20], empty),
    }
    found = import_parks(_town(tmp_path, ways), None, 10)
    assert [item.area.id for item in found] == ["jardin-ete", "other-park"]


def test_an_entrance_tells_the_street_it_opens_to_and_people_can_meet_there(
    tmp_path: Path,
) -> None:
    nodes = GRID | {91: (-2.0675, 51.901), 92: (-2.0675, 51.9), 93: (-2.0675, 51.902)}
    ways = {
        1: (SQUARE, PARK),
        2: ([10, 11, 12, 91], FOOTWAY),
        3: ([92, 91, 93], STREET),
    }
    file = tmp_path / "town.osm"
    file.write_text(osm_xml(nodes, ways), encoding="utf-8")
    (found,) = import_parks(file, "Jardin Été", 40)
    entrances = [p for p in found.area.places.values() if p.kind == "entrance"]
    assert {p.facts.get("street") for p in entrances} == {"Park Street", None}
    assert found.area.meeting_points[0].how_to_find == "At the entrance from Park Street."
    assert read_area(area_to_geojson(found.area)) == found.area


def test_people_meet_nearest_the_middle_of_the_park(tmp_path: Path) -> None:
    nodes = GRID | {91: (-2.0671, 51.9), 92: (-2.0672, 51.9)}
    ways = {
        1: (SQUARE, PARK),
        2: ([10, 11, 12, 13], FOOTWAY),
        3: ([13, 3, 91, 92], FOOTWAY),
    }
    cafes = {
        11: {"amenity": "cafe", "name": "Park Cafe"},
        3: {"amenity": "cafe", "name": "Street Cafe"},
    }
    file = tmp_path / "town.osm"
    file.write_text(osm_xml(nodes, ways, cafes), encoding="utf-8")
    (found,) = import_parks(file, "Jardin Été", 200)
    assert [place.name for place in found.area.meeting_points] == ["Park Cafe", "Street Cafe"]


def test_a_park_of_several_pieces_with_a_hole_is_one_area(tmp_path: Path) -> None:
    ways: dict[int, tuple[list[int], dict[str, str]]] = {
        1: ([0, 1, 11, 10, 0], {}),
        2: ([22, 23, 33, 32, 22], {}),
        3: ([0, 11], FOOTWAY),
        4: ([22, 33], FOOTWAY),
    }
    relation = {9: ([(1, "outer"), (2, "outer")], PARK | {"type": "multipolygon"})}
    (found,) = import_parks(_town(tmp_path, ways, relations=relation), "Jardin Été", 5)
    assert set(found.area.paths) == {"w3-n0-n11", "w4-n22-n33"}
    assert len([s for s in found.area.background if s.kind == "boundary"]) == 2


def test_a_boundary_that_crosses_itself_is_mended_and_counted(tmp_path: Path) -> None:
    bow_tie = [0, 22, 20, 2, 0]
    town = _town(tmp_path, {1: (bow_tie, PARK), 2: ([10, 11, 12], FOOTWAY)})
    (found,) = import_parks(town, "Jardin Été", 10)
    assert found.warnings["areas whose outline crosses itself, mended"] >= 1


def test_oddities_are_counted(tmp_path: Path) -> None:
    odd = FOOTWAY | {"width": "wide", "incline": "up", "step_count": "-3"}
    ways = {1: (SQUARE, PARK), 2: ([10, 11, 999, 12], odd)}
    (found,) = import_parks(_town(tmp_path, ways), "Jardin Été", 10)
    assert found.warnings["values of width that make no sense or give no figure"] == 1
    assert found.warnings["values of incline that make no sense or give no figure"] == 1
    assert found.warnings["values of step_count that make no sense or give no figure"] == 1
    assert found.warnings["ways with missing nodes, cut where they are missing"] == 1


def test_swapped_coordinates_are_recognised(tmp_path: Path) -> None:
    town = _town(tmp_path, {1: ([10, 11], FOOTWAY)})
    with pytest.raises(ParkDataError, match="the order is west,south,east,north"):
        import_osm(town, bbox=(51.8, -2.2, 52.0, -2.0))


def _overpass(*, geometry: bool) -> dict[str, Any]:
    elements: list[dict[str, Any]] = [
        {"type": "node", "id": ref, "lon": lon, "lat": lat} for ref, (lon, lat) in GRID.items()
    ]
    ways: dict[int, tuple[list[int], dict[str, str]]] = {
        1: (SQUARE, PARK),
        2: ([10, 11, 12], FOOTWAY),
    }
    for way, (refs, tags) in ways.items():
        element: dict[str, Any] = {"type": "way", "id": way, "nodes": refs, "tags": tags}
        if geometry:
            element["geometry"] = [{"lon": GRID[r][0], "lat": GRID[r][1]} for r in refs]
        elements.append(element)
    if geometry:
        elements = [element for element in elements if element["type"] != "node"]
    stamp = {"timestamp_osm_base": "2026-11-20T10:00:00Z"}
    return {"version": 0.6, "osm3s": stamp, "elements": elements}


@pytest.mark.parametrize("geometry", [False, True])
def test_an_overpass_answer_reads_like_an_extract(tmp_path: Path, geometry: bool) -> None:
    file = tmp_path / "answer.json"
    file.write_text(json.dumps(_overpass(geometry=geometry)), encoding="utf-8")
    (found,) = import_parks(file, "Jardin Été", 10)
    assert list(found.area.paths) == ["w2-n10-n12"]
    assert found.area.sources["osm"].as_of == "2026-11-20"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"<html>Too busy</html>", "not an answer of an Overpass server"),
        (b'{"elements": 3}', "not an answer of an Overpass server"),
        (b'{"elements": [], "remark": "runtime error: Query timed out"}', "broke off"),
        (b'{"elements": []}', "nothing to walk on"),
    ],
)
def test_an_answer_that_is_none_is_refused(tmp_path: Path, answer: bytes, reason: str) -> None:
    file = tmp_path / "answer.json"
    file.write_bytes(answer)
    with pytest.raises(ParkDataError, match=reason):
        import_osm(file)


def _stored(folder: Path, square: list[int], name: str, footways: list[list[int]]) -> list[Stored]:
    """Import one park of a made-up town, and keep it."""
    ways = {1: (square, {"leisure": "park", "name": name})}
    ways |= {n: (refs, FOOTWAY) for n, refs in enumerate(footways, 2)}
    stored = prepare(import_parks(_town(folder, ways), name, 1), folder / "parks")
    write(stored)
    return stored


def test_a_park_inside_a_known_boundary_updates_that_area_and_leaves_the_rest_alone(
    tmp_path: Path,
) -> None:
    both = [[10, 11], [12, 22]]
    _stored(tmp_path, [0, 2, 22, 20, 0], "Great Park", both)
    before = load_area(tmp_path / "parks" / "great-park.geojson")
    (found,) = _stored(tmp_path, [0, 1, 21, 20, 0], "West Garden", [[10, 11]])
    assert (found.area.id, found.area.name, found.is_new) == ("great-park", "Great Park", False)
    assert set(found.area.paths) == set(before.paths)
    assert not found.summary.gone
    assert [s for s in found.area.background if s.kind == "boundary"] == [
        s for s in before.background if s.kind == "boundary"
    ]


def test_a_namesake_elsewhere_is_another_area(tmp_path: Path) -> None:
    _stored(tmp_path, [0, 1, 11, 10, 0], "The Green", [[0, 11]])
    moved = {n: (lon + 1, lat) for n, (lon, lat) in GRID.items()}
    file = tmp_path / "elsewhere.osm"
    park = {"leisure": "park", "name": "The Green"}
    file.write_text(osm_xml(moved, {1: ([0, 1, 11, 10, 0], park), 2: ([0, 11], FOOTWAY)}))
    (found,) = prepare(import_parks(file, None, 1), tmp_path / "parks")
    assert (found.area.id, found.is_new) == ("the-green-2", True)


def test_where_one_of_several_areas_cannot_be_written_none_is(tmp_path: Path) -> None:
    ways = {
        1: ([0, 1, 11, 10, 0], PARK),
        2: ([22, 23, 33, 32, 22], {"leisure": "park", "name": "Other Park"}),
        3: ([0, 11], FOOTWAY),
        4: ([22, 33], FOOTWAY),
    }
    stored = prepare(import_parks(_town(tmp_path, ways), None, 1), tmp_path / "parks")
    (tmp_path / "a file").write_text("")
    stored[1] = replace(stored[1], path=tmp_path / "a file" / "other-park.geojson")
    with pytest.raises(ParkDataError, match="nothing was changed"):
        write(stored)
    assert not list((tmp_path / "parks").iterdir())
