"""What is typed at the desk's entrance."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms.auth import LoginForm

from dateline.desk.signing_in import address_of
from dateline.people.actions import NotLetIn, check_sign_in
from dateline.people.rules import TooManyTries

LONGEST_PASSWORD = 1024
LONGEST_CODE = 60


class SignInForm(LoginForm):
    """Name and password; it never says which was wrong, or whether the name exists."""

    username = forms.CharField(
        label="Name",
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "dir": "auto"}
        ),
    )
    password = forms.CharField(
        label="Password",
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    remember = forms.BooleanField(label="Stay signed in", required=False)
    error_messages = LoginForm.error_messages | {
        "invalid_login": "This name and this password do not belong together."
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.refused: TooManyTries | None = None
        for name in ("username", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)
        # The keyboard begins where the page does, and a screen reader reads it whole.
        self.fields["username"].widget.attrs.pop("autofocus", None)

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username")
        password = self.cleaned_data.get("password")
        if name and password:
            self.user_cache = self._checked(name, password)
        cleaned: dict[str, Any] = self.cleaned_data
        return cleaned

    def _checked(self, name: str, password: str) -> Any:
        try:
            return check_sign_in(
                self.request,
                name=name,
                password=password,
                address=address_of(self.request),
            )
        except NotLetIn as error:
            raise self.get_invalid_login_error() from error
        except TooManyTries as error:
            self.refused = error
            raise ValidationError(str(error)) from error


class _PlainForm(forms.Form):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""


class CodeForm(_PlainForm):
    code = forms.CharField(
        label="Code of your authenticator app",
        max_length=LONGEST_CODE,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}
        ),
    )


class RecoveryCodeForm(_PlainForm):
    recovery_code = forms.CharField(
        label="Recovery code",
        max_length=LONGEST_CODE,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )


class ConfirmForm(_PlainForm):
    password = forms.CharField(
        label="Your password",
        max_length=LONGEST_PASSWORD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasskeyForm(_PlainForm):
    name = forms.CharField(
        label="What to call it",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        help_text="So that you know it again: “Work laptop”, “Blue key”.",
    )
    answer = forms.CharField(required=False, widget=forms.HiddenInput)
