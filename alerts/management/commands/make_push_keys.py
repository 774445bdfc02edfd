"""``manage.py make_push_keys``: the city's key for web push, made once."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from alerts.envelopes import new_private_key


class Command(BaseCommand):
    help = (
        "Makes the key with which this installation signs what it sends to browsers, in DATA_DIR/secrets, where the settings look "
        "for it. "
        "A key that is there is left alone: browsers have subscribed with it."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", type=Path, default=settings.DATA_DIR / "secrets" / "vapid_private_key")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
                new.write(new_private_key())
        except FileExistsError:
            self.stdout.write(f"{file} sudah ada dan dibiarkan.")
        else:
            self.stdout.write(
                f"{file} dibuat. Simpan salinannya. Isi VAPID_SUBJECT (mailto:… atau https://… yang dapat dihubungi), lalu mulai "
                "ulang portal."
            )
