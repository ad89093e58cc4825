import json

import pytest

from tests.maps.meadow import walk_round
from walktalk.maps import FORMATS


def test_keys_addresses_and_file_names_are_all_different() -> None:
    walk = walk_round()
    for names in (
        [each.key for each in FORMATS.values()],
        [each.address for each in FORMATS.values()],
        [each.file_name(walk) for each in FORMATS.values()],
        [each.label for each in FORMATS.values()],
    ):
        assert len(set(names)) == len(FORMATS)


@pytest.mark.parametrize("key", FORMATS)
def test_every_format_says_how_to_load_it_in_three_short_steps(key: str) -> None:
    steps = FORMATS[key].steps
    assert len(steps) == 3
    for step in steps:
        assert all(len(sentence.split()) <= 20 for sentence in step.split(". "))
        assert "!" not in step


def test_the_common_files_come_first_under_their_stable_names() -> None:
    everyday = [each.address for each in FORMATS.values() if each.everyday]
    assert everyday == ["walk-silent.fit", "walk.fit", "walk.gpx"]
    assert [each.address for each in FORMATS.values()][: len(everyday)] == everyday


def test_geojson_gives_the_line_first_and_then_points_with_their_distance() -> None:
    walk = walk_round()
    collection = json.loads(FORMATS["geojson"].write(walk))
    line, *points = collection["features"]
    assert line["geometry"]["type"] == "LineString"
    assert line["properties"]["length_m"] == pytest.approx(walk.route.length_m, abs=0.1)
    assert points[0]["properties"]["kind"] == "start"
    assert all(p["geometry"]["type"] == "Point" for p in points)
