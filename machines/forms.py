from __future__ import annotations

from django import forms

from .models import Scope

DAYS = {30: "30 hari", 90: "3 bulan", 183: "6 bulan", 365: "1 tahun"}


class TokenForm(forms.Form):
    """What an officer says of a new token."""

    name = forms.CharField(
        label="Nama mesin atau program",
        max_length=80,
        help_text="Misalnya “Layar ruang kendali” atau “Laporan harian”.",
    )
    scopes = forms.MultipleChoiceField(
        label="Yang boleh diminta", choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label="Berlaku selama", choices=list(DAYS.items()), coerce=int, initial=90)
