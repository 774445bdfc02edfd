"""The environment in which the tests run, set before Django reads its settings (pytest loads this first, see pyproject.toml).

Nothing of an installation is used: data, keys and Redis are the session's own, below one temporary folder that goes with it.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet

ROOM = Path(tempfile.mkdtemp(prefix="tilik-"))
atexit.register(shutil.rmtree, ROOM, ignore_errors=True)
(ROOM / "static").mkdir()  # whitenoise warns where there is none

os.environ.update(
    DATA_DIR=str(ROOM),
    SECRET_KEY="only-for-tests",
    SOURCE_KEY=Fernet.generate_key().decode(),
    REDIS_URL=f"unix://{ROOM / 'redis.sock'}",
    DEBUG="1",  # static files as they are, without collecting them; pytest-django switches DEBUG itself off
    PROBE_TIMEOUT="1.5",
    SCENE_EVERY="0",  # tests of scenes switch it on; others develop pictures of cameras that are in no database
)
for name in ("DATABASE_URL", "HLS_ROOT", "ALLOWED_HOSTS", "HTTPS", "MAP_FILE", "MAP_TILES_URL"):
    os.environ.pop(name, None)
