"""OpenStreetMap's tags as facts about a path or a place."""

from collections import Counter
from collections.abc import Callable, Mapping

from walktalk.parks.hours import HOURS_FACTS
from walktalk.parks.model import FactValue
from walktalk.parks.osm import values
from walktalk.parks.osm.data import Tags
from walktalk.parks.osm.rules import CARRIAGEWAYS, TAG_OF_FACT, access_facts

Reader = Callable[[str], FactValue | None]

_PATH_TAGS: Mapping[str, tuple[str, Reader]] = {
    "highway": ("highway", values.text),
    "name": ("name", values.text),
    "surface": ("surface", values.text),
    "smoothness": ("smoothness", values.text),
    "tracktype": ("tracktype", values.text),
    "width": ("width_m", values.metres),
    "incline": ("gradient_pct", values.gradient_pct),
    "lit": ("lit", values.text),
    "bicycle": ("bicycle", values.text),
    "foot": ("foot", values.text),
    "access": ("access", values.text),
    "segregated": ("segregated", values.text),
    "wheelchair": ("wheelchair", values.text),
    "step_count": ("step_count", values.steps),
    "handrail": ("handrail", values.text),
    "kerb": ("kerb", values.text),
    "tactile_paving": ("tactile_paving", values.text),
    "bridge": ("bridge", values.text),
    "tunnel": ("tunnel", values.text),
    "covered": ("covered", values.text),
    "maxspeed": ("maxspeed", values.text),
    "sidewalk": ("sidewalk", values.text),
    "kerb:height": ("kerb_height_m", values.kerb_height),
    **{
        tag: (fact, values.text)
        for fact, tag in TAG_OF_FACT.items()
        if fact != "locked_conditional"
    },
}
_CROSSINGS = ("footway", "cycleway", "path")
_SIDES = ("both", "left", "right")


def path_facts(tags: Tags, warnings: Counter[str]) -> dict[str, FactValue]:
    """Return what a way's tags say about every path cut from it.

    Args:
        tags: the way's.
        warnings: counts each tag whose value makes no sense; such a fact stays unknown.
    """
    facts: dict[str, FactValue] = {}
    for tag, (fact, reader) in _PATH_TAGS.items():
        if tag in tags:
            _take(facts, fact, reader(tags[tag]), tag, warnings)
    if "name" not in facts and tags.get("highway") in CARRIAGEWAYS and "ref" in tags:
        _take(facts, "name", values.text(tags["ref"]), "ref", warnings)  # as it is signed
    if any(tags.get(key) == "crossing" for key in _CROSSINGS):
        facts["crosses_road"] = "yes"
    if "sidewalk" not in facts and (pavement := _pavement(tags)):
        facts["sidewalk"] = pavement
    if lifecycle := access_facts(tags).get("lifecycle"):
        facts["lifecycle"] = lifecycle
    return facts


def _pavement(tags: Tags) -> str | None:
    """Return what is recorded of a road's pavement side by side, as ``sidewalk`` has it."""
    said = {side: tags[f"sidewalk:{side}"] for side in _SIDES if tags.get(f"sidewalk:{side}")}
    there = {side: value for side, value in said.items() if value in ("yes", "separate")}
    if not there:
        return "no" if said and set(said.values()) <= {"no", "none"} else None
    if "separate" in there.values():
        return "separate"
    return "both" if "both" in there or len(there) > 1 else next(iter(there))


def add_node_facts(facts: dict[str, FactValue], tags: Tags, warnings: Counter[str]) -> None:
    """Add what a node on a path says about walking it: kerbs and tactile paving."""
    if kerb := values.text(tags.get("kerb", "")):
        facts["kerb"] = _worse_kerb(str(facts.get("kerb", "")), kerb)
    if "tactile_paving" in tags and "tactile_paving" not in facts:
        _take(
            facts, "tactile_paving", values.text(tags["tactile_paving"]), "tactile_paving", warnings
        )


_BARRIER_TAGS: Mapping[str, tuple[str, Reader]] = {
    "wheelchair": ("wheelchair", values.text),
    "locked": ("locked", values.text),
    "kerb": ("kerb", values.text),
    "kerb:height": ("kerb_height_m", values.kerb_height),
    "tactile_paving": ("tactile_paving", values.text),
    "stile": ("stile", values.text),
    "bicycle": ("bicycle", values.text),
    "hazard": ("hazard", values.text),
    "access": ("access", values.text),
    "foot": ("foot", values.text),
    **{TAG_OF_FACT[fact]: (fact, values.text) for fact in HOURS_FACTS if fact != "ground_hours"},
}
_OPENINGS = ("maxwidth:physical", "maxwidth", "width", "opening")
"""Where the width that one passes is recorded, the most exact first."""


def barrier_facts(tags: Tags, warnings: Counter[str]) -> dict[str, FactValue]:
    """Return what a barrier's tags say about it; see ``path_facts``."""
    facts: dict[str, FactValue] = {}
    for tag, (fact, reader) in _BARRIER_TAGS.items():
        if tag in tags:
            _take(facts, fact, reader(tags[tag]), tag, warnings)
    width = next((tags[tag] for tag in _OPENINGS if tag in tags), None)
    if width is not None and (metres := values.metres(width)) is not None:
        facts["width_m"] = metres
    elif width is not None:
        warnings["barrier widths that are no width"] += 1
    return facts


_KERBS_FROM_EASY = ("no", "flush", "lowered", "rolled", "regular", "yes", "raised")


def _worse_kerb(known: str, kerb: str) -> str:
    order = {name: rank for rank, name in enumerate(_KERBS_FROM_EASY)}
    return max((known, kerb), key=lambda name: order.get(name, -1 if not name else len(order)))


def _take(
    facts: dict[str, FactValue],
    fact: str,
    value: FactValue | None,
    tag: str,
    warnings: Counter[str],
) -> None:
    if value is None:
        warnings[f"values of {tag} that make no sense or give no figure"] += 1
    else:
        facts[fact] = value


_PLACE_TAGS: Mapping[str, tuple[str, Reader]] = {
    "operator": ("operator", values.text),
    "fee": ("fee", values.fee),
    "capacity": ("capacity", values.count),
    "capacity:disabled": ("disabled_spaces", values.count),
    "wheelchair": ("wheelchair", values.text),
    "opening_hours": ("opening_hours", values.text),
    "access": ("access", values.text),
    "backrest": ("backrest", values.yes_no),
    "armrest": ("armrest", values.yes_no),
    "covered": ("covered", values.text),
    "changing_places": ("changing_places", values.yes_no),
    "ref": ("ref", values.text),
    "website": ("website", values.text),
}

_PLACE_OF_TAG: Mapping[tuple[str, str], str] = {
    ("amenity", "bench"): "bench",
    ("amenity", "toilets"): "toilets",
    ("amenity", "drinking_water"): "drinking_water",
    ("amenity", "shelter"): "shelter",
    ("amenity", "cafe"): "cafe",
    ("amenity", "parking"): "car_park",
    ("amenity", "bandstand"): "bandstand",
    ("leisure", "bandstand"): "bandstand",
    ("leisure", "playground"): "playground",
    ("leisure", "dog_park"): "dog_area",
    ("leisure", "park"): "park",
    ("highway", "bus_stop"): "bus_stop",
    ("highway", "emergency_access_point"): "emergency_access_point",
    ("emergency", "access_point"): "emergency_access_point",
    ("emergency", "defibrillator"): "defibrillator",
    ("railway", "station"): "station",
    ("railway", "halt"): "station",
    ("tourism", "information"): "information",
}
_BOARDS = frozenset({"board", "map", "guidepost"})

IMPORTED_KINDS = frozenset(_PLACE_OF_TAG.values()) | {"entrance"}
"""Kinds of place an import looks for over the whole area."""


def place_kind(tags: Tags) -> str | None:
    """Return what kind of place an element is, or ``None``.

    Private car parks and toilets are left out; of information only boards, maps and guideposts
    count, not offices.
    """
    for (key, value), kind in _PLACE_OF_TAG.items():
        if tags.get(key) != value:
            continue
        if kind == "information" and tags.get("information") not in _BOARDS:
            continue
        if tags.get("access") in ("no", "private") or (kind == "park" and "name" not in tags):
            continue
        return kind
    return None


def place_facts(tags: Tags, warnings: Counter[str]) -> dict[str, FactValue]:
    """Return what an element's tags say about the place; see ``path_facts``."""
    facts: dict[str, FactValue] = {}
    for tag, (fact, reader) in _PLACE_TAGS.items():
        if tag in tags:
            _take(facts, fact, reader(tags[tag]), tag, warnings)
    if tags.get("amenity") == "toilets" and "toilets:wheelchair" in tags:
        _take(facts, "wheelchair", values.text(tags["toilets:wheelchair"]), "wheelchair", warnings)
    return facts
