"""What people send from the pages of the night watch."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from incidents.models import Category
from neighborhoods.models import RT

from .roster import called, residents

if TYPE_CHECKING:
    _PersonChoice = forms.ModelChoiceField[User]
else:
    _PersonChoice = forms.ModelChoiceField

# As browsers send them, whatever language the page has.
_DAY = ["%Y-%m-%d"]
_CLOCK = ["%H:%M", "%H:%M:%S", "%H.%M"]
# Earlier and later ones are slips of the keyboard, and those at the calendar's end cannot be counted with.
_FIRST_DAY, _LAST_DAY = date(2020, 1, 1), date(2200, 1, 1)
# Why a camera could not be looked at.
DEAD, OTHER = "mati", "lain"
SKIPS = (
    (DEAD, _("Kamera mati")),
    ("gelap", _("Terlalu gelap")),
    ("buram", _("Buram atau tertutup")),
    (OTHER, _("Sebab lain")),
)


class PersonField(_PersonChoice):
    def label_from_instance(self, person: User) -> str:
        return called(person)


class NightField(forms.DateField):
    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=_DAY, **options)

    def clean(self, value: Any) -> date | None:
        night: date | None = super().clean(value)
        if night is not None and not _FIRST_DAY <= night <= _LAST_DAY:
            raise forms.ValidationError(_("Tanggal ini tidak mungkin."))
        return night


class HoursForm(forms.Form):
    begins = forms.TimeField(input_formats=_CLOCK)
    ends = forms.TimeField(input_formats=_CLOCK)


class OfRtForm(forms.Form):
    """One that names people of an RT."""

    def __init__(self, rt: RT, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        people = User.objects.filter(pk__in=[one.pk for one in residents(rt)])
        for field in self.fields.values():
            if isinstance(field, PersonField):
                field.queryset = people


class WeeklyForm(OfRtForm):
    person = PersonField(queryset=User.objects.none())
    days = forms.TypedMultipleChoiceField(choices=[(day, day) for day in range(1, 8)], coerce=int)


class NightForm(OfRtForm):
    person = PersonField(queryset=User.objects.none())
    night = NightField()
    do = forms.ChoiceField(choices=[("tambah", ""), ("lepas", "")])


class AwayForm(forms.Form):
    night = NightField()
    reason = forms.CharField(max_length=200, required=False)
    do = forms.ChoiceField(choices=[("berhalangan", ""), ("bisa", "")])


class SwapForm(OfRtForm):
    night = NightField()
    asked = PersonField(queryset=User.objects.none(), required=False)
    in_return = NightField(required=False)
    note = forms.CharField(max_length=200, required=False)


class FindingForm(forms.Form):
    """A mark from a page without scripts: the button that was pressed is one of *aman*, *lapor* (the category) and *lewat* (why)."""

    camera = forms.SlugField(max_length=16)
    key = forms.SlugField(min_length=8, max_length=64)
    note = forms.CharField(max_length=500, required=False)
    aman = forms.CharField(max_length=1, required=False)
    lapor = forms.ChoiceField(choices=Category.choices, required=False)
    lewat = forms.ChoiceField(choices=SKIPS, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if sum(bool(data.get(name)) for name in ("aman", "lapor", "lewat")) != 1:
            raise forms.ValidationError(_("Pilih satu: aman, lapor, atau lewati."))
        return data


class PeriodForm(forms.Form):
    first = NightField(required=False)
    last = NightField(required=False)
