"""What was given an id before keeps it, or what was seen there is laid on what is there now."""

from datetime import date

import pytest
import shapely

from tools.build_parks.given import SAME_WITHIN_M, GivenIds
from tools.build_parks.ways import TOWN
from walktalk.parks import LonLat, load_areas
from walktalk.parks.geodesy import length_m
from walktalk.parks.observed import Observation, placed_on
from walktalk.resources import shipped_parks

AREAS = load_areas(shipped_parks())
GIVEN = GivenIds.read().paths
_SIMPLIFIED_M = 0.5
"""The file of ids keeps lines to 0.3 m, and their points to 0.1 m."""
SHORT_M = 10.0
"""What was seen on so short a path may lie on none today: it is set apart, and told so."""


def flat(line: tuple[LonLat, ...]) -> shapely.LineString:
    (found,) = TOWN.flat([shapely.LineString(line)])
    return found


@pytest.mark.parametrize("area_id", GIVEN)
def test_an_id_that_was_given_never_means_another_path(area_id: str) -> None:
    area = AREAS[area_id]
    for path_id, line in GIVEN[area_id].items():
        if path_id in area.paths:
            away = flat(area.paths[path_id].coordinates).hausdorff_distance(flat(line))
            assert away <= SAME_WITHIN_M + _SIMPLIFIED_M


@pytest.mark.parametrize("area_id", GIVEN)
def test_what_was_seen_on_a_path_that_has_gone_is_told_of_the_paths_that_lie_there(
    area_id: str,
) -> None:
    area = AREAS[area_id]
    for path_id, line in GIVEN[area_id].items():
        seen = Observation(
            "1", path_id, line, 0.0, length_m(line), "steps", "no", date(2026, 11, 1), "Ada"
        )
        there = placed_on(area, [seen])
        if there == [seen] and length_m(line) < SHORT_M:
            continue
        assert {each.path_id for each in there} <= set(area.paths)
        assert sum(length_m(each.line) for each in there) >= 0.8 * length_m(line)
