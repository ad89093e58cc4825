"""Reads the values of OpenStreetMap's tags, which anybody may write in any way.

Every function returns ``None`` for what it cannot make sense of; the caller counts it.
"""

import math
import re

from walktalk.parks.fact_schema import MAX_GRADIENT_PCT, MAX_STEPS, MAX_WIDTH_M

_FOOT_M = 0.3048  # international foot
_INCH_M = 0.0254
_METRES = re.compile(r"^(\d+(?:\.\d+)?)\s*(?:m|metres?|meters?)?$")
_CENTIMETRES = re.compile(r"^(\d+(?:\.\d+)?)\s*cm$")
_FEET = re.compile(r"^(?:(\d+(?:\.\d+)?)\s*(?:'|ft|feet))?\s*(?:(\d+(?:\.\d+)?)\s*(?:\"|in|''))?$")
_PERCENT = re.compile(r"^[-+]?(\d+(?:\.\d+)?)\s*%$")
_DEGREES = re.compile(r"^[-+]?(\d+(?:\.\d+)?)\s*°$")
_ONE_IN = re.compile(r"^[-+]?1\s*(?::|in)\s*(\d+(?:\.\d+)?)$")
_MAX_TEXT = 255  # OpenStreetMap's own limit for a value


def metres(value: str) -> float | None:
    """Return a width in metres: "2", "1.5 m", "90 cm", "6'", "5'6\"".

    https://wiki.openstreetmap.org/wiki/Key:width: metres unless the value names another unit.
    """
    value = value.strip().lower()
    width: float | None = None
    if found := _METRES.match(value):
        width = float(found[1])
    elif found := _CENTIMETRES.match(value):
        width = float(found[1]) / 100
    elif value and (found := _FEET.match(value)):
        width = float(found[1] or 0) * _FOOT_M + float(found[2] or 0) * _INCH_M
    return round(width, 3) if width is not None and 0 < width <= MAX_WIDTH_M else None


def kerb_height(value: str) -> float | None:
    """Return a kerb's height in metres; nothing higher than a metre is a kerb."""
    bare = value.strip()
    if bare in ("0", "0.0", "0 cm", "0 m"):
        return 0.0
    height = metres(bare)
    return height if height is not None and height <= 1 else None


def gradient_pct(value: str) -> float | None:
    """Return a gradient in percent without its sign: "8%", "-5 %", "4°", "1:20".

    A bare number has no agreed unit (https://wiki.openstreetmap.org/wiki/Key:incline), and "up"
    and "down" say no figure.
    """
    value = value.strip().lower()
    gradient: float | None = None
    if found := _PERCENT.match(value):
        gradient = float(found[1])
    elif (found := _DEGREES.match(value)) and float(found[1]) < 90:  # noqa: PLR2004 - a wall
        gradient = math.tan(math.radians(float(found[1]))) * 100
    elif (found := _ONE_IN.match(value)) and float(found[1]) > 0:
        gradient = 100 / float(found[1])
    return round(gradient, 2) if gradient is not None and gradient <= MAX_GRADIENT_PCT else None


def steps(value: str) -> int | None:
    """Return a number of steps, at least one."""
    value = value.strip()
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(MAX_STEPS))):
        return None
    return int(value) if 1 <= int(value) <= MAX_STEPS else None


def count(value: str) -> int | None:
    """Return a number of things, none included."""
    value = value.strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 6 else None  # noqa: PLR2004


def text(value: str) -> str | None:
    """Return a value as text: without surrounding space or control characters, not empty."""
    value = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    return value[:_MAX_TEXT] or None


def yes_no(value: str) -> str | None:
    """Return "yes" or "no", and nothing in between."""
    value = value.strip().lower()
    return value if value in ("yes", "no") else None


def fee(value: str) -> bool | str | None:
    """Return whether something costs money, or when."""
    return {"yes": True, "no": False}.get(value.strip().lower(), text(value))
