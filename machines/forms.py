from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Scope

DAYS = {30: _("30 hari"), 90: _("3 bulan"), 183: _("6 bulan"), 365: _("1 tahun")}


class TokenForm(forms.Form):
    """What an officer says of a new token."""

    name = forms.CharField(
        label=_("Nama mesin atau program"),
        max_length=80,
        help_text=_("Misalnya “Layar ruang kendali” atau “Laporan harian”."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Yang boleh diminta"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label=_("Berlaku selama"), choices=list(DAYS.items()), coerce=int, initial=90)
