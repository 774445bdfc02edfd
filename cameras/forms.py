"""The forms on residents' pages: signing in, and switching who may look."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from .models import NEEDS_RT, Camera, Visibility


class SignInForm(AuthenticationForm):
    """Django's own, in the words of the portal."""

    error_messages = {
        "invalid_login": "Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecil.",
        "inactive": "Akun ini sudah tidak aktif. Hubungi Ketua RT Anda.",
    }


class VisibilityForm(forms.Form):
    visibility = forms.ChoiceField(choices=Visibility.choices)
    reason = forms.CharField(max_length=200, required=False)


def levels_for(camera: Camera) -> list[Visibility]:
    """The levels that have a meaning for this camera."""
    return [level for level in Visibility if camera.rt_id is not None or level not in NEEDS_RT]
