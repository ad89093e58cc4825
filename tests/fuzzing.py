"""Files of every kind that are read, damaged at random: each is read, or refused in a sentence."""

import gzip
import io
import json
import random
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import osmium
import rasterio
from garmin_fit_sdk.crc_calculator import CrcCalculator
from rasterio.transform import from_origin

from tests.parks.osm.files import FOOTWAY, GRID, osm_xml
from tests.parks.samples import document
from tests.routes import recorded
from walktalk.parks import LonLat, ParkDataError, import_osm, load_area
from walktalk.parks.height_files import open_heights
from walktalk.routes.recordings import RecordingError, read_recording

LINE: list[LonLat] = [(-2.07 + n * 0.0002, 51.9 + (n % 3) * 0.0001) for n in range(30)]
WAYS = {
    1: ([10, 11, 12], FOOTWAY | {"opening_hours": "08:00-dusk", "width": "2 m"}),
    2: ([1, 11, 21], FOOTWAY | {"access:conditional": "no @ (22:00-06:00)"}),
    3: ([20, 21, 22], {"highway": "primary", "name": "Great Road", "sidewalk": "both"}),
    4: ([0, 1, 11, 10, 0], {"leisure": "park", "name": "A Park"}),
}
NODES = {11: {"barrier": "kissing_gate", "maxwidth": "0.9"}, 21: {"highway": "crossing"}}
NUMBERS = (b"1e400", b"-0", b"NaN", b"99999999999999999999", b"", b"null", b"0x1F", b"-181", b"[]")
"""What numbers in text become: too large, no number, not there."""


@dataclass(frozen=True)
class Kind:
    """One kind of file.

    Attributes:
        name: the file's, with its ending.
        whole: an undamaged file.
        read: reads a file from a folder.
        repaired: mends what would refuse a damaged file at once, so that the rest is read.
        inside: damages what is packed in it and packs it again.
    """

    name: str
    whole: bytes = field(repr=False)
    read: Callable[[Path], object]
    repaired: Callable[[bytes], bytes] | None = None
    inside: tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]] | None = None


REFUSALS = (RecordingError, ParkDataError)
"""What a damaged file may be refused with: a sentence for whoever sent it."""


def damaged(kind: Kind, seed: int) -> bytes:
    """Return a file of a kind with some of it changed, always the same for a seed."""
    chance = random.Random(seed)
    data = kind.whole
    if kind.inside is not None and chance.random() < 0.5:
        unpack, pack = kind.inside
        data = pack(_mutated(unpack(data), chance))
    else:
        data = _mutated(data, chance)
    if kind.repaired is not None and chance.random() < 0.9:
        data = kind.repaired(data)
    return data


def try_to_read(kind: Kind, data: bytes, folder: Path) -> bool:
    """Return whether a file was read, and not refused; anything else that is raised goes on."""
    file = folder / kind.name
    file.write_bytes(data)
    try:
        kind.read(file)
    except REFUSALS:
        return False
    return True


def _mutated(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        data = chance.choice(_CHANGES)(data, chance)
    return data


def _flipped(data: bytes, chance: random.Random) -> bytes:
    if not data:
        return data
    at = chance.randrange(len(data))
    return data[:at] + bytes((data[at] ^ 1 << chance.randrange(8),)) + data[at + 1 :]


def _put_in(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.randrange(1, 9)) + data[at:]


def _span(data: bytes, chance: random.Random) -> tuple[int, int]:
    begin = chance.randrange(len(data) + 1)
    return begin, min(len(data), begin + chance.choice((1, 4, 40, 400)))


def _left_out(data: bytes, chance: random.Random) -> bytes:
    begin, end = _span(data, chance)
    return data[:begin] + data[end:]


def _repeated(data: bytes, chance: random.Random) -> bytes:
    begin, end = _span(data, chance)
    return data[:end] + data[begin:end] * chance.choice((1, 3)) + data[end:]


def _moved(data: bytes, chance: random.Random) -> bytes:
    (begin, end), at = _span(data, chance), chance.randrange(len(data) + 1)
    return data[:at] + data[begin:end] + data[at:]


def _cut_short(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _another_number(data: bytes, chance: random.Random) -> bytes:
    """Put another number where digits stand: what text is most often wrong in."""
    digits = [at for at, byte in enumerate(data[:20_000]) if 48 <= byte < 58]
    if not digits:
        return data
    begin = end = chance.choice(digits)
    while end < len(data) and data[end : end + 1] in b"0123456789.":
        end += 1
    return data[:begin] + chance.choice(NUMBERS) + data[end:]


_CHANGES = (_flipped, _put_in, _left_out, _repeated, _moved, _cut_short, _another_number)


def _recording(file: Path) -> object:
    return read_recording(file.read_bytes(), file.name)


def _heights(file: Path) -> object:
    return open_heights(file, 1.0).at(np.array(LINE))


def with_fit_checksums(data: bytes) -> bytes:
    """Return a FIT file whose size and checksums are right, whatever is in it."""
    if len(data) < 16:
        return data
    body = data[14:-2]
    head = struct.pack("<BB", 14, data[1]) + data[2:4] + struct.pack("<I4s", len(body), b".FIT")
    whole = head + struct.pack("<H", CrcCalculator.calculate_crc(head, 0, 12)) + body
    return whole + struct.pack("<H", CrcCalculator.calculate_crc(whole, 0, len(whole)))


def _zipped(name: str) -> Callable[[bytes], bytes]:
    def pack(content: bytes) -> bytes:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        return packed.getvalue()

    return pack


def _unzipped(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(archive.namelist()[0])


def _overpass() -> bytes:
    elements: list[dict[str, object]] = [
        {"type": "node", "id": ref, "lon": lon, "lat": lat, "tags": NODES.get(ref, {})}
        for ref, (lon, lat) in GRID.items()
    ]
    elements += [
        {"type": "way", "id": way, "nodes": refs, "tags": tags}
        for way, (refs, tags) in WAYS.items()
    ]
    return json.dumps({"elements": elements}).encode()


def _pbf(folder: Path) -> bytes:
    (folder / "whole.osm").write_text(osm_xml(GRID, WAYS, NODES))
    with osmium.SimpleWriter(str(folder / "whole.osm.pbf"), overwrite=True) as writer:
        for element in osmium.FileProcessor(str(folder / "whole.osm")):
            writer.add(element)
    return (folder / "whole.osm.pbf").read_bytes()


def _tiff(folder: Path) -> bytes:
    with rasterio.open(
        folder / "whole.tif",
        "w",
        driver="GTiff",
        height=40,
        width=40,
        count=1,
        dtype="float32",
        crs="EPSG:4326",
        transform=from_origin(-2.07, 51.902, 0.0002, 0.0002),
    ) as out:
        out.write(np.full((40, 40), 50, dtype=np.float32), 1)
    return (folder / "whole.tif").read_bytes()


def kinds(folder: Path) -> Mapping[str, Kind]:
    """Return every kind of file that is read, by the name of its undamaged file.

    Args:
        folder: where files that only libraries write are made.
    """
    gpx = recorded.as_gpx(LINE, height_m=61.0)
    asc = "ncols 9\nnrows 9\nxllcorner 394000\nyllcorner 222000\ncellsize 50\n"
    found = [
        Kind("walk.gpx", gpx, _recording),
        Kind("walk.tcx", recorded.as_tcx(LINE), _recording),
        Kind("walk.kml", recorded.as_kml(LINE), _recording),
        Kind("track.kml", recorded.as_kml_track(LINE), _recording),
        Kind("walk.geojson", recorded.as_geojson(LINE), _recording),
        Kind("walk.fit", recorded.as_fit(LINE), _recording, with_fit_checksums),
        Kind(
            "walk.kmz",
            recorded.as_kmz(LINE),
            _recording,
            inside=(_unzipped, _zipped("doc.kml")),
        ),
        Kind(
            "walk.zip",
            _zipped("walk.gpx")(gpx),
            _recording,
            inside=(_unzipped, _zipped("walk.gpx")),
        ),
        Kind(
            "walk.gpx.gz",
            gzip.compress(gpx),
            _recording,
            inside=(gzip.decompress, gzip.compress),
        ),
        Kind("town.osm", osm_xml(GRID, WAYS, NODES).encode(), import_osm),
        Kind(
            "town.osm.gz",
            gzip.compress(osm_xml(GRID, WAYS, NODES).encode()),
            import_osm,
            inside=(gzip.decompress, gzip.compress),
        ),
        Kind("town.osm.pbf", _pbf(folder), import_osm),
        Kind("town.json", _overpass(), import_osm),
        Kind("small-park.geojson", json.dumps(document()).encode(), load_area),
        Kind("heights.gpx", gpx, _heights),
        Kind("tile.asc", (asc + "\n".join(["50.5 " * 9] * 9)).encode(), _heights),
        Kind("tile.tif", _tiff(folder), _heights),
    ]
    return {kind.name: kind for kind in found}
