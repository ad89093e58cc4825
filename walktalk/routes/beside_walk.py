"""What lies along a walk: the points of its line by distance, and how far places are from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from walktalk.parks import Area, Place
    from walktalk.routes.model import Route

SAMPLE_M = 5.0
"""Metres between the points at which a walk is looked at: a few steps."""

_EVERY = 8
"""Of so many points one is enough to know roughly how far a place is."""

_BETWEEN_M = 2 * SAMPLE_M * _EVERY
"""Metres from any point to the nearest of those, with room to spare: no two are 1.5 x SAMPLE_M
apart, and the last of them may be left out."""

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
        flat = self.route.flat_m(self.area.network)
        return self.route.line.values_at(self.metres, flat)

    def near(self, kinds: frozenset[str], reach_m: float) -> NearPlaces:
        """Return the places of some kinds within reach of the walk."""
        places, positions = self.area.prepared(_places, kinds)
        if not places:
            return NearPlaces((), (), (), ())
        beside = np.flatnonzero(self._roughly_m(positions) <= reach_m + _BETWEEN_M)
        away = self._away_m(positions[beside], self._positions)
        found = np.flatnonzero(away.min(axis=1, initial=np.inf) <= reach_m)
        beside, away = beside[found], away[found]
        sample = away.argmin(axis=1)
        which, passed_m = self._passes_m(away, reach_m)
        passes = [
            (metres, places[beside[i]])
            for i, metres in zip(which.tolist(), passed_m.tolist(), strict=True)
        ]
        passes.sort(key=lambda each: each[0])
        return NearPlaces(
            places=tuple(places[i] for i in beside.tolist()),
            along_m=tuple(self.metres[sample].tolist()),
            off_m=tuple(away[np.arange(len(beside)), sample].tolist()),
            passed_m=tuple(metres for metres, _ in passes),
            passes=tuple(passes),
        )

    def nearest(self, kinds: frozenset[str]) -> NearPlaces:
        """Return only the place of some kinds nearest to the walk, however far; or none."""
        places, positions = self.area.prepared(_places, kinds)
        if not places:
            return NearPlaces((), (), (), ())
        roughly = self._roughly_m(positions)
        beside = np.flatnonzero(roughly <= roughly.min() + _BETWEEN_M)
        away = self._away_m(positions[beside], self._positions)
        off = away.min(axis=1)
        which = int(off.argmin())
        off_m = float(off[which])
        _, passed_m = self._passes_m(away[[which]], off_m + AS_NEAR_M)
        passed = tuple(passed_m.tolist())
        return NearPlaces((places[beside[which]],), passed[:1], (off_m,), passed)

    def _roughly_m(self, positions: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the metres from positions to the walk, too much by ``_BETWEEN_M`` at most."""
        return np.asarray(self._away_m(positions, self._positions[::_EVERY]).min(axis=1))

    @staticmethod
    def _away_m(positions: NDArray[np.float64], walk: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the metres from each position to each point of the walk."""
        east = positions[:, 0, None] - walk[:, 0]
        north = positions[:, 1, None] - walk[:, 1]
        return np.asarray(np.sqrt(east * east + north * north))

    def _passes_m(
        self, away: NDArray[np.float64], within_m: float
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return where the walk is nearest to positions, each time that it comes so near.

        Args:
            away: metres from each position to each point of the walk.
            within_m: how near.

        Returns:
            For each time, position by position and in walking order: which position it is, and
            the metres walked.
        """
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
