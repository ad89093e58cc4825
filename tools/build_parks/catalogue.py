"""The catalogue of named parks whose paths are no area: where they are and what is near."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shapely.geometry.base import BaseGeometry

from tools.build_parks.places import Places
from tools.build_parks.ways import points_of
from walktalk.parks import Place, Source
from walktalk.parks.geodesy import distance_m
from walktalk.parks.writer import source_to_json

ABOUT = "Named parks of Cheltenham whose paths are not recorded yet, or not open to everybody."
WITHIN_M = 500.0
BESIDE_M = 40.0
"""A register's point this near an area's ground is that park: it marks the gate at times."""

_NEAR = ("toilets", "playground", "car_park")


def catalogue(
    places: Places,
    also: Iterable[Place],
    grounds: Sequence[BaseGeometry],
    sources: Mapping[str, Source],
) -> str:
    """Return the catalogue as the text of its file.

    Args:
        places: of the town; its parks without a ground of an area are listed.
        also: parks that the register does not name.
        grounds: of the areas, in metres.
        sources: by id.
    """
    parks = [place for place in places.places if place.kind == "park"]
    points = points_of([place.position for place in parks])
    left = [
        place
        for place, point in zip(parks, points, strict=True)
        if all(ground.distance(point) > BESIDE_M for ground in grounds)
    ]
    listed = sorted((*left, *also), key=lambda place: place.id)
    entries = [_entry(park, places) for park in listed]
    used = {entry["source"] for entry in entries} | {
        near["source"] for entry in entries for near in entry["near"]
    }
    document = {
        "walktalk": 1,
        "about": ABOUT,
        "within_m": int(WITHIN_M),
        "sources": {name: source_to_json(sources[name]) for name in sorted(used)},
        "parks": entries,
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _entry(park: Place, places: Places) -> dict[str, Any]:
    near = [
        (distance_m(park.position, place.position), place)
        for place in places.places
        if place.kind in _NEAR and place.name
    ]
    return {
        "id": park.id,
        "name": park.name,
        "position": list(park.position),
        "source": park.sources["geometry"].id,
        "near": [
            {
                "kind": place.kind,
                "name": place.name,
                "distance_m": round(away_m),
                "source": place.sources["geometry"].id,
            }
            for away_m, place in sorted(near, key=lambda each: (each[0], each[1].id))
            if away_m <= WITHIN_M
        ],
    }
