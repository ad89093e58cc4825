"""Files in XML as editors write them: in any order, with things not uploaded yet, or deleted."""

import bz2
import gzip
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import IO, Any
from xml.sax.saxutils import quoteattr  # nosec B406

from lxml import etree

from walktalk.parks.errors import ParkDataError

OPENERS: dict[str, Callable[..., Any]] = {".gz": gzip.open, ".bz2": bz2.open}

MAX_UNPACKED_BYTES = 8_000_000_000
"""A 25 MB extract unpacks to about 0.4 GB; a compression bomb to more than this."""

_CHUNK_BYTES = 1 << 20
_OVERLAP_BYTES = 64  # longer than any of the marks
_UNTIDY = re.compile(rb"""\bid=["']-|\baction=["']|\bvisible=["']false""")
_NOT_UPLOADED = 1 << 40
"""Ids from here on stand for negative ones, which the reader of extracts has no places for."""

_SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False}
_KINDS = ("node", "way", "relation")


def own_id(element_id: int) -> int:
    """Return an id as the file has it: negative for what an editor has not uploaded yet."""
    return _NOT_UPLOADED - element_id if element_id > _NOT_UPLOADED else element_id


def stand_in(element_id: int) -> int:
    """Return the id that stands for a negative one while a file is read; see ``own_id``."""
    return _NOT_UPLOADED - element_id if element_id < 0 else element_id


@contextmanager
def tidied(path: FilePath) -> Iterator[FilePath]:
    """Give a file to read in place of an extract in XML: the same, or one put in order.

    Nodes come before ways and ways before relations, what is deleted or invisible is left out, and
    ids of what an editor has not uploaded yet are stood in for (see ``own_id``).

    Raises:
        ParkDataError: the file is truncated, corrupt, or unpacks to too much.
    """
    is_xml = ".osm" in [suffix.lower() for suffix in path.suffixes[-2:]] and (
        path.suffix.lower() != ".pbf"
    )
    if not is_xml or _is_tidy(path):
        yield path
        return
    with TemporaryDirectory() as folder:
        yield _put_in_order(path, FilePath(folder))


def _is_tidy(path: FilePath) -> bool:
    """Return whether nodes come before ways, and nothing is deleted, hidden or not uploaded."""
    seen_way, size, before = False, 0, b""
    try:
        with OPENERS.get(path.suffix.lower(), open)(path, "rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                size += len(chunk)
                if size > MAX_UNPACKED_BYTES:
                    raise ParkDataError(
                        f"{path}: unpacks to more than {MAX_UNPACKED_BYTES // 10**9} GB"
                    )
                text = before + chunk
                new = max(0, len(before) - len(b"<node") + 1)
                first_way = new if seen_way else text.find(b"<way", new)
                seen_way = first_way >= 0
                if _UNTIDY.search(text) or (seen_way and text.find(b"<node", first_way) >= 0):
                    return False
                before = text[-_OVERLAP_BYTES:]
    except (EOFError, OSError, zlib.error) as error:
        raise ParkDataError(f"{path}: truncated or corrupt: {error}") from error
    return True


def _put_in_order(path: FilePath, folder: FilePath) -> FilePath:
    ordered = folder / "ordered.osm"
    parts = {kind: folder / kind for kind in _KINDS}
    try:
        with OPENERS.get(path.suffix.lower(), open)(path, "rb") as file, ExitStack() as closing:
            sorted_by = {
                kind: closing.enter_context(part.open("w", encoding="utf-8"))
                for kind, part in parts.items()
            }
            _sort(file, sorted_by)
    except (etree.XMLSyntaxError, EOFError, OSError, ValueError, zlib.error) as error:
        raise ParkDataError(
            f"{path}: not an OpenStreetMap file, or a damaged one: {error}"
        ) from error
    with ordered.open("w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6">\n')
        for part in parts.values():
            with part.open(encoding="utf-8") as lines:
                out.writelines(lines)
        out.write("</osm>\n")
    return ordered


def _sort(file: IO[bytes], parts: Mapping[str, IO[str]]) -> None:
    for _, element in etree.iterparse(file, events=("end",), tag=_KINDS, **_SAFE):
        if element.get("action") != "delete" and element.get("visible") != "false":
            parts[element.tag].write(_written(element))
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _written(element: Any) -> str:
    attributes = f'id="{_stand_in(element.get("id"))}" version="1"'
    if element.tag == "node":
        lon, lat = float(element.get("lon", "nan")), float(element.get("lat", "nan"))
        attributes += f' lon="{lon:.7f}" lat="{lat:.7f}"'
    return f"<{element.tag} {attributes}>{''.join(_children(element))}</{element.tag}>\n"


def _children(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == "tag":
            yield f"<tag k={quoteattr(child.get('k', ''))} v={quoteattr(child.get('v', ''))}/>"
        elif child.tag == "nd":
            yield f'<nd ref="{_stand_in(child.get("ref"))}"/>'
        elif child.tag == "member":
            kind, role = child.get("type", ""), child.get("role", "")
            ref = _stand_in(child.get("ref"))
            yield f'<member type={quoteattr(kind)} ref="{ref}" role={quoteattr(role)}/>'


def _stand_in(element_id: str | None) -> int:
    return stand_in(int(element_id or "0"))
