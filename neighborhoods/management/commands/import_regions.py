"""``manage.py import_regions``: official codes and names of kecamatan and kelurahan."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from neighborhoods import regions


class Command(BaseCommand):
    help = (
        "Reads kecamatan and kelurahan of one regency from the npm package idn-area-data. May run again without harm."
    )

    # They would load every page and take longer than the command; migrate, which runs before, has checked.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--regency", default=settings.REGENCY_CODE, help="code of the regency or city, e.g. 33.74")
        parser.add_argument(
            "--data", type=Path, default=settings.REGION_DATA_DIR, help="folder with districts.csv and villages.csv"
        )

    def handle(self, *args: Any, regency: str, data: Path, **options: Any) -> None:
        try:
            report = regions.store(regions.read(data, regency), regency=regency, today=timezone.localdate())
        except regions.CannotImport as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Wilayah {regency}: {report.kecamatan.valid} kecamatan, {report.kelurahan.valid} kelurahan.")
        for level, count in (("kecamatan", report.kecamatan), ("kelurahan", report.kelurahan)):
            self._tell(f"{level} baru", count.added, count.valid)
            self._tell(f"{level} berganti nama", count.renamed, count.valid)
            self._tell(f"{level} berlaku lagi", count.returned, count.valid)
            self._tell(f"{level} tidak ada lagi di data resmi, berakhir hari ini", count.ended, count.valid)

    def _tell(self, what: str, codes: tuple[str, ...], valid: int) -> None:
        if not codes:
            return
        # A first import adds them all; their codes would be a page of numbers.
        listed = "" if len(codes) == valid else f" ({', '.join(codes)})"
        self.stdout.write(f"  {len(codes)} {what}{listed}")
