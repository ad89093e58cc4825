"""Unpacks recordings that come packed: KMZ, ZIP and GZIP, never more of them than the limit."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

from walktalk.routes.recordings.model import ACCEPTED, MAX_BYTES, RecordingError

KINDS_INSIDE = frozenset({".gpx", ".tcx", ".kml", ".fit", ".geojson", ".json"})
"""Endings of the members of an archive that may hold a recording."""

MOST_MEMBERS = 50
"""Recordings looked at in one archive: nobody can choose among more."""

_ZIP_MARK = b"PK\x03\x04"
_GZIP_MARK = b"\x1f\x8b"
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    LookupError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises at archives whose bytes make no sense."""


def is_packed(data: bytes) -> bool:
    """Return whether a file is an archive, or compressed."""
    return data.startswith((_ZIP_MARK, _GZIP_MARK))


def unpacked(data: bytes) -> list[bytes]:
    """Return the files in an archive that may hold a recording, at least one.

    Raises:
        RecordingError: it is damaged or locked, holds none, or unpacks to too much.
    """
    if data.startswith(_GZIP_MARK):
        return [_gunzipped(data)]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = [each for each in archive.infolist() if _may_hold_one(each.filename)]
            if not inside:
                raise RecordingError(f"the archive holds no recording; accepted: {ACCEPTED}")
            if len(inside) > MOST_MEMBERS:
                raise RecordingError(
                    f"the archive holds more than {MOST_MEMBERS} recordings; "
                    "send the one that is meant"
                )
            return _members(archive, inside)
    except RecordingError:
        raise
    except _DAMAGED as error:
        raise RecordingError("the archive is cut short, damaged or locked") from error


def _may_hold_one(name: str) -> bool:
    path = PurePosixPath(name)
    # what macOS and others put beside the files is no recording
    hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    return path.suffix.lower() in KINDS_INSIDE and not hidden


def _members(archive: zipfile.ZipFile, inside: list[zipfile.ZipInfo]) -> list[bytes]:
    left = MAX_BYTES
    found = []
    for member in inside:
        with archive.open(member) as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            raise RecordingError(_TOO_LARGE)
        found.append(content)
    return found


def _gunzipped(data: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as file:
            content = file.read(MAX_BYTES + 1)
    except _DAMAGED as error:
        raise RecordingError("the compressed file is cut short or damaged") from error
    if len(content) > MAX_BYTES:
        raise RecordingError(_TOO_LARGE)
    return content


_TOO_LARGE = f"the archive unpacks to more than the {MAX_BYTES / 1e6:.0f} MB that are accepted"
