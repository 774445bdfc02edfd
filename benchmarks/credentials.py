"""Cameras with odd passwords, in a portal that logs at DEBUG: how often an address or a credential is found, place by place."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import django

from .table import show


def main() -> None:
    from tests import environment  # noqa: F401 -- the crawler reads the URL table, which wants settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiliksemar.settings")
    django.setup()
    from tests.secrecy import scene

    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        played = scene.play(Path(folder))
    show(["place", "bytes searched", "occurrences", "bar", "a planted one is"], played.ledger.rows())
    print(
        f"\n{played.asked} pages and answers asked for by {len(scene.ROLES)} roles; {len(played.programs)} command lines seen."
    )
    for name, place in played.ledger.places().items():
        for finding in place.findings:
            print(f"FOUND: {name}: {finding}")
