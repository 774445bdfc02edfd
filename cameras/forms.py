"""The form on residents' pages that switches who may look."""

from __future__ import annotations

from django import forms

from .models import NEEDS_RT, Camera, Visibility


class VisibilityForm(forms.Form):
    """Who may look at one camera, and why that changes."""

    visibility = forms.ChoiceField(choices=Visibility.choices)
    reason = forms.CharField(max_length=200, required=False)


def levels_for(camera: Camera) -> list[Visibility]:
    """The levels that have a meaning for *camera*."""
    return [level for level in Visibility if camera.rt_id is not None or level not in NEEDS_RT]
