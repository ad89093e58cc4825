"""When a session is: a day and a time that exist and are to come."""

from datetime import datetime
from typing import Any

from wtforms import DateField, TimeField
from wtforms.validators import InputRequired, ValidationError

from walktalk.routes.clock import LONDON, local_time
from walktalk.routes.errors import RequestError
from walktalk.web.forms.base import Form

MOST_YEARS_AHEAD = 2
"""A day farther away is a slip in the year."""


class WhenForm(Form):
    """A day and a time on London's clock."""

    day = DateField(
        "Which day?", validators=[InputRequired("Give the day of the walk, such as 1 December.")]
    )
    time = TimeField(
        "What time do you meet?",
        validators=[InputRequired("Give the time you meet, such as 10:00.")],
    )

    def __init__(self, now: datetime, **values: Any) -> None:
        super().__init__(**values)
        self._now = now

    @property
    def at(self) -> datetime:
        """When the session starts, on London's clock.

        Raises:
            RequestError: the clock shows this time twice, or never, on that day.
        """
        if self.day.data is None or self.time.data is None:
            raise RequestError("at", "a day and a time")
        return local_time(self.day.data, self.time.data)

    def validate_day(self, field: DateField) -> None:
        """Refuse a day that is over, or too far away."""
        if not field.data:
            return
        today = self._now.astimezone(LONDON).date()
        if field.data < today:
            raise ValidationError("This day is over. Choose today or a later day.")
        latest = (today.year + MOST_YEARS_AHEAD, today.month, today.day)
        if (field.data.year, field.data.month, field.data.day) > latest:
            raise ValidationError(
                f"The year is {field.data.year}. Choose a day in the next two years."
            )

    def validate_time(self, field: TimeField) -> None:
        """Refuse a time that is past, or that the clocks skip or show twice."""
        if not self.day.data or not field.data:
            return
        try:
            at = self.at
        except RequestError as error:
            raise ValidationError(f"{error.accepted[:1].upper()}{error.accepted[1:]}.") from error
        if self.day.data == self._now.astimezone(LONDON).date() and at <= self._now:
            raise ValidationError("This time is past. Choose a later time.")
