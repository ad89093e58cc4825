"""The form that adds a recorded walk to the library."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import InputRequired, ValidationError

from walktalk.parks import Area
from walktalk.routes import RequestError
from walktalk.routes.recordings import MAX_BYTES, TrackChoice
from walktalk.routes.words import distance_in_words
from walktalk.sessions.recorded import accepted_name
from walktalk.web.forms.fields import Choose, SelectChoice

_MB = 1_000_000


class RecordingForm(FlaskForm):  # type: ignore[misc]
    """Which park, what it is called, and the file."""

    area = Choose("Which park is it in?", default="")
    name = StringField(
        "What do you call it?",
        description="Such as a place on the way. No person's name.",
        validators=[InputRequired("Give it a name.")],
    )
    file = FileField(
        "The recording",
        description=(
            f"A GPX, FIT, TCX, KML, KMZ or GeoJSON file of up to {MAX_BYTES // _MB} MB, zipped "
            "or not. "
            "Its line, heights and day are read. The rest is thrown away."
        ),
        validators=[FileRequired("Choose a file.")],
    )
    track = Choose("Which track of the file?", choices=[], validate_choice=False)

    def __init__(self, areas: Mapping[str, Area], **values: Any) -> None:
        super().__init__(**values)
        self.area.choices = [
            SelectChoice("", "Found from the recording"),
            *(SelectChoice(area.id, area.name) for area in areas.values()),
        ]
        self.track.choices = []

    @property
    def track_number(self) -> int | None:
        """Which of several tracks was chosen, or ``None``."""
        chosen = str(self.track.data or "")
        return int(chosen) if chosen.isascii() and chosen.isdigit() else None

    def ask_for_track(self, choices: Sequence[TrackChoice]) -> None:
        """Offer the tracks of the file that was sent."""
        self.track.choices = [SelectChoice("", "Choose one")]
        self.track.choices += [
            SelectChoice(
                str(choice.number), f"Track {choice.number}: {distance_in_words(choice.length_m)}"
            )
            for choice in choices
        ]
        self.track.errors = ["The file holds several tracks. Choose one."]

    def ask_for_the_file_again(self) -> None:
        """Say at the file's field, where nothing is said yet, that a page cannot keep it."""
        if not self.file.errors:
            self.file.errors = ["Choose the file once more: a page cannot keep it."]

    def validate_name(self, field: StringField) -> None:
        """Refuse a name that cannot be kept."""
        try:
            accepted_name(field.data or "")
        except RequestError as error:
            raise ValidationError(f"Give {error.accepted}.") from error
