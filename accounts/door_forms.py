"""allauth's forms of logging in and signing up, in the words of the portal. Apart from accounts.forms, which allauth imports."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm, SignupForm
from django.utils.translation import gettext as _


class LogInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Nama akun atau e-mail")
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "placeholder": ""}
        self.fields["password"].label = _("Kata sandi")
        self.fields["password"].widget.attrs["placeholder"] = ""
        self.fields["password"].help_text = ""  # the page itself leads to a new one


class SignUpForm(SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {"username": _("Nama akun"), "email": _("E-mail (boleh kosong)"), "password1": _("Kata sandi")}
        for name, label in words.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs["placeholder"] = ""
        self.fields["username"].widget.attrs["autocapitalize"] = "none"
        self.fields["username"].help_text = _("Untuk masuk; misalnya ratna.dewi")
        self.fields["password1"].help_text = _("Paling sedikit 8 huruf, dan tidak mudah ditebak.")


class SureForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Kata sandi")
        self.fields["password"].widget.attrs["placeholder"] = ""
        self.fields["password"].help_text = ""
