"""What the portal needs before it opens: database, static files, regions, the demo city.

One command of manage.py does it all and may run again without harm. It says each step in a line that begins with an arrow.
"""

import hashlib
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from .child import die_with_parent
from .installation import Installation
from .trouble import CannotStartError

TAIL = 15
ARROW = "→"


def prepare(installation: Installation, environ: Mapping[str, str], say: Callable[[str], None]) -> None:
    """Runs `manage.py prepare`; static files are collected only where one has changed since they were.

    Raises:
        CannotStartError: a step failed; the sentence holds the end of what it said.
    """
    stamp = installation.run / "static.fingerprint"
    sources = fingerprint(installation.project)
    collected = stamp.exists() and stamp.read_text() == sources and (installation.data / "static").is_dir()
    command = [sys.executable, "manage.py", "prepare", *(["--skip", "collectstatic"] if collected else [])]
    run_step(installation, command, environ, say)
    stamp.write_text(sources)


def run_step(
    installation: Installation, command: list[str], environ: Mapping[str, str], say: Callable[[str], None]
) -> None:
    """Runs *command*; its arrows are said, its errors go to logs/prepare.log."""
    log = installation.logs / "prepare.log"
    said = ""
    with log.open("w") as errors:
        step = subprocess.Popen(
            command,
            cwd=installation.project,
            env={**environ, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
            start_new_session=True,
            preexec_fn=_die_with_launcher,  # noqa: PLW1509 (the launcher has one thread)
        )
        try:
            for line in step.stdout or ():
                if line.startswith(ARROW):
                    said = line.strip()
                    say(said)
            code = step.wait()
        finally:
            step.kill()  # only does something when a signal took us out of the wait
            step.communicate()
    if code:
        raise CannotStartError(
            f"Persiapan gagal{f' pada langkah {said[2:]!r}' if said else ''}. Kata-kata terakhirnya:\n\n"
            f"{tail(log)}\n\nPerbaiki sebabnya, lalu ulangi make run."
        )


def tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-TAIL:])


def fingerprint(project: Path) -> str:
    """Changes when a static file of ours, an installed package or the settings change."""
    total = hashlib.sha256()
    for file in static_sources(project):
        state = file.stat()
        total.update(f"{file.relative_to(project)}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return total.hexdigest()


def static_sources(project: Path) -> Iterator[Path]:
    yield from sorted(path for path in (project / "static").rglob("*") if path.is_file())
    yield from (
        path for path in (project / "requirements.lock", project / "tiliksemar" / "settings.py") if path.exists()
    )


def _die_with_launcher() -> None:
    die_with_parent(signal.SIGKILL)
