"""The catalogues in locale/<language>/LC_MESSAGES: read, brought up to what the code says, and made ready to be used."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from .collecting import DOMAINS, PAGES, ROOT, SCRIPTS, Text

LOCALE = ROOT / "locale"
# What says nothing, or changes with every run.
_RESTLESS = (
    b'"Project-Id',
    b'"Report-Msgid',
    b'"POT-Creation-Date:',
    b'"PO-Revision-Date:',
    b'"Generated-By:',
    b'"Last-Translator:',
    b'"Language-Team:',
)


def languages() -> list[str]:
    """Those that have a folder, without Indonesian, which needs none."""
    return sorted(folder.name for folder in LOCALE.iterdir() if (folder / "LC_MESSAGES").is_dir())


def po_file(language: str, domain: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def read(language: str, domain: str) -> Catalog:
    """The catalogue as it stands; an empty one where there is none yet."""
    file = po_file(language, domain)
    if not file.exists():
        return Catalog(language, domain, fuzzy=False)
    with file.open("rb") as stream:
        return read_po(stream, locale=language, domain=domain)


def bring_up(language: str, domain: str, texts: list[Text]) -> int:
    """Adds what the code says and the catalogue lacks, drops what nobody says any more. Returns how many texts wait for words."""
    said = Catalog(language, domain, fuzzy=False)
    for text in texts:
        said.add(text.id, context=text.context)
    catalogue = read(language, domain)
    # Without guesses: a text that was changed waits for new words.
    catalogue.update(said, no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    catalogue.header_comment = ""
    catalogue.fuzzy = False
    write(language, domain, catalogue)
    return sum(1 for _ in waiting(catalogue))


def write(language: str, domain: str, catalogue: Catalog) -> None:
    """Sorted, without line numbers and dates, so that a difference shows words alone."""
    written = BytesIO()
    write_po(written, catalogue, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    lines = [line for line in written.getvalue().splitlines(keepends=True) if not line.startswith(_RESTLESS)]
    file = po_file(language, domain)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"".join(lines).lstrip())


def messages(catalogue: Catalog) -> Iterator[Message]:
    """Without the header."""
    return (message for message in catalogue if message.id)


def waiting(catalogue: Catalog) -> Iterator[Message]:
    """Those without words, or with words that nobody has confirmed."""
    return (message for message in messages(catalogue) if message.fuzzy or not all(forms(message)))


def forms(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string or "",)


def make_ready() -> None:
    """Writes ``.mo`` files for Django and ``static/vendor/words-<language>.js`` for browsers."""
    for language in languages():
        for domain in DOMAINS:
            catalogue = read(language, domain)
            if domain == PAGES:
                with po_file(language, domain).with_suffix(".mo").open("wb") as stream:
                    write_mo(stream, catalogue)
            if domain == SCRIPTS:
                target = ROOT / "static" / "vendor" / f"words-{language}.js"
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(_script(catalogue), encoding="utf-8")


def _script(catalogue: Catalog) -> str:
    """What static/js/words.js reads. The rule of plurals is C, which JavaScript reads the same way."""
    texts: dict[str, str | list[str]] = {}
    for message in messages(catalogue):
        if message.fuzzy or not all(forms(message)):
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        words = forms(message)
        texts[f"{message.context}\x04{key}" if message.context else key] = (
            list(words) if message.pluralizable else words[0]
        )
    said = json.dumps(texts, ensure_ascii=False)
    return f"globalThis.tilikWords = {{ texts: {said}, plural: (n) => Number({catalogue.plural_expr}) }};\n"
