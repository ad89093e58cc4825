"""Heights from grids in files, through rasterio; the tiles of one model are one surface."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

from walktalk.parks.errors import ParkDataError
from walktalk.parks.extras import optional
from walktalk.parks.model import Source
from walktalk.parks.plausible import Heights, without_voids

if TYPE_CHECKING:
    from affine import Affine

BRITISH_GRID = CRS.from_epsg(27700)
WGS84 = CRS.from_epsg(4326)
_METRES_A_DEGREE = 111_132.0  # of latitude at 45 degrees (WGS84)
_MIDDLE = 0.5  # of a cell: what its height stands for
_SAME_GRID = 0.01  # of a cell: how exactly the cells of two tiles of one model line up


@dataclass(frozen=True)
class Tile:
    """One file of a grid.

    Attributes:
        name: what rasterio opens.
        crs: the grid's coordinate system.
        transform: from columns and rows to its coordinates.
        width, height: cells.
        spacing_m: how far apart its heights are, in metres.
    """

    name: str
    crs: CRS
    transform: Affine
    width: int
    height: int
    spacing_m: float

    @classmethod
    def of(cls, name: str) -> Tile:
        """Look at a file.

        Raises:
            ParkDataError: it is no grid of heights, or does not say where it lies.
        """
        with _opened(name) as dataset:
            crs = _crs(dataset, name)
            transform = dataset.transform
            if transform.is_degenerate:
                raise ParkDataError(f"{name}: its cells have no size")
            size = dataset.width, dataset.height
            return cls(name, crs, transform, *size, _spacing_m(dataset))

    def offset(self, other: Tile) -> tuple[int, int] | None:
        """Return columns and rows from this tile's corner to another's on the same grid.

        Returns ``None`` where the other lies on another grid.
        """
        mine, theirs = self.transform, other.transform
        cells = (mine.a, mine.b, mine.d, mine.e), (theirs.a, theirs.b, theirs.d, theirs.e)
        if self.crs != other.crs or not np.allclose(cells[0], cells[1]):
            return None
        back = ~mine
        columns = back.a * theirs.c + back.b * theirs.f + back.c
        rows = back.d * theirs.c + back.e * theirs.f + back.f
        aside = max(abs(columns - round(columns)), abs(rows - round(rows)))
        return (round(columns), round(rows)) if aside <= _SAME_GRID else None


class Grid:
    """A grid of heights in one or more tiles, interpolated bilinearly, across their seams too.

    Attributes:
        source: who says so, and when.
        error_m: vertical error in metres.
        spacing_m: how far apart its heights are.
        left_out: how many heights that were looked at cannot be right.

    Args:
        tiles: of one model, the first as good as any.
        source: as above.
        error_m: as above.
        zero_is_void: whether a height of exactly 0 stands for none, however low the land lies.
    """

    def __init__(
        self,
        tiles: Sequence[Tile],
        source: Source,
        error_m: float,
        *,
        zero_is_void: bool = False,
    ) -> None:
        self.source = source
        self.error_m = error_m
        self._zero_is_void = zero_is_void
        first = tiles[0]
        self.spacing_m = first.spacing_m
        self.tiles = tuple(tiles)
        self._to_grid = Transformer.from_crs(WGS84, first.crs, always_xy=True)
        self._voids: set[tuple[int, int]] = set()

    @property
    def left_out(self) -> int:
        """How many of the cells looked at hold a height that cannot be right."""
        return len(self._voids)

    def joins(self, other: Grid) -> bool:
        """Return whether another grid's tiles are of the same model, cell beside cell."""
        return (
            self.source.id == other.source.id
            and self.error_m == other.error_m
            and all(self.tiles[0].offset(tile) is not None for tile in other.tiles)
        )

    def at(self, positions: NDArray[np.float64]) -> Heights:
        """Return heights in metres; NaN outside the grid and where it has a void."""
        x, y = self._to_grid.transform(positions[:, 0], positions[:, 1])
        inverse = ~self.tiles[0].transform
        columns = inverse.a * x + inverse.b * y + inverse.c - _MIDDLE
        rows = inverse.d * x + inverse.e * y + inverse.f - _MIDDLE
        if not np.isfinite(columns).any():
            return np.full(len(positions), np.nan)
        left, top = int(np.floor(np.nanmin(columns))), int(np.floor(np.nanmin(rows)))
        right, bottom = int(np.ceil(np.nanmax(columns))) + 2, int(np.ceil(np.nanmax(rows))) + 2
        grid = self._cells(left, top, right - left, bottom - top)
        if grid is None:
            return np.full(len(positions), np.nan)
        cells, left, top = grid
        places = [rows - top, columns - left]
        from scipy.ndimage import map_coordinates

        return np.asarray(map_coordinates(cells, places, order=1, mode="constant", cval=np.nan))

    def _cells(
        self, left: int, top: int, width: int, height: int
    ) -> tuple[Heights, int, int] | None:
        """Return the cells of a window that tiles cover, and its corner; ``None`` where none do."""
        windows = [
            (tile, window, offset)
            for tile in self.tiles
            if (offset := self.tiles[0].offset(tile)) is not None
            and (window := _overlap(tile, (left, top, width, height), offset)) is not None
        ]
        if not windows:
            return None
        left = min(offset[0] + window.col_off for _, window, offset in windows)
        top = min(offset[1] + window.row_off for _, window, offset in windows)
        right = max(offset[0] + window.col_off + window.width for _, window, offset in windows)
        bottom = max(offset[1] + window.row_off + window.height for _, window, offset in windows)
        cells = np.full((bottom - top, right - left), np.nan)
        for tile, window, offset in windows:
            with _opened(tile.name) as dataset:
                band = dataset.read(1, window=window, masked=True).astype(float)
            row, column = offset[1] + window.row_off - top, offset[0] + window.col_off - left
            part = cells[row : row + window.height, column : column + window.width]
            np.copyto(part, np.ma.filled(band, np.nan), where=np.isnan(part))
        if self._zero_is_void:
            cells[cells == 0] = np.nan
        known, _ = without_voids(cells)
        for row, column in np.argwhere(np.isfinite(cells) & np.isnan(known)).tolist():
            self._voids.add((top + row, left + column))
        return known, left, top


def _overlap(tile: Tile, wanted: tuple[int, int, int, int], offset: tuple[int, int]) -> Any:
    """Return the part of a tile in a window of the grid, in the tile's own cells."""
    left, top, width, height = wanted
    first_column, first_row = max(0, left - offset[0]), max(0, top - offset[1])
    last_column = min(tile.width, left + width - offset[0])
    last_row = min(tile.height, top + height - offset[1])
    if first_column >= last_column or first_row >= last_row:
        return None
    across, down = last_column - first_column, last_row - first_row
    return _rasterio().windows.Window(first_column, first_row, across, down)


def _rasterio() -> Any:
    return optional("rasterio", "heights", "Reading height models")


@contextmanager
def _opened(name: str) -> Iterator[Any]:
    rasterio = _rasterio()
    try:
        with rasterio.open(name) as dataset:
            yield dataset
    except rasterio.errors.RasterioError as error:
        raise ParkDataError(f"{name}: not a file of heights, or a damaged one: {error}") from error


def _crs(dataset: Any, name: str) -> CRS:
    """Return the grid's coordinate system; OS Terrain 50 tiles name none and are British."""
    try:
        if dataset.crs is not None:
            return CRS.from_wkt(dataset.crs.to_wkt())
    except ProjError as error:
        raise ParkDataError(f"{name}: nobody knows the grid its heights lie in") from error
    if name.lower().endswith(".asc"):
        return BRITISH_GRID
    raise ParkDataError(f"{name}: the file does not say where its heights lie")


def _spacing_m(dataset: Any) -> float:
    """Return how far apart the grid's heights are, in metres."""
    across = abs(float(dataset.res[1]))
    is_degrees = dataset.crs is not None and dataset.crs.is_geographic
    return across * _METRES_A_DEGREE if is_degrees else across
