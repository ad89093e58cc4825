"""What a form asks that may take a photograph of the ground."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, TextAreaField

from walktalk.routes import RequestError
from walktalk.sessions.photographs import Picture, accepted_description, as_picture
from walktalk.sessions.photographs.picture import MAX_BYTES, PhotographError
from walktalk.web.forms.base import Form

_MB = 1_000_000


class GroundPhotographForm(Form):
    """A photograph of the ground, if anybody took one."""

    file = FileField(
        "A photograph of the ground",
        description=(
            f"If you took one: a JPEG, PNG or WebP file of up to {MAX_BYTES // _MB} MB. "
            "Only its pixels are kept: not its name, nor where and with what it was taken."
        ),
    )
    description = TextAreaField(
        "What is to be seen on it?",
        description="One sentence, such as: Two steps down to the water.",
    )
    nobody = BooleanField("There are no faces, number plates or house names in it")
    picture: Picture | None = None

    @property
    def has_file(self) -> bool:
        """Whether a file was sent."""
        return bool(self.file.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a photograph that cannot be used, or of which it is not said what it shows."""
        if not super().validate(extra_validators):
            return False
        if self.has_file:
            self._read()
        return not self.errors

    def ask_for_the_file_again(self) -> None:
        """Say at the file's field, where nothing is said yet, that a page cannot keep it."""
        if self.has_file and not self.file.errors:
            self.file.errors = ["Choose the file once more: a page cannot keep it."]

    def _read(self) -> None:
        try:
            accepted_description(self.description.data or "")
        except RequestError as error:
            self.description.errors = [f"Give {error.accepted}."]
        if not self.nobody.data:
            self.nobody.errors = ["Look for them, then tick the box. Take another one if need be."]
        try:
            self.picture = as_picture(self.file.data.read())
        except PhotographError as error:
            self.file.errors = [f"{error}."]
