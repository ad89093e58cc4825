"""What not everybody installs is missed with a sentence that says how to install it."""

import sys
from pathlib import Path

import pytest

from tests.parks.osm.files import write_osm
from walktalk.parks import ParkDataError, import_osm
from walktalk.parks.extras import optional
from walktalk.parks.height_files import open_heights


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without the libraries of the optional parts."""
    for library in ("osmium", "rasterio"):
        monkeypatch.setitem(sys.modules, library, None)
    optional.cache_clear()


@pytest.mark.usefixtures("bare")
def test_an_extract_without_osmium_says_what_to_install(tmp_path: Path) -> None:
    town = write_osm(tmp_path / "town.osm", {1: (-2.0, 51.9)}, {})
    with pytest.raises(ParkDataError, match=r"Reading extracts needs osmium.*walktalk\[osm\]"):
        import_osm(town)


@pytest.mark.usefixtures("bare")
def test_a_height_model_without_rasterio_says_what_to_install(tmp_path: Path) -> None:
    grid = tmp_path / "grid.asc"
    grid.write_text("ncols 1")
    with pytest.raises(ParkDataError, match=r"height models needs rasterio.*walktalk\[heights\]"):
        open_heights(grid)
