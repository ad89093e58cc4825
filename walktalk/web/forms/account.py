"""Signing in, setting up, changing the password."""

from wtforms import PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, ValidationError

from walktalk.sessions.accounts import MIN_PASSWORD_CHARACTERS, check_password
from walktalk.sessions.errors import PasswordRefused
from walktalk.web.forms.base import Form


class SignInForm(Form):
    """Name and password."""

    name = StringField("Name", validators=[InputRequired("Give your name.")])
    password = PasswordField("Password", validators=[InputRequired("Give your password.")])


class NewPasswordForm(Form):
    """A new password, typed twice; how good it is, the accounts say."""

    password = PasswordField(
        "New password",
        description=(
            f"At least {MIN_PASSWORD_CHARACTERS} characters. "
            "Three or four words that do not belong together are good."
        ),
        validators=[InputRequired("Choose a password.")],
    )
    again = PasswordField(
        "The same password again",
        validators=[EqualTo("password", "The two passwords are not the same.")],
    )

    def validate_password(self, field: PasswordField) -> None:
        """Refuse a weak password together with whatever else is wrong."""
        try:
            check_password(field.data or "")
        except PasswordRefused as error:
            raise ValidationError(str(error)) from error


class SetUpForm(NewPasswordForm):
    """The first account: a name and a password."""

    name = StringField(
        "Your name for signing in",
        description="Only you see it. It may be your e-mail address.",
        validators=[InputRequired("Choose a name.")],
    )


class ChangePasswordForm(NewPasswordForm):
    """The old password and a new one."""

    old = PasswordField("Password now", validators=[InputRequired("Give your password.")])


class ProveForm(Form):
    """The password once more."""

    password = PasswordField("Your password", validators=[InputRequired("Give your password.")])
