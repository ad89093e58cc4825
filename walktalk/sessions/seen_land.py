"""Every area with what counsellors saw laid over it, made anew only when that has changed."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy.orm import Session, sessionmaker

from walktalk.parks import Area
from walktalk.parks.observed import Observation, with_observations
from walktalk.sessions import observations

_Made = tuple[tuple[Observation, ...], date, Area, Area]


class SeenLand:
    """The areas of an installation.

    An area stays the same object until something changes in it, so that what was worked out for it
    is kept. Where nobody has seen anything, it is the one that was read from its file.

    Args:
        find: gives every area by id, as its file records it: the same mapping until one changes.
        read: makes database sessions that only look.
    """

    def __init__(self, find: Callable[[], Mapping[str, Area]], read: sessionmaker[Session]) -> None:
        self._find = find
        self._read = read
        self._made: dict[str, _Made] = {}
        self._known: tuple[Mapping[str, Area], tuple[int, int], date, Mapping[str, Area]] | None
        self._known = None

    @property
    def recorded(self) -> Mapping[str, Area]:
        """Every area by id, as its file records it."""
        return self._find()

    def on(self, day: date) -> Mapping[str, Area]:
        """Return every area by id, as it is known on a day."""
        recorded = self.recorded
        with self._read.begin() as db:
            version = observations.version(db)
            known = self._known
            if known is not None and known[0] is recorded and known[1:3] == (version, day):
                return known[3]
            seen = {area_id: observations.list_of(db, area_id) for area_id in recorded}
        areas = {
            area_id: self._laid_over(area, seen[area_id], day) for area_id, area in recorded.items()
        }
        self._known = (recorded, version, day, areas)
        return areas

    def laid_over(self, area: Area, day: date) -> Area:
        """Return an area that was made from a recorded one, with what was seen laid over it."""
        with self._read.begin() as db:
            seen = observations.list_of(db, area.id)
        return with_observations(area, seen, day).area if seen else area

    def _laid_over(self, area: Area, seen: tuple[Observation, ...], day: date) -> Area:
        if not seen:
            return area
        made = self._made.get(area.id)
        if made is None or made[:2] != (seen, day) or made[2] is not area:
            made = (seen, day, area, with_observations(area, seen, day).area)
            self._made[area.id] = made
        return made[3]
