"""Reads FIT activities and courses with Garmin's own SDK."""

from __future__ import annotations

from typing import Any

from garmin_fit_sdk import Decoder, Stream
from garmin_fit_sdk.util import FIT_EPOCH_S

from walktalk.routes.recordings.collect import NOTHING, TrackCollector
from walktalk.routes.recordings.model import RecordingError, Track

MAX_FIT_BYTES = 8_000_000
"""A day at one point a second, with all that a watch adds to each, takes about 4 MB."""

_DEGREES_PER_SEMICIRCLE = 180 / 2**31
_HEIGHT_STEPS_PER_M = 5  # FIT profile: altitude has scale 5 and offset 500
_HEIGHT_OFFSET_M = 500


def read_fit(data: bytes) -> tuple[list[Track], list[str]]:
    """Return the one track of a FIT file.

    Raises:
        RecordingError: it is too large, cut short, or its checksum is wrong.
    """
    if len(data) > MAX_FIT_BYTES:
        raise RecordingError(
            f"the FIT file has {len(data) / 1e6:.0f} MB; at most {MAX_FIT_BYTES / 1e6:.0f} MB "
            "are accepted, which is more than a day's walk"
        )
    if not Decoder(Stream.from_byte_array(bytearray(data))).check_integrity():
        raise RecordingError(
            "the FIT file is cut short or damaged: its checksum is wrong; copy it again"
        )
    messages, errors = _decoded(data)
    if errors:
        raise RecordingError("the FIT file holds something that Garmin's own reader refuses")
    collector = TrackCollector()
    for record in messages.get("record_mesgs", []):
        if "position_lat" in record and "position_long" in record:
            collector.point(
                record["position_long"] * _DEGREES_PER_SEMICIRCLE,
                record["position_lat"] * _DEGREES_PER_SEMICIRCLE,
                _height_m(record),
                record.get("timestamp", NOTHING) + FIT_EPOCH_S,
            )
    return collector.tracks(), []


def _decoded(data: bytes) -> tuple[dict[str, list[dict[str, Any]]], list[Exception]]:
    """Decode without the conveniences, which take four times as long."""
    messages, errors = Decoder(Stream.from_byte_array(bytearray(data))).read(
        apply_scale_and_offset=False,
        convert_datetimes_to_dates=False,
        convert_types_to_strings=False,
        enable_crc_check=False,  # checked before
        expand_sub_fields=False,
        expand_components=False,
        merge_heart_rates=False,
    )
    return dict(messages), errors  # type: ignore[arg-type]


def _height_m(record: dict[str, Any]) -> float:
    raw = record.get("enhanced_altitude", record.get("altitude"))
    if not isinstance(raw, int | float):
        return NOTHING
    return raw / _HEIGHT_STEPS_PER_M - _HEIGHT_OFFSET_M
