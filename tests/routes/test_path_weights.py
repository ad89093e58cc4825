"""The published score: what is near counts where it is near, and a crossed road by its class."""

from dataclasses import replace

import numpy as np
import pytest

from tests.routes.ground import SURVEY, area, at, path
from walktalk.parks import Area, Path
from walktalk.parks.model import BackgroundShape, Crossing
from walktalk.routes.calm import calm_weights
from walktalk.routes.crossing_costs import MAIN_CROSSING_M, crossing_cost_m
from walktalk.routes.path_weights import PATH_WEIGHTS
from walktalk.routes.search.crossed import roads_crossed
from walktalk.routes.search.segments import area_segments

ADDED = {row.id: row.added for row in PATH_WEIGHTS}
NONE: frozenset[str] = frozenset()


def weight(land: Area, edge: int = 0) -> float:
    return float(calm_weights(land, NONE).path[edge])


def beside(kind: str, east_m: float, north: tuple[float, float], detail: str) -> BackgroundShape:
    ends = (at(east_m, north[0]), at(east_m, north[1]))
    return BackgroundShape(kind, (ends,), "", detail)  # type: ignore[arg-type]


def test_a_road_beside_a_fifth_of_a_path_weighs_on_that_fifth_and_no_more() -> None:
    long = path("long", (0, 0), (0, 2000))
    far = replace(area([long]), background=(beside("road", 90, (0, 2000), "primary"),))
    near = replace(area([long]), background=(beside("road", 5, (0, 400), "primary"),))
    whole = replace(area([long]), background=(beside("road", 5, (0, 2000), "primary"),))
    added = ADDED["beside-road"] + ADDED["main-road"]
    assert weight(whole) - weight(far) == pytest.approx(added, abs=0.01)
    assert weight(near) - weight(far) == pytest.approx(added / 5, abs=0.05)


def test_water_by_a_tenth_of_a_path_calms_a_tenth_of_it() -> None:
    long = path("long", (0, 0), (0, 2000))
    far = replace(area([long]), background=(beside("water", 90, (0, 2000), ""),))
    near = replace(area([long]), background=(beside("water", 5, (0, 200), ""),))
    assert weight(near) - weight(far) == pytest.approx(ADDED["water"] / 10, abs=0.02)


def test_a_main_road_without_a_recorded_pavement_is_dearer_than_one_with() -> None:
    bare = path("bare", (0, 0), (0, 100), highway="primary")
    kerbed = path("kerbed", (0, 0), (9, 100), highway="primary", sidewalk="both")
    land = area([bare, kerbed])
    assert weight(land, 0) - weight(land, 1) == pytest.approx(ADDED["no-pavement"])


def crossed(kind: str, **facts: str) -> float:
    """Return what a path costs more for a road of a class that crosses it half way."""
    crossing = Crossing(kind, at(0, 50), SURVEY, facts)
    plain = path("over", (0, 0), (0, 100))
    return float(calm_weights(area([replace(plain, crossings=(crossing,))]), NONE).crossing_m[0])


def test_a_crossed_road_costs_by_its_class_and_by_what_helps_across() -> None:
    drive, street, through, helped, main = (
        crossed("service"),
        crossed("residential"),
        crossed("tertiary"),
        crossed("primary", signals="yes"),
        crossed("primary"),
    )
    assert 0 < drive < street < through < helped < main
    assert crossed("rail") == through
    assert crossed("trunk or primary") == crossed("secondary or tertiary") == main
    assert crossed("residential, service or unclassified") == street
    assert crossed("primary", island="yes") == helped


@pytest.mark.parametrize("road", ["residential", "primary"])
def test_a_road_crossed_at_a_junction_costs_what_its_class_does(road: str) -> None:
    ways = [
        path("from", (0, -100), (0, 0)),
        path("on", (0, 0), (0, 100)),
        path("west", (-100, 0), (0, 0), highway=road),
        path("east", (0, 0), (100, 0), highway=road),
    ]
    assert between(area(ways), "from", "on") == crossing_cost_m(road, {})
    assert between(area([*ways[:3]]), "from", "on") == 0


@pytest.mark.parametrize(("side", "metres"), [("primary", MAIN_CROSSING_M), ("service", 0.0)])
def test_a_road_walked_straight_over_another_crosses_it_but_passes_drives(
    side: str, metres: float
) -> None:
    ways = [
        path("from", (0, -100), (0, 0), highway="residential"),
        path("on", (0, 0), (0, 100), highway="residential"),
        path("west", (-100, 0), (0, 0), highway=side),
        path("east", (0, 0), (100, 0), highway=side),
    ]
    assert between(area(ways), "from", "on") == metres
    assert between(area(ways), "from", "east") == 0


def test_a_path_leaves_a_junction_as_a_walker_sees_it_and_not_as_it_is_drawn() -> None:
    hooked = area([path("hooked", (0, 0), (1, 0), (1, 200), (2, 200), (2, 201))])
    (segment,) = area_segments(hooked).segments
    assert np.degrees(segment["leaving"]) == pytest.approx(90, abs=7)
    assert np.degrees(segment["arriving"]) == pytest.approx(90, abs=7)


def test_two_alleys_that_meet_at_a_road_that_one_may_not_walk_along_cross_it() -> None:
    crossing = Crossing("trunk", at(0, 0), SURVEY)
    ways: list[Path] = [
        replace(path("from", (0, -100), (0, 0)), crossings=(crossing,)),
        replace(path("on", (0, 0), (0, 100)), crossings=(crossing,)),
    ]
    land = area(ways)
    assert between(land, "from", "on") == crossing_cost_m("trunk", {})
    assert calm_weights(land, NONE).crossing_m.tolist() == [0.0, 0.0]


def between(land: Area, one: str, other: str) -> float:
    """Return what is crossed from the last end of one path to the first of another."""
    found, network = roads_crossed(land), land.network
    edges = len(network.path_ids)
    pairs = dict(zip(found.pairs.tolist(), found.metres.tolist(), strict=True))
    key = (network.edge_of(one) + edges) * found.ends + network.edge_of(other)
    return float(pairs.get(key, 0.0))
