"""From the bytes of a file to a recorded walk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from walktalk.routes.recordings.clean import cleaned
from walktalk.routes.recordings.geojson import read_geojson
from walktalk.routes.recordings.model import (
    ACCEPTED,
    MAX_BYTES,
    Recording,
    RecordingError,
    Track,
)
from walktalk.routes.recordings.packed import is_packed, unpacked
from walktalk.routes.recordings.tracks import chosen

_HEAD_BYTES = 4096
"""The first element of a file in XML stands well within this."""

_Reader = Callable[[bytes], tuple[list[Track], list[str]]]
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_FIT_MARK = slice(8, 12)  # FIT protocol: ".FIT" follows header size, versions and data size
_PACKED_EXTENSIONS = frozenset({"kmz", "zip", "gz"})


def read_recording(data: bytes, filename: str, track: int | None = None) -> Recording:
    """Read a recorded walk and forget everything about it but line, heights and day.

    What the file is, is told from what is in it; its name only adds a warning when it misleads.

    Args:
        data: the file.
        filename: as it was handed in.
        track: which of several tracks, from 1; ``None`` when there should be only one.

    Raises:
        SeveralTracks: there are several and ``track`` does not say which.
        RecordingError: the file cannot be used; says why, and what is accepted.
    """
    if not data.strip(b" \t\r\n\0"):
        raise RecordingError(f"the file is empty; accepted: {ACCEPTED}")
    if len(data) > MAX_BYTES:
        raise RecordingError(
            f"the file has {len(data) / 1e6:.0f} MB; at most {MAX_BYTES / 1e6:.0f} MB are accepted"
        )
    tracks, warnings = _tracks_in(data)
    extension = PurePath(filename).suffix.lower().lstrip(".")
    kind = "an archive" if is_packed(data) else _kind_of(data)[0]
    if extension not in _EXTENSIONS.get(kind, _PACKED_EXTENSIONS):
        warnings.append(f"The file is called .{extension or '(nothing)'} but holds {kind}.")
    return cleaned(chosen(tracks, track, warnings), warnings)


def file_kind(data: bytes) -> str:
    """Return what kind of file this is, from what is in it: GPX, TCX, KML, KMZ, FIT or GeoJSON.

    Raises:
        RecordingError: it is none of the kinds that are read.
    """
    if is_packed(data):
        inside = next(filter(None, map(_kind_or_none, unpacked(data))), "archive")
        return "KMZ" if inside == "KML" else inside
    kind, _ = _kind_of(data)
    if kind != "XML":
        return kind
    head = data[:_HEAD_BYTES].replace(b"\0", b"").lower()
    names = {b"<gpx": "GPX", b"<trainingcenterdatabase": "TCX", b"<kml": "KML"}
    return next((name for mark, name in names.items() if mark in head), "XML")


def _kind_or_none(data: bytes) -> str | None:
    try:
        return file_kind(data)
    except RecordingError:
        return None


def _tracks_in(data: bytes) -> tuple[list[Track], list[str]]:
    """Return the tracks of a file, or of the files in an archive that hold any."""
    if not is_packed(data):
        return _kind_of(data)[1](data)
    tracks: list[Track] = []
    warnings: list[str] = []
    refused: list[RecordingError] = []
    for inside in unpacked(data):
        try:
            found, said = _kind_of(inside)[1](inside)
        except RecordingError as error:
            refused.append(error)
            continue
        tracks += found
        warnings += said if found else []
    if refused and not tracks:
        raise refused[0]
    return tracks, warnings


def _kind_of(data: bytes) -> tuple[str, _Reader]:
    start = data[:64].lstrip(b" \t\r\n")
    if data[_FIT_MARK] == b".FIT":
        from walktalk.routes.recordings.fit import read_fit

        return "FIT", read_fit
    if start.startswith((b"{", b"\xef\xbb\xbf{")):
        return "GeoJSON", read_geojson
    if start.startswith((b"<", *_BYTE_ORDER_MARKS)):
        from walktalk.routes.recordings.xml import read_xml

        return "XML", read_xml
    raise RecordingError(f"the file is none of the kinds that are read; accepted: {ACCEPTED}")


_EXTENSIONS = {
    "FIT": frozenset({"fit"}),
    "GeoJSON": frozenset({"geojson", "json"}),
    "XML": frozenset({"gpx", "tcx", "kml", "xml"}),
}
