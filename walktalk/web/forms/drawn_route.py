"""The form that draws a route: its points in order, a place to add, its name."""

from typing import Any
from uuid import uuid4

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Regexp, ValidationError

from walktalk.parks import Area, LonLat
from walktalk.routes import RequestError
from walktalk.routes.drawn_route import DrawnRoute, drawn_route
from walktalk.sessions.recorded import accepted_name
from walktalk.web.forms.base import Form
from walktalk.web.forms.closing import position_in
from walktalk.web.forms.fields import Choose, SelectChoice

MOST_POINTS = 100
"""More taps than these are no walk of two hours."""


class DrawnRouteForm(Form):
    """A route that is being drawn.

    Args:
        area: as it is recorded, with what was drawn before.
    """

    points = TextAreaField(
        "Its points, one a line",
        description="Latitude and longitude, such as 51.9070, -2.0680. A tap on the map adds one.",
    )
    place = Choose("Or go to a place", description="It is added as the next point.")
    name = StringField(
        "What do you call it?", description="Such as a place on the way. No person's name."
    )

    walk_id = HiddenField(validators=[Regexp(r"[0-9a-f]{32}\Z", message="Load the page again.")])

    def __init__(self, area: Area, **more: Any) -> None:
        super().__init__(**more)
        self._area = area
        self.walk_id.data = self.walk_id.data or uuid4().hex
        named = [place for place in area.places.values() if place.name]
        self.place.choices = [
            SelectChoice("", "Choose a place"),
            *(SelectChoice(place.id, place.name) for place in named),
        ]

    @property
    def taps(self) -> tuple[LonLat, ...]:
        """The points that can be read."""
        found = (position_in(line) for line in self._lines())
        return tuple(point for point in found if point is not None)

    @property
    def route(self) -> DrawnRoute | None:
        """The route along the points, once the form is valid; ``None`` while it has no length."""
        return drawn_route(self._area, self.taps)

    def undo(self) -> None:
        """Take the last point away."""
        self.points.data = "\n".join(self._lines()[:-1])

    def add(self) -> None:
        """Go on to the place that is chosen."""
        place = self._area.places.get(self.place.data or "")
        if place is not None:
            lon, lat = place.position
            self.points.data = "\n".join([*self._lines(), f"{lat:.6f}, {lon:.6f}"])
            self.place.data = ""

    def require_name(self) -> bool:
        """Say at its field what is wrong with the name; whether it can be kept."""
        try:
            accepted_name(self.name.data or "")
        except RequestError as error:
            self.name.errors = [f"Give {error.accepted}."]
        return not self.name.errors

    def validate_points(self, _field: TextAreaField) -> None:
        """Refuse what is no route along this area's paths."""
        lines = self._lines()
        if len(lines) > MOST_POINTS:
            raise ValidationError(f"Give no more than {MOST_POINTS} points.")
        for number, line in enumerate(lines, start=1):
            if position_in(line) is None:
                raise ValidationError(f"Line {number}: give latitude and longitude, with a comma.")
        try:
            drawn_route(self._area, self.taps)
        except RequestError as error:
            raise ValidationError(f"Give {error.accepted}.") from error

    def _lines(self) -> list[str]:
        return [line for line in (self.points.data or "").splitlines() if line.strip()]
