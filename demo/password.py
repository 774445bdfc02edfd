"""The demo's passwords. Its accounts have one for each installation: a portal that was only to be tried gets real cameras too."""

from __future__ import annotations

import os
import secrets

from django.conf import settings

# Without look-alikes: it is typed on a phone.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def demo_password() -> str:
    """Made the first time, kept in ``DATA_DIR/secrets``; for instance ``ronda-k7w3mp2x``."""
    file = settings.DATA_DIR / "secrets" / "demo_password"
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text("ronda-" + "".join(secrets.choice(_LETTERS) for _ in range(8)) + "\n")
    return file.read_text().strip()


def simulator_password() -> str:
    """What opens the simulated cameras; `make run` keeps it in a file, so that it stands in no environment."""
    file = settings.DATA_DIR / "secrets" / "simulator_password"
    given = os.environ.get("SIMULATOR_PASSWORD", "")
    return given or (str(file.read_text().strip()) if file.exists() else "")
