"""`manage.py prepare`: all that the portal needs before it opens, in one process, because Django takes seconds to load."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

# Name, what is said before it (the launcher shows these lines), the command, its options.
STEPS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("migrate", "Menyiapkan basis data …", {"interactive": False, "verbosity": 0}),
    ("collectstatic", "Mengumpulkan berkas halaman …", {"interactive": False, "verbosity": 0}),
    ("import_regions", "Memuat wilayah …", {}),
    ("demo_city", "Menyiapkan kota contoh …", {}),
)


class Command(BaseCommand):
    help = "Migrations, static files, regions and the demo city; may run again without harm."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--skip", action="append", default=[], choices=[name for name, _, _ in STEPS])

    def handle(self, *args: Any, skip: list[str], **options: Any) -> None:
        for name, announced, given in STEPS:
            if name in skip:
                continue
            self.stdout.write(f"→ {announced}")
            self.stdout.flush()
            try:
                call_command(name, stdout=self.stderr, **given)
            except Exception as error:
                raise CommandError(f"{name}: {error}") from error
