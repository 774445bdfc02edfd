"""``manage.py demo_city``: a city to look at, with the simulator's cameras."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cameras.addresses import Credentials, WrongAddress
from demo import building
from demo.cast import HOME_KELURAHAN
from demo.password import simulator_password
from neighborhoods.models import Kelurahan


class Command(BaseCommand):
    help = (
        "Builds the demo city, or keeps it in order. Leaves a database alone that holds other cameras or accounts. "
        "The simulator's user comes from SIMULATOR_USER, its password from SIMULATOR_PASSWORD or the file that "
        "`make run` keeps."
    )

    # They would load every page and take longer than the command; migrate, which runs before, has checked.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        port = os.environ.get("SIMULATOR_PORT", "8554")
        parser.add_argument("--cameras", type=int, default=60)
        parser.add_argument("--simulator", default=f"rtsp://127.0.0.1:{port}", metavar="rtsp://HOST:PORT")
        parser.add_argument(
            "--force", action="store_true", help="also beside cameras and accounts that are not the demo's"
        )

    def handle(self, *args: Any, cameras: int, simulator: str, force: bool, **options: Any) -> None:
        if not Kelurahan.objects.filter(code=HOME_KELURAHAN).exists():
            call_command("import_regions", regency="33.74", stdout=self.stdout, stderr=self.stderr)
        credentials = Credentials(os.environ.get("SIMULATOR_USER", "tilik"), simulator_password())
        try:
            report = building.build(
                building.Simulator(simulator.rstrip("/"), credentials), cameras=max(cameras, 1), force=force
            )
        except WrongAddress as wrong:
            raise CommandError(str(wrong)) from None
        accounts = settings.DATA_DIR / "demo_accounts.txt"
        _mark(settings.DATA_DIR / "only_demo", only=not (report.untouched or report.foreign))
        if report.untouched:
            # Not a failure: this is how a real installation starts every day.
            accounts.unlink(missing_ok=True)
            self.stdout.write(
                "Kota contoh dilewati: sudah ada kamera atau akun yang bukan contoh. Paksa dengan --force."
            )
            return
        line = building.accounts_line()
        _write(accounts, f"{line}\n" if line else "")
        _write(settings.DATA_DIR / "simulator_names.txt", building.simulator_names(max(cameras, 1)))
        beside = " Ada juga yang bukan contoh: itu tidak disentuh." if report.foreign else ""
        self.stdout.write(f"Kota contoh siap: {report.cameras} kamera; {line}.{beside}")


def _mark(file: Path, *, only: bool) -> None:
    """The settings ask for this file: where there is nothing but the demo, nobody is asked for a second factor."""
    if only:
        _write(file, "")
    else:
        file.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    """All of it or nothing: others may read it right now."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
