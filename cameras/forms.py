"""The forms on residents' pages: signing in, and switching who may look."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from .models import NEEDS_RT, Camera, Visibility


class SignInForm(AuthenticationForm):
    """Django's own, in the words of the portal."""

    error_messages = {
        "invalid_login": "Nama akun atau kata sandi tidak cocok. Periksa huruf besar dan kecilnya, lalu coba lagi.",
        "inactive": "Akun ini sudah tidak aktif. Hubungi Ketua RT Anda.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Nama akun"
        self.fields["password"].label = "Kata sandi"


class VisibilityForm(forms.Form):
    """Who may look at one camera, and why that changes."""

    visibility = forms.ChoiceField(choices=Visibility.choices)
    reason = forms.CharField(max_length=200, required=False)


def levels_for(camera: Camera) -> list[Visibility]:
    """The levels that have a meaning for *camera*."""
    return [level for level in Visibility if camera.rt_id is not None or level not in NEEDS_RT]
