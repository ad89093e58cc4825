"""What stands on a way, crosses it or closes it is imported with its own facts."""

from pathlib import Path as FilePath

import pytest

from tests.parks.osm.files import FOOTWAY, GRID, write_osm
from walktalk.parks import Path, area_to_geojson, import_osm, read_area

Tags = dict[str, str]


def imported(
    folder: FilePath,
    ways: dict[int, tuple[list[int], Tags]],
    nodes: dict[int, Tags] | None = None,
) -> dict[str, Path]:
    area = import_osm(write_osm(folder / "town.osm", GRID, ways, nodes or {}))
    assert read_area(area_to_geojson(area)).paths == area.paths  # it is kept as it is
    return dict(area.paths)


def test_a_gate_keeps_its_own_facts_and_its_place(tmp_path: FilePath) -> None:
    gate = {
        "barrier": "kissing_gate",
        "maxwidth": "0.9",
        "wheelchair": "no",
        "opening_hours": "08:00-18:00",
    }
    (path,) = imported(tmp_path, {1: ([10, 11, 12], FOOTWAY)}, {11: gate}).values()
    (barrier,) = path.barriers
    assert barrier.kind == "kissing_gate"
    assert barrier.position == path.coordinates[1]
    assert barrier.facts == {"width_m": 0.9, "wheelchair": "no", "opening_hours": "08:00-18:00"}
    assert barrier.source.title == "OpenStreetMap contributors"


@pytest.mark.parametrize(
    ("node", "kinds"),
    [
        ({"barrier": "bollard;stile"}, ["bollard", "stile"]),
        ({"barrier": "full-height_turnstile"}, ["full_height_turnstile"]),
        ({"highway": "steps"}, ["steps"]),
        ({"door": "hinged"}, ["door"]),
        ({"ford": "stepping_stones"}, ["stepping_stones"]),
        ({"highway": "ford"}, ["ford"]),
        ({"hazard": "landslide"}, ["hazard"]),
        ({"kerb": "raised"}, ["kerb"]),
        ({"kerb": "flush"}, []),
        ({"barrier": "no"}, []),
    ],
)
def test_every_kind_of_thing_at_a_node_is_a_barrier(
    tmp_path: FilePath, node: Tags, kinds: list[str]
) -> None:
    (path,) = imported(tmp_path, {1: ([10, 11, 12], FOOTWAY)}, {11: node}).values()
    assert [barrier.kind for barrier in path.barriers] == kinds


def test_a_gate_where_a_footway_meets_a_street_stands_on_the_footway(tmp_path: FilePath) -> None:
    ways = {1: ([10, 11, 12], {"highway": "residential"}), 2: ([11, 21], FOOTWAY)}
    paths = imported(tmp_path, ways, {11: {"barrier": "gate"}})
    assert {p: len(path.barriers) for p, path in paths.items()} == {
        "w1-n10-n11": 0,
        "w1-n11-n12": 0,
        "w2-n11-n21": 1,
    }


FENCE = {"barrier": "fence"}


@pytest.mark.parametrize(
    ("ways", "nodes", "kinds"),
    [
        ({2: ([1, 11, 21], FENCE)}, {}, ["fence"]),
        ({2: ([1, 21], FENCE)}, {}, ["fence"]),  # drawn across, no shared node
        ({2: ([1, 11, 21], FENCE)}, {11: {"barrier": "gate"}}, ["gate"]),
        ({2: ([1, 11, 21], FENCE)}, {11: {"barrier": "entrance"}}, ["entrance"]),
        ({2: ([1, 11], FENCE)}, {}, []),  # it ends at the way
        ({2: ([1, 11], FENCE), 3: ([11, 21], FENCE)}, {}, ["fence"]),
        ({2: ([1, 21], FENCE | {"layer": "1"})}, {}, []),
        ({2: ([1, 11, 21], {"barrier": "cycle_barrier"})}, {}, ["cycle_barrier"]),
    ],
)
def test_a_barrier_drawn_as_a_line_counts_where_it_crosses(
    tmp_path: FilePath,
    ways: dict[int, tuple[list[int], Tags]],
    nodes: dict[int, Tags],
    kinds: list[str],
) -> None:
    (path,) = imported(tmp_path, {1: ([10, 11, 12], FOOTWAY), **ways}, nodes).values()
    assert [barrier.kind for barrier in path.barriers] == kinds


TRUNK = {"highway": "trunk", "name": "Great Road"}


@pytest.mark.parametrize(
    ("road", "nodes", "facts"),
    [
        ([1, 11, 21], {}, {"name": "Great Road"}),
        ([1, 21], {}, {"name": "Great Road"}),
        (
            [1, 11, 21],
            {11: {"highway": "crossing", "crossing": "traffic_signals", "crossing:island": "yes"}},
            {
                "name": "Great Road",
                "crossing": "traffic_signals",
                "signals": "yes",
                "island": "yes",
            },
        ),
    ],
)
def test_a_road_that_nobody_may_walk_is_crossed_all_the_same(
    tmp_path: FilePath, road: list[int], nodes: dict[int, Tags], facts: Tags
) -> None:
    (path,) = imported(tmp_path, {1: ([10, 11, 12], FOOTWAY), 2: (road, TRUNK)}, nodes).values()
    (crossing,) = path.crossings
    assert (crossing.kind, dict(crossing.facts)) == ("trunk", facts)
    assert crossing.position == pytest.approx(path.coordinates[1], abs=1e-6)


@pytest.mark.parametrize("railway", ["rail", "tram", "light_rail", "narrow_gauge"])
def test_railways_are_crossed_by_paths_and_by_streets(tmp_path: FilePath, railway: str) -> None:
    for kind in ("footway", "residential"):
        ways = {1: ([10, 11, 12], {"highway": kind}), 2: ([1, 11, 21], {"railway": railway})}
        (path,) = imported(tmp_path, ways).values()
        assert [crossing.kind for crossing in path.crossings] == [railway]


def test_a_road_is_met_at_the_end_of_an_alley_but_not_where_the_road_ends(
    tmp_path: FilePath,
) -> None:
    ways = {1: ([10, 11], FOOTWAY), 2: ([1, 11, 21], TRUNK)}
    (alley,) = imported(tmp_path, ways).values()
    assert [crossing.position for crossing in alley.crossings] == [alley.coordinates[-1]]
    ways = {1: ([10, 11], FOOTWAY), 2: ([11, 21], {"highway": "residential"})}
    assert not any(path.crossings for path in imported(tmp_path, ways).values())


@pytest.mark.parametrize("key", ["bridge", "tunnel"])
def test_a_road_above_or_below_is_not_crossed(tmp_path: FilePath, key: str) -> None:
    ways = {1: ([10, 12], FOOTWAY), 2: ([1, 21], TRUNK | {key: "yes"})}
    (path,) = imported(tmp_path, ways).values()
    assert not path.crossings


def test_a_park_s_hours_hold_for_the_paths_in_it(tmp_path: FilePath) -> None:
    park = {"leisure": "park", "opening_hours": "08:00-dusk", "access": "permit"}
    ways = {1: ([11, 12], FOOTWAY), 2: ([1, 3, 23, 21, 1], park), 3: ([30, 31], FOOTWAY)}
    paths = imported(tmp_path, ways)
    inside, outside = paths["w1-n11-n12"].facts, paths["w3-n30-n31"].facts
    assert (inside["ground_hours"], inside["ground_access"]) == ("08:00-dusk", "permit")
    assert "ground_hours" not in outside


def test_a_way_shut_but_for_some_hours_is_imported_with_its_rule(tmp_path: FilePath) -> None:
    tags = FOOTWAY | {"foot": "no", "foot:conditional": "yes @ (08:00-18:00)"}
    (path,) = imported(tmp_path, {1: ([10, 11], tags)}).values()
    assert path.facts["foot_conditional"] == "yes @ (08:00-18:00)"


@pytest.mark.parametrize(
    ("tags", "sidewalk"),
    [
        ({"sidewalk:left": "yes", "sidewalk:right": "no"}, "left"),
        ({"sidewalk:left": "yes", "sidewalk:right": "yes"}, "both"),
        ({"sidewalk:both": "separate"}, "separate"),
        ({"sidewalk:both": "no"}, "no"),
        ({}, None),
    ],
)
def test_a_pavement_recorded_side_by_side_is_read(
    tmp_path: FilePath, tags: Tags, sidewalk: str | None
) -> None:
    ways = {1: ([10, 11], {"highway": "primary", **tags})}
    (path,) = imported(tmp_path, ways).values()
    assert path.facts.get("sidewalk") == sidewalk
