"""``manage.py import_cameras FILE.csv``: many cameras at once."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cameras import importing
from cameras.proposals import COLUMNS, OPTIONAL_COLUMNS

_MOST = 200


class Command(BaseCommand):
    help = (
        f"Imports cameras from a CSV file with the columns {','.join(COLUMNS)}, and {','.join(OPTIONAL_COLUMNS)} where "
        "cameras have it. All or nothing: bad rows are all reported with line, column and reason. A camera with the same "
        "name in the same RT is updated."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--dry-run", action="store_true", help="check everything, change nothing")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            report = importing.import_cameras(file.read_bytes(), dry_run=dry_run)
        except OSError:
            raise CommandError(f"Berkas {file} tidak ada atau tidak dapat dibaca.") from None
        except importing.CannotImport as error:
            lines = [str(problem) for problem in error.problems]
            more = [f"… dan {len(lines) - _MOST} lagi"] if len(lines) > _MOST else []
            raise CommandError("\n".join([*lines[:_MOST], *more, "Tidak ada kamera yang diimpor."])) from error
        for warning in report.warnings:
            self.stderr.write(f"Peringatan, {warning}")
        counts = f"{report.created} kamera baru, {report.updated} diperbarui, {report.unchanged} tetap."
        if dry_run:
            self.stdout.write(f"Percobaan saja, tidak ada yang disimpan: {counts}")
        else:
            self.stdout.write(f"{counts} Semuanya diperiksa dalam satu menit.")
