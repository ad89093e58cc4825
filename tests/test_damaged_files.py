"""No damaged file, of whatever kind, is answered by anything but a sentence."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzzing import Kind, damaged, kinds, try_to_read

NAMES = (
    *("walk.gpx", "walk.tcx", "walk.kml", "track.kml", "walk.geojson", "walk.fit", "walk.kmz"),
    *("walk.zip", "walk.gpx.gz", "town.osm", "town.osm.gz", "town.osm.pbf", "town.json"),
    *("small-park.geojson", "heights.gpx", "tile.asc", "tile.tif"),
)


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Kind]:
    found = kinds(tmp_path_factory.mktemp("whole"))
    assert tuple(found) == NAMES
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_undamaged_file_is_read(
    name: str, every_kind: Mapping[str, Kind], tmp_path: Path
) -> None:
    assert try_to_read(every_kind[name], every_kind[name].whole, tmp_path)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
@pytest.mark.slow
def test_a_damaged_file_is_read_or_refused_in_a_sentence(
    name: str, every_kind: Mapping[str, Kind], tmp_path: Path, seed: int
) -> None:
    try_to_read(every_kind[name], damaged(every_kind[name], seed), tmp_path)
