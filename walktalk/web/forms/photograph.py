"""The forms that add a photograph, and that choose what a page shows."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, get_args
from uuid import UUID, uuid4

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from walktalk.routes import RequestError
from walktalk.sessions.opened import Shows
from walktalk.sessions.photographs import (
    accepted_day,
    accepted_description,
)
from walktalk.sessions.photographs.picture import MAX_BYTES
from walktalk.sessions.store.models import Photograph
from walktalk.web.forms.base import Form
from walktalk.web.forms.fields import SelectChoice

SHOWS: Mapping[Shows, str] = {
    "meeting-place": "The meeting place",
    "first-turn": "The first turn",
}

NOTHING = ""
"""What is chosen where no photograph is to be shown."""

_MB = 1_000_000


class PhotographForm(Form):
    """A photograph, what it shows, and when it was taken."""

    shows = RadioField("What does it show?", validators=[InputRequired("Say what it shows.")])
    file = FileField(
        "The photograph",
        description=(
            f"A JPEG, PNG or WebP file of up to {MAX_BYTES // _MB} MB. Only its pixels are kept: "
            "not its name, nor where and with what it was taken."
        ),
        validators=[FileRequired("Choose a file.")],
    )
    description = TextAreaField(
        "What is to be seen?",
        description=(
            "One sentence, for who cannot see the photograph or has no signal. "
            "Such as: A red bench beside a gate with a green sign."
        ),
        validators=[InputRequired("Say in one sentence what is to be seen.")],
    )
    taken_on = DateField(
        "When was it taken?",
        description="The page says so, because a place can change.",
        validators=[InputRequired("Give the day it was taken.")],
    )
    nobody = BooleanField(
        "There are no faces, number plates or house names in it",
        description="A link can be passed on, and these tell who is here. Nothing here finds them.",
        validators=[
            InputRequired("Look for them, then tick the box. Take another one if need be.")
        ],
    )
    key = HiddenField(validators=[InputRequired("Load the page again.")])

    def __init__(self, offered: Collection[Shows], now: datetime, **values: Any) -> None:
        super().__init__(**values)
        self._now = now
        self.shows.choices = [SelectChoice(shows, SHOWS[shows]) for shows in offered]
        self.key.data = self.key.data or uuid4().hex

    @property
    def wanted(self) -> Shows:
        """What it is said to show."""
        return next(shows for shows in get_args(Shows) if shows == self.shows.data)

    @property
    def day(self) -> date:
        """The day it was taken.

        Raises:
            RequestError: no day was given.
        """
        if self.taken_on.data is None:
            raise RequestError("taken_on", "the day it was taken")
        return self.taken_on.data

    @property
    def photograph_id(self) -> UUID:
        """The same for the same form, so that it adds one photograph."""
        return UUID(self.key.data)

    def refuse(self, why: str) -> None:
        """Say at the file's field why it cannot be used."""
        self.file.errors = [f"{why}."]

    def ask_for_the_file_again(self) -> None:
        """Say at the file's field, where nothing is said yet, that a page cannot keep it."""
        if not self.file.errors:
            self.file.errors = ["Choose the file once more: a page cannot keep it."]

    def validate_description(self, field: TextAreaField) -> None:
        """Refuse words that cannot be shown."""
        try:
            accepted_description(field.data or "")
        except RequestError as error:
            raise ValidationError(f"Give {error.accepted}.") from error

    def validate_taken_on(self, field: DateField) -> None:
        """Refuse a day that is to come or very long ago."""
        try:
            if field.data:
                accepted_day(field.data, self._now)
        except RequestError as error:
            raise ValidationError(f"Give {error.accepted}.") from error

    def validate_key(self, field: HiddenField) -> None:
        """Refuse a key that was not made here."""
        try:
            UUID(field.data or "")
        except ValueError as error:
            raise ValidationError("Load the page again.") from error


class ShownForm(Form):
    """Which photographs a page shows."""

    meeting_place = RadioField(SHOWS["meeting-place"])
    first_turn = RadioField(SHOWS["first-turn"])

    def __init__(self, offered: Mapping[Shows, Collection[Photograph]], **values: Any) -> None:
        super().__init__(**values)
        self._fields_by_name: dict[Shows, RadioField] = {
            "meeting-place": self.meeting_place,
            "first-turn": self.first_turn,
        }
        for shows, field in self._fields_by_name.items():
            kept = [SelectChoice(str(each.id), each.description) for each in offered.get(shows, ())]
            field.choices = [SelectChoice(NOTHING, "No photograph"), *kept]

    def chosen(self) -> dict[Shows, UUID | None]:
        """Return what is to be shown of each thing."""
        return {
            shows: UUID(field.data) if field.data else None
            for shows, field in self._fields_by_name.items()
        }
