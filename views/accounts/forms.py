"""Forms of the accounts counter."""

from typing import Any

from wtforms import (
    BooleanField,
    PasswordField,
    SelectChoice,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from models.accounts.passwords import LONGEST, SHORTEST
from models.accounts.roles import Role
from views.forms import BaseForm, ChoiceField, one_id

ROLES = [SelectChoice(role.value, role.label) for role in Role]
PASSWORD_HINT = (
    f"At least {SHORTEST} characters; three or four words are easy to keep. Not your name, "
    "your region or words that everybody tries."
)


class SignInForm(BaseForm):
    """E-mail address and password."""

    email = StringField(
        "E-mail address",
        [InputRequired("Enter your e-mail address."), Length(max=254)],
        render_kw={"type": "email", "autocomplete": "username", "autofocus": True},
    )
    password = PasswordField(
        "Password",
        [InputRequired("Enter your password."), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class ForgottenForm(BaseForm):
    """The address that a link is sent to."""

    email = StringField(
        "E-mail address",
        [InputRequired("Enter your e-mail address."), Length(max=254)],
        render_kw={"type": "email", "autocomplete": "username"},
    )


def _new_password() -> PasswordField:
    return PasswordField(
        "New password",
        [InputRequired("Choose a password.")],
        description=PASSWORD_HINT,
        render_kw={"autocomplete": "new-password"},
    )


class NewPasswordForm(BaseForm):
    """A password to choose."""

    password = _new_password()


class ChangePasswordForm(BaseForm):
    """The old password and the new one."""

    old = PasswordField(
        "Old password",
        [InputRequired("Enter the password you have now."), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    password = _new_password()


class ShortcutsForm(BaseForm):
    """Single-key shortcuts on or off."""

    shortcuts = BooleanField("Use single-key shortcuts, like C to log a contact")


class ChecksField(SelectMultipleField):
    """Several of a list, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class UserForm(BaseForm):
    """Address, name, role and regions of a user; the address is asked for once, at the start."""

    email = StringField(
        "E-mail address",
        [InputRequired("Enter the person's e-mail address.")],
        render_kw={"type": "email", "autocomplete": "off"},
    )
    name = StringField("Name", [InputRequired("Enter the person's name.")])
    role = ChoiceField(
        "Role", choices=ROLES, validators=[InputRequired("Choose what this person does.")]
    )
    regions = ChecksField(
        "Regions",
        coerce=one_id,
        description="A regional political officer needs one or more. Support staff may be held "
        "to some. All other roles see every region: choose none.",
    )

    def offer(self, regions: list[Any]) -> None:
        """Fill the list of regions."""
        self.regions.choices = [SelectChoice(region.id, region.name) for region in regions]
