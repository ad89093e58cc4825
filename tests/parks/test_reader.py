import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.parks.samples import document
from walktalk.parks import ParkDataError, load_area, load_areas, read_area

Change = Callable[[dict[str, Any]], object]


def _path(doc: dict[str, Any]) -> dict[str, Any]:
    feature: dict[str, Any] = doc["features"][0]
    return feature


def test_a_valid_document_becomes_an_area() -> None:
    area = read_area(document())
    assert list(area.paths) == ["path-01", "path-02"]
    assert area.paths["path-01"].facts == {"highway": "footway", "width_m": 2.0}
    assert area.paths["path-01"].sources["width_m"].title == "A survey"
    assert area.meeting_points[0].id == "north-end"
    assert area.routes["whole-way"].path_ids == ("path-01", "path-02")


def test_a_fact_can_have_a_source_of_its_own() -> None:
    doc = document()
    doc["sources"]["us"] = {"title": "Us", "as_of": "2026-11-02", "reported": True}
    _path(doc)["properties"]["facts"]["surface"] = {"value": "asphalt", "source": "us"}
    path = read_area(doc).paths["path-01"]
    assert path.facts["surface"] == "asphalt"
    assert path.sources["surface"].reported
    assert path.sources["highway"].id == "survey"


def test_heights_stand_beside_the_line_with_a_source_of_their_own_or_the_lines() -> None:
    doc = document()
    doc["sources"]["model"] = {"title": "A model", "as_of": "2026"}
    own = {"value": [61, None], "source": "model"}
    _path(doc)["properties"]["heights_m"] = own
    path = read_area(doc).paths["path-01"]
    assert (path.heights_m, path.sources["heights_m"].id) == ((61.0, None), "model")
    _path(doc)["properties"]["heights_m"] = [61.5, 62]
    path = read_area(doc).paths["path-01"]
    assert (path.heights_m, path.sources["heights_m"].id) == ((61.5, 62.0), "survey")


def test_a_path_without_heights_has_none_and_no_source_of_them() -> None:
    path = read_area(document()).paths["path-01"]
    assert path.heights_m is None
    assert "heights_m" not in path.sources


@pytest.mark.parametrize(
    ("change", "feature", "reason"),
    [
        (lambda d: d.update(walktalk=2), "", "walktalk"),
        (lambda d: d.update(colour="red"), "", "'colour' is not part of the schema"),
        (lambda d: d.pop("name"), "", "'name' is missing"),
        (lambda d: d.update(features=[]), "", "at least one path"),
        (lambda d: _path(d)["properties"].update(kind="lake"), "'path-01'", "'kind' is 'lake'"),
        (lambda d: _path(d).pop("id"), "feature 0", "'id' is missing"),
        (lambda d: _path(d).update(id="Path 1"), "'Path 1'", "not in the form accepted"),
        (lambda d: _path(d).update(id="path-02"), "'path-02'", "two features have this id"),
        (lambda d: _path(d)["properties"].update(source="hearsay"), "'path-01'", "no source"),
        (lambda d: _path(d)["properties"]["facts"].update(widht=2), "'path-01'", "widht"),
        (lambda d: _path(d)["properties"]["facts"].update(width_m="wide"), "'path-01'", "width_m"),
        (lambda d: _path(d)["properties"]["facts"].update(width_m=-1), "'path-01'", "width_m"),
        (lambda d: _path(d)["properties"]["facts"].update(step_count=0), "'path-01'", "step_count"),
        (
            lambda d: _path(d)["properties"].update(heights_m=[61.0]),
            "'path-01'",
            "for each of the line's 2 positions; it holds 1",
        ),
        (
            lambda d: _path(d)["properties"].update(heights_m=[61.0, 9001]),
            "'path-01'",
            "less than or equal to 9000",
        ),
        (
            lambda d: _path(d)["properties"].update(heights_m=[61.0, float("inf")]),
            "'path-01'",
            "heights_m",
        ),
        (lambda d: _path(d)["properties"].update(heights_m=[61.0, "62"]), "'path-01'", "heights_m"),
        (
            lambda d: _path(d)["properties"].update(
                heights_m={"value": [61.0, None], "source": "hearsay"}
            ),
            "'path-01'",
            "no source 'hearsay'",
        ),
        (
            lambda d: _path(d)["geometry"]["coordinates"].pop(),
            "'path-01'",
            "at least 2",
        ),
        (
            lambda d: _path(d)["geometry"].update(coordinates=[[-2.07, 91], [-2.07, 51.9]]),
            "'path-01'",
            "less than or equal to 90",
        ),
        (
            lambda d: _path(d)["geometry"].update(coordinates=[[-2.07, 51.9], [-2.07, 51.9]]),
            "'path-01'",
            "no length",
        ),
        (lambda d: d["features"].pop(2), "", "at least one place of type 'meeting_point'"),
        (
            lambda d: d["features"][2]["properties"].pop("how_to_find"),
            "'north-end'",
            "needs 'how_to_find'",
        ),
        (
            lambda d: d["features"][2]["geometry"].update(coordinates=[-2.1, 51.9]),
            "'north-end'",
            "2065 m away",
        ),
        (
            lambda d: d["features"][3]["properties"].update(start="somewhere"),
            "'whole-way'",
            "north-end",
        ),
        (
            lambda d: d["features"][3]["properties"].update(paths=["path-01", "path-09"]),
            "'whole-way'",
            "no path 'path-09'",
        ),
        (
            lambda d: d["features"][1]["geometry"].update(
                coordinates=[[-2.068, 51.9], [-2.0699, 51.9]]
            ),
            "'whole-way'",
            "'path-02' does not start where path 'path-01' ends",
        ),
        (
            lambda d: d["features"][3]["geometry"]["coordinates"].insert(1, [-2.07, 51.9005]),
            "'whole-way'",
            "exactly on its paths",
        ),
        (
            lambda d: d["features"][3]["properties"].update(closed=True),
            "'whole-way'",
            "'closed'",
        ),
        (
            lambda d: d["features"][2]["geometry"].update(coordinates=[-2.07, 51.9012]),
            "'whole-way'",
            "starts 22 m from its start, 'north-end'; accepted is 15 m at most",
        ),
    ],
)
def test_a_broken_file_is_refused_with_file_feature_and_reason(
    change: Change, feature: str, reason: str
) -> None:
    doc = document()
    change(doc)
    with pytest.raises(ParkDataError) as refusal:
        read_area(doc, "broken.geojson")
    message = str(refusal.value)
    assert message.startswith("broken.geojson: ")
    assert feature in message
    assert reason in message


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not valid JSON"),
        (b"{", "not valid JSON"),
        (b"[1, 2]", "one JSON object"),
        (b'{"a": NaN}', "NaN is not a number"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"[" * 100_000, "not valid JSON"),
    ],
)
def test_what_is_not_json_is_refused_by_name(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "small-park.geojson"
    file.write_bytes(content)
    with pytest.raises(ParkDataError, match=reason) as refusal:
        load_area(file)
    assert str(file) in str(refusal.value)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ParkDataError, match="no such file"):
        load_area(tmp_path / "nowhere.geojson")


def test_a_file_must_be_called_by_its_id(tmp_path: Path) -> None:
    (tmp_path / "other.geojson").write_text(json.dumps(document()))
    with pytest.raises(ParkDataError, match=r"small-park\.geojson"):
        load_area(tmp_path / "other.geojson")


def test_an_imported_area_hides_a_shipped_one_of_the_same_id(tmp_path: Path) -> None:
    for folder, name in (("shipped", "Shipped"), ("imported", "Imported")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "small-park.geojson").write_text(
            json.dumps(document() | {"name": name})
        )
    areas = load_areas(str(tmp_path / "shipped"), tmp_path / "imported", tmp_path / "missing")
    assert [area.name for area in areas.values()] == ["Imported"]
