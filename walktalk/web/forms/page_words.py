"""The words on every page that a link opens, and how it is told and drawn."""

from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.validators import Length

from walktalk.sessions.page_words import PAGE_WORDS_CHARACTERS
from walktalk.web.forms.base import Form
from walktalk.web.forms.fields import choices_of
from walktalk.wording import METRIC, MILES

_SHORT_ENOUGH = Length(
    max=PAGE_WORDS_CHARACTERS, message=f"Use at most {PAGE_WORDS_CHARACTERS} characters."
)


class PageWordsForm(Form):
    """What is said in the counsellor's own way; what is left empty is left out."""

    guide = TextAreaField(
        "Who finds the way",
        description="On every walk's page, so it must be true of a walk that is new to you.",
        validators=[_SHORT_ENOUGH],
    )
    recognise = TextAreaField(
        "How to recognise you",
        description="Such as: I wear a green scarf. Say nothing about why you meet.",
        validators=[_SHORT_ENOUGH],
    )
    late = TextAreaField(
        "If one of you is late",
        description="How long you wait, and where.",
        validators=[_SHORT_ENOUGH],
    )
    reach = TextAreaField(
        "A way to reach you",
        description=(
            "Leave it empty for none. Anyone with the link can read a telephone number, and "
            "numbers can be looked up: one that is used for nothing else says least about you."
        ),
        validators=[_SHORT_ENOUGH],
    )
    bring = TextAreaField("What to bring", validators=[_SHORT_ENOUGH])
    rain = TextAreaField(
        "If it rains",
        description="What you do then, and when you decide it.",
        validators=[_SHORT_ENOUGH],
    )
    stop = TextAreaField("If somebody wants to stop", validators=[_SHORT_ENOUGH])

    distances = RadioField(
        "Distances in",
        description=(
            "On your pages and on every page a link opens. What was found about a walk you have "
            "saved stays as it was told. Widths stay in metres."
        ),
        choices=choices_of({METRIC.name: "Metres and kilometres", MILES.name: "Yards and miles"}),
    )
    street_map = BooleanField("Show a street map behind the walk")

    def words(self) -> dict[str, str]:
        """Return what was written, by name."""
        return {field.name: field.data or "" for field in self if field.type == "TextAreaField"}
