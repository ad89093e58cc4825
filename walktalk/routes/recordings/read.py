"""From the bytes of a file to a recorded walk."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import PurePath

import numpy as np

from walktalk.parks.geodesy import distance_m
from walktalk.routes.recordings.clean import cleaned
from walktalk.routes.recordings.fit import read_fit
from walktalk.routes.recordings.geojson import read_geojson
from walktalk.routes.recordings.model import (
    ACCEPTED,
    MAX_BYTES,
    Recording,
    RecordingError,
    SeveralTracks,
    Track,
    TrackChoice,
)
from walktalk.routes.recordings.xml import read_xml

_JOIN_WITHIN_M = 50.0
"""Pieces of a track whose ends are this close are one walk: the receiver lost its way briefly."""

_HEAD_BYTES = 4096
"""The first element of a file in XML stands well within this."""

_Reader = Callable[[bytes], tuple[list[Track], list[str]]]
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_FIT_MARK = slice(8, 12)  # FIT protocol: ".FIT" follows header size, versions and data size


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
    kind, reader = _kind_of(data)
    tracks, warnings = reader(data)
    extension = PurePath(filename).suffix.lower().lstrip(".")
    if extension not in _EXTENSIONS[kind]:
        warnings.append(f"The file is called .{extension or '(nothing)'} but holds {kind}.")
    chosen = _chosen(_joined(tracks, warnings), track)
    return cleaned(chosen, warnings)


def file_kind(data: bytes) -> str:
    """Return what kind of file this is, from what is in it: GPX, TCX, KML, KMZ, FIT or GeoJSON.

    Raises:
        RecordingError: it is none of the kinds that are read.
    """
    kind, _ = _kind_of(data)
    if kind != "XML":
        return kind
    head = data[:_HEAD_BYTES].replace(b"\0", b"").lower()
    names = {b"<gpx": "GPX", b"<trainingcenterdatabase": "TCX", b"<kml": "KML"}
    return next((name for mark, name in names.items() if mark in head), "XML")


def _kind_of(data: bytes) -> tuple[str, _Reader]:
    start = data[:64].lstrip(b" \t\r\n")
    if data[_FIT_MARK] == b".FIT":
        return "FIT", read_fit
    if data.startswith(b"PK\x03\x04"):
        return "KMZ", _read_kmz
    if start.startswith((b"{", b"\xef\xbb\xbf{")):
        return "GeoJSON", read_geojson
    if start.startswith((b"<", *_BYTE_ORDER_MARKS)):
        return "XML", read_xml
    raise RecordingError(f"the file is none of the kinds that are read; accepted: {ACCEPTED}")


_EXTENSIONS = {
    "FIT": {"fit"},
    "KMZ": {"kmz"},
    "GeoJSON": {"geojson", "json"},
    "XML": {"gpx", "tcx", "kml", "xml"},
}


def _read_kmz(data: bytes) -> tuple[list[Track], list[str]]:
    """Read the first KML file in a KMZ archive, never more of it than the limit."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = [each for each in archive.infolist() if each.filename.endswith(".kml")]
            if not inside:
                raise RecordingError("the KMZ file holds no KML file; export it again")
            with archive.open(inside[0]) as file:
                kml = file.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, RuntimeError, EOFError, OSError) as error:
        raise RecordingError("the KMZ file is cut short, damaged or locked") from error
    if len(kml) > MAX_BYTES:
        raise RecordingError(
            f"the KML file in it is larger than the {MAX_BYTES / 1e6:.0f} MB that are accepted"
        )
    return read_xml(kml)


def _joined(tracks: list[Track], warnings: list[str]) -> list[Track]:
    """Join pieces that follow one another closely."""
    whole: list[list[Track]] = []
    for piece in tracks:
        if whole and _follows(whole[-1][-1], piece):
            whole[-1].append(piece)
        else:
            whole.append([piece])
    joined = sum(len(pieces) - 1 for pieces in whole)
    if joined:
        warnings.append(f"{joined + 1} pieces that follow closely were joined.")
    return [_one(pieces) for pieces in whole]


def _follows(before: Track, after: Track) -> bool:
    ends = (before.lon[-1], before.lat[-1]), (after.lon[0], after.lat[0])
    usable = all(np.isfinite(lon) and abs(lat) <= 90 for lon, lat in ends)  # noqa: PLR2004 - poles
    return usable and distance_m(*ends) <= _JOIN_WITHIN_M


def _one(pieces: list[Track]) -> Track:
    columns = ("lon", "lat", "height_m", "seconds")
    return Track(*(np.concatenate([getattr(p, name) for p in pieces]) for name in columns))


def _chosen(tracks: list[Track], number: int | None) -> Track:
    if not tracks:
        raise RecordingError("the file holds no track, only other things; export the track itself")
    if number is None and len(tracks) == 1:
        return tracks[0]
    choices = [_choice(index, each) for index, each in enumerate(tracks, start=1)]
    if number is None:
        raise SeveralTracks(choices)
    if not 1 <= number <= len(tracks):
        raise RecordingError(f"there is no track {number}; accepted: 1 to {len(tracks)}")
    return tracks[number - 1]


def _choice(number: int, track: Track) -> TrackChoice:
    try:
        length = cleaned(track, []).recorded_m
    except RecordingError:
        length = 0.0
    return TrackChoice(number, len(track.lon), length)
