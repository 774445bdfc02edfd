"""What the code says: every text that is marked for translation, in Python, templates and modules of pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent

# For whom: Django on the server, modules in the browser.
PAGES, SCRIPTS = "django", "djangojs"
DOMAINS = (PAGES, SCRIPTS)

# The names of the marks, and which of their arguments are texts; "c" is the context.
_ONE, _MANY, _CONTEXT = None, (1, 2), ((1, "c"), 2)
_MARKS: Mapping[str, Any] = {
    "_": _ONE,
    "said": _ONE,
    "gettext": _ONE,
    "gettext_lazy": _ONE,
    "gettext_noop": _ONE,
    "ngettext": _MANY,
    "ngettext_lazy": _MANY,
    "pgettext": _CONTEXT,
    "pgettext_lazy": _CONTEXT,
}
# They speak to whoever installs, tests or measures: Indonesian alone.
_UNHEARD = {"tests", "benchmarks", "simulator", "launcher", "wording", "node_modules", "data", "locale", "docs"}


class Text(NamedTuple):
    """One text of the code; *id* is a pair where it has a form for one and one for many."""

    id: str | tuple[str, ...]
    context: str | None
    file: str


def texts(domain: str) -> list[Text]:
    """Everything that *domain* says, in the order of the files' names."""
    if domain == SCRIPTS:
        return [text for file in sorted((ROOT / "static" / "js").rglob("*.js")) for text in _script(file)]
    python = (file for room in _rooms() for file in sorted(room.rglob("*.py")) if "migrations" not in file.parts)
    templates = (file for room in _rooms(ROOT / "templates") for file in sorted(room.rglob("*.html")))
    return [text for file in python for text in _python(file)] + [
        text for file in templates for text in _template(file)
    ]


def _rooms(*also: Path) -> Iterable[Path]:
    rooms = (folder for folder in ROOT.iterdir() if (folder / "__init__.py").exists())
    return sorted([*(folder for folder in rooms if folder.name not in _UNHEARD), *also])


def _python(file: Path) -> Iterator[Text]:
    return _marked("python", file, file.read_bytes())


def _script(file: Path) -> Iterator[Text]:
    return _marked("javascript", file, file.read_bytes())


def _template(file: Path) -> Iterator[Text]:
    """Django turns a template into marks with noise between them; without indentation that can be read as Python."""
    marks = templatize(file.read_text(encoding="utf-8"))
    return _marked("python", file, "\n".join(line.lstrip() for line in marks.splitlines()).encode())


def _marked(language: str, file: Path, source: bytes) -> Iterator[Text]:
    # A file that says what it is coded in would be an exception; ours are all UTF-8.
    for _line, message, _comments, context in extract(language, BytesIO(source), _MARKS, options={"encoding": "utf-8"}):
        yield Text(message, context, str(file.relative_to(ROOT)))
