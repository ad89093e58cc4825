"""Where stretches of way cross roads, railways and tramways at grade, or meet them at an end."""

from collections.abc import Sequence
from dataclasses import replace

from walktalk.parks.geodesy import LonLat, bearings_deg
from walktalk.parks.model import Crossing, FactValue, Source
from walktalk.parks.osm.across import Across, lines_across
from walktalk.parks.osm.cutting import Piece
from walktalk.parks.osm.data import OsmData, OsmWay, Tags
from walktalk.parks.osm.rules import CARRIAGEWAYS, RAILWAYS, is_walkable
from walktalk.parks.osm.values import text

ROADS_TO_CROSS = CARRIAGEWAYS | {"busway", "bus_guideway", "raceway", "road"}
"""Roads whose crossing is told, also those that nobody may walk along."""

_BUSIEST_FIRST = ("motorway", "trunk", "primary", "secondary", "tertiary", "unclassified")
_SIGNALS = frozenset({"traffic_signals", "signals"})
_NO_SIGNALS = frozenset({"uncontrolled", "unmarked", "marked", "zebra", "informal"})
_YES_NO = frozenset({"yes", "no"})


def crossings_on(
    pieces: Sequence[Piece], data: OsmData, source: Source
) -> list[tuple[Crossing, ...]]:
    """Return the roads and railways that each stretch crosses at grade, or meets at its end.

    A stretch of street does not cross the streets it joins; it does cross railways, and roads that
    nobody may walk along. At a stretch's end the walk crosses only when it goes on beyond, and the
    bearings tell to which side. Where several roads pass the same node, the busiest is told, and
    rails beside it.
    """
    roads = [way for way in data.ways.values() if way.tags.get("highway") in ROADS_TO_CROSS]
    roads.sort(key=_rank)
    closed = [way for way in roads if not is_walkable(way.tags)]
    rails = [way for way in data.ways.values() if way.tags.get("railway") in RAILWAYS]
    on_street = [piece.way.tags.get("highway") in ROADS_TO_CROSS for piece in pieces]
    streets = [piece for piece, is_street in zip(pieces, on_street, strict=True) if is_street]
    paths = [piece for piece, is_street in zip(pieces, on_street, strict=True) if not is_street]
    by_street = iter(lines_across(streets, closed))
    by_path = iter(lines_across(paths, roads))
    found = []
    for piece, is_street, railways in zip(
        pieces, on_street, lines_across(pieces, rails), strict=True
    ):
        met = [(road, "highway") for road in next(by_street if is_street else by_path)]
        met += [(railway, "railway") for railway in railways]
        told: dict[tuple[LonLat, str], Crossing] = {}
        for each, key in met:
            closed_arms = _closed_arms(each, key)
            if (each.position, key) not in told and (closed_arms or _passes(each)):
                crossing = _crossing(each, key, piece, data, source)
                if each.is_at_end and closed_arms:
                    degrees = bearings_deg([each.position] * len(closed_arms), closed_arms)
                    arms = {"arms_deg": " ".join(f"{bearing:.0f}" for bearing in degrees)}
                    crossing = replace(crossing, facts={**crossing.facts, **arms})
                told[each.position, key] = crossing
        found.append(tuple(told.values()))
    return found


def _passes(across: Across) -> bool:
    return not across.is_at_end or len(across.arms) > 1


def _closed_arms(across: Across, key: str) -> list[LonLat]:
    """Return where rails lead to, or roads that nobody may walk along."""
    return [to for way, to in across.arms if key == "railway" or not is_walkable(way.tags)]


def _rank(way: OsmWay) -> tuple[int, bool]:
    """Order roads by their class, the busiest first, and those with a name before others."""
    kind = way.tags["highway"].removesuffix("_link")
    rank = _BUSIEST_FIRST.index(kind) if kind in _BUSIEST_FIRST else len(_BUSIEST_FIRST)
    return rank, not (way.tags.get("name") or way.tags.get("ref"))


def _crossing(found: Across, key: str, piece: Piece, data: OsmData, source: Source) -> Crossing:
    tags = found.way.tags
    node = data.nodes.get(found.ref or 0)
    facts = _facts({**_of_a_crossing(piece.way.tags), **(node.tags if node else {})})
    if name := text(tags.get("name") or tags.get("ref") or ""):
        facts["name"] = name
    return Crossing(tags[key], found.position, source, facts)


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
