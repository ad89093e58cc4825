"""The form that notes which path is closed, and on which days."""

import re
from datetime import date
from typing import Any

from wtforms import DateField, HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, Optional, Regexp, ValidationError

from walktalk.parks import Area, LonLat
from walktalk.parks.closures import LONGEST, Closure
from walktalk.parks.lying import Stretch
from walktalk.routes.between import stretches_between
from walktalk.web.forms.base import Form
from walktalk.web.forms.fields import Choose, SelectChoice, choices_of

NEAR_M = 50.0
"""A tap this far from every path means none of them: about a finger's width on a large park."""

LEAST_M, MOST_M = 3.0, 2000.0
"""How much of a way can be noted as closed at once: no less than a map tells, no whole park."""

_POSITION = re.compile(r"\s*(-?\d{1,3}\.?\d{0,9})\s*,\s*(-?\d{1,3}\.?\d{0,9})\s*", re.ASCII)
_EXTENT = {
    "whole": "The whole path, from one junction to the next",
    "between": "From one place to another, by the shortest way",
}


class ClosingForm(Form):
    """Where a path is closed, and when.

    Args:
        area: as its file records it.
        today: the present day.
    """

    answer_id = HiddenField(validators=[Regexp(r"[0-9a-f]{32}\Z", message="Load the page again.")])
    place = Choose("Which path?", validators=[Optional()])
    position = StringField(
        "Or a position on it",
        description="Tap the map, or type latitude and longitude, such as 51.9070, -2.0680.",
    )
    extent = RadioField("How much of it?", choices=choices_of(_EXTENT), default="whole")
    position_to = StringField(
        "The other end of the closed stretch",
        description="Tap the map once more, or type it.",
    )
    first = DateField("Closed from", validators=[InputRequired("Give a day.")])
    last = DateField("Until, that day included", validators=[InputRequired("Give a day.")])

    def __init__(self, area: Area, today: date, **more: Any) -> None:
        super().__init__(**more)
        self._area, self._today = area, today
        named = [place for place in area.places.values() if place.name]
        self.place.choices = [
            SelectChoice("", "Where I tap on the map"),
            *(SelectChoice(place.id, f"The path at {place.name}") for place in named),
        ]

    @property
    def closure(self) -> Closure:
        """The days, once the form is valid."""
        return Closure(self.first.data or self._today, self.last.data or self._today)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The closed stretches, once the form is valid."""
        begin = self._area.network.snap(self._begins())
        if self.extent.data == "between":
            end = self._area.network.snap(position_in(self.position_to.data) or begin.position)
            return tuple(stretches_between(self._area, begin, end))
        path = self._area.paths[begin.path_id]
        return (Stretch(path.id, 0.0, path.length_m, path.line.positions),)

    def validate_position(self, field: StringField) -> None:
        """Ask for a place that is on a path."""
        if self.place.data:
            return
        if position_in(field.data) is None:
            raise ValidationError("Choose a path, or tap it on the map.")
        if self._area.network.snap(self._begins()).distance_m > NEAR_M:
            raise ValidationError("No path is near this place.")

    def validate_position_to(self, field: StringField) -> None:
        """Ask for the other end, which a way leads to."""
        if self.extent.data != "between" or self.position.errors or self.place.errors:
            return
        end = position_in(field.data)
        if end is None:
            raise ValidationError("Tap the other end on the map.")
        if self._area.network.snap(end).distance_m > NEAR_M:
            raise ValidationError("No path is near this place.")
        length_m = sum(each.to_m - each.from_m for each in self.stretches)
        if length_m < LEAST_M:
            raise ValidationError("No way leads from one to the other, or they are too near.")
        if length_m > MOST_M:
            raise ValidationError("This is more than 2 km. Note it in shorter stretches.")

    def validate_last(self, field: DateField) -> None:
        """Refuse days that are over, the wrong way round, or years apart."""
        first, last = self.first.data, field.data
        if first is None or last is None:
            return
        if last < first:
            raise ValidationError("Give a day that is not before the first.")
        if last < self._today:
            raise ValidationError("Give a day that is not over.")
        if last - first > LONGEST:
            raise ValidationError("Give days that are at most three years apart.")

    def _begins(self) -> LonLat:
        if self.place.data:
            return self._area.places[self.place.data].position
        return position_in(self.position.data) or (0.0, 0.0)


def position_in(text: str | None) -> LonLat | None:
    """Return (longitude, latitude) from what is typed the other way round, as maps give it."""
    match = _POSITION.fullmatch(text or "")
    if match is None:
        return None
    lat, lon = float(match[1]), float(match[2])
    return (lon, lat) if abs(lat) <= 90 and abs(lon) <= 180 else None  # noqa: PLR2004 - degrees
