"""What lies along a walk: the points of its line by distance, and how far places are from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.spatial import KDTree

    from walktalk.parks import Area, Place
    from walktalk.routes.model import Route

SAMPLE_M = 5.0
"""Metres between the points at which a walk is looked at: a few steps."""


AS_NEAR_M = 1.0
"""Passes of a place that differ by less than this are as near: samples lie up to 5 m apart."""


@dataclass(frozen=True)
class NearPlaces:
    """The places of some kinds near a walk.

    Attributes:
        places: those within reach, in the area's order.
        along_m: for each, the metres walked when it is nearest.
        off_m: for each, the straight-line metres to it from there.
        passed_m: the metres walked where the walk comes nearest to one of them, each time that it
            passes, ascending.
        passes: each time that the walk passes one of them: the metres walked, and which it is.
    """

    places: tuple[Place, ...]
    along_m: tuple[float, ...]
    off_m: tuple[float, ...]
    passed_m: tuple[float, ...]
    passes: tuple[tuple[float, Place], ...] = ()


@dataclass(frozen=True, eq=False)
class Along:
    """A walk looked at every few steps; distances to places are straight lines from there."""

    area: Area
    route: Route

    @cached_property
    def metres(self) -> NDArray[np.float64]:
        """Metres along the walk of each point looked from, both ends included."""
        return self.route.line.evenly_m(SAMPLE_M)

    @cached_property
    def _positions(self) -> NDArray[np.float64]:
        flat = self.area.network.metres(self.route.coordinates)
        return self.route.line.values_at(self.metres, flat)

    @cached_property
    def _tree(self) -> KDTree:
        from scipy.spatial import KDTree

        return KDTree(self._positions)

    def _look_from(
        self, positions: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return the metres from each position to the walk, and the nearest point of the walk."""
        off, sample = self._tree.query(positions)
        return np.asarray(off, dtype=float), np.asarray(sample, dtype=np.int64)

    def near(self, kinds: frozenset[str], reach_m: float) -> NearPlaces:
        """Return the places of some kinds within reach of the walk."""
        places, positions = self.area.prepared(_places, kinds)
        if not places:
            return NearPlaces((), (), (), ())
        off, sample = self._look_from(positions)
        found = np.flatnonzero(off <= reach_m)
        which, passed_m = self._passes_m(positions[found], reach_m)
        passes = [
            (metres, places[found[i]])
            for i, metres in zip(which.tolist(), passed_m.tolist(), strict=True)
        ]
        passes.sort(key=lambda each: each[0])
        return NearPlaces(
            places=tuple(places[i] for i in found),
            along_m=tuple(self.metres[sample[found]].tolist()),
            off_m=tuple(off[found].tolist()),
            passed_m=tuple(metres for metres, _ in passes),
            passes=tuple(passes),
        )

    def nearest(self, kinds: frozenset[str]) -> NearPlaces:
        """Return only the place of some kinds nearest to the walk, however far; or none."""
        places, positions = self.area.prepared(_places, kinds)
        if not places:
            return NearPlaces((), (), (), ())
        off, _ = self._look_from(positions)
        which = int(np.argmin(off))
        _, passed_m = self._passes_m(positions[[which]], float(off[which]) + AS_NEAR_M)
        passed = tuple(passed_m.tolist())
        return NearPlaces((places[which],), passed[:1], (float(off[which]),), passed)

    def _passes_m(
        self, positions: NDArray[np.float64], within_m: float
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return where the walk is nearest to positions, each time that it comes so near.

        Returns:
            For each time, position by position and in walking order: which position it is, and
            the metres walked.
        """
        away = np.sqrt(((self._positions - positions[:, None]) ** 2).sum(axis=2))
        which, sample = np.nonzero(away <= within_m)
        off = away[which, sample]
        is_new = np.ones(len(which), dtype=bool)
        is_new[1:] = (np.diff(which) != 0) | (np.diff(sample) > 1)
        time = np.cumsum(is_new) - 1
        first = np.lexsort((sample, off, time))[np.flatnonzero(is_new)]
        return which[first], self.metres[sample[first]]


PLAYGROUND = "playground"
_CLOSED = frozenset(["no", "private"])


def _counts(place: Place) -> bool:
    """Whether a place is surveyed and open to all; a playground is near in any case."""
    source = place.sources.get("geometry")
    reported = source is not None and source.reported
    return place.kind == PLAYGROUND or not (reported or place.facts.get("access") in _CLOSED)


def _places(area: Area, kinds: frozenset[str]) -> tuple[tuple[Place, ...], NDArray[np.float64]]:
    """Return the area's places of some kinds with their flat positions."""
    places = tuple(
        place for place in area.places.values() if place.kind in kinds and _counts(place)
    )
    return places, area.network.metres([place.position for place in places])
