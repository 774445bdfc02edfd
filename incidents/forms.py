"""What the forms of reports hold."""

from __future__ import annotations

from django import forms

from .handling import MOST_REASON, Step
from .models import Category, State
from .reporting import LEAST_WORDS, MOST_WORDS


class ReportForm(forms.Form):
    category = forms.ChoiceField(choices=Category.choices)
    words = forms.CharField(min_length=LEAST_WORDS, max_length=MOST_WORDS)
    place = forms.CharField(max_length=200, required=False)
    latitude = forms.FloatField(min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(min_value=-180, max_value=180, required=False)
    picture = forms.BooleanField(required=False)
    moment = forms.CharField(max_length=40, required=False)
    key = forms.RegexField(r"^[0-9A-Za-z-]{8,64}$", required=False)


class StepForm(forms.Form):
    step = forms.ChoiceField(choices=[(one.value, one.value) for one in Step])
    reason = forms.CharField(max_length=MOST_REASON, required=False)
    seen = forms.ChoiceField(choices=State.choices, required=False)


class FilterForm(forms.Form):
    """Of the list. What is not understood filters nothing."""

    keadaan = forms.ChoiceField(choices=[("berjalan", ""), *State.choices], required=False)
    jenis = forms.ChoiceField(choices=Category.choices, required=False)
