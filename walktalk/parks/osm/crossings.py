"""Where stretches of way cross roads, railways and tramways at grade, or meet them at an end."""

from collections.abc import Sequence

from walktalk.parks.model import Crossing, FactValue, Source
from walktalk.parks.osm.across import Across, is_level, lines_across
from walktalk.parks.osm.cutting import Piece
from walktalk.parks.osm.data import OsmData, OsmWay, Tags
from walktalk.parks.osm.rules import CARRIAGEWAYS, RAILWAYS, is_walkable
from walktalk.parks.osm.values import text

ROADS_TO_CROSS = CARRIAGEWAYS | {"busway", "bus_guideway", "raceway", "road"}
"""Roads whose crossing is told, also those that nobody may walk along."""

_SIGNALS = frozenset({"traffic_signals", "signals"})
_NO_SIGNALS = frozenset({"uncontrolled", "unmarked", "marked", "zebra", "informal"})
_YES_NO = frozenset({"yes", "no"})


def crossings_on(
    pieces: Sequence[Piece], data: OsmData, source: Source
) -> list[tuple[Crossing, ...]]:
    """Return the roads and railways that each stretch crosses at grade, or meets at its end.

    A stretch of street does not cross the streets it joins; it does cross railways, and roads that
    nobody may walk along. At a stretch's end the walk crosses only when it goes on beyond.
    """
    ways = [way for way in data.ways.values() if _is_crossed(way)]
    return [
        tuple(
            _crossing(each, piece, data, source) for each in found if _counts(each.way, piece.way)
        )
        for piece, found in zip(pieces, lines_across(pieces, ways), strict=True)
    ]


def _is_crossed(way: OsmWay) -> bool:
    tags = way.tags
    if not is_level(tags):
        return False
    return tags.get("highway") in ROADS_TO_CROSS or tags.get("railway") in RAILWAYS


def _counts(crossed: OsmWay, walked: OsmWay) -> bool:
    if walked.tags.get("highway") not in ROADS_TO_CROSS:
        return True
    return crossed.tags.get("railway") in RAILWAYS or not is_walkable(crossed.tags)


def _crossing(found: Across, piece: Piece, data: OsmData, source: Source) -> Crossing:
    tags = found.way.tags
    railway = tags.get("railway")
    kind = railway if railway in RAILWAYS and "highway" not in tags else tags.get("highway")
    node = data.nodes.get(found.ref or 0)
    facts = _facts({**_of_a_crossing(piece.way.tags), **(node.tags if node else {})})
    if name := text(tags.get("name") or tags.get("ref") or ""):
        facts["name"] = name
    return Crossing(kind or railway or "road", found.position, source, facts)


def _of_a_crossing(tags: Tags) -> Tags:
    """Return a way's tags where it is drawn as a crossing: then they tell of the crossing."""
    keys = ("footway", "cycleway", "path", "highway")
    return tags if any(tags.get(key) == "crossing" for key in keys) else {}


def _facts(tags: Tags) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {}
    crossing = tags.get("crossing")
    if crossing:
        facts["crossing"] = text(crossing) or "yes"
    if tags.get("crossing:signals") in _YES_NO:
        facts["signals"] = tags["crossing:signals"]
    elif crossing in _SIGNALS or tags.get("highway") == "traffic_signals":
        facts["signals"] = "yes"
    elif crossing in _NO_SIGNALS:
        facts["signals"] = "no"
    if tags.get("crossing:island") in _YES_NO:
        facts["island"] = tags["crossing:island"]
    elif tags.get("traffic_calming") == "island" or crossing == "island":
        facts["island"] = "yes"
    for key in ("kerb", "tactile_paving"):
        if key in tags and (value := text(tags[key])):
            facts[key] = value
    return facts
