import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.maps.meadow import walk_round
from walktalk.maps import walk_map
from walktalk.maps.tiles import LEAST_ZOOM, MOST_ZOOM, StreetMap, is_shown, tile_at

PARK = (-2.075, 51.908, -2.065, 51.914)
zooms = st.integers(LEAST_ZOOM, MOST_ZOOM)


def test_the_tiles_are_numbered_as_everybody_numbers_them() -> None:
    assert tile_at(0.0, 0.0, 1) == (1, 1)
    assert tile_at(-0.1276, 51.5072, 10) == (511, 340)


@given(st.floats(PARK[0], PARK[2]), st.floats(PARK[1], PARK[3]), zooms)
def test_every_tile_of_the_park_is_shown(lon: float, lat: float, z: int) -> None:
    assert is_shown(PARK, z, *tile_at(lon, lat, z))


@given(st.integers(0, 400), st.integers(), st.integers())
def test_tiles_that_are_shown_are_few_and_near(z: int, x: int, y: int) -> None:
    if is_shown(PARK, z, x, y):
        near_x, near_y = tile_at(-2.07, 51.911, z)
        most = 2 ** (z - LEAST_ZOOM)
        assert abs(x - near_x) <= most
        assert abs(y - near_y) <= most


@pytest.mark.parametrize("z", [0, LEAST_ZOOM - 1, MOST_ZOOM + 1, 30])
def test_other_zooms_are_not_shown(z: int) -> None:
    assert not is_shown(PARK, z, *tile_at(-2.07, 51.911, z))


@pytest.mark.parametrize(("lon", "lat"), [(-2.2, 51.91), (-2.07, 52.0), (0.0, 0.0)])
def test_tiles_elsewhere_are_not_shown(lon: float, lat: float) -> None:
    assert not is_shown(PARK, 16, *tile_at(lon, lat, 16))


def test_tiles_lie_above_the_drawn_water_and_roads_and_below_the_paths() -> None:
    walk = walk_round()
    plain = walk_map(walk).script
    assert "L.tileLayer" not in plain
    script = walk_map(walk, StreetMap("/here/tiles/{z}/{x}/{y}.png", "Ann")).script
    assert '"/here/tiles/{z}/{x}/{y}.png"' in script
    for each in (plain, script):
        drawn = json.loads(re.findall(r"walkMap\(map_walk, (.*)\);", each)[0])
        assert re.findall(r'class="([a-z-]+)"', drawn["ground"]) == [
            "ground-water",
            "ground-street",
        ]
        assert re.findall(r'class="([a-z-]+)"', drawn["paths"]) == ["ground-path"]
