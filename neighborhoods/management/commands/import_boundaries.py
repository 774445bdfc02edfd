"""``manage.py import_boundaries FILE.geojson``: the kelurahan's boundaries."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from neighborhoods import boundaries, shapes


class Command(BaseCommand):
    help = "Reads the kelurahan's boundaries from a GeoJSON file (WGS 84) whose features carry “kode” (33.74.01.1001)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.geojson")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            report = boundaries.store_official(shapes.read(file.read_text(encoding="utf-8-sig")))
        except OSError:
            raise CommandError(f"Berkas {file} tidak ada atau tidak dapat dibaca.") from None
        except UnicodeDecodeError:
            raise CommandError("Berkas ini bukan GeoJSON: isinya bukan teks UTF-8.") from None
        except shapes.WrongShapes as wrong:
            raise CommandError("\n".join([*wrong.problems, "Tidak ada batas yang diubah."])) from wrong
        self.stdout.write(f"Batas {report.kelurahan} kelurahan dan {report.kecamatan} kecamatan tersimpan.")
        if report.missing:
            self.stderr.write(
                f"Peringatan: {len(report.missing)} kelurahan tidak ada dalam berkas ini dan belum punya batas: "
                + ", ".join(report.missing)
            )
