"""The places of the town: each recorded one once, by the best of its sources, with its facts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import shapely

from tools.build_parks.facts import Facts, Feature
from tools.build_parks.opening import hours_of
from tools.build_parks.sources import toilet_source
from tools.build_parks.ways import points_of
from walktalk.parks import LonLat, Place, Source
from walktalk.parks.model import FactValue

SAME_PLACE_M = 60.0
"""Two records of one kind this near are one place: one is its middle, the other its door."""

REACH_M: Mapping[str, float] = {
    "bench": 60.0,
    "bus_stop": 300.0,
    "cafe": 300.0,
    "drinking_water": 300.0,
    "kiosk": 300.0,
    "shelter": 200.0,
    "attraction": 300.0,
    "information": 60.0,
}
"""How far from an area's paths a place of a kind is told of."""

OTHERS_REACH_M = 500.0

_KNOWN_BEFORE = frozenset({"council-register", "osm-places"})

_TOLD = frozenset(("cafe", "car_park", "drinking_water", "shelter", "station", "attraction"))
_PUBLIC_USE = {"cafe": "cafe", "ice_cream": "kiosk"}
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Places:
    """Every place of the town, with its position in metres, to be chosen from for each area."""

    places: Sequence[Place]
    tree: shapely.STRtree
    points: Sequence[shapely.Point]

    @classmethod
    def of(cls, facts: Facts, names: Mapping[str, str], sources: Mapping[str, Source]) -> "Places":
        """Collect the places; ``names`` makes recorded names readable."""
        found = [
            *_toilets(facts, names),
            *_register(facts, names, sources),
            *_of_2023(facts, sources["osm-2023"]),
            *_stops(facts, sources["naptan"]),
        ]
        found = _each_once(found)
        points = points_of([place.position for place in found])
        return cls(found, shapely.STRtree(points), points)

    def near(self, lines: Iterable[shapely.LineString]) -> list[Place]:
        """Return the places within reach of some paths, nearest first among those of a kind."""
        ground = shapely.union_all(list(lines))
        around = self.tree.query(ground, predicate="dwithin", distance=OTHERS_REACH_M)
        away = {int(n): self.points[int(n)].distance(ground) for n in around}
        return [
            self.places[n]
            for n in sorted(away)
            if away[n] <= REACH_M.get(self.places[n].kind, OTHERS_REACH_M)
        ]


def slug(text: str) -> str:
    """Return a text as an id: small letters, digits and hyphens."""
    return _SLUG.sub("-", text.lower().replace("'", "").replace("’", "")).strip("-")[:60]


def _position(feature: Feature) -> LonLat:
    (x, y) = feature.geometry.coords[0][:2]
    return (round(float(x), 7), round(float(y), 7))


def _place(
    feature: Feature,
    named: tuple[str, str, str],
    facts: Mapping[str, FactValue],
    source: Source,
) -> Place:
    place_id, kind, name = named
    return Place(
        id=place_id,
        kind=kind,
        name=name,
        position=_position(feature),
        facts=dict(facts),
        sources=dict.fromkeys(("geometry", *facts), source),
    )


def _toilets(facts: Facts, names: Mapping[str, str]) -> list[Place]:
    return [
        _place(
            feature,
            (f"toilets-{feature.text('toiletmap_id')[:8]}", "toilets", _readable(feature, names)),
            _toilet_facts(feature.properties),
            toilet_source(feature.text("updated")),
        )
        for feature in facts.toilets
    ]


def _readable(feature: Feature, names: Mapping[str, str]) -> str:
    recorded = feature.text("name")
    return names.get(recorded, recorded)


def _toilet_facts(said: Mapping[str, object]) -> dict[str, FactValue]:
    """Return a toilet's facts: what its entry leaves out stays unknown."""
    facts: dict[str, FactValue] = {}
    if isinstance(accessible := said.get("accessible"), bool):
        facts["wheelchair"] = "yes" if accessible else "no"
    if isinstance(radar := said.get("radar_key"), bool):
        facts["radar_key"] = "yes" if radar else "no"
    if isinstance(free := said.get("no_payment"), bool):
        facts["fee"] = str(said["payment_details"]) if said.get("payment_details") else not free
    hours, note = hours_of(str(said.get("opening_hours") or ""), str(said.get("notes") or ""))
    if hours:
        facts["opening_hours"] = hours
    if note:
        facts["note"] = note
    return facts


def _register(facts: Facts, names: Mapping[str, str], sources: Mapping[str, Source]) -> list[Place]:
    found: list[Place] = []
    for feature in facts.register:
        said = feature.properties
        source = "osm-places" if "OpenStreetMap" in feature.text("source") else "council-register"
        kept: dict[str, FactValue] = {
            name: said[name] for name in ("operator", "fee", "capacity") if name in said
        }
        if url := feature.text("osm_url"):
            kept["osm"] = url
        name = _readable(feature, names)
        named = (slug(feature.text("name")), feature.text("kind"), name)
        found.append(_place(feature, named, kept, sources[source]))
    return found


def _of_2023(facts: Facts, source: Source) -> list[Place]:
    found: list[Place] = []
    for feature in (*facts.benches, *facts.places):
        kind = feature.text("kind")
        kind = _PUBLIC_USE.get(kind, kind)
        if kind not in _TOLD and kind not in ("bench", "kiosk"):
            continue
        element = feature.text("osm")
        kept = {"osm": f"https://www.openstreetmap.org/{element}"}
        name = "" if kind == "bench" else feature.text("name")
        place_id = f"{slug(kind)}-{element.split('/')[-1]}"
        found.append(_place(feature, (place_id, kind, name), kept, source))
    return found


def _stops(facts: Facts, source: Source) -> list[Place]:
    found: list[Place] = []
    for feature in facts.stops:
        kept: dict[str, FactValue] = {"ref": feature.text("atco")}
        for name in ("street", "bearing", "indicator"):
            if value := feature.text(name):
                kept[name] = value
        if edited := feature.text("modified"):
            kept["edited_on"] = edited
        name = feature.text("name")
        place_id = f"stop-{slug(feature.text('atco'))}"
        found.append(_place(feature, (place_id, "bus_stop", name), kept, source))
    return found


def _each_once(places: Sequence[Place]) -> list[Place]:
    """Return the places without a second record of the same one: the first of its kind stays.

    It takes the id of the second, which people knew it by before.
    """
    kept: dict[int, Place] = {}
    points = points_of([place.position for place in places])
    by_kind: dict[str, list[int]] = {}
    for n, place in enumerate(places):
        if place.kind not in ("bench", "bus_stop", "park"):
            near = [
                other
                for other in by_kind.get(place.kind, [])
                if points[other].distance(points[n]) <= SAME_PLACE_M
                and places[other].sources["geometry"] != place.sources["geometry"]
            ]
            if near:
                if place.sources["geometry"].id in _KNOWN_BEFORE:
                    kept[near[0]] = replace(kept[near[0]], id=place.id)
                continue
        by_kind.setdefault(place.kind, []).append(n)
        kept[n] = place
    return list(kept.values())
