"""The light mark over pictures that are not public: who looks, and when. It keeps nobody from photographing, but says whose it was."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from .models import Camera, Visibility

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


def mark_of(user: User | AnonymousUser, *, now: datetime | None = None) -> str:
    """``Siti Rahayu (warga) · 21.11.2026 21.14 WIB``; empty for somebody without an account, who sees public pictures only."""
    if not user.is_authenticated:
        return ""
    name, full = user.get_username(), user.get_full_name()
    who = f"{full} ({name})" if full else name
    return f"{who} · {timezone.localtime(now or timezone.now()):%d.%m.%Y %H.%M %Z}"


def is_marked(camera: Camera) -> bool:
    return camera.visibility != Visibility.PUBLIK
