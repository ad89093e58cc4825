"""Every area with what counsellors saw laid over it, made anew only when that has changed."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy.orm import Session, sessionmaker

from walktalk.parks import Area
from walktalk.parks.drawn import Drawing, has_drawings, with_drawings
from walktalk.parks.observed import Observation, with_observations
from walktalk.sessions import observations
from walktalk.sessions.drawings import drawings_of

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
        self._drawn: tuple[Mapping[str, Area], tuple[int, int], Mapping[str, Area]] | None = None
        self._with_drawings: dict[str, tuple[tuple[Drawing, ...], Area, Area]] = {}
        self._known: tuple[Mapping[str, Area], tuple[int, int], date, Mapping[str, Area]] | None
        self._known = None

    @property
    def recorded(self) -> Mapping[str, Area]:
        """Every area by id, as its file records it and with what people drew."""
        with self._read.begin() as db:
            return self._recorded(db)

    def on(self, day: date) -> Mapping[str, Area]:
        """Return every area by id, as it is known on a day."""
        with self._read.begin() as db:
            recorded = self._recorded(db)
            version = observations.version(db)
            known = self._known
            if known is not None and known[0] is recorded and known[1:3] == (version, day):
                return known[3]
            told_of = observations.areas_told_of(db)
            seen = {each: observations.list_of(db, each) for each in recorded if each in told_of}
        areas = {
            area_id: self._laid_over(area, seen.get(area_id, ()), day)
            for area_id, area in recorded.items()
        }
        self._known = (recorded, version, day, areas)
        return areas

    def laid_over(self, area: Area, day: date) -> Area:
        """Return an area that was made from a recorded one, with what was seen laid over it."""
        with self._read.begin() as db:
            seen = observations.list_of(db, area.id)
            if not has_drawings(area):
                area = with_drawings(area, drawings_of(db, area.id))
        return with_observations(area, seen, day).area if seen else area

    def _recorded(self, db: Session) -> Mapping[str, Area]:
        files, version = self._find(), observations.version(db)
        known = self._drawn
        if known is not None and known[0] is files and known[1] == version:
            return known[2]
        told_of = observations.areas_told_of(db)
        areas = {
            area_id: self._drawn_over(db, area) if area_id in told_of else area
            for area_id, area in files.items()
        }
        self._drawn = (files, version, areas)
        return areas

    def _drawn_over(self, db: Session, area: Area) -> Area:
        drawings = drawings_of(db, area.id)
        if not drawings:
            return area
        made = self._with_drawings.get(area.id)
        if made is None or made[0] != drawings or made[1] is not area:
            made = (drawings, area, with_drawings(area, drawings))
            self._with_drawings[area.id] = made
        return made[2]

    def _laid_over(self, area: Area, seen: tuple[Observation, ...], day: date) -> Area:
        if not seen:
            return area
        made = self._made.get(area.id)
        if made is None or made[:2] != (seen, day) or made[2] is not area:
            made = (seen, day, area, with_observations(area, seen, day).area)
            self._made[area.id] = made
        return made[3]
