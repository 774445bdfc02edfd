"""The catalogues say all that the code says, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

from wording import catalogues, collecting
from wording.catalogues import forms, languages, messages, read, waiting
from wording.collecting import DOMAINS, PAGES, SCRIPTS, Text, texts

EACH = [(language, domain) for language in languages() for domain in DOMAINS]
_VALUES = re.compile(r"%\(\w+\)[sd]|\{\w+\}|<[^>]*>")
# Words that no English sentence has, whatever its names are.
INDONESIAN = re.compile(
    r"\b(yang|dan|untuk|tidak|belum|sudah|kamera|gambar|warga|melihat|lihat|dengan|dari|atau|ini|itu|oleh|anda|saya|sedang|"
    r"lagi|baru|semua|siapa|boleh|menyala|mati|jadwal|simpan|halaman|kata sandi|masuk|keluar|ketuk|alamat|nama|laporan|"
    r"bulan|hari|jam|menit|tahun|sejak|sampai|menunggu|malam|pilih|hapus|tambah|kembali|buka|tutup)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize(("language", "domain"), EACH)
def test_a_catalogue_holds_just_what_the_code_says(language: str, domain: str) -> None:
    """Where this fails: `make messages`, then write the words that are empty in locale/."""
    said = {(_one(text.id), text.context) for text in texts(domain)}
    kept = {(_one(message.id), message.context) for message in messages(read(language, domain))}
    missing, stale = said - kept, kept - said
    assert not missing, "the code says what the catalogue lacks"
    assert not stale, "nobody says this any more"
    assert len(said) > 50


@pytest.mark.parametrize(("language", "domain"), EACH)
def test_every_text_has_words_and_each_value_its_place(language: str, domain: str) -> None:
    catalogue = read(language, domain)
    assert not [message.id for message in waiting(catalogue)]
    for message in messages(catalogue):
        assert not list(message.check(catalogue)), message.id
        for form in forms(message):
            assert _values(form) == _values(_one(message.id)), message.id
            assert form[:1].isspace() == _one(message.id)[:1].isspace(), message.id


def test_english_is_english() -> None:
    left = [
        form
        for domain in DOMAINS
        for message in messages(read("en", domain))
        for form in forms(message)
        if INDONESIAN.search(_VALUES.sub("", form))
    ]
    assert not left


def test_what_the_code_says_in_indonesian_stays_as_it_is() -> None:
    """A text of ours that is also an English one of Django's would be turned into another Indonesian one."""
    with override("id"):
        assert not [text.id for text in texts(PAGES) if gettext(_one(text.id)) != _one(text.id)]


def test_texts_are_found_in_python_templates_and_scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "ROOT", tmp_path)
    room = tmp_path / "boards"
    room.mkdir()
    (room / "__init__.py").touch()
    (room / "verbs.py").write_text(
        'raise Problem(_("Sudah %(n)s kali") % {"n": 3})\nngettext("satu", "banyak", 2)\nsaid("mati")\n'
    )
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        "{% load i18n %}<h1 title=\"{% translate 'Judul' %}\">\n  {% blocktranslate count n=some|length %}{{ n }} kamera"
        "{% plural %}{{ n }} kamera{% endblocktranslate %}{{ x|default:_('kosong') }}\n</h1>"
    )
    scripts = tmp_path / "static" / "js"
    scripts.mkdir(parents=True)
    (scripts / "page.js").write_text(
        'const a = /x"y/; say(`${gettext("Halo")}`, gettext("Coba " + "lagi"), pgettext("k", "Mati"));'
    )
    found = {text.id for text in texts(PAGES)}
    assert found == {
        "Sudah %(n)s kali",
        ("satu", "banyak"),
        "mati",
        "Judul",
        ("%(n)s kamera", "%(n)s kamera"),
        "kosong",
    }
    assert {(text.id, text.context) for text in texts(SCRIPTS)} >= {("Coba lagi", None), ("Mati", "k")}


def test_a_catalogue_is_brought_up_without_guesses_and_without_noise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    assert catalogues.bring_up("en", PAGES, [Text("Kamera mati", None, "x"), Text("Masuk", None, "x")]) == 2
    file = catalogues.po_file("en", PAGES)
    file.write_text(file.read_text().replace('msgid "Masuk"\nmsgstr ""', 'msgid "Masuk"\nmsgstr "Log in"'))
    assert catalogues.bring_up("en", PAGES, [Text("Kamera mati.", None, "y"), Text("Masuk", None, "y")]) == 1
    words = {str(message.id): message.string for message in messages(read("en", PAGES))}
    assert words == {"Kamera mati.": "", "Masuk": "Log in"}
    before = file.read_bytes()
    catalogues.bring_up("en", PAGES, [Text("Masuk", None, "z"), Text("Kamera mati.", None, "z")])
    assert file.read_bytes() == before


def _one(of: str | tuple[str, ...] | list[str]) -> str:
    return of if isinstance(of, str) else of[0]


def _values(text: str) -> list[str]:
    return sorted(_VALUES.findall(text))
