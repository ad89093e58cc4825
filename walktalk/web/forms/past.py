"""Small forms about sessions that are over: found again, erased by age, kept for how long."""

from collections.abc import Mapping
from datetime import date, datetime, time

from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length

from walktalk.routes import RequestError
from walktalk.routes.clock import LONDON
from walktalk.web.forms.base import Form
from walktalk.web.forms.fields import Choose, choices_of

ALL = ""
"""What is chosen where no session is to go by itself."""

KEPT_FOR: Mapping[str, str] = {
    ALL: "Until I erase them",
    "30": "30 days",
    "92": "Three months",
    "183": "Six months",
    "366": "A year",
    "1096": "Three years",
    "2557": "Seven years",
}
"""For how many days past sessions can be kept."""

_MOST_CHARACTERS = 100


class FindForm(Form):
    """What the sessions looked for have."""

    words = StringField(
        "Find sessions",
        description="By reference, park, place or day, such as: K7, or Pittville June 2026.",
        validators=[
            InputRequired("Give a word to look for."),
            Length(max=_MOST_CHARACTERS, message=f"Use at most {_MOST_CHARACTERS} characters."),
        ],
    )


class OlderForm(Form):
    """Which past sessions are to be erased."""

    before = DateField(
        "Erase past sessions from before",
        description="You see how many there are before anything is erased.",
        validators=[InputRequired("Give a day, such as 1 January 2026.")],
    )

    @property
    def day(self) -> date:
        """The first day whose sessions stay.

        Raises:
            RequestError: no day was given.
        """
        if self.before.data is None:
            raise RequestError("before", "a day")
        return self.before.data

    @property
    def moment(self) -> datetime:
        """When that day begins in Cheltenham."""
        return datetime.combine(self.day, time(), LONDON)


class KeepForm(Form):
    """For how long past sessions are kept."""

    days = Choose(
        "Keep past sessions for",
        description="Then they are erased for good, with their links. Sessions to come stay.",
        choices=choices_of(KEPT_FOR),
    )

    @property
    def kept_days(self) -> int | None:
        """How many days; ``None`` for all time."""
        return int(self.days.data) if self.days.data else None
