"""What is built from a folder of facts, and what is refused."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path as FilePath
from typing import Any

import pytest

from tests.tools.small_facts import (
    ALIKE,
    DECISIONS,
    PATHS,
    at,
    files,
    footway,
    point,
    write_decisions,
    write_facts,
)
from tools.build_parks.__main__ import main
from walktalk.parks import Area, Path, load_area

Files = dict[str, list[Any]]


def build(
    folder: FilePath,
    features: Mapping[str, list[Any]] | None = None,
    decided: Mapping[str, str] | None = None,
    *more: str,
) -> int:
    facts = write_facts(folder / "facts", files() if features is None else features)
    decisions = write_decisions(folder / "decisions.toml", decided)
    return main([f"{facts}", "--out", f"{folder}/out", "--decisions", f"{decisions}", *more])


@pytest.fixture(scope="module")
def area(tmp_path_factory: pytest.TempPathFactory) -> Area:
    folder = tmp_path_factory.mktemp("built")
    assert build(folder) == 0
    return load_area(folder / "out" / "small-park.geojson")


def along(area: Area, name: str) -> Path | None:
    """Return the path that holds both ends of a recorded one."""
    ends = {tuple(each) for each in PATHS[name]["geometry"]["coordinates"]}
    found = [path for path in area.paths.values() if ends <= set(path.coordinates)]
    return found[0] if found else None


def shipped(area: Area, name: str) -> Path:
    path = along(area, name)
    assert path is not None, name
    return path


def test_ends_up_to_one_metre_sixty_apart_in_a_park_are_joined_and_say_so(area: Area) -> None:
    joined = shipped(area, "1.2 m short")
    assert joined.facts["joined_m"] == 1.2
    assert joined.sources["joined_m"].id == "osm-2023-lines"
    assert at(150, 150) in (joined.coordinates[0], joined.coordinates[-1])
    others = [path for path in area.paths.values() if path != joined]
    assert not any("joined_m" in path.facts for path in others)


def test_ends_farther_apart_stay_apart_and_nothing_short_that_hangs_on_nothing_is_kept(
    area: Area,
) -> None:
    assert along(area, "1.8 m short") is None


def test_a_line_of_both_years_is_one_path_with_each_facts_own_source_and_date(area: Area) -> None:
    path = shipped(area, "west side")
    same = [p for p in area.paths.values() if {at(0, 0), at(0, 150)} <= set(p.coordinates)]
    assert same == [path]
    assert path.facts["surface"] == "asphalt"
    assert path.facts["highway"] == "cycleway"
    dates = {name: source.as_of for name, source in path.sources.items()}
    assert dates["geometry"] == "2023-10-01"
    assert dates["surface"] == dates["lit"] == dates["highway"] == "2026-09-15"
    assert dates["heights_m"] == "2013-05"
    assert "surface" not in shipped(area, "north side").facts


def test_only_what_people_may_walk_is_kept(area: Area) -> None:
    for name in ("west side", "north side", "east side", "south side", "steps", "north gate"):
        assert "public" not in shipped(area, name).facts
    assert shipped(area, "link to the street").facts["public"] == "not recorded"
    for name in ("into the school", "named, in the school", "nobody's, too long", "nobody's"):
        assert along(area, name) is None, name


def test_places_stand_with_the_date_of_their_own_record(area: Area) -> None:
    by_kind = {place.kind: place for place in area.places.values()}
    assert by_kind["toilets"].facts["wheelchair"] == "yes"
    assert by_kind["toilets"].sources["wheelchair"].as_of == "2016-02-03"
    assert by_kind["bus_stop"].sources["geometry"].as_of == "2026-07-16"
    assert "backrest" not in by_kind["bench"].facts


def test_people_can_meet_in_two_places_and_the_way_in_is_told_over_paths(area: Area) -> None:
    assert area.meeting_points[0].id == "gate"
    assert len(area.meeting_points) > 1
    way = next(way for way in area.ways_in if way.to == "gate")
    assert way.path_ids == (shipped(area, "link to the street").id,)
    assert way.length_m == pytest.approx(68, abs=4)


def test_the_stored_walk_goes_round_over_recorded_paths(area: Area) -> None:
    sides = ("west side", "north side", "east side", "south side")
    assert set(area.routes["round"].path_ids) == {shipped(area, name).id for name in sides}
    assert "600 m" in area.routes["round"].about


def test_the_same_facts_give_the_same_bytes_in_whatever_order_they_are_listed(
    tmp_path: FilePath,
) -> None:
    written = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        assert build(tmp_path / name) == 0
        written.append({f.name: f.read_bytes() for f in (tmp_path / name / "out").iterdir()})
    assert written[0] == written[1]
    assert set(written[0]) == {"small-park.geojson", "catalogue.json"}


def test_a_check_proves_the_files_and_writes_nothing(
    tmp_path: FilePath, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(tmp_path) == 0
    capsys.readouterr()
    assert build(tmp_path, None, None, "--check") == 0
    said = capsys.readouterr().out
    assert "areas: 1; paths: 8" in said
    assert "joined: 1 (1.2 m at most)" in said


def test_a_check_names_a_path_that_lies_on_no_line_of_the_facts(
    tmp_path: FilePath, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(tmp_path) == 0
    file = tmp_path / "out" / "small-park.geojson"
    document = json.loads(file.read_text())
    told = [(each, each["properties"].get("facts", {})) for each in document["features"]]
    path = next(each for each, facts in told if facts.get("highway") == "steps")
    path["geometry"]["coordinates"].insert(1, list(at(75, 200)))
    path["properties"].pop("heights_m", None)
    file.write_text(json.dumps(document))
    before = file.read_bytes()
    assert build(tmp_path, None, None, "--check") == 1
    said = capsys.readouterr().err
    assert f"small-park: path {path['id']!r} lies" in said
    assert file.read_bytes() == before


def _without(name: str) -> Callable[[Files], None]:
    return lambda found: found.__delitem__(name)


def _with(name: str, feature: object) -> Callable[[Files], None]:
    return lambda found: found[name].append(feature)


_FAR = {"type": "LineString", "coordinates": [[0.0, 0.0], [0.1, 0.0]]}

BROKEN_FACTS: Mapping[str, tuple[Callable[[Files], None], tuple[str, ...]]] = {
    "a file is missing": (_without(ALIKE), ("pittville-park.geojson", "no such file")),
    "a feature is none": (
        _with("osm-2023/paths.geojson", "a path"),
        ("paths.geojson: feature 13", "not a GeoJSON feature"),
    ),
    "a line with one end": (
        _with("osm-2023/paths.geojson", footway((0, 0))),
        ("paths.geojson: feature 13", "broken"),
    ),
    "a path without a kind": (
        _with("osm-2023/paths.geojson", footway((0, 0), (9, 9), highway="")),
        ("paths.geojson: feature 13", "'highway'"),
    ),
    "a line far away": (
        _with("osm-2023/roads.geojson", {"properties": {"road_class": "main"}, "geometry": _FAR}),
        ("roads.geojson: feature 1", "outside"),
    ),
    "a position that is a word": (
        _with(
            "bus-stops.geojson",
            point(0, 0, name="A", atco="1") | {"geometry": {"type": "Point", "coordinates": "x"}},
        ),
        ("bus-stops.geojson: feature 1", "broken"),
    ),
    "toilets without the day of their record": (
        _with("toilets.geojson", point(0, 0, name="Somewhere", toiletmap_id="b")),
        ("toilets.geojson: feature 1", "'updated'"),
    ),
}


@pytest.mark.parametrize("what", BROKEN_FACTS)
def test_broken_facts_are_refused_in_one_line_that_names_file_and_feature(
    what: str, tmp_path: FilePath, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = files()
    spoil, said = BROKEN_FACTS[what]
    spoil(broken)
    assert build(tmp_path, broken) == 1
    told = capsys.readouterr()
    assert told.err.count("\n") == 1
    assert all(words in told.err for words in said)
    assert not told.out
    assert not (tmp_path / "out").exists()


_AREA = DECISIONS[DECISIONS.index("[[area]]") : DECISIONS.index("[[area.meeting]]")]

BROKEN_DECISIONS: Mapping[str, tuple[Mapping[str, str], tuple[str, ...]]] = {
    "two areas of one id": ({_AREA: _AREA + _AREA}, ("'small-park'", "two areas have this id")),
    "a ground that is none": (
        {'grounds = ["Small Park"]': 'grounds = ["Hidden Park"]'},
        ("'small-park'", "no ground called 'Hidden Park'"),
    ),
    "a meeting point off every path": (
        {str(list(at(0, 0))): str(list(at(-900, 0)))},
        ("'small-park'", "'gate'", "no path"),
    ),
    "a neighbour that is none": (
        {'about = "A park."': 'about = "A park."\nneighbours = ["moon"]'},
        ("'small-park'", "no neighbour 'moon'"),
    ),
    "no TOML": ({"[[area]]": "[[area"}, ("not valid TOML",)),
    "a word nobody knows": ({'about = "A park."': 'colour = "green"'}, ("area.0",)),
    "a note without a known source": (
        {
            "[[area.walk]]": '[[area.note]]\ntext = "Muddy."\nchecks = ["surface"]\n'
            'source = "hearsay"\n\n[[area.walk]]'
        },
        ("'small-park'", "'hearsay'"),
    ),
}


@pytest.mark.parametrize("what", BROKEN_DECISIONS)
def test_broken_decisions_are_refused_in_one_line_that_names_file_and_area(
    what: str, tmp_path: FilePath, capsys: pytest.CaptureFixture[str]
) -> None:
    changes, said = BROKEN_DECISIONS[what]
    assert build(tmp_path, None, changes) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "decisions.toml: " in told
    assert all(words in told for words in said)
    assert not (tmp_path / "out").exists()
