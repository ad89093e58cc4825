import gzip
import zipfile
from dataclasses import replace
from pathlib import Path as FilePath

import numpy as np
import pytest
import rasterio
from click.testing import CliRunner
from numpy.typing import NDArray
from pyproj import Transformer
from rasterio.transform import from_origin

from tests.parks.samples import CROSS, EAST, NORTH, document
from walktalk.cli import main
from walktalk.parks import (
    Area,
    ParkDataError,
    area_to_geojson,
    load_area,
    read_area,
    write_area,
)
from walktalk.parks.height_files import OS_TERRAIN_50_ERROR_M, SRTM_ERROR_M, open_all, open_heights
from walktalk.parks.heights import with_heights

WEST, TOP = -2.08, 51.91  # the north-west corner of the grids written here
CELL = 0.0002  # degrees, about 22 m from south to north


def _sloping(size: int = 200) -> NDArray[np.float32]:
    """Heights that rise by one metre a cell from north to south, the same west to east."""
    return np.repeat(np.arange(size, dtype=np.float32)[:, None], size, axis=1)


def _tiff(path: FilePath, heights: NDArray[np.float32]) -> FilePath:
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        height=heights.shape[0],
        width=heights.shape[1],
        count=1,
        dtype="float32",
        crs="EPSG:4326",
        transform=from_origin(WEST, TOP, CELL, CELL),
        nodata=-9999,
    ) as dataset:
        dataset.write(heights, 1)
    return path


def _area() -> Area:
    return read_area(document())


def test_heights_between_grid_points_are_bilinear(tmp_path: FilePath) -> None:
    model = open_heights(_tiff(tmp_path / "dem.tif", _sloping()), error_m=0.2)
    lats = np.array([51.9005, 51.90051, 51.9])
    heights = model.at(np.column_stack([np.full(3, -2.07), lats]))
    assert heights == pytest.approx((TOP - lats) / CELL - 0.5, abs=1e-3)


def test_a_slope_gives_its_gradient_climb_and_error(tmp_path: FilePath) -> None:
    model = open_heights(_tiff(tmp_path / "dem.tif", _sloping()), error_m=0.2)
    area, summary = with_heights(_area(), [model])
    north, east = area.paths["path-01"], area.paths["path-02"]
    drop = 0.001 / CELL
    assert north.facts["descent_m"] == pytest.approx(drop, abs=0.3)
    assert north.facts["climb_m"] == 0
    assert north.facts["gradient_pct"] == pytest.approx(100 * drop / north.length_m, abs=0.2)
    assert north.facts["gradient_error_pct"] == pytest.approx(
        2 * 0.2 * 2**0.5 / 22.3 * 100, abs=0.1
    )
    assert north.facts["height_error_m"] == 0.2
    assert east.facts["gradient_pct"] == 0
    assert north.sources["gradient_pct"].title == "Heights from dem.tif"
    assert (summary.filled, summary.unknown) == (2, 0)


def test_a_gradient_that_somebody_recorded_stays(tmp_path: FilePath) -> None:
    area = _area()
    path = area.paths["path-01"]
    path = replace(
        path,
        facts={**path.facts, "gradient_pct": 7.0},
        sources={**path.sources, "gradient_pct": path.sources["geometry"]},
    )
    area = replace(area, paths={**area.paths, path.id: path})
    model = open_heights(_tiff(tmp_path / "dem.tif", _sloping()), error_m=0.2)
    filled, summary = with_heights(area, [model])
    assert filled.paths["path-01"].facts["gradient_pct"] == 7.0
    assert "gradient_error_pct" not in filled.paths["path-01"].facts
    assert summary.kept == 1


def test_each_point_of_a_line_gets_the_height_the_model_gives_there(tmp_path: FilePath) -> None:
    model = open_heights(_tiff(tmp_path / "dem.tif", _sloping()), error_m=0.2)
    area, _ = with_heights(_area(), [model])
    path = area.paths["path-01"]
    given = model.at(np.array(path.coordinates))
    assert path.heights_m == tuple(round(height, 1) for height in given.tolist())
    assert path.sources["heights_m"].title == "Heights from dem.tif"
    assert path.facts["height_error_m"] == 0.2
    assert read_area(area_to_geojson(area)) == area


def test_a_path_half_in_a_void_keeps_the_heights_there_are_and_no_gradient(
    tmp_path: FilePath,
) -> None:
    heights = _sloping()
    heights[44:47, :] = -9999
    model = open_heights(_tiff(tmp_path / "dem.tif", heights), error_m=0.2)
    area, summary = with_heights(_area(), [model])
    path = area.paths["path-01"]
    assert [height is None for height in path.heights_m or ()] == [False, True]
    assert "gradient_pct" not in path.facts
    assert path.facts["height_error_m"] == 0.2
    assert summary.unknown >= 1


def test_heights_that_somebody_measured_stay(tmp_path: FilePath) -> None:
    area = _area()
    path = area.paths["path-01"]
    sources = {**path.sources, "heights_m": path.sources["geometry"]}
    path = replace(path, heights_m=(60.0, None), sources=sources)
    area = replace(area, paths={**area.paths, path.id: path})
    model = open_heights(_tiff(tmp_path / "dem.tif", _sloping()), error_m=0.2)
    filled, _ = with_heights(area, [model])
    assert filled.paths["path-01"].heights_m == (60.0, None)
    assert filled.paths["path-01"].sources["heights_m"].id == "survey"


@pytest.mark.parametrize("fact", ["bridge", "tunnel"])
def test_a_bridge_or_a_tunnel_stays_unknown(tmp_path: FilePath, fact: str) -> None:
    area = _area()
    path = replace(area.paths["path-01"], facts={fact: "yes"})
    area = replace(area, paths={**area.paths, path.id: path})
    model = open_heights(_tiff(tmp_path / "dem.tif", _sloping()), error_m=0.2)
    filled, summary = with_heights(area, [model])
    assert "gradient_pct" not in filled.paths["path-01"].facts
    assert filled.paths["path-01"].heights_m is None
    assert summary.unknown == 2  # so does the path that leads to it


def test_a_void_or_a_path_outside_the_model_stays_unknown(tmp_path: FilePath) -> None:
    heights = _sloping()
    heights[40:60, :] = -9999
    model = open_heights(_tiff(tmp_path / "dem.tif", heights), error_m=0.2)
    filled, summary = with_heights(_area(), [model])
    assert "gradient_pct" not in filled.paths["path-01"].facts
    assert summary.unknown == 2
    far = open_heights(_tiff(tmp_path / "far.tif", _sloping(10)), error_m=0.2)
    assert with_heights(_area(), [far])[1].unknown == 2


def test_where_one_model_ends_the_next_is_asked(tmp_path: FilePath) -> None:
    small = open_heights(_tiff(tmp_path / "small.tif", _sloping(10)), error_m=0.1)
    large = open_heights(_tiff(tmp_path / "large.tif", _sloping()), error_m=0.5)
    area, summary = with_heights(_area(), [small, large])
    assert summary.filled == 2
    assert area.paths["path-01"].facts["height_error_m"] == 0.5


def test_srtm_states_an_error_that_proves_nothing_gentle(tmp_path: FilePath) -> None:
    tile = tmp_path / "N51W003.hgt"
    np.full((1201, 1201), 60, dtype=">i2").tofile(tile)
    area, _ = with_heights(_area(), [open_heights(tile)])
    facts = area.paths["path-01"].facts
    assert facts["gradient_pct"] == 0
    assert facts["height_error_m"] == SRTM_ERROR_M
    assert float(facts["gradient_error_pct"]) > 5
    with zipfile.ZipFile(tmp_path / "N51W003.hgt.zip", "w") as packed:
        packed.write(tile, "N51W003.hgt")
    zipped, _ = with_heights(_area(), [open_heights(tmp_path / "N51W003.hgt.zip")])
    assert zipped.paths == area.paths


def test_os_terrain_50_tiles_are_british_grid(tmp_path: FilePath) -> None:
    east, north = Transformer.from_crs(4326, 27700, always_xy=True).transform(*CROSS)
    left, bottom = round(east, -3) - 1000, round(north, -3) - 1000
    rows = "\n".join(" ".join(str(row) for _ in range(60)) for row in range(60))
    header = f"ncols 60\nnrows 60\nxllcorner {left}\nyllcorner {bottom}\ncellsize 50\n"
    (tmp_path / "so92.asc").write_text(header + rows + "\n")
    area, _ = with_heights(_area(), [open_heights(tmp_path / "so92.asc")])
    facts = area.paths["path-01"].facts
    assert facts["gradient_pct"] == pytest.approx(2.0, abs=0.2)
    assert facts["height_error_m"] == OS_TERRAIN_50_ERROR_M


def _gpx(path: FilePath, heights: tuple[float, float, float] | None) -> FilePath:
    points = [NORTH, CROSS, EAST]
    rows = [
        f'<trkpt lat="{lat}" lon="{lon}">{f"<ele>{heights[i]}</ele>" if heights else ""}</trkpt>'
        for i, (lon, lat) in enumerate(points)
    ]
    path.write_text(
        '<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
        + "".join(rows)
        + "</trkseg></trk></gpx>"
    )
    return path


def test_a_recorded_track_gives_heights_to_the_paths_it_followed(tmp_path: FilePath) -> None:
    track = open_heights(_gpx(tmp_path / "walk.gpx", (10.0, 5.0, 5.0)), error_m=1.0)
    area, summary = with_heights(_area(), [track])
    assert area.paths["path-01"].facts["climb_m"] == pytest.approx(5, abs=1.1)
    assert summary.filled == 2


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("dem.tif", b"not a picture", "not a file of heights"),
        ("N51W003.hgt", b"short", "not a file of heights"),
        ("tiles.zip", b"not a zip", "not a zip file"),
        ("walk.gpx", b"<gpx", "not a GPX file"),
        ("heights.xyz", b"1 2 3", "accepted are"),
    ],
)
def test_what_is_no_file_of_heights_is_refused_by_name(
    tmp_path: FilePath, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ParkDataError, match=reason) as refusal:
        open_heights(tmp_path / name, error_m=1.0)
    assert name in str(refusal.value)


def test_a_track_without_heights_is_refused(tmp_path: FilePath) -> None:
    with pytest.raises(ParkDataError, match="no heights"):
        open_heights(_gpx(tmp_path / "flat.gpx", None), error_m=1.0)


@pytest.mark.parametrize("void", [-32768.0, -9999.5, 0.0, 3.4e38])
def test_a_void_that_nobody_declared_is_unknown_and_counted(
    tmp_path: FilePath, void: float
) -> None:
    heights = _sloping() + 100
    heights[:, 55:] = void
    model = open_heights(_tiff(tmp_path / "dem.tif", heights), error_m=0.2)
    area, summary = with_heights(_area(), [model])
    assert "gradient_pct" not in area.paths["path-02"].facts  # it leads into the void
    assert summary.left_out > 0
    found = model.at(np.array([(-2.0795, 51.905), (-2.06901, 51.905), (-2.06, 51.905)]))
    assert np.isnan(found).tolist() == [False, True, True]


def test_a_model_of_nothing_but_zeros_knows_nothing(tmp_path: FilePath) -> None:
    model = open_heights(_tiff(tmp_path / "dem.tif", _sloping() * 0), error_m=0.2)
    _, summary = with_heights(_area(), [model])
    assert (summary.filled, summary.unknown) == (0, 2)
    assert summary.left_out > 0


def test_land_below_the_sea_keeps_its_heights(tmp_path: FilePath) -> None:
    model = open_heights(_tiff(tmp_path / "dem.tif", _sloping() * 0 - 3), error_m=0.2)
    assert model.at(np.array([CROSS])).tolist() == [-3.0]


def _track(path: FilePath, *segments: str) -> FilePath:
    inside = "".join(f"<trkseg>{points}</trkseg>" for points in segments)
    path.write_text(f'<gpx version="1.1" creator="x"><trk>{inside}</trk></gpx>')
    return path


def _points(first: int, last: int, height: float = 50.0) -> str:
    """Points of a track to the north, about 11 m apart, first and last by number."""
    lats = (51.9 + number / 10_000 for number in range(first, last + 1))
    return "".join(
        f'<trkpt lat="{lat:.6f}" lon="-2.07"><ele>{height}</ele></trkpt>' for lat in lats
    )


@pytest.mark.parametrize("in_one_segment", [True, False])
def test_a_gap_in_a_recorded_track_stays_a_gap(tmp_path: FilePath, in_one_segment: bool) -> None:
    parts = _points(0, 3), _points(9, 11)
    segments = ("".join(parts),) if in_one_segment else parts
    model = open_heights(_track(tmp_path / "walk.gpx", *segments), error_m=1.0)
    found = model.at(np.array([(-2.07, 51.9001), (-2.07, 51.9006), (-2.07, 51.90095)]))
    assert np.isnan(found).tolist() == [False, True, False]
    area, _ = with_heights(_area(), [model])
    assert "gradient_pct" not in area.paths["path-01"].facts


def test_a_void_in_a_recorded_track_is_unknown_and_counted(tmp_path: FilePath) -> None:
    parts = _points(0, 2), _points(3, 6, -32768), _points(7, 11)
    model = open_heights(_track(tmp_path / "walk.gpx", "".join(parts)), error_m=1.0)
    assert model.left_out == 4
    found = model.at(np.array([(-2.07, 51.9001), (-2.07, 51.90045), (-2.07, 51.9009)]))
    assert np.isnan(found).tolist() == [False, True, False]


def test_the_tiles_of_one_model_are_one_surface(tmp_path: FilePath) -> None:
    rising = np.tile(np.arange(60, dtype=float) + 30, (60, 1))
    for name, east, part in (("west", 0, rising[:, :30]), ("EAST", 1500, rising[:, 30:])):
        rows = "\n".join(" ".join(f"{value:.1f}" for value in row) for row in part)
        head = f"ncols 30\nnrows 60\nxllcorner {393200 + east}\nyllcorner 221900\ncellsize 50\n"
        (tmp_path / f"{name}.{'ASC' if name == 'EAST' else 'asc'}").write_text(head + rows)
    files = [tmp_path / "west.asc", tmp_path / "EAST.ASC"]
    seam = Transformer.from_crs(27700, 4326, always_xy=True).transform(394_700, 222_500)
    apart = [open_heights(file).at(np.array([seam])) for file in files]
    assert np.isnan(apart).all()
    (model,) = open_all(files)
    assert model.at(np.array([seam])) == pytest.approx([59.5], abs=0.05)


def test_a_tile_may_be_packed_by_gzip(tmp_path: FilePath) -> None:
    heights = np.full((1201, 1201), 50, dtype=">i2").tobytes()
    (tmp_path / "N51W003.hgt.gz").write_bytes(gzip.compress(heights))
    model = open_heights(tmp_path / "N51W003.hgt.gz")
    assert model.at(np.array([CROSS])).tolist() == [50.0]


def test_a_planned_route_is_refused_as_what_it_is(tmp_path: FilePath) -> None:
    route = '<gpx version="1.1" creator="x"><rte><rtept lat="51.9" lon="-2.07"/></rte></gpx>'
    (tmp_path / "plan.gpx").write_text(route)
    with pytest.raises(ParkDataError, match="planned route"):
        open_heights(tmp_path / "plan.gpx", error_m=1.0)


def test_a_file_that_states_no_error_needs_one(tmp_path: FilePath) -> None:
    with pytest.raises(ParkDataError, match="--error"):
        open_heights(_tiff(tmp_path / "dem.tif", _sloping()))


def test_the_command_fills_an_area_file_and_a_dry_run_does_not(tmp_path: FilePath) -> None:
    file = tmp_path / "small-park.geojson"
    write_area(_area(), file)
    dem = _tiff(tmp_path / "dem.tif", _sloping())
    arguments = ["parks", "heights", str(file), str(dem), "--error", "0.2"]
    dry = CliRunner().invoke(main, [*arguments, "--dry-run"])
    assert (dry.exit_code, load_area(file)) == (0, _area())
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert "2 paths with gradients" in result.output
    assert "Heights are known along 2 of its 2 paths." in result.output
    assert "gradient_pct" in load_area(file).paths["path-01"].facts


def test_the_command_names_the_areas_it_knows(tmp_path: FilePath) -> None:
    dem = _tiff(tmp_path / "dem.tif", _sloping())
    result = CliRunner().invoke(main, ["parks", "heights", "nowhere", str(dem), "--error", "1"])
    assert result.exit_code == 2
    assert "pittville-park" in result.stderr
