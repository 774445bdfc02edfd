"""The forms of joining and of managing an RT's people."""

from __future__ import annotations

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Invitation

LONGEST_DAYS, MOST_USES = 365, 200


class NameForm(forms.Form):
    """Besides what allauth asks at signing up: the name by which neighbours know each other."""

    first_name = forms.CharField(
        label=gettext_lazy("Nama lengkap"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=gettext_lazy("Supaya Ketua RT mengenali Anda."),
    )
    field_order = ["first_name", "username", "email", "password1"]

    def signup(self, request: HttpRequest, user: User) -> None:
        """allauth has saved the name already."""


class InvitationForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Untuk"), choices=Invitation.Role, initial=Invitation.Role.WARGA)
    days = forms.IntegerField(
        label=gettext_lazy("Berlaku berapa hari"), min_value=1, max_value=LONGEST_DAYS, initial=30
    )
    uses = forms.IntegerField(label=gettext_lazy("Untuk berapa orang"), min_value=1, max_value=MOST_USES, initial=50)


class AppointForm(forms.Form):
    """Somebody by user name. A wrong name and a suspended account are told alike."""

    username = forms.CharField(label=gettext_lazy("Nama akun"), max_length=150)

    def clean_username(self) -> User:
        user = User.objects.filter(username__iexact=self.cleaned_data["username"].strip(), is_active=True).first()
        if user is None:
            raise forms.ValidationError(_("Tidak ada akun aktif dengan nama ini."))
        return user
