"""What lies around a position, for words that a first-timer follows: streets and landmarks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely

from tools.build_parks.facts import Feature
from tools.build_parks.ways import flat_lines, points_of
from walktalk.parks import LonLat, Place

AT_THE_STREET_M = 8.0
"""A path that ends this near to a street's middle line is at the street: half a wide street."""

_DRIVES = frozenset({"other", "motorway"})


def point_of(position: LonLat) -> shapely.Point:
    """Return a position as a point in metres."""
    return points_of([position])[0]


@dataclass(frozen=True)
class Streets:
    """The roads that have a name, in metres."""

    names: Sequence[str]
    lines: Sequence[shapely.LineString]
    tree: shapely.STRtree

    @classmethod
    def of(cls, roads: Iterable[Feature]) -> "Streets":
        """Index the named roads."""
        named = [f for f in roads if f.text("name") and f.text("road_class") not in _DRIVES]
        lines = flat_lines(named)
        return cls([feature.text("name") for feature in named], lines, shapely.STRtree(lines))

    def nearest(self, position: LonLat) -> tuple[str, float]:
        """Return the name of the nearest street and the metres to its middle line."""
        point = point_of(position)
        n = int(self.tree.nearest(point))
        return self.names[n], float(self.lines[n].distance(point))


@dataclass(frozen=True)
class Landmarks:
    """Places a person can see or look up, nearest first by kind."""

    places: Sequence[Place]
    points: Sequence[shapely.Point]

    @classmethod
    def of(cls, places: Iterable[Place]) -> "Landmarks":
        """Index places."""
        chosen = list(places)
        return cls(chosen, points_of([place.position for place in chosen]))

    def nearest(
        self, position: LonLat, kinds: frozenset[str], within_m: float, *, named: bool = True
    ) -> tuple[Place, float] | None:
        """Return the nearest place of some kinds, with a name if need be, and the metres to it."""
        here = point_of(position)
        away = [
            (here.distance(point), n)
            for n, (place, point) in enumerate(zip(self.places, self.points, strict=True))
            if place.kind in kinds and (place.name or not named)
        ]
        metres, n = min(away, default=(within_m + 1, -1))
        return (self.places[n], metres) if metres <= within_m else None
