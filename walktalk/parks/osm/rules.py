"""Where one may walk, by OpenStreetMap's tags."""

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

_FORBIDS = frozenset({"no", "private"})
_ALLOWS = frozenset({"yes", "designated", "permissive", "permit", "customers", "destination"})
_CLOSED_KINDS = frozenset({"wall", "fence", "hedge", "retaining_wall", "guard_rail"})


def is_walkable(tags: Tags) -> bool:
    """Return whether a way is one to walk: its kind, and neither foot nor access against it.

    The more specific tag wins, as OpenStreetMap has it
    (https://wiki.openstreetmap.org/wiki/Key:access): ``access=private`` with ``foot=yes`` is open
    on foot.
    """
    return tags.get("highway") in WALKABLE and not _forbids(tags)


def is_closed_barrier(tags: Tags) -> bool:
    """Return whether a node stops people on foot: a private or locked gate, a wall, a fence."""
    kind = tags.get("barrier")
    if kind is None:
        return False
    if tags.get("foot") in _ALLOWS:
        return False
    if _forbids(tags) or tags.get("locked") == "yes":
        return True
    return kind in _CLOSED_KINDS and "access" not in tags


def _forbids(tags: Tags) -> bool:
    foot = tags.get("foot")
    if foot is not None:
        return foot in _FORBIDS or foot == "use_sidepath"
    return tags.get("access") in _FORBIDS
