"""Where one may walk, by OpenStreetMap's tags."""

from walktalk.parks.access import FACTS, LIFECYCLE_PREFIXES
from walktalk.parks.barriers import rule_of
from walktalk.parks.hours import HOURS_FACTS, may_be_open
from walktalk.parks.osm.data import Tags

WALKABLE = frozenset(
    {
        "footway",
        "path",
        "pedestrian",
        "cycleway",
        "steps",
        "track",
        "bridleway",
        "living_street",
        "residential",
        "service",
        "unclassified",
        "tertiary",
        "secondary",
        "primary",
        "corridor",
    }
)
"""Kinds of way one can walk unless foot or access forbids it (the design's list)."""

CARRIAGEWAYS = frozenset(
    {
        "motorway",
        "trunk",
        "primary",
        "secondary",
        "tertiary",
        "unclassified",
        "residential",
        "living_street",
        "motorway_link",
        "trunk_link",
        "primary_link",
        "secondary_link",
        "tertiary_link",
    }
)
"""Roads for motor traffic; service ways (drives, car park aisles) are left out."""

RAILWAYS = frozenset(
    {"rail", "light_rail", "narrow_gauge", "tram", "preserved", "funicular", "miniature", "subway"}
)
"""Railways and tramways, whose crossing is told where it is at grade."""

_ABOVE_GROUND = (None, "no", "building_passage")


def is_underground(tags: Tags) -> bool:
    """Return whether a road or stream runs in a tunnel: nobody above sees or hears it."""
    return tags.get("tunnel") not in _ABOVE_GROUND


_MADE = frozenset({"lifecycle", "ground_access", "ground_hours"})
_WITH_COLONS = ("oneway_foot", "foot_forward", "foot_backward", "temporary_access")
_COLONS = frozenset({*_WITH_COLONS, *(f for f in HOURS_FACTS if f.endswith("_conditional"))})
TAG_OF_FACT = {
    fact: fact.replace("_", ":") if fact in _COLONS else fact
    for fact in sorted({*FACTS, *HOURS_FACTS} - _MADE)
}
"""The tag that each fact about who may walk, and when, is read from."""


def access_facts(tags: Tags) -> dict[str, str]:
    """Return what tags say about who may walk and when, under the names of facts."""
    facts = {fact: tags[tag] for fact, tag in TAG_OF_FACT.items() if tags.get(tag)}
    before = sorted(p for p in LIFECYCLE_PREFIXES if f"{p}:highway" in tags)
    return facts | ({"lifecycle": ";".join(before)} if before else {})


def is_walkable(tags: Tags) -> bool:
    """Return whether a way is one to walk, at some time at least: its kind, and who may use it.

    The more specific tag wins, as OpenStreetMap has it
    (https://wiki.openstreetmap.org/wiki/Key:access): ``access=private`` with ``foot=yes`` is open
    on foot.
    """
    return tags.get("highway") in WALKABLE and may_be_open(access_facts(tags))


def is_closed_barrier(tags: Tags) -> bool:
    """Return whether a node stops people on foot at all times: a private gate, a wall, a fence."""
    kind = tags.get("barrier")
    if kind is None:
        return False
    facts = access_facts(tags) | ({"locked": tags["locked"]} if "locked" in tags else {})
    if not may_be_open(facts):
        return True
    says_who = "access" in tags or "foot" in tags
    return all(rule_of(each).stops for each in kind.split(";")) and not says_who
