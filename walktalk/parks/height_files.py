"""Files of heights: SRTM, OS Terrain 50 and GeoTIFF as grids, GPX as recorded tracks."""

import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path as FilePath

from walktalk.parks.errors import ParkDataError
from walktalk.parks.height_grids import Grid, Tile
from walktalk.parks.height_tracks import Track
from walktalk.parks.model import Source
from walktalk.parks.osm.importer import slug

SRTM_ERROR_M = 10.0
"""Relative vertical error of SRTM, 90 % of heights (Farr et al., "The Shuttle Radar Topography
Mission", Reviews of Geophysics 45, 2007, table 1: mission requirement)."""

OS_TERRAIN_50_ERROR_M = 4.0
"""Root mean square error of OS Terrain 50 (Ordnance Survey, OS Terrain 50 overview: grid, 4 m)."""

_ACCEPTED = ".hgt (also as .zip or .gz), .asc, .tif, .tiff and .gpx"


def open_heights(path: FilePath, error_m: float | None = None) -> Grid | Track:
    """Open one file of heights, its ending in any case.

    Args:
        path: SRTM ``.hgt`` (also packed), OS Terrain 50 ``.asc``, GeoTIFF, or a recorded ``.gpx``.
        error_m: vertical error in metres, for a file whose source states none; it goes before
            what is known of SRTM and OS Terrain 50.

    Raises:
        ParkDataError: the file cannot be used, or states no error and none is given.
    """
    if not path.is_file():
        raise ParkDataError(f"{path}: there is no such file")
    kind = path.suffix.lower()
    if kind == ".gz" and FilePath(path.stem).suffix.lower() != ".hgt":
        raise ParkDataError(f"{path}: accepted are {_ACCEPTED}")
    if kind in (".hgt", ".zip", ".gz"):
        source = Source("heights-srtm", "Shuttle Radar Topography Mission", "2000-02")
        stated = SRTM_ERROR_M if error_m is None else error_m
        return Grid([Tile.of(_unpacked(path))], source, stated)
    if kind == ".asc":
        source = Source("heights-os-terrain-50", "OS Terrain 50", _year(path), "OGL-UK-3.0")
        stated = OS_TERRAIN_50_ERROR_M if error_m is None else error_m
        return Grid([Tile.of(str(path))], source, stated)
    if kind not in (".tif", ".tiff", ".gpx"):
        raise ParkDataError(f"{path}: accepted are {_ACCEPTED}")
    if error_m is None:
        raise ParkDataError(
            f"{path}: the file does not state how far its heights may be off: say it in metres "
            "(--error)"
        )
    source = Source(f"heights-{slug(path.stem)}", f"Heights from {path.name}", _year(path))
    if kind == ".gpx":
        return Track(path, source, error_m)
    return Grid([Tile.of(str(path))], source, error_m)


def open_all(paths: Iterable[FilePath], error_m: float | None = None) -> list[Grid | Track]:
    """Open several files of heights; the tiles of one model become one surface.

    Raises:
        ParkDataError: as for ``open_heights``.
    """
    opened: list[Grid | Track] = []
    for path in paths:
        fresh = open_heights(path, error_m)
        number = next((n for n, each in enumerate(opened) if _is_beside(each, fresh)), None)
        if number is None:
            opened.append(fresh)
        else:
            opened[number] = _joined(opened[number], fresh)
    return opened


def _is_beside(known: Grid | Track, fresh: Grid | Track) -> bool:
    return isinstance(known, Grid) and isinstance(fresh, Grid) and known.joins(fresh)


def _joined(known: Grid | Track, fresh: Grid | Track) -> Grid:
    grids = [each for each in (known, fresh) if isinstance(each, Grid)]
    return Grid([tile for each in grids for tile in each.tiles], grids[0].source, grids[0].error_m)


def _unpacked(path: FilePath) -> str:
    """Return what rasterio opens for a tile that may be packed."""
    if path.suffix.lower() == ".gz":
        return f"/vsigzip/{path.resolve()}"
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


def _year(path: FilePath) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()
