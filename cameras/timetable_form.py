"""The form of a timetable: who may look, from when to when, on which days."""

from __future__ import annotations

from django import forms

from .hours import EVERY_DAY
from .models import Visibility

DAYS = ((1, "Sen"), (2, "Sel"), (3, "Rab"), (4, "Kam"), (5, "Jum"), (6, "Sab"), (7, "Min"))


class TimetableForm(forms.Form):
    """Days that are not said are all days."""

    level = forms.ChoiceField(choices=Visibility.choices)
    begins = forms.TimeField(input_formats=["%H:%M", "%H.%M", "%H:%M:%S"])
    ends = forms.TimeField(input_formats=["%H:%M", "%H.%M", "%H:%M:%S"])
    days = forms.TypedMultipleChoiceField(choices=DAYS, coerce=int, required=False)

    def clean_days(self) -> frozenset[int]:
        return frozenset(self.cleaned_data["days"]) or EVERY_DAY


def day_words(days: str) -> str:
    """``setiap hari`` or ``Sen, Sel``."""
    if len(days) == len(DAYS):
        return "setiap hari"
    return ", ".join(name for number, name in DAYS if str(number) in days)
