"""Small forms about a session: saving it, its reference, what is not known, sharing."""

from collections.abc import Callable

from sqlalchemy.orm import Session
from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, Regexp, ValidationError

from walktalk.routes import RequestError
from walktalk.sessions import diary, removal
from walktalk.sessions.acceptance import AGREED, ANSWERS
from walktalk.sessions.store.models import PlannedSession
from walktalk.web.forms.base import Form
from walktalk.web.forms.fields import SelectChoice

CHANGES: dict[str, tuple[Callable[[Session, PlannedSession], None], str]] = {
    "cancel": (diary.cancel, "The walk is called off. The link says so."),
    "uncancel": (diary.uncancel, "The walk is on again."),
    "delete": (removal.delete, "The session is deleted. You can put it back from the diary."),
    "undelete": (removal.put_back, "The session is back in the diary."),
}
"""What can be done to a session and undone, with what is said afterwards."""


class ReferenceForm(Form):
    """The counsellor's own short reference."""

    reference = StringField(
        "Your own short reference",
        description="Such as a number. No name. Only you see it.",
    )

    def validate_reference(self, field: StringField) -> None:
        """Refuse a reference that cannot be kept."""
        try:
            diary.accepted_reference(field.data or "")
        except RequestError as error:
            raise ValidationError(f"Use {error.accepted}.") from error


class SaveForm(ReferenceForm):
    """Which of the proposals to keep."""

    chosen = HiddenField(validators=[InputRequired("Choose a walk.")])
    form_key = HiddenField(validators=[Regexp(r"[\w-]{1,64}\Z", message="Load the page again.")])


class UnknownForm(Form):
    """That both have agreed to go where something needed is unknown: it stays unknown."""

    answer = RadioField(
        "What do you say about whatever stays unknown or does not fit?",
        choices=[SelectChoice(AGREED, ANSWERS[AGREED])],
        validators=[InputRequired("Say what you found, or that you have both agreed.")],
    )
