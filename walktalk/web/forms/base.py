"""The form that every form is made from: what it says of itself, it says in our own words."""

from typing import Any

from flask_wtf import FlaskForm

OWN_WORDS = {
    "Not a valid integer value.": "Give a whole number in figures, such as 50.",
    "Not a valid float value.": "Give a number in figures, such as 2.5.",
    "Not a valid date value.": "Give a day that exists, such as 2026-12-01.",
    "Not a valid time value.": "Give a time from 00:00 to 23:59, such as 10:00.",
    "Not a valid choice.": "Choose one from the list.",
    "Invalid Choice: could not coerce.": "Choose one from the list.",
    "This field is required.": "Fill this in.",
}
"""What WTForms says by itself, with what we say in its place: always what is accepted."""

NOT_IN_THE_LIST = "Choose only from the list."


class OwnWords:
    """Stands where WTForms looks for translations."""

    def gettext(self, said: str) -> str:
        """Return our words for WTForms' own."""
        return OWN_WORDS.get(said, said)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return our words for choices that are not in a list; the only plural our forms meet."""
        if "not valid choice" in many or "not a valid choice" in one:
            return NOT_IN_THE_LIST
        return one if number == 1 else many


class Form(FlaskForm):  # type: ignore[misc]
    """A form with its CSRF token and plain words."""

    class Meta:
        """Where its words come from."""

        def get_translations(self, form: Any) -> OwnWords:  # noqa: ARG002 - WTForms' signature
            """Return our own words."""
            return OwnWords()
