"""Start-up checks of what the portal needs besides Python, each with a hint."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 -- Django's name for it


@register()
def ffmpeg_is_there(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if shutil.which(settings.FFMPEG):
        return []
    return [Error("FFMPEG names no program.", hint="Install ffmpeg and set FFMPEG to its path.", id="tiliksemar.E001")]


@register()
def source_keys_fit(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    try:
        for key in settings.SOURCE_KEYS:
            Fernet(key.strip())
    except ValueError:  # the key itself is not repeated
        hint = "Each is 32 bytes in URL-safe base64; `make run` makes one in DATA_DIR/secrets/source_key."
        return [Error("SOURCE_KEY holds something that is no Fernet key.", hint=hint, id="tiliksemar.E002")]
    return []


@register()
def city_bounds_fit(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    bounds = settings.CITY_BOUNDS
    if len(bounds) == 4 and -90 <= bounds[0] < bounds[2] <= 90 and -180 <= bounds[1] < bounds[3] <= 180:
        return []
    hint = "South, west, north, east in degrees, for example -7.15,110.24,-6.90,110.55."
    return [Error("CITY_BOUNDS is no box on the map.", hint=hint, id="tiliksemar.E003")]


@register(deploy=True)
def no_exceptions_in_production(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if not settings.OFFER_EXCEPTIONS:
        return []
    hint = "It lets citizens' cameras be on this machine, for a demo's simulator. Leave it empty."
    return [Warning("OFFER_EXCEPTIONS is set.", hint=hint, id="tiliksemar.W001")]
