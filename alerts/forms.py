"""What the forms of the kentongan hold."""

from __future__ import annotations

from django import forms

from .models import Ending, Kind
from .muting import MOST_DAYS
from .ringing import MOST_NOTE


class RingForm(forms.Form):
    """*sure*: the person has confirmed, on the page that browsers without scripts show in between."""

    kind = forms.ChoiceField(choices=Kind.choices)
    note = forms.CharField(max_length=MOST_NOTE, required=False)
    key = forms.RegexField(r"^[0-9A-Za-z-]{8,64}$", required=False)
    sure = forms.BooleanField(required=False)


class EndForm(forms.Form):
    ending = forms.ChoiceField(choices=[(one.value, one.label) for one in (Ending.SAFE, Ending.FALSE)])
    words = forms.CharField(max_length=200, required=False)


class MuteForm(forms.Form):
    person = forms.IntegerField(min_value=1)
    days = forms.IntegerField(min_value=1, max_value=MOST_DAYS)
    reason = forms.CharField(max_length=200)
