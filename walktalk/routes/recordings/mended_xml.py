"""Mends what well-known programs get wrong in XML, and nothing that could hide a damaged file.

Strava and gpx.studio have written prefixes that no file declares, others white space before the
declaration, and some devices fill the end of a file with zeros.
"""

from __future__ import annotations

import codecs
import re

_PREFIXED = re.compile(rb"</?([A-Za-z_][\w.-]*):|\s([A-Za-z_][\w.-]*):[\w.-]+\s*=")
_DECLARED = re.compile(rb"\sxmlns:([A-Za-z_][\w.-]*)\s*=")
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_BUILT_IN = frozenset({b"xml", b"xmlns"})
_ZEROS_AT_END = b"\0\0\0\0"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def trimmed(data: bytes) -> bytes:
    """Return a document without white space before it and without zeros after it."""
    if data.endswith(_ZEROS_AT_END):
        data = data.rstrip(b"\0")
        data += b"\0" if _is_utf_16_le(data) else b""
    if data[:1].isspace():
        data = data.lstrip()
    return data


def with_prefixes_declared(data: bytes) -> bytes:
    """Return a document in which every prefix that is used is declared."""
    if data.startswith(_UTF_16) or b"\0" in data[:4]:
        return data
    used = {found[1] or found[2] for found in _PREFIXED.finditer(data)} - _BUILT_IN
    missing = sorted(used - {found[1] for found in _DECLARED.finditer(data)})
    root = _ROOT.search(data)
    if not missing or root is None:
        return data
    declared = b"".join(b' xmlns:%b="urn:undeclared:%b"' % (name, name) for name in missing)
    return data[: root.end()] + declared + data[root.end() :]


def _is_utf_16_le(data: bytes) -> bool:
    return data.startswith(codecs.BOM_UTF16_LE) or data[1:2] == b"\0"
