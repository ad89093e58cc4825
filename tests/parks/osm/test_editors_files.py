"""Extracts as editors and servers write them: read, or refused with the true cause."""

import bz2
import gzip
import json
import re
from pathlib import Path as FilePath

import pytest

from tests.parks.osm.files import FOOTWAY, GRID, osm_xml, write_osm
from walktalk.parks import ParkDataError, import_osm
from walktalk.parks.osm import editors
from walktalk.parks.osm.importer import import_parks

WAYS = {1: ([10, 11, 12], FOOTWAY), 2: ([1, 11, 21], FOOTWAY)}
PLAIN = osm_xml(GRID, WAYS)


def ways_first(text: str) -> str:
    ways = re.findall(r"<way.*?</way>", text, re.DOTALL)
    rest = re.sub(r"<way.*?</way>\n?", "", text, flags=re.DOTALL)
    return rest.replace('<osm version="0.6">', '<osm version="0.6">' + "\n".join(ways))


def not_uploaded(text: str) -> str:
    return re.sub(r'(id|ref)="(\d+)"', r'\1="-\2" action="modify"', text).replace(
        ' action="modify"/>', "/>"
    )


@pytest.mark.parametrize("pack", [None, gzip.compress, bz2.compress])
def test_elements_may_come_in_any_order(tmp_path: FilePath, pack: object) -> None:
    name = {None: "a.osm", gzip.compress: "a.osm.gz", bz2.compress: "A.OSM.BZ2"}[pack]  # type: ignore[index]
    content = ways_first(PLAIN).encode()
    (tmp_path / name).write_bytes(pack(content) if callable(pack) else content)
    write_osm(tmp_path / "b.osm", GRID, WAYS)
    found, plain = import_osm(tmp_path / name), import_osm(tmp_path / "b.osm")
    assert list(found.paths) == list(plain.paths)
    assert [p.coordinates for p in found.paths.values()] == [
        p.coordinates for p in plain.paths.values()
    ]


def test_what_an_editor_has_not_uploaded_is_read_with_its_own_ids(tmp_path: FilePath) -> None:
    (tmp_path / "a.osm").write_text(not_uploaded(PLAIN))
    area = import_osm(tmp_path / "a.osm")
    assert next(iter(area.paths)) == "w-1-n-10-n-11"
    assert len(area.network.nodes) == 5


@pytest.mark.parametrize("gone", ['action="delete"', 'visible="false"', "action='delete'"])
def test_what_is_deleted_or_invisible_is_left_out(tmp_path: FilePath, gone: str) -> None:
    (tmp_path / "a.osm").write_text(PLAIN.replace('<way id="2"', f'<way id="2" {gone}'))
    assert list(import_osm(tmp_path / "a.osm").paths) == ["w1-n10-n12"]


@pytest.mark.parametrize("name", ["A.OSM", "Town.Osm"])
def test_the_ending_may_be_in_any_case(tmp_path: FilePath, name: str) -> None:
    (tmp_path / name).write_text(PLAIN)
    assert import_osm(tmp_path / name).paths


def test_a_mark_that_two_reads_share_is_seen(
    tmp_path: FilePath, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editors, "_CHUNK_BYTES", 7)
    (tmp_path / "a.osm").write_text(ways_first(PLAIN))
    (tmp_path / "b.osm").write_text(PLAIN.replace('<way id="2"', '<way id="2" action="delete"'))
    assert len(import_osm(tmp_path / "a.osm").paths) == 4
    assert len(import_osm(tmp_path / "b.osm").paths) == 1


@pytest.mark.parametrize("broken", [ways_first(PLAIN)[:-200], "<osm><way><node></osm>"])
def test_an_untidy_file_that_is_broken_is_refused(tmp_path: FilePath, broken: str) -> None:
    (tmp_path / "a.osm").write_text(broken)
    with pytest.raises(ParkDataError, match=r"a\.osm: not an OpenStreetMap file, or a damaged one"):
        import_osm(tmp_path / "a.osm")


SQUARE = {"type": "multipolygon", "highway": "pedestrian", "name": "The Square"}


def test_a_square_drawn_as_a_relation_is_walked_along_its_edges(tmp_path: FilePath) -> None:
    ways: dict[int, tuple[list[int], dict[str, str]]] = {
        1: ([10, 11], FOOTWAY),
        2: ([11, 12, 22], {}),
        3: ([22, 21, 11], {}),
        4: ([22, 23], FOOTWAY),
    }
    relations = {9: ([(2, "outer"), (3, "outer")], SQUARE)}
    (tmp_path / "a.osm").write_text(osm_xml(GRID, ways, relations=relations))
    area = import_osm(tmp_path / "a.osm")
    assert set(area.paths) == {"w1-n10-n11", "w2-n11-n22", "w3-n22-n11", "w4-n22-n23"}
    assert area.paths["w2-n11-n22"].facts["name"] == "The Square"
    shut = {9: ([(2, "outer"), (3, "outer")], SQUARE | {"access": "private"})}
    (tmp_path / "a.osm").write_text(osm_xml(GRID, ways, relations=shut))
    assert set(import_osm(tmp_path / "a.osm").paths) == {"w1-n10-n11", "w4-n22-n23"}


PARK = {"type": "multipolygon", "leisure": "park", "name": "Queen's Meadow"}
RING: dict[int, tuple[list[int], dict[str, str]]] = {5: ([0, 1, 2], {}), 6: ([2, 12, 10, 0], {})}


@pytest.mark.parametrize(
    ("ways", "relations", "cause"),
    [
        (RING, {9: ([(5, "outer"), (6, "outer"), (7, "outer")], PARK)}, None),
        ({5: RING[5]}, {9: ([(5, "outer"), (6, "outer")], PARK)}, "cut by the extract's edge"),
        (
            {5: ([0, 1, 11, 99, 0], {"leisure": "park", "name": "Queen's Meadow"})},
            {},
            "cut by the extract's edge",
        ),
        (
            {5: ([0, 1, 11, 0], {"landuse": "cemetery", "name": "Queen's Meadow"})},
            {},
            r"\(landuse=cemetery\).*--bbox -2.0700,51.9000,-2.0690,51.9010",
        ),
        (
            {5: ([0, 1, 11, 0], {"leisure": "park", "name": "Pré", "name:en": "Queen's Meadow"})},
            {},
            "is called 'Pré' there: give that name",
        ),
        (
            {},
            {9: ([], {"type": "site", "site": "park", "name": "Queen's Meadow"})},
            "is a relation",
        ),
        ({}, {}, "no park there has a name like it"),
    ],
)
def test_a_park_that_cannot_be_had_is_refused_with_the_true_cause(
    tmp_path: FilePath,
    ways: dict[int, tuple[list[int], dict[str, str]]],
    relations: dict[int, tuple[list[tuple[int, str]], dict[str, str]]],
    cause: str | None,
) -> None:
    file = tmp_path / "a.osm"
    file.write_text(osm_xml(GRID, WAYS | ways, relations=relations))
    if cause is None:
        (found,) = import_parks(file, "Queen's Meadow", 50.0)
        assert found.warnings["areas cut by the extract's edge, of which a part is missing"] == 1
        return
    with pytest.raises(ParkDataError, match=cause):
        import_parks(file, "Queen's Meadow", 50.0)


@pytest.mark.parametrize(
    ("elements", "cause"),
    [
        ([{"type": "count", "id": 0, "tags": {"ways": "8"}}], "holds no map data"),
        (
            [{"type": "way", "id": 1, "tags": FOOTWAY, "center": {"lat": 51.9, "lon": -2.07}}],
            "ways come without their nodes",
        ),
    ],
)
def test_an_answer_without_positions_says_what_to_ask(
    tmp_path: FilePath, elements: list[dict[str, object]], cause: str
) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"elements": elements}))
    with pytest.raises(ParkDataError, match=cause):
        import_osm(tmp_path / "a.json")
