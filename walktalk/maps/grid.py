"""British grid references, to read out to somebody who asks where you are."""

from functools import cache

from pyproj import Transformer

from walktalk.parks import LonLat

_SQUARE_M = 100_000
_DIGIT_M = 10
"""Four figures each way name a square of 10 m. pyproj's shift to the British datum (OSGB36) is
good to about 5 m where its finer grid is not installed, so more figures would say too much."""
_ROW = 5
_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
"""The grid's alphabet, without I."""
_FALSE_ORIGIN_SQUARES = (10, 5)
"""Squares of 100 km from the corner of square AA to the grid's false origin, east and north."""
_SQUARES_UP = 19
"""Rows of 100 km squares below the row of AA's, counted from the false origin's row."""


def grid_reference(position: LonLat) -> str:
    """Return an eight-figure British grid reference, such as "SO 9531 2290"; "" outside Britain.

    Letters as in Ordnance Survey's "A guide to coordinate systems in Great Britain", section 7.
    """
    east, north = _to_grid().transform(*position)
    if not (0 <= east < 7 * _SQUARE_M and 0 <= north < 13 * _SQUARE_M):
        return ""
    across = int(east // _SQUARE_M) + _FALSE_ORIGIN_SQUARES[0]
    down = _SQUARES_UP - int(north // _SQUARE_M)
    first = _LETTERS[(down // _ROW) * _ROW + across // _ROW]
    second = _LETTERS[(down % _ROW) * _ROW + across % _ROW]
    figures = (int(part % _SQUARE_M // _DIGIT_M) for part in (east, north))
    return " ".join((first + second, *(f"{figure:04d}" for figure in figures)))


@cache
def _to_grid() -> Transformer:
    return Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
