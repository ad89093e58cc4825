"""Reads GPX, TCX and KML as a stream: nothing is fetched, nothing is expanded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from walktalk.routes.recordings.collect import TrackCollector
from walktalk.routes.recordings.mended_xml import trimmed, with_prefixes_declared
from walktalk.routes.recordings.model import ACCEPTED, RecordingError, Track

_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
_FORGET_EVERY = 1000
_SPACED = re.compile(r"[ \t]*,[ \t]+|[ \t]+,")
_NO_TEXTS: dict[str, str] = {}
_FALLBACK_ENCODING = "windows-1252"
"""What files that wrongly claim UTF-8 are mostly written in."""


def read_xml(data: bytes) -> tuple[list[Track], list[str]]:
    """Return the tracks of a GPX, TCX or KML file, and warnings.

    Raises:
        RecordingError: it is broken, dangerous, or another kind of XML.
    """
    data = trimmed(data)
    try:
        return _read(data, None), []
    except etree.XMLSyntaxError as error:
        said = str(error).lower()
        if "prefix" in said and "not defined" in said:
            return _read_again(with_prefixes_declared(data), None), []
        if "encod" not in said and "utf-8" not in said:
            raise RecordingError(_broken(error)) from error
    tracks = _read_again(data, _FALLBACK_ENCODING)
    return tracks, ["The file names the wrong character encoding. This changes no position."]


def _read_again(data: bytes, encoding: str | None) -> list[Track]:
    try:
        return _read(data, encoding)
    except etree.XMLSyntaxError as error:
        raise RecordingError(_broken(error)) from error


def _read(data: bytes, encoding: str | None) -> list[Track]:
    root = _root(data, encoding)
    reader = _READERS.get(root)
    if reader is None:
        raise RecordingError(f"the file is XML of another kind ({root[:40]}); accepted: {ACCEPTED}")
    collector = TrackCollector()
    tags, take = reader
    events = etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=[f"{{*}}{tag}" for tag in tags],
        encoding=encoding,
        **_SAFE,
    )
    for number, (_, element) in enumerate(events):
        take(element, collector)
        element.clear()
        if number % _FORGET_EVERY == 0:
            _forget_those_before(element)
    return collector.tracks()


def _root(data: bytes, encoding: str | None) -> str:
    """Return the name of the root element, refusing documents that define anything."""
    events: Iterator[tuple[str, Any]] = etree.iterparse(
        BytesIO(data), events=("start",), encoding=encoding, **_SAFE
    )
    for _, element in events:
        if element.getroottree().docinfo.internalDTD is not None:
            raise RecordingError(
                "the file defines a document type, which no recording needs; export it again"
            )
        return str(element.tag).rpartition("}")[2]
    raise RecordingError(f"the file is empty; accepted: {ACCEPTED}")


def _broken(error: etree.XMLSyntaxError) -> str:
    return f"the file is cut short or damaged (line {error.lineno or 1}); export it again"


def _forget_those_before(element: Any) -> None:
    """Let go of the elements before one, which are done with."""
    parent = element.getparent()
    if parent is not None:
        del parent[: parent.index(element)]


def _texts(element: Any) -> dict[str, str]:
    """Return the texts of an element's children by their local names, the first of each."""
    found: dict[str, str] = {}
    for child in element:
        if isinstance(child.tag, str):
            found.setdefault(child.tag.rpartition("}")[2], child.text or "")
    return found


def _gpx(element: Any, collector: TrackCollector) -> None:
    name = element.tag.rpartition("}")[2]
    if name in ("trkpt", "rtept"):
        texts = _texts(element) if len(element) else _NO_TEXTS
        collector.point(element.get("lon"), element.get("lat"), texts.get("ele"), texts.get("time"))
        if name == "rtept" and len(element):
            # the points that give a route its shape between those that were chosen (Garmin's
            # GpxExtensions, RoutePointExtension)
            for shaping in element.iter("{*}rpt"):
                collector.point(shaping.get("lon"), shaping.get("lat"), None, None)
    elif name == "trkseg":
        collector.end_of_piece()
    else:
        collector.end_of_track(is_route=name == "rte")


def _tcx(element: Any, collector: TrackCollector) -> None:
    name = element.tag.rpartition("}")[2]
    if name == "Track":
        collector.end_of_piece()
        return
    if name != "Trackpoint":
        collector.end_of_track(is_route=name == "Course")
        return
    texts = _texts(element)
    position = next((_texts(child) for child in element if _is_position(child)), None)
    if position is not None:
        collector.point(
            position.get("LongitudeDegrees"),
            position.get("LatitudeDegrees"),
            texts.get("AltitudeMeters"),
            texts.get("Time"),
        )


def _is_position(element: Any) -> bool:
    return isinstance(element.tag, str) and element.tag.rpartition("}")[2] == "Position"


def _kml(element: Any, collector: TrackCollector) -> None:
    name = element.tag.rpartition("}")[2]
    if name == "Placemark":
        collector.end_of_track()
        return
    if name == "LineString":
        for position in _kml_tuples(_texts(element).get("coordinates", "")):
            _kml_position(position.split(","), None, collector)
    else:
        texts = [(child.tag.rpartition("}")[2], child.text or "") for child in element]
        whens: list[str | None] = [text for tag, text in texts if tag == "when"]
        coords = [text for tag, text in texts if tag == "coord"]
        whens += [None] * (len(coords) - len(whens))
        for coord, when in zip(coords, whens, strict=False):
            _kml_position(coord.split(), when, collector)
    collector.end_of_piece()


def _kml_tuples(coordinates: str) -> list[str]:
    """Return "lon,lat,height" for each position, also where spaces stand after the commas."""
    if not _SPACED.search(coordinates):
        return coordinates.split()
    return _SPACED.sub(",", coordinates).split()


def _kml_position(numbers: list[str], when: str | None, collector: TrackCollector) -> None:
    lon, lat, height = (*numbers[:3], *(None,) * 3)[:3]
    collector.point(lon, lat, height, when)


_Take = Callable[[Any, TrackCollector], None]
_READERS: dict[str, tuple[tuple[str, ...], _Take]] = {
    "gpx": (("trkpt", "rtept", "trkseg", "trk", "rte"), _gpx),
    "TrainingCenterDatabase": (("Trackpoint", "Track", "Activity", "Course"), _tcx),
    "kml": (("LineString", "Track", "Placemark"), _kml),
}
"""By root element: the elements to look at, and what to do with one.

What a file calls one track (an activity, a placemark) is one walk, in however many pieces."""
