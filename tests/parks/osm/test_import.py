import bz2
import gzip
from collections import Counter
from itertools import pairwise
from pathlib import Path

import osmium
import pytest
from geopy.distance import geodesic
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.parks.osm.files import FOOTWAY, GRID, osm_xml, write_osm
from walktalk.parks import ParkDataError, area_to_geojson, import_osm, read_area
from walktalk.parks.geodesy import length_m
from walktalk.parks.osm.context import ROAD_GROUPS
from walktalk.parks.osm.rules import WALKABLE

CONTEXT = {"road_m", "water_m", "wood_m", "playground_m", *ROAD_GROUPS}
CROSS = {1: ([10, 11, 12, 13], FOOTWAY), 2: ([1, 11, 21], FOOTWAY)}


def test_ways_are_cut_where_two_walkable_ways_share_a_node(tmp_path: Path) -> None:
    area = import_osm(write_osm(tmp_path / "town.osm", GRID, CROSS))
    assert list(area.paths) == ["w1-n10-n11", "w1-n11-n13", "w2-n1-n11", "w2-n11-n21"]
    assert len(area.paths["w1-n11-n13"].coordinates) == 3


def test_ways_that_cross_without_a_shared_node_are_not_joined(tmp_path: Path) -> None:
    ways = {1: ([10, 12], FOOTWAY), 2: ([1, 21], FOOTWAY | {"bridge": "yes"})}
    area = import_osm(write_osm(tmp_path / "bridge.osm", GRID, ways))
    assert list(area.paths) == ["w1-n10-n12", "w2-n1-n21"]
    assert len(area.network.nodes) == 4


def test_a_node_shared_with_a_way_nobody_walks_is_no_junction(tmp_path: Path) -> None:
    ways = {1: ([10, 11, 12], FOOTWAY), 2: ([1, 11, 21], {"highway": "motorway"})}
    area = import_osm(write_osm(tmp_path / "town.osm", GRID, ways))
    assert list(area.paths) == ["w1-n10-n12"]


def test_a_way_that_meets_itself_is_cut_there(tmp_path: Path) -> None:
    ways = {1: ([10, 11, 12, 22, 21, 11], FOOTWAY)}
    area = import_osm(write_osm(tmp_path / "lasso.osm", GRID, ways))
    assert list(area.paths) == ["w1-n10-n11", "w1-n11-n11"]


@pytest.mark.parametrize("kind", sorted(WALKABLE))
def test_every_walkable_kind_is_taken(tmp_path: Path, kind: str) -> None:
    ways = {1: ([10, 11], {"highway": kind})}
    area = import_osm(write_osm(tmp_path / "town.osm", GRID, ways))
    assert area.paths["w1-n10-n11"].facts["highway"] == kind


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "motorway"},
        {"highway": "construction"},
        {"highway": "footway", "access": "private"},
        {"highway": "footway", "access": "no"},
        {"highway": "residential", "foot": "no"},
        {"highway": "track", "access": "yes", "foot": "private"},
    ],
)
def test_private_and_closed_ways_are_left_out(tmp_path: Path, tags: dict[str, str]) -> None:
    ways = {1: ([10, 11], tags), 2: ([11, 12], FOOTWAY)}
    area = import_osm(write_osm(tmp_path / "town.osm", GRID, ways))
    assert list(area.paths) == ["w2-n11-n12"]


def test_a_way_private_to_cars_but_open_on_foot_is_taken(tmp_path: Path) -> None:
    ways = {1: ([10, 11], {"highway": "service", "access": "private", "foot": "yes"})}
    assert import_osm(write_osm(tmp_path / "town.osm", GRID, ways)).paths


@pytest.mark.parametrize(
    ("tags", "closed"),
    [
        ({"barrier": "gate", "access": "private"}, True),
        ({"barrier": "gate", "locked": "yes"}, True),
        ({"barrier": "gate", "foot": "no"}, True),
        ({"barrier": "wall"}, True),
        ({"barrier": "gate"}, False),
        ({"barrier": "gate", "access": "private", "foot": "yes"}, False),
        ({"barrier": "bollard"}, False),
    ],
)
def test_a_barrier_on_the_way_can_close_it(
    tmp_path: Path, tags: dict[str, str], closed: bool
) -> None:
    ways = {1: ([10, 11, 12], FOOTWAY), 2: ([12, 22], FOOTWAY), 3: ([12, 2], FOOTWAY)}
    area = import_osm(write_osm(tmp_path / "town.osm", GRID, ways, {11: tags}))
    assert ("w1-n10-n12" not in area.paths) == closed
    assert {"w2-n12-n22", "w3-n12-n2"} <= set(area.paths)


def test_a_closed_gate_between_two_ways_closes_both_but_not_a_street_that_passes(
    tmp_path: Path,
) -> None:
    gate = {"barrier": "gate", "access": "private"}
    ways = {1: ([10, 11], FOOTWAY), 2: ([11, 12], FOOTWAY), 3: ([20, 21, 22], FOOTWAY)}
    ways |= {4: ([21, 31], FOOTWAY)}
    area = import_osm(write_osm(tmp_path / "town.osm", GRID, ways, {11: gate, 21: gate}))
    assert list(area.paths) == ["w3-n20-n21", "w3-n21-n22"]


def test_facts_come_from_the_way_and_from_the_nodes_on_it(tmp_path: Path) -> None:
    tags = {
        "highway": "steps",
        "surface": "paving_stones",
        "width": "1.8 m",
        "incline": "8%",
        "step_count": "12",
        "handrail": "yes",
        "lit": "yes",
        "wheelchair": "no",
        "tunnel": "yes",
    }
    nodes = {11: {"barrier": "kissing_gate", "maxwidth:physical": "0.9"}, 12: {"kerb": "raised"}}
    area = import_osm(
        write_osm(tmp_path / "town.osm", GRID, {1: ([10, 11, 12], tags)}, nodes), name="Steps"
    )
    (path,) = area.paths.values()
    around = {name for name in path.facts if name in CONTEXT}
    assert {name: value for name, value in path.facts.items() if name not in around} == {
        "highway": "steps",
        "surface": "paving_stones",
        "width_m": 1.8,
        "gradient_pct": 8.0,
        "step_count": 12,
        "handrail": "yes",
        "lit": "yes",
        "wheelchair": "no",
        "tunnel": "yes",
        "kerb": "raised",
    }
    assert [(b.kind, b.facts.get("width_m")) for b in path.barriers] == [
        ("kissing_gate", 0.9),
        ("kerb", None),
    ]
    assert set(path.sources) == {"geometry", *path.facts}


def test_absurd_tags_are_unknown_facts(tmp_path: Path) -> None:
    tags = FOOTWAY | {"width": "wide", "incline": "up", "step_count": "-3", "maxspeed": "walk"}
    area = import_osm(write_osm(tmp_path / "town.osm", GRID, {1: ([10, 11], tags)}))
    facts = area.paths["w1-n10-n11"].facts
    assert not {"width_m", "gradient_pct", "step_count"} & set(facts)


def test_a_meeting_point_is_a_named_place_beside_a_path(tmp_path: Path) -> None:
    tagged = {
        22: {"amenity": "cafe", "name": "Corner Cafe"},
        33: {"amenity": "cafe", "name": "Far"},
    }
    area = import_osm(write_osm(tmp_path / "town.osm", GRID, {1: ([21, 22, 23], FOOTWAY)}, tagged))
    (start,) = area.meeting_points
    assert (start.name, start.how_to_find) == ("Corner Cafe", "At the Corner Cafe.")


def test_without_a_place_beside_a_path_people_meet_at_a_paths_end(tmp_path: Path) -> None:
    tagged = {33: {"amenity": "cafe", "name": "Far Cafe"}}
    area = import_osm(write_osm(tmp_path / "town.osm", GRID, CROSS, tagged))
    (start,) = area.meeting_points
    assert start.name == "Path's end 260 m south-west of the Far Cafe"
    assert start.position == GRID[11]


def test_an_imported_area_can_be_written_and_read(tmp_path: Path) -> None:
    area = import_osm(write_osm(tmp_path / "town.osm", GRID, CROSS), name="Krems an der Donau")
    assert area.id == "krems-an-der-donau"
    assert read_area(area_to_geojson(area)) == area
    assert area.searched["bench"].licence == "ODbL-1.0"


def test_a_box_keeps_what_has_a_node_inside_it(tmp_path: Path) -> None:
    file = write_osm(tmp_path / "town.osm", GRID, CROSS)
    area = import_osm(file, bbox=(-2.0695, 51.9005, -2.0685, 51.9015))
    assert list(area.paths) == ["w1-n10-n11", "w1-n11-n12", "w2-n1-n11", "w2-n11-n21"]


@pytest.mark.parametrize(
    "box", [(-2.0, 51.9, -2.1, 52.0), (0.0, 0.0, 0.0, 0.0), (51.9, -200.0, 52.0, 2.0)]
)
def test_a_box_that_holds_nothing_is_refused(
    tmp_path: Path, box: tuple[float, float, float, float]
) -> None:
    file = write_osm(tmp_path / "town.osm", GRID, CROSS)
    with pytest.raises(ParkDataError, match="west,south,east,north"):
        import_osm(file, bbox=box)


def test_packed_and_binary_extracts_read_the_same(tmp_path: Path) -> None:
    text = osm_xml(GRID, CROSS)
    plain = tmp_path / "town.osm"
    plain.write_text(text)
    (tmp_path / "town.osm.gz").write_bytes(gzip.compress(text.encode()))
    (tmp_path / "town.osm.bz2").write_bytes(bz2.compress(text.encode()))
    with osmium.SimpleWriter(str(tmp_path / "town.osm.pbf")) as writer:
        for element in osmium.FileProcessor(str(plain)):
            writer.add(element)
    paths = [
        dict(import_osm(tmp_path / f"town{suffix}", name="Town").paths)
        for suffix in (".osm", ".osm.gz", ".osm.bz2", ".osm.pbf")
    ]
    assert [list(p) for p in paths] == [list(paths[0])] * 4
    assert [p["w1-n10-n11"].coordinates for p in paths] == [(GRID[10], GRID[11])] * 4


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("town.osm", b"this is not a map"),
        ("town.osm", b""),
        ("town.osm", b"<?xml version='1.0'?><gpx></gpx>"),
        ("town.osm.gz", b"not packed"),
        ("town.osm.gz", gzip.compress(osm_xml(GRID, CROSS).encode())[:-40]),
        ("town.osm.bz2", bz2.compress(osm_xml(GRID, CROSS).encode())[:-10]),
        ("town.osm.pbf", b"\x00\x00\x00\x0dnot a pbf at all"),
        ("town.osm", osm_xml(GRID, CROSS).encode()[:-200]),
        ("town.osm", osm_xml(GRID, CROSS).replace("51.9", "north").encode()),
        ("town.txt", b"whatever"),
    ],
)
def test_a_file_that_is_no_extract_or_a_damaged_one_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(ParkDataError) as refusal:
        import_osm(file)
    assert str(file) in str(refusal.value)


def test_names_longer_than_the_schema_takes_are_cut(tmp_path: Path) -> None:
    square = FOOTWAY | {"leisure": "park", "name": "y" * 400}
    ways = {1: ([0, 1, 11, 10, 0], square), 2: ([1, 2], FOOTWAY | {"name": "x" * 400})}
    area = import_osm(write_osm(tmp_path / "town.osm", GRID, ways), name="Town")
    assert read_area(area_to_geojson(area)) == area


def test_nodes_outside_the_world_count_as_missing(tmp_path: Path) -> None:
    nodes = GRID | {99: (51.9, -200.0)}
    area = import_osm(write_osm(tmp_path / "town.osm", nodes, {1: ([99, 10, 11], FOOTWAY)}))
    assert list(area.paths) == ["w1-n10-n11"]


def test_a_truncated_binary_extract_is_refused(tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole.osm.pbf", tmp_path / "cut.osm.pbf"
    with osmium.SimpleWriter(str(whole)) as writer:
        for element in osmium.FileProcessor(str(write_osm(tmp_path / "town.osm", GRID, CROSS))):
            writer.add(element)
    cut.write_bytes(whole.read_bytes()[:-30])
    with pytest.raises(ParkDataError, match=r"cut\.osm\.pbf.*damaged"):
        import_osm(cut)


def test_a_packed_file_that_unpacks_beyond_measure_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("walktalk.parks.osm.editors.MAX_UNPACKED_BYTES", 1000)
    file = tmp_path / "town.osm.gz"
    file.write_bytes(gzip.compress(osm_xml(GRID, CROSS).encode()))
    with pytest.raises(ParkDataError, match="unpacks to more than"):
        import_osm(file)


def test_an_xml_bomb_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bomb.osm"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY a "aaaaaaaaaa">'
        '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><osm version="0.6">'
        '<node id="1" lat="51.9" lon="-2"><tag k="name" v="&b;"/></node></osm>'
    )
    with pytest.raises(ParkDataError, match=r"bomb\.osm"):
        import_osm(file)


def test_a_way_with_missing_nodes_is_cut_where_they_are_missing(tmp_path: Path) -> None:
    ways = {1: ([10, 11, 999, 12, 13], FOOTWAY)}
    area = import_osm(write_osm(tmp_path / "town.osm", GRID, ways))
    assert list(area.paths) == ["w1-n10-n11", "w1-n12-n13"]


def test_two_nodes_in_one_place_are_one_point_of_a_path(tmp_path: Path) -> None:
    nodes = {1: GRID[0], 2: GRID[1], 3: GRID[1], 4: GRID[2]}
    (path,) = import_osm(
        write_osm(tmp_path / "t.osm", nodes, {1: ([1, 2, 3, 4], FOOTWAY)})
    ).paths.values()
    assert (path.id, path.coordinates) == ("w1-n1-n4", (GRID[0], GRID[1], GRID[2]))


def test_a_way_over_the_date_line_is_cut_there(tmp_path: Path) -> None:
    nodes = {1: (179.999, -16.5), 2: (180.0, -16.5), 3: (-180.0, -16.5), 4: (-179.999, -16.5)}
    area = import_osm(write_osm(tmp_path / "t.osm", nodes, {1: ([1, 2, 3, 4], FOOTWAY)}))
    assert sorted(area.paths) == ["w1-n1-n2", "w1-n3-n4"]
    assert area.network.distances_m([(180.0, -16.5)]).max() < 1
    assert max(path.length_m for path in area.paths.values()) < 200


def test_a_way_of_ten_thousand_nodes_keeps_its_length(tmp_path: Path) -> None:
    nodes = {n: (-2.0 + n * 1e-5, 51.9 + (n % 2) * 1e-5) for n in range(1, 10_001)}
    area = import_osm(write_osm(tmp_path / "long.osm", nodes, {1: (list(nodes), FOOTWAY)}))
    (path,) = area.paths.values()
    assert path.length_m == pytest.approx(length_m(list(nodes.values())), rel=1e-3)


_REFS = st.lists(st.sampled_from(sorted(GRID)), min_size=2, max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(_REFS, min_size=1, max_size=5))
def test_junctions_and_kilometres_are_those_of_an_independent_count(
    tmp_path: Path, lines: list[list[int]]
) -> None:
    lines = [[ref for i, ref in enumerate(line) if i == 0 or line[i - 1] != ref] for line in lines]
    lines = [line for line in lines if len(line) > 1]
    if not lines:
        return
    ways = {number: (line, FOOTWAY) for number, line in enumerate(lines, 1)}
    area = import_osm(write_osm(tmp_path / "town.osm", GRID, ways))
    passes = Counter(ref for line in lines for ref in line)
    nodes = {ref for ref, times in passes.items() if times > 1}
    nodes |= {line[i] for line in lines for i in (0, -1)}
    assert {GRID[ref] for ref in nodes} == set(area.network.nodes)
    metres = sum(
        geodesic(GRID[a][::-1], GRID[b][::-1]).m for line in lines for a, b in pairwise(line)
    )
    assert sum(path.length_m for path in area.paths.values()) == pytest.approx(metres, rel=1e-3)
