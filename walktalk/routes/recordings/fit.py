"""Reads where somebody walked from FIT activities and courses.

Written by the protocol's own description (Garmin, *Flexible and Interoperable Data Transfer (FIT)
Protocol*, and the profile's ``record`` message), because Garmin's reader in Python refuses
compressed timestamps and files whose header has no checksum of its own.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from walktalk.routes.recordings.collect import NOTHING, TrackCollector
from walktalk.routes.recordings.model import RecordingError, Track

MAX_FIT_BYTES = 8_000_000
"""A day at one point a second, with all that a watch adds to each, takes about 4 MB."""

_FIT_EPOCH_S = 631_065_600  # 31 December 1989, 00:00 UTC: the FIT protocol's beginning of time
_DEGREES_PER_SEMICIRCLE = 180 / 2**31
_ANOTHER_WALK_S = 4 * 3600  # no session pauses for so long
_HEIGHT_STEPS_PER_M = 5  # FIT profile: altitude has scale 5 and offset 500
_HEIGHT_OFFSET_M = 500
_HEADER_SIZES = (12, 14)  # FIT protocol, section "File header": without and with its own checksum
_CRC_BYTES = 2
_POLYNOMIAL = 0xA001  # CRC-16 as the FIT protocol has it, lowest bit first
_DAMAGED = "the FIT file is cut short or damaged: its checksum is wrong; copy it again"

_COMPRESSED, _DEFINITION, _WITH_DEVELOPER_FIELDS = 0x80, 0x40, 0x20
_OFFSET = 0x1F  # seconds that a compressed timestamp counts before it begins again
_RECORD = 20
_FIELDS = {253: "time", 0: "lat", 1: "lon", 2: "altitude", 78: "enhanced_altitude"}
_BASE_TYPES = {0x83: ("h", 0x7FFF), 0x84: ("H", 0xFFFF), 0x85: ("i", 0x7FFFFFFF)}
_BASE_TYPES |= {0x86: ("I", 0xFFFFFFFF), 0x8C: ("I", 0)}


def read_fit(data: bytes) -> tuple[list[Track], list[str]]:
    """Return the tracks of a FIT file.

    Files that are chained in it are one walk, as long as one goes on where the other ended.

    Raises:
        RecordingError: it is too large, cut short, or its checksum is wrong.
    """
    if len(data) > MAX_FIT_BYTES:
        raise RecordingError(
            f"the FIT file has {len(data) / 1e6:.0f} MB; at most {MAX_FIT_BYTES / 1e6:.0f} MB "
            "are accepted, which is more than a day's walk"
        )
    collector = TrackCollector()
    last_s = float("inf")
    for messages in _files(data):
        for record in _records(messages):
            if record.get("time", 0) > last_s + _ANOTHER_WALK_S:
                collector.end_of_track()
            last_s = record.get("time", last_s)
            if "lon" in record and "lat" in record:
                collector.point(
                    record["lon"] * _DEGREES_PER_SEMICIRCLE,
                    record["lat"] * _DEGREES_PER_SEMICIRCLE,
                    _height_m(record),
                    record["time"] + _FIT_EPOCH_S if "time" in record else NOTHING,
                )
    return collector.tracks(), []


def _files(data: bytes) -> Iterator[bytes]:
    """Yield the messages of each file that is chained in one; zeros at the end are passed over.

    Raises:
        RecordingError: one is cut short, or its checksum is wrong.
    """
    at = 0
    while data[at:].strip(b"\0"):
        size = data[at]
        head = data[at : at + size]
        if size not in _HEADER_SIZES or len(head) < size or head[8:12] != b".FIT":
            raise RecordingError(_DAMAGED)
        # a header's own checksum of 0 says that it has none (FIT protocol, "File header")
        own = int.from_bytes(head[12:14], "little")
        end = at + size + int.from_bytes(head[4:8], "little")
        stated = data[end : end + _CRC_BYTES]
        if (own and own != _checksum(head[:12])) or len(stated) < _CRC_BYTES:
            raise RecordingError(_DAMAGED)
        if int.from_bytes(stated, "little") != _checksum(data[at:end]):
            raise RecordingError(_DAMAGED)
        yield data[at + size : end]
        at = end + _CRC_BYTES


def _table() -> tuple[int, ...]:
    values = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = value >> 1 ^ (_POLYNOMIAL if value & 1 else 0)
        values.append(value)
    return tuple(values)


_CRC_OF_BYTE = _table()


def _checksum(data: bytes) -> int:
    value = 0
    for byte in data:
        value = value >> 8 ^ _CRC_OF_BYTE[(value ^ byte) & 0xFF]
    return value


@dataclass
class _Layout:
    """How the messages of one local type are laid out: their size and what we read of them."""

    is_record: bool
    size: int = 0
    reads: list[tuple[str, int, struct.Struct, int]] = field(default_factory=list)

    def read(self, message: bytes) -> dict[str, int]:
        """Return the values that are there; "invalid" stands for one that is not."""
        found = {}
        for name, at, form, invalid in self.reads:
            (value,) = form.unpack_from(message, at)
            if value != invalid:
                found[name] = value
        return found


def _records(messages: bytes) -> Iterator[dict[str, int]]:
    """Yield what each ``record`` message says, in order.

    Raises:
        RecordingError: a message is cut short or nobody has said how it is laid out.
    """
    layouts: dict[int, _Layout] = {}
    at, last = 0, 0
    try:
        while at < len(messages):
            head = messages[at]
            if not head & _COMPRESSED and head & _DEFINITION:
                layouts[head & 0xF], at = _layout(messages, at)
                continue
            local = head >> 5 & 3 if head & _COMPRESSED else head & 0xF
            layout = layouts[local]
            if at + 1 + layout.size > len(messages):
                raise IndexError
            values = layout.read(messages[at + 1 : at + 1 + layout.size])
            at += 1 + layout.size
            if head & _COMPRESSED:
                values["time"] = last + ((head & _OFFSET) - last & _OFFSET)
            last = values.get("time", last)
            if layout.is_record:
                yield values
    except (IndexError, KeyError, struct.error) as error:
        raise RecordingError("the FIT file is damaged: a message in it makes no sense") from error


def _layout(messages: bytes, at: int) -> tuple[_Layout, int]:
    """Return how messages are laid out by the definition at a place, and what follows it."""
    order = ">" if messages[at + 2] else "<"
    (number,) = struct.unpack_from(f"{order}H", messages, at + 3)
    layout = _Layout(is_record=number == _RECORD)
    count, place = messages[at + 5], at + 6
    for _ in range(count):
        identity, size, base = messages[place], messages[place + 1], messages[place + 2]
        name, kind = _FIELDS.get(identity), _BASE_TYPES.get(base)
        if name is not None and kind is not None and (layout.is_record or name == "time"):
            form = struct.Struct(order + kind[0])
            # a field may hold several values: then nobody knows which of them is meant
            if form.size == size:
                layout.reads.append((name, layout.size, form, kind[1]))
        layout.size += size
        place += 3
    if messages[at] & _WITH_DEVELOPER_FIELDS:
        count = messages[place]
        place += 1
        layout.size += sum(messages[place + 3 * number + 1] for number in range(count))
        place += 3 * count
    return layout, place


def _height_m(record: dict[str, int]) -> float:
    raw = record.get("enhanced_altitude", record.get("altitude"))
    return NOTHING if raw is None else raw / _HEIGHT_STEPS_PER_M - _HEIGHT_OFFSET_M
