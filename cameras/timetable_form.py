"""The form of a timetable: who may look, from when to when, on which days."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .hours import EVERY_DAY
from .models import Visibility

DAYS = (
    (1, gettext_lazy("Sen")),
    (2, gettext_lazy("Sel")),
    (3, gettext_lazy("Rab")),
    (4, gettext_lazy("Kam")),
    (5, gettext_lazy("Jum")),
    (6, gettext_lazy("Sab")),
    (7, gettext_lazy("Min")),
)


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
        return _("setiap hari")
    return ", ".join(str(name) for number, name in DAYS if str(number) in days)
