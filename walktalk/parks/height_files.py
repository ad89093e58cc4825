"""Height models from files: SRTM, OS Terrain 50, GeoTIFF through rasterio; tracks through gpxpy."""

import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path as FilePath
from typing import Any

import gpxpy
import numpy as np
import rasterio
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from rasterio.errors import RasterioError
from rasterio.windows import Window
from scipy.ndimage import map_coordinates

from walktalk.parks.errors import ParkDataError
from walktalk.parks.heights import Heights, HeightSource
from walktalk.parks.line import Line
from walktalk.parks.model import Source
from walktalk.parks.osm.importer import slug
from walktalk.parks.plane import Plane

SRTM_ERROR_M = 10.0
"""Relative vertical error of SRTM, 90 % of heights (Farr et al., "The Shuttle Radar Topography
Mission", Reviews of Geophysics 45, 2007, table 1: mission requirement)."""

OS_TERRAIN_50_ERROR_M = 4.0
"""Root mean square error of OS Terrain 50 (Ordnance Survey, OS Terrain 50 overview: grid, 4 m)."""

TRACK_WITHIN_M = 15.0
"""A recorded track tells the height of a path this close: what satellites are off by at worst."""

BRITISH_GRID = CRS.from_epsg(27700)
WGS84 = CRS.from_epsg(4326)
_METRES_A_DEGREE = 111_132.0  # of latitude at 45 degrees (WGS84)
_MIDDLE = 0.5  # of a cell: what its height stands for
_ACCEPTED = ".hgt, .hgt.zip, .zip, .asc, .tif, .tiff and .gpx"


def open_heights(path: FilePath, error_m: float | None = None) -> HeightSource:
    """Open one file of heights.

    Args:
        path: SRTM ``.hgt`` (also zipped), OS Terrain 50 ``.asc``, GeoTIFF, or a recorded ``.gpx``.
        error_m: vertical error in metres, for a file whose source states none; it goes before
            what is known of SRTM and OS Terrain 50.

    Raises:
        ParkDataError: the file cannot be used, or states no error and none is given.
    """
    if not path.is_file():
        raise ParkDataError(f"{path}: there is no such file")
    kind = path.suffix.lower()
    if kind in (".hgt", ".zip"):
        source = Source("heights-srtm", "Shuttle Radar Topography Mission", "2000-02")
        return _Raster(_inside_zip(path), source, SRTM_ERROR_M if error_m is None else error_m)
    if kind == ".asc":
        source = Source("heights-os-terrain-50", "OS Terrain 50", _year(path), "OGL-UK-3.0")
        stated = OS_TERRAIN_50_ERROR_M if error_m is None else error_m
        return _Raster(str(path), source, stated)
    if kind not in (".tif", ".tiff", ".gpx"):
        raise ParkDataError(f"{path}: accepted are {_ACCEPTED}")
    if error_m is None:
        raise ParkDataError(
            f"{path}: the file does not state how far its heights may be off: say it in metres "
            "(--error)"
        )
    source = Source(f"heights-{slug(path.stem)}", f"Heights from {path.name}", _year(path))
    return _Track(path, source, error_m) if kind == ".gpx" else _Raster(str(path), source, error_m)


class _Raster:
    """A grid of heights, read where it is asked for, interpolated bilinearly."""

    def __init__(self, name: str, source: Source, error_m: float) -> None:
        self._name = name
        self.source = source
        self.error_m = error_m
        with _opened(name) as dataset:
            self._to_grid = Transformer.from_crs(WGS84, _crs(dataset, name), always_xy=True)
            self.spacing_m = _spacing_m(dataset)

    def at(self, positions: NDArray[np.float64]) -> Heights:
        """Return heights in metres; NaN outside the grid and where it has a void."""
        x, y = self._to_grid.transform(positions[:, 0], positions[:, 1])
        with _opened(self._name) as dataset:
            grid_of = ~dataset.transform
            columns = grid_of.a * x + grid_of.b * y + grid_of.c - _MIDDLE
            rows = grid_of.d * x + grid_of.e * y + grid_of.f - _MIDDLE
            window = _window(rows, columns, dataset)
            if window is None:
                return np.full(len(positions), np.nan)
            band = dataset.read(1, window=window, masked=True)
        grid = np.ma.filled(band.astype(float), np.nan)
        return np.asarray(
            map_coordinates(
                grid,
                [rows - window.row_off, columns - window.col_off],
                order=1,
                mode="constant",
                cval=np.nan,
            )
        )


class _Track:
    """The heights along a recorded track."""

    spacing_m = 0.0

    def __init__(self, path: FilePath, source: Source, error_m: float) -> None:
        self.source = source
        self.error_m = error_m
        points = _track_points(path)
        self._plane = Plane.around((lon, lat) for lon, lat, _ in points)
        self._measured = Line.of([(lon, lat) for lon, lat, _ in points])
        self._line = shapely.LineString(self._plane.to_metres(np.array(self._measured.positions)))
        self._heights = np.array([height for _, _, height in points])

    def at(self, positions: NDArray[np.float64]) -> Heights:
        """Return heights in metres; NaN farther from the track than ``TRACK_WITHIN_M``."""
        points = shapely.points(self._plane.to_metres(positions))
        heights = self._measured.values_at(self._line.project(points), self._heights)
        return np.where(self._line.distance(points) <= TRACK_WITHIN_M, heights, np.nan)


def _track_points(path: FilePath) -> list[tuple[float, float, float]]:
    try:
        gpx = gpxpy.parse(path.read_text(encoding="utf-8"))
    except (gpxpy.gpx.GPXException, OSError, ValueError) as error:
        raise ParkDataError(f"{path}: not a GPX file, or a damaged one: {error}") from error
    points = [
        (point.longitude, point.latitude, point.elevation)
        for track in gpx.tracks
        for segment in track.segments
        for point in segment.points
        if point.elevation is not None
    ]
    if len(points) < 2:  # noqa: PLR2004 - a line has two ends
        raise ParkDataError(f"{path}: its track has no heights")
    return points


@contextmanager
def _opened(name: str) -> Iterator[Any]:
    try:
        with rasterio.open(name) as dataset:
            yield dataset
    except RasterioError as error:
        raise ParkDataError(f"{name}: not a file of heights, or a damaged one: {error}") from error


def _inside_zip(path: FilePath) -> str:
    if path.suffix.lower() != ".zip":
        return str(path)
    try:
        names = zipfile.ZipFile(path).namelist()
    except zipfile.BadZipFile as error:
        raise ParkDataError(f"{path}: not a zip file, or a damaged one") from error
    tiles = [name for name in names if name.lower().endswith(".hgt")]
    if len(tiles) != 1:
        raise ParkDataError(f"{path}: accepted is a zip file with one .hgt tile in it")
    return f"zip://{path.resolve()}!{tiles[0]}"


def _crs(dataset: Any, name: str) -> CRS:
    """Return the grid's coordinate system; OS Terrain 50 tiles name none and are British."""
    if dataset.crs is not None:
        return CRS.from_wkt(dataset.crs.to_wkt())
    if name.lower().endswith(".asc"):
        return BRITISH_GRID
    raise ParkDataError(f"{name}: the file does not say where its heights lie")


def _spacing_m(dataset: Any) -> float:
    """Return how far apart the grid's heights are, in metres."""
    across = abs(float(dataset.res[1]))
    is_degrees = dataset.crs is not None and dataset.crs.is_geographic
    return across * _METRES_A_DEGREE if is_degrees else across


def _window(rows: Heights, columns: Heights, dataset: Any) -> Window | None:
    """Return the part of the grid that some positions need, ``None`` when all lie outside."""
    first_row, last_row = _span(rows, dataset.height)
    first_column, last_column = _span(columns, dataset.width)
    if first_row >= last_row or first_column >= last_column:
        return None
    return Window(first_column, first_row, last_column - first_column, last_row - first_row)


def _span(cells: Heights, size: int) -> tuple[int, int]:
    finite = cells[np.isfinite(cells)]
    if not len(finite):
        return 0, 0
    return max(0, int(np.floor(finite.min()))), min(size, int(np.ceil(finite.max())) + 2)


def _year(path: FilePath) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()


def open_all(paths: Iterable[FilePath], error_m: float | None = None) -> list[HeightSource]:
    """Open several files of heights; see ``open_heights``."""
    return [open_heights(path, error_m) for path in paths]
