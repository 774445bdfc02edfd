"""Start-up checks of what the portal needs besides Python, each with a hint."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 -- Django's name for it

from alerts.envelopes import WrongKey, public_key_of
from cameras.pmtiles import NotPMTiles, kind_of
from incidents.models import Category


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


@register()
def map_file_is_one(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if not settings.MAP_FILE:
        return []
    try:
        kind_of(Path(settings.MAP_FILE).expanduser())
    except NotPMTiles as why:
        hint = "Name a PMTiles file of version 3, or leave MAP_FILE empty."
        return [Error(f"MAP_FILE does not fit: {why}.", hint=hint, id="tiliksemar.E004")]
    return []


@register()
def push_keys_fit(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if not settings.VAPID_PRIVATE_KEY:
        return []
    try:
        public_key_of(settings.VAPID_PRIVATE_KEY)
    except WrongKey:  # the key itself is not repeated
        hint = "32 bytes in URL-safe base64; `manage.py make_push_keys` makes it."
        return [Error("VAPID_PRIVATE_KEY is no key.", hint=hint, id="tiliksemar.E005")]
    if not settings.VAPID_SUBJECT.startswith(("mailto:", "https://")):
        hint = (
            "A mail address (mailto:…) or a page (https://…) where push services reach the city; some refuse without."
        )
        return [Warning("VAPID_SUBJECT is missing.", hint=hint, id="tiliksemar.W002")]
    return []


@register()
def officer_categories_fit(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    unknown = sorted(set(settings.OFFICER_CATEGORIES) - set(Category.values))
    if not unknown:
        return []
    hint = f"Some of {', '.join(Category.values)}, separated by commas."
    return [Error(f"OFFICER_CATEGORIES knows no {', '.join(unknown)}.", hint=hint, id="tiliksemar.E006")]


@register(deploy=True)
def no_exceptions_in_production(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if not settings.OFFER_EXCEPTIONS:
        return []
    hint = "It lets citizens' cameras be on this machine, for a demo's simulator. Leave it empty."
    return [Warning("OFFER_EXCEPTIONS is set.", hint=hint, id="tiliksemar.W001")]
