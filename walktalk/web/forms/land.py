"""The forms that ask for parks: by name, or from a file."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, ValidationError

from walktalk.routes import RequestError
from walktalk.sessions.typed import accepted_line
from walktalk.web.forms.base import Form
from walktalk.web.forms.fields import choices_of

HOME_TOWN = "Cheltenham"
MOST_NAME_CHARACTERS = 80
MAX_BYTES = 50_000_000
"""An extract of a county as ``.osm.pbf``; a town's is a tenth of it."""

ENDINGS = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2", ".json")

_HOLDS = {
    "parks": "Every named park in it, an area each",
    "park": "One park in it, of this name",
    "whole": "All of it as one area, with this name",
}


class ParkForm(Form):
    """The park that is to be added."""

    park = StringField(
        "What is the park called?",
        description="As on the map, such as Hatherley Park.",
        validators=[InputRequired("Give the park's name.")],
    )
    town = StringField(
        "Which town is it in?",
        default=HOME_TOWN,
        validators=[InputRequired("Give the town.")],
    )

    def validate_park(self, field: StringField) -> None:
        """Refuse what is no name."""
        _require_name("park", field)

    def validate_town(self, field: StringField) -> None:
        """Refuse what is no name."""
        _require_name("town", field)


class LandFileForm(Form):
    """A file of OpenStreetMap's data, and what of it is wanted."""

    file = FileField(
        "The file",
        description=(
            f"An extract (.osm.pbf, .osm, .osm.gz, .osm.bz2) or an Overpass answer (.json), up to "
            f"{MAX_BYTES // 1_000_000} MB."
        ),
        validators=[FileRequired("Choose a file.")],
    )
    what = RadioField(
        "What of it is wanted?",
        choices=choices_of(_HOLDS),
        default="parks",
        validators=[InputRequired("Choose one.")],
    )
    called = StringField("The name, for the last two")

    @property
    def file_name(self) -> str:
        """The file's name without folders; its ending says what it is."""
        return (self.file.data.filename or "").replace("\\", "/").rsplit("/", 1)[-1]

    def validate_file(self, _field: FileField) -> None:
        """Refuse a file that cannot be read."""
        if not self.file_name.lower().endswith(ENDINGS):
            raise ValidationError(f"Choose a file that ends in {', '.join(ENDINGS)}.")
        _require_name("file", self.file, self.file_name)

    def validate_called(self, field: StringField) -> None:
        """Ask for a name where one is needed."""
        if self.what.data != "parks":
            _require_name("name", field)


def _require_name(argument: str, field: Any, text: str | None = None) -> None:
    typed = str(field.data or "") if text is None else text
    try:
        name = accepted_line(argument, typed, MOST_NAME_CHARACTERS, least=2)
    except RequestError as error:
        raise ValidationError(f"Give 2 to {MOST_NAME_CHARACTERS} characters.") from error
    if "," in name and text is None:
        raise ValidationError("Give it without a comma.")
    if text is None:
        field.data = name
