"""The form that asks what somebody saw on a walk, with where it is so."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from wtforms import DateField, FloatField, HiddenField, RadioField
from wtforms.validators import InputRequired, Optional, Regexp, ValidationError

from walktalk.routes import RequestError
from walktalk.routes.checks.crowds import WEEKDAYS
from walktalk.routes.on_foot import QUESTIONS, Part, Question
from walktalk.routes.words import distance_in_words
from walktalk.sessions.observations import Seen, require_plausible
from walktalk.web.forms.fields import Choose, SelectChoice, TickList, choices_of
from walktalk.web.forms.ground_photograph import GroundPhotographForm

_WHERE = {
    "all": "All of it",
    "first": "The first half",
    "second": "The second half",
    "parts": "Some parts",
}
_WHERE_HELP = "Without a choice, the first answer counts for all of the walk."
_MEASURED = {
    "width_m": "Or measured there, in metres",
    "barrier_width_m": "Narrowest opening, measured, in metres",
}
_DAYLIGHT_HOURS = range(6, 23)


class OnFootForm(GroundPhotographForm):
    """One question a subject; what is left at "I do not know" says nothing.

    Args:
        parts: the parts of the walk.
        today: the present day, which is offered.
        checks: which checks are asked about; ``None`` for every one.
    """

    answer_id = HiddenField(validators=[Regexp(r"[0-9a-f]{32}\Z", message="Load the page again.")])
    seen_on = DateField("On which day did you walk it?", validators=[InputRequired("Give a day.")])
    crowds_day = Choose(
        "Day of the week",
        choices=[SelectChoice("", "Not said"), *choices_of(WEEKDAYS)],
        validators=[Optional()],
    )
    crowds_hour = Choose(
        "About what time",
        choices=[
            SelectChoice("", "Not said"),
            *(SelectChoice(f"{hour:02}:00", f"{hour:02}:00") for hour in _DAYLIGHT_HOURS),
        ],
        validators=[Optional()],
    )

    def __init__(
        self, parts: Sequence[Part], today: date, checks: Collection[str] | None = None, **more: Any
    ) -> None:
        super().__init__(**more)
        self.walk_parts, self._today = parts, today
        self.questions = [each for each in QUESTIONS if checks is None or each.check in checks]
        for each in QUESTIONS:
            self[f"{each.id}_parts"].choices = [
                SelectChoice(str(part.number), f"{part.number}: {_along(part)}") for part in parts
            ]

    def where(self, question: Question) -> Any:
        """Return a question's field for where."""
        return self[f"{question.id}_where"]

    def which(self, question: Question) -> Any:
        """Return a question's field for which parts."""
        return self[f"{question.id}_parts"]

    def metres(self, question: Question) -> Any:
        """Return a question's field for what was measured, or ``None``."""
        return self[f"{question.id}_metres"] if question.measure else None

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse what nobody can have seen, at the field it concerns."""
        if not super().validate(extra_validators):
            return False
        for question in self.questions:
            for seen, field in self._said(question):
                try:
                    require_plausible(seen.fact, seen.value, self.day, self._today)
                    self._require_somewhere(question)
                except RequestError as error:
                    wrong = self.seen_on if error.argument == "seen_on" else field
                    wrong.errors = [f"Give {error.accepted}."]
                except ValidationError as error:
                    self.where(question).errors = [str(error)]
        if self.has_file and not self.seen:
            self.file.errors = ["Answer a question too: a photograph belongs to what you saw."]
        return not self.errors

    @property
    def day(self) -> date:
        """The day on which it was seen, once that is given."""
        return self.seen_on.data or self._today

    @property
    def seen(self) -> list[Seen]:
        """What was seen, once the form is valid."""
        return [seen for question in self.questions for seen, _ in self._said(question)]

    def _require_somewhere(self, question: Question) -> None:
        bad = self[question.id].data not in ("", None, next(iter(question.answers)))
        if bad and not self.where(question).data:
            raise ValidationError("Say where it is so.")
        if not self._stretches(question):
            raise ValidationError("Tick at least one part.")

    def _said(self, question: Question) -> list[tuple[Seen, Any]]:
        said: list[tuple[Seen, Any]] = []
        field = self[question.id]
        if field.data:
            _, value = question.answers[field.data]
            if question.id == "crowds" and self.crowds_day.data and self.crowds_hour.data:
                value = f"{value} {self.crowds_day.data} {self.crowds_hour.data}"
            said.append((Seen(question.fact, value, self._stretches(question)), field))
        measured = self.metres(question)
        if measured is not None and measured.data is not None:
            seen = Seen(question.measure, measured.data, self._stretches(question))
            said.append((seen, measured))
        return said

    def _stretches(self, question: Question) -> Any:
        half = len(self.walk_parts) // 2
        where = self.where(question).data
        if where == "parts":
            ticked = set(self.which(question).data or ())
            chosen = [part for part in self.walk_parts if str(part.number) in ticked]
        elif where == "first":
            chosen = list(self.walk_parts[:half])
        elif where == "second":
            chosen = list(self.walk_parts[half:])
        else:
            chosen = list(self.walk_parts)
        return tuple(tuple(stretch) for part in chosen for stretch in part.stretches)


def _along(part: Part) -> str:
    begins, ends = distance_in_words(part.from_m), distance_in_words(part.to_m)
    return f"{begins} to {ends} from the start"


for _question in QUESTIONS:
    _answers = {"": "I do not know"} | {key: words for key, (words, _) in _question.answers.items()}
    setattr(
        OnFootForm,
        _question.id,
        RadioField(
            _question.words,
            choices=choices_of(_answers),
            default="",
            validators=[Optional()],
        ),
    )
    setattr(
        OnFootForm,
        f"{_question.id}_where",
        RadioField(
            "Where is it so?",
            choices=choices_of(_WHERE),
            description=_WHERE_HELP,
            validators=[Optional()],
        ),
    )
    setattr(OnFootForm, f"{_question.id}_parts", TickList("Which parts?", choices=[]))
    if _question.measure:
        setattr(
            OnFootForm,
            f"{_question.id}_metres",
            FloatField(_MEASURED[_question.measure], validators=[Optional()]),
        )
