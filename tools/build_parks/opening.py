"""Opening hours of the Toilet Map, written as OpenStreetMap writes hours.

Only what an entry says is written (https://wiki.openstreetmap.org/wiki/Key:opening_hours); what is
not understood stays in the note.
"""

import re

_DAYS = {day: day[:2] for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
_DAY = "|".join(_DAYS)
_PART = re.compile(
    rf"^(?P<first>{_DAY})(?:-(?P<last>{_DAY}))? (?P<when>closed|24 hours|\d\d:\d\d-\d\d:\d\d)$"
)
_TIME = r"(?P<{0}>\d{{1,2}}:\d\d[ap]m) \((?P<{0}_months>[A-Z][a-z]+-[A-Z][a-z]+)(?: only)?\)"
_SEASONS = re.compile(
    "Opening time: "
    + _TIME.format("opens")
    + "(?: "
    + _TIME.format("opens2")
    + ")? Closing time: "
    + _TIME.format("closes")
    + "(?: "
    + _TIME.format("closes2")
    + ")?"
)
_POSTCODE = re.compile(r"\b[A-Z]{2}\d{1,2} \d[A-Z]{2}\b")


def hours_of(recorded: str, note: str) -> tuple[str, str]:
    """Return an entry's hours, ``""`` where none can be read, and what else its note says."""
    said = _POSTCODE.sub("", " ".join(note.split())).strip(" .")
    seasons = _SEASONS.fullmatch(said)
    if seasons:
        return _of_seasons(seasons), ""
    parts = [_part(part.strip()) for part in recorded.split(",")] if recorded else []
    return ("; ".join(parts) if all(parts) else ""), said


def _part(text: str) -> str:
    found = _PART.match(text)
    if found is None:
        return ""
    first, last = _DAYS[found["first"]], _DAYS.get(found["last"] or "", "")
    days = f"{first}-{last}" if last else first
    if found["when"] == "24 hours":
        return "24/7" if days == "Mo-Su" else f"{days} 00:00-24:00"
    return f"{days} off" if found["when"] == "closed" else f"{days} {found['when']}"


def _of_seasons(found: re.Match[str]) -> str:
    seasons = []
    for opens, closes in (("opens", "closes"), ("opens2", "closes2")):
        if found[opens] is None or found[f"{opens}_months"] != found[f"{closes}_months"]:
            continue
        first, last = found[f"{opens}_months"].split("-")
        hours = f"{_clock(found[opens])}-{_clock(found[closes])}"
        seasons.append(f"{first[:3]}-{last[:3]} {hours}")
    return "; ".join(seasons)


def _clock(text: str) -> str:
    hour, minute = text[:-2].split(":")
    hours = int(hour) % 12 + (12 if text.endswith("pm") else 0)
    return f"{hours:02d}:{minute}"
