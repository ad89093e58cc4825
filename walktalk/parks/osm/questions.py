"""The questions put to an Overpass server (https://wiki.openstreetmap.org/wiki/Overpass_API)."""

import json
import re

from walktalk.parks.osm.rules import RAILWAYS
from walktalk.parks.osm.selection import Bounds

_PARKS = '"leisure"~"^(park|garden|recreation_ground|nature_reserve|common)$"'
_ENDS = "(._;>;);out body qt;"


def town(name: str) -> tuple[str, str]:
    """Return what goes before a search inside a town, and the filter that bounds it."""
    return f'area["boundary"="administrative"]["name"={_quoted(name)}]->.town;', "(area.town)"


def park_query(park: str, where: tuple[str, str], reach_m: float, timeout_s: float) -> str:
    """Return the one question that brings a park with all that is around it.

    Args:
        park: its name; ``""`` for every park that has one.
        where: what goes before the search for it, and the filter that bounds the search.
        reach_m: how far around it everything is asked for.
        timeout_s: how long the server may take.
    """
    before, bounded = where
    named = f'["name"~{_quoted(f"^{_literally(park)}$")},i]' if park else '["name"]'
    around = _everything(f"(around.park:{reach_m:.0f})")
    return (
        f"[out:json][timeout:{timeout_s:.0f}];{before}"
        f"wr[{_PARKS}]{named}{bounded}->.park;(.park;{around});{_ENDS}"
    )


def box_query(box: Bounds, timeout_s: float) -> str:
    """Return the question that brings all that an import takes from a box."""
    west, south, east, north = box
    return (
        f"[out:json][timeout:{timeout_s:.0f}]"
        f"[bbox:{south:.6f},{west:.6f},{north:.6f},{east:.6f}];({_everything('')});{_ENDS}"
    )


def _everything(bounded: str) -> str:
    """Return the searches for whatever is walked, drawn, measured to or named."""
    kinds = (
        'way["highway"]',
        'way["building"]',
        'nwr["leisure"]',
        'nwr["natural"]',
        'nwr["landuse"]',
        'way["waterway"]',
        'nwr["amenity"]',
        'nwr["tourism"="information"]',
        'node["highway"~"^(bus_stop|emergency_access_point)$"]',
        'node["emergency"]',
        'nwr["railway"~"^(station|halt)$"]',
        f'way["railway"~"^({"|".join(sorted(RAILWAYS))})$"]',
        'nwr["military"]',
        'nwr["barrier"]',
        'node["kerb"]',
    )
    return "".join(f"{kind}{bounded};" for kind in kinds)


def _quoted(text: str) -> str:
    """Return text as a string of Overpass QL, which escapes as JSON does."""
    return json.dumps(text, ensure_ascii=False)


def _literally(text: str) -> str:
    """Return a regular expression that matches just this text."""
    return re.sub(r"([.^$*+?()\[\]{}|\\])", r"\\\1", text)
