"""The words on every page that a link opens, and how it is told and drawn."""

from wtforms import BooleanField, Field, RadioField, TextAreaField
from wtforms.validators import ValidationError

from walktalk.routes import RequestError
from walktalk.routes.words import listed
from walktalk.sessions.giveaways import giveaways
from walktalk.sessions.page_words import accepted_words
from walktalk.web.forms.base import Form
from walktalk.web.forms.fields import choices_of
from walktalk.wording import METRIC, MILES


def can_be_shown(form: "PageWordsForm", field: Field) -> None:
    """Refuse words that cannot be shown, and those that tell why people meet, once."""
    try:
        said = accepted_words(field.name, field.data or "")
    except RequestError as error:
        raise ValidationError(f"Use {error.accepted}.") from error
    telling = [f"\u201c{word}\u201d" for word in giveaways(said)]
    if telling and not form.knowing.data:
        raise ValidationError(
            f"{listed(telling)} may tell a stranger why you meet. Say it in other words."
        )


class PageWordsForm(Form):
    """What is said in the counsellor's own way; what is left empty is left out."""

    guide = TextAreaField(
        "Who finds the way",
        description="On every walk's page, so it must be true of a walk that is new to you.",
        validators=[can_be_shown],
    )
    recognise = TextAreaField(
        "How to recognise you",
        description=(
            "Such as: I am Ann, and I wear a green scarf. A first name is enough. Leave your "
            "lanyard off. Say nothing about why you meet."
        ),
        validators=[can_be_shown],
    )
    late = TextAreaField(
        "If one of you is late",
        description="How long you wait, and where.",
        validators=[can_be_shown],
    )
    reach = TextAreaField(
        "A way to reach you",
        description=(
            "Leave it empty for none. Anyone with the link can read a telephone number, and "
            "numbers can be looked up: one that is used for nothing else says least about you."
        ),
        validators=[can_be_shown],
    )
    bring = TextAreaField("What to bring", validators=[can_be_shown])
    rain = TextAreaField(
        "If it rains",
        description="What you do then, and when you decide it.",
        validators=[can_be_shown],
    )
    stop = TextAreaField("If somebody wants to stop", validators=[can_be_shown])

    distances = RadioField(
        "Distances in",
        description=(
            "On your pages and on every page a link opens. What was found about a walk you have "
            "saved stays as it was told. Widths stay in metres."
        ),
        choices=choices_of({METRIC.name: "Metres and kilometres", MILES.name: "Yards and miles"}),
    )
    street_map = BooleanField("Show a street map behind the walk")

    knowing = BooleanField(
        "Save these words as they are",
        description="Anybody who sees the page, or the phone it is on, can read them.",
    )

    @property
    def tells(self) -> bool:
        """Whether some of the words tell why people meet."""
        return any(giveaways(text) for text in self.words().values())

    def words(self) -> dict[str, str]:
        """Return what was written, by name."""
        return {field.name: field.data or "" for field in self if field.type == "TextAreaField"}
