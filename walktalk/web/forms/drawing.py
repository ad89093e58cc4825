"""The form that takes a drawing: what it is, and its points."""

from datetime import date
from typing import Any

from wtforms import DateField, HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Regexp, ValidationError

from walktalk.parks import Area, LonLat
from walktalk.parks.drawn import Drawing
from walktalk.routes import RequestError
from walktalk.sessions.drawings import MOST_POINTS, require_drawable
from walktalk.web.forms.base import Form
from walktalk.web.forms.closing import position_in
from walktalk.web.forms.fields import choices_of

KINDS = {
    "path": "A path that is missing",
    "mended": "A path that runs otherwise than drawn",
    "gate": "A gate",
    "bench": "A bench",
    "toilets": "Toilets",
}
"""What can be drawn, in words."""


class DrawingForm(Form):
    """What was drawn.

    Args:
        area: as it is recorded, with what was drawn before.
        today: the present day.
    """

    answer_id = HiddenField(validators=[Regexp(r"[0-9a-f]{32}\Z", message="Load the page again.")])
    kind = RadioField("What is there?", choices=choices_of(KINDS), default="path")
    points = TextAreaField(
        "Its points, one a line",
        description=(
            "Tap the map, or type latitude and longitude, such as 51.9070, -2.0680. A gate, a "
            "bench and toilets have one point."
        ),
        validators=[InputRequired("Tap the map, or type a point.")],
    )
    drawn_on = DateField("On which day did you see it?", validators=[InputRequired("Give a day.")])

    def __init__(self, area: Area, today: date, **more: Any) -> None:
        super().__init__(**more)
        self._area, self._today = area, today

    @property
    def drawing(self) -> Drawing:
        """What was drawn, once the form is valid."""
        line = tuple(point for point in self._line() if point is not None)
        return Drawing("shown", str(self.kind.data), line, self.drawn_on.data or self._today)

    def validate_points(self, _field: TextAreaField) -> None:
        """Refuse what is no drawing of this area."""
        line = self._line()
        if None in line:
            number = line.index(None) + 1
            raise ValidationError(f"Line {number}: give latitude and longitude, with a comma.")
        try:
            require_drawable(self._area, self.drawing, self._today)
        except RequestError as error:
            raise ValidationError(f"Give {error.accepted}.") from error

    def _line(self) -> list[LonLat | None]:
        typed = [each for each in (self.points.data or "").splitlines() if each.strip()]
        return [position_in(each) for each in typed[: MOST_POINTS + 1]]
