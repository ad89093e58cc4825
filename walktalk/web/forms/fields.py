"""Fields that several forms use."""

from collections.abc import Mapping
from typing import Any

from wtforms import IntegerField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

__all__ = ["Choose", "SelectChoice", "TickList", "WholeNumber", "choices_of"]

_MOST_DIGITS = 9


def choices_of(words: Mapping[str, str]) -> list[SelectChoice]:
    """Return a field's choices from words by value."""
    return [SelectChoice(value, label) for value, label in words.items()]


class WholeNumber(IntegerField):
    """A whole number of up to nine digits: longer ones are no slip, and no figure of a walk."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take a number in; refuse in words what is none."""
        if valuelist and len(valuelist[0].strip()) > _MOST_DIGITS:
            self.data = None
            raise ValueError(self.gettext("Not a valid integer value."))
        super().process_formdata(valuelist)


class Choose(SelectField):
    """One choice of a list."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not in the list, in words."""
        try:
            super().pre_validate(form)
        except ValidationError as error:
            raise ValidationError("Choose one from the list.") from error


class TickList(SelectMultipleField):
    """Several choices, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
