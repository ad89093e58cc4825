"""Roads, railways and tramways that a walk crosses, counted once each, on imported networks.

The ground is the sixteen nodes of ``GRID``: 11 has 1 to its south, 21 north, 10 west, 12 east.
"""

from pathlib import Path as FilePath

import pytest

from tests.parks.osm.files import FOOTWAY, GRID, write_osm
from tests.routes.checked import found
from tests.routes.ground import area, path, route
from walktalk.parks import import_osm
from walktalk.routes import Finding

Tags = dict[str, str]
Ways = dict[int, tuple[list[int], Tags]]

CROSSING = FOOTWAY | {"footway": "crossing"}
MAIN = {"highway": "primary", "name": "Great Road"}
NO_FOOT = MAIN | {"foot": "use_sidepath"}
STREET = {"highway": "residential", "name": "Elm Street"}
DRIVE = {"highway": "service"}
RAIL = {"railway": "rail"}
TRAM = {"railway": "tram"}
LIGHTS = {"highway": "crossing", "crossing": "traffic_signals"}
LINK = {"highway": "primary_link"}


def crossings(
    folder: FilePath, ways: Ways, steps: list[str], nodes: dict[int, Tags] | None = None
) -> Finding:
    """What is told of the crossings on a walk over ``steps``: paths as way, first and last node."""
    ground = import_osm(write_osm(folder / "town.osm", GRID, ways, nodes or {}))
    return found(ground, route(ground, *steps))["road-crossings"]


ACROSS = ["w1-n10-n11", "w1-n11-n12"]
STRAIGHT_ON = ["w1-n10-n11", "w2-n11-n12"]


@pytest.mark.parametrize(
    ("ways", "steps", "words"),
    [
        pytest.param(
            {1: ([10, 11, 12], STREET), 2: ([1, 11, 21], MAIN)},
            ACROSS,
            "Great Road once",
            id="along",
        ),
        pytest.param(
            {1: ([10, 11], STREET), 2: ([11, 12], STREET), 3: ([1, 11, 21], RAIL)},
            STRAIGHT_ON,
            "a railway once",
            id="a street that is cut at the rails",
        ),
        pytest.param(
            {1: ([10, 11], FOOTWAY), 2: ([11, 12], STREET), 3: ([1, 11, 21], NO_FOOT)},
            STRAIGHT_ON,
            "Great Road once",
            id="from an alley into a street",
        ),
        pytest.param(
            {1: ([10, 11, 12], CROSSING), 2: ([1, 11, 21], MAIN)},
            ACROSS,
            "Great Road once",
            id="a crossing that is cut at the road",
        ),
        pytest.param(
            {1: ([10, 11, 12, 13], CROSSING), 2: ([1, 11, 21], MAIN), 3: ([22, 12, 2], MAIN)},
            [*ACROSS, "w1-n12-n13"],
            "Great Road twice",
            id="two carriageways",
        ),
        pytest.param(
            {1: ([10, 11, 12], FOOTWAY), 2: ([1, 11, 21], MAIN | TRAM)},
            ACROSS,
            "a tramway and Great Road",
            id="a tramway in the street",
        ),
        pytest.param(
            {1: ([10, 11, 12], FOOTWAY), 2: ([1, 11, 21], STREET), 3: ([1, 11, 21], TRAM)},
            ACROSS,
            "a tramway and Elm Street",
            id="a tramway on the street's nodes",
        ),
        pytest.param(
            {
                1: ([10, 11, 12], FOOTWAY | {"bridge": "yes", "layer": "1"}),
                2: ([1, 11, 21], MAIN | {"bridge": "yes", "layer": "1"}),
            },
            ACROSS,
            "Great Road once",
            id="on the deck of a bridge",
        ),
        pytest.param(
            {1: ([10, 11, 12], FOOTWAY), 2: ([1, 11], MAIN), 3: ([11, 21], NO_FOOT)},
            ACROSS,
            "Great Road once",
            id="a road of which one may walk a part",
        ),
        pytest.param(
            {1: ([10, 11], STREET), 4: ([11, 12], STREET), 2: ([1, 11], MAIN), 3: ([11, 21], LINK)},
            ["w1-n10-n11", "w4-n11-n12"],
            "Great Road once",
            id="a road that goes on as a slip road",
        ),
        pytest.param(
            {1: ([10, 11, 12], FOOTWAY), 2: ([1, 11, 21], {"highway": "trunk", "ref": "B 85"})},
            ["w1-n10-n12"],
            "B 85 once",
            id="named by its number",
        ),
    ],
)
def test_each_carriageway_and_railway_is_crossed_once(
    tmp_path: FilePath, ways: Ways, steps: list[str], words: str
) -> None:
    finding = crossings(tmp_path, ways, steps)
    assert finding.level == "caution"
    assert finding.message == f"The walk crosses {words}."


@pytest.mark.parametrize(
    ("ways", "steps"),
    [
        pytest.param({1: ([10, 11, 12], STREET), 2: ([11, 21], MAIN)}, ACROSS, id="a side street"),
        pytest.param(
            {1: ([10, 11, 12], STREET), 2: ([1, 11, 21], DRIVE)}, ACROSS, id="drives on both sides"
        ),
        pytest.param(
            {1: ([10, 11, 12], CROSSING), 2: ([1, 11, 21], MAIN)},
            ["w1-n10-n11", "w2-n11-n21"],
            id="half of a crossing, then along the road",
        ),
        pytest.param(
            {1: ([10, 11, 20], FOOTWAY), 2: ([1, 11, 21, 31], NO_FOOT)},
            ["w1-n10-n20"],
            id="up to a road and away on the same side",
        ),
        pytest.param(
            {1: ([10, 11, 12], MAIN), 2: ([11, 21], LINK)}, ["w1-n10-n12"], id="past a slip road"
        ),
        pytest.param(
            {1: ([10, 11, 12, 13], STREET), 2: ([10, 11, 12, 13], TRAM)},
            ["w1-n10-n13"],
            id="along a tramway in the street",
        ),
        pytest.param(
            {1: ([10, 11], STREET), 3: ([11, 12], STREET), 2: ([10, 11, 12, 13], TRAM)},
            ["w1-n10-n11", "w3-n11-n12"],
            id="along a tramway in a street that is cut",
        ),
        pytest.param(
            {1: ([10, 11, 12, 22], FOOTWAY), 2: ([0, 11, 12, 2], RAIL)},
            ["w1-n10-n22"],
            id="along rails and away on the same side",
        ),
        pytest.param(
            {1: ([10, 11], FOOTWAY), 2: ([20, 11], FOOTWAY), 3: ([1, 11, 21], NO_FOOT)},
            ["w1-n10-n11", "-w2-n20-n11"],
            id="two paths that meet a road on one side",
        ),
        pytest.param(
            {1: ([10, 11], FOOTWAY), 2: ([20, 11], FOOTWAY), 3: ([1, 11, 21], RAIL)},
            ["w1-n10-n11", "-w2-n20-n11"],
            id="two paths that meet rails on one side",
        ),
        pytest.param(
            {1: ([10, 11], MAIN), 2: ([11, 12], MAIN), 3: ([11, 21], LINK)},
            STRAIGHT_ON,
            id="past a slip road where the road is cut",
        ),
        pytest.param(
            {1: ([10, 12], FOOTWAY | {"tunnel": "yes", "layer": "-1"}), 2: ([1, 11, 21], MAIN)},
            ["w1-n10-n12"],
            id="beneath",
        ),
    ],
)
def test_what_is_not_surely_crossed_is_not_counted(
    tmp_path: FilePath, ways: Ways, steps: list[str]
) -> None:
    assert "crosses" not in crossings(tmp_path, ways, steps).message.replace("crosses no road", "")


def test_a_crossing_of_a_road_one_may_walk_along_tells_its_lights_and_its_class(
    tmp_path: FilePath,
) -> None:
    ways: Ways = {
        1: ([10, 11, 12, 13], FOOTWAY),
        2: ([1, 11, 21], MAIN),
        3: ([2, 12, 22], STREET),
    }
    told = crossings(tmp_path, ways, [*ACROSS, "w1-n12-n13"], {11: LIGHTS})
    assert told.message == "The walk crosses Great Road and Elm Street."
    assert told.evidence == "A main road is crossed once. There are lights once."


@pytest.mark.parametrize("length_m", [0.05, 0.4, 0.9])
def test_a_crossing_shorter_than_a_step_is_one(tmp_path: FilePath, length_m: float) -> None:
    lon, lat = GRID[11]
    nodes = {100: (lon - 0.5 * length_m / 68700, lat), 101: (lon + 0.5 * length_m / 68700, lat)}
    ways: Ways = {
        1: ([10, 100], FOOTWAY),
        2: ([100, 11, 101], CROSSING),
        3: ([101, 12], FOOTWAY),
        4: ([1, 11, 21], NO_FOOT),
    }
    ground = import_osm(write_osm(tmp_path / "town.osm", GRID | nodes, ways))
    walk = route(ground, "w1-n10-n100", "w2-n100-n101", "w3-n101-n12")
    assert "crosses Great Road once" in found(ground, walk)["road-crossings"].message


def test_a_crossing_of_a_drive_that_is_drawn_in_pieces_is_one(tmp_path: FilePath) -> None:
    ways: Ways = {1: ([10, 11, 12], CROSSING), 2: ([1, 11, 21], DRIVE)}
    assert "once" in crossings(tmp_path, ways, ACROSS).message


def test_a_crossing_without_its_road_on_the_map_is_still_one(tmp_path: FilePath) -> None:
    ways: Ways = {1: ([10, 11, 12], CROSSING), 2: ([11, 21], FOOTWAY)}
    assert "once" in crossings(tmp_path, ways, ACROSS).message
    there_and_back = [*ACROSS, *(f"-{step}" for step in reversed(ACROSS))]
    assert "twice" in crossings(tmp_path, ways, there_and_back).message


def test_of_several_roads_two_are_named_and_none_is_said_to_be_crossed_as_often_as_all() -> None:
    across = [
        path(f"p{number}", (0, 100 * number), (0, 100 * number + 100), crosses_road=road)
        for number, road in enumerate(["Elm Street; B 1", "yes", "Oak Street", "Elm Street"])
    ]
    ground = area(across)
    told = found(ground, route(ground, *(each.id for each in across)))["road-crossings"]
    assert told.message == "The walk crosses roads 4 times: Elm Street, Oak Street and others."
