"""Heights of the ground in England, from the Environment Agency's LIDAR model of 1 m.

Asked over its Web Coverage Service 2.0.1 (OGC 09-110r4), one square kilometre at a time, and only
those that an area's paths lie in. It knows no deck of a bridge, no floor of an underpass and no
steps. Positions are turned to its grid without the OSTN15 table: good to about 2 m (EPSG:1314).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from http import HTTPStatus
from json import JSONDecodeError, loads
from typing import Any

import numpy as np
from pyproj import Transformer

from walktalk.files import write_whole
from walktalk.parks.asking import Answer, Online, answer_of
from walktalk.parks.errors import ParkDataError
from walktalk.parks.extras import optional
from walktalk.parks.height_grids import BRITISH_GRID, WGS84, Grid, Tile
from walktalk.parks.heights import HeightsSummary, with_heights
from walktalk.parks.model import Area, Source

COVERAGE = "Lidar_Composite_Elevation_DTM_1m"
"""How the coverage's id ends; its beginning may change, and is asked for."""

ERROR_M = 0.15
"""Vertical accuracy as the Environment Agency states it: root mean square error."""

SOURCE = Source(
    "heights-lidar-1m",
    "Environment Agency LIDAR Composite DTM 1 m, © Environment Agency copyright and/or database "
    "right 2022. All rights reserved",
    "2000/2022",
    "OGL-UK-3.0",
    "https://environment.data.gov.uk/survey",
)

SQUARE_M = 1000
"""A square is answered with about 4 MB."""

MOST_SQUARES = 60
"""No park has more; a whole town is not asked for at once."""

ENVELOPE = (80_000, 4_000, 656_000, 665_000)
"""West, south, east, north of what the service answers, metres on the British grid."""

_MARGIN_M = 40.0  # a window reaches so far beyond a path, and a height lies between four others
_STEP_M = 20.0
_TIFF = (b"MM\x00*", b"II*\x00", b"MM\x00+", b"II+\x00")
_MOST_SAID = 200  # characters of a server's own words

Step = Callable[[str], object]
Square = tuple[int, int]
"""East and north of a square's corner in the south-west, metres on the British grid."""


@dataclass(frozen=True)
class _Model:
    server: Online
    coverage: str

    def square(self, square: Square) -> Tile:
        """Return a square's heights, kept or asked for.

        Raises:
            ParkDataError: the server does not send them whole.
        """
        east, north = square
        file = (
            self.server.cache
            / f"{re.sub(r'[^0-9A-Za-z_-]', '-', self.coverage)}-{east}-{north}.tif"
        )
        if not file.is_file():
            body = _heights_in(_ask(self, square), self.server)
            _require_whole(body, square, self.server)
            write_whole(file, body)
        return Tile.of(str(file))


def with_slopes(area: Area, server: Online, step: Step) -> tuple[Area, HeightsSummary]:
    """Return an area with its slopes measured; see ``lidar_heights`` and ``with_heights``."""
    heights = lidar_heights(area, server, step)
    step("Measuring along every path")
    return with_heights(area, [heights])


def lidar_heights(area: Area, server: Online, step: Step) -> Grid:
    """Ask for the squares that an area's paths lie in; squares that are kept are not asked again.

    Args:
        area: the area.
        server: the Web Coverage Service.
        step: called with what is being done.

    Raises:
        ParkDataError: the area is not in England, or the server does not send what it should.
    """
    squares = squares_of(area)
    step(f"Asking {server.host} which heights it has")
    model = _Model(server, _coverage(server))
    tiles = []
    for number, square in enumerate(squares, 1):
        step(f"Square {number} of {len(squares)}")
        tiles.append(model.square(square))
    return Grid(tiles, SOURCE, ERROR_M, zero_is_void=True)


def squares_of(area: Area) -> Sequence[Square]:
    """Return the squares that an area's paths lie in, south-west first.

    Raises:
        ParkDataError: the area lies where the model has nothing, or it is larger than any park.
    """
    points = np.array(
        [
            p
            for path in area.paths.values()
            for p in path.line.points_at(path.line.evenly_m(_STEP_M))
        ]
    )
    to_grid = Transformer.from_crs(WGS84, BRITISH_GRID, always_xy=True)
    east, north = to_grid.transform(points[:, 0], points[:, 1])
    west, south, right, top = ENVELOPE
    inside = np.isfinite(east) & (east > west + SQUARE_M) & (east < right - SQUARE_M)
    if not (inside & (north > south + SQUARE_M) & (north < top - SQUARE_M)).all():
        raise ParkDataError("This area is not in England: the height model ends before it")
    found: set[Square] = set()
    for shift_e in (-_MARGIN_M, _MARGIN_M):
        for shift_n in (-_MARGIN_M, _MARGIN_M):
            corners = np.floor(np.column_stack((east + shift_e, north + shift_n)) / SQUARE_M)
            found |= {(int(e), int(n)) for e, n in np.unique(corners * SQUARE_M, axis=0)}
    if len(found) > MOST_SQUARES:
        raise ParkDataError(
            f"This area lies in {len(found)} squares; at most {MOST_SQUARES} are asked for"
        )
    return sorted(found)


def _coverage(server: Online) -> str:
    """Return the id of the model's newest coverage."""
    answer = _answer(server, [("request", "GetCapabilities")], "application/xml")
    ids = re.findall(rb"CoverageId>\s*([^<\s]+)\s*<", answer.body)
    named: list[str] = [each.decode("utf-8", "replace") for each in ids]
    found = next((each for each in named if each.endswith(COVERAGE)), None)
    if found is None:
        raise ParkDataError(f"{server.host} does not name the height model {COVERAGE}")
    return found


def _ask(model: _Model, square: Square) -> Answer:
    east, north = square
    asked = [
        ("request", "GetCoverage"),
        ("coverageId", model.coverage),
        ("subset", f"E({east},{east + SQUARE_M})"),
        ("subset", f"N({north},{north + SQUARE_M})"),
        ("format", "image/tiff"),
    ]
    return _answer(model.server, asked, "image/tiff, multipart/related")


def _answer(server: Online, asked: list[tuple[str, str]], accept: str) -> Answer:
    query = [("service", "WCS"), ("version", "2.0.1"), *asked]
    answer = answer_of(server, query=query, accept=accept)
    if answer.status != HTTPStatus.OK:
        raise ParkDataError(f"{server.host} refuses (HTTP {answer.status}){_said(answer)}")
    return answer


def _said(answer: Answer) -> str:
    """Return what a server says in JSON of its refusal: it answers so where a box is wrong."""
    try:
        said: Any = loads(answer.body)
    except (JSONDecodeError, UnicodeDecodeError, RecursionError):
        return ""
    words = " ".join(_texts(said))[:_MOST_SAID]
    return f": {words}" if words else ""


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _heights_in(answer: Answer, server: Online) -> bytes:
    """Return the TIFF of an answer, taken out of its wrapping where it has one."""
    parts = [answer.body]
    if answer.media_type.lower().startswith("multipart/"):
        head = f"Content-Type: {answer.media_type}\r\n\r\n".encode()
        wrapped = message_from_bytes(head + answer.body)
        payloads = (part.get_payload(decode=True) for part in wrapped.walk())
        parts = [payload for payload in payloads if isinstance(payload, bytes)]
    found = next((part for part in parts if part.startswith(_TIFF)), None)
    if found is None:
        raise ParkDataError(f"{server.host} sends no heights{_said(answer)}")
    return found


def _require_whole(body: bytes, square: Square, server: Online) -> None:
    """Refuse what is not the square that was asked for, whole."""
    rasterio = optional("rasterio", "heights", "Reading height models")
    east, north = square
    try:
        with rasterio.MemoryFile(body) as memory, memory.open() as dataset:
            bounds, cells = dataset.bounds, dataset.read(1)
    except rasterio.errors.RasterioError as error:
        raise ParkDataError(
            f"{server.host} sends heights that are damaged or cut short: try again later"
        ) from error
    wanted = (east, north, east + SQUARE_M, north + SQUARE_M)
    if not np.allclose(bounds, wanted, atol=1.0) or not cells.size:
        raise ParkDataError(f"{server.host} sends heights of another place")
